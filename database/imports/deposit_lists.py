"""A batch that comes with a list: MARC records, or a table with a line for each title.

Titles that stand already are not doubled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import marc
from database.engine import pausing
from database.holdings import deposit_copies, items
from database.holdings.item_facts import ItemFacts
from database.imports import plan
from database.imports.deposit_entries import entries_of
from database.imports.plan import NotTaken
from database.imports.planned import Planned
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Loan

_LONG = 100


@dataclass(slots=True)
class Filled:
    """What a list brought: titles added and met, copies made, entries left out."""

    line: int = 0
    added: int = 0
    met: int = 0
    copies: int = 0
    refused: list[NotTaken] = field(default_factory=list)


def fill(
    session: Session,
    deposit_id: int,
    path: Path,
    now: datetime,
    *,
    report: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Filled:
    """Bring the copies of a list into a batch: one journal line, in pieces in a long transaction.

    Raises Refusal NOT_A_LIST, BATCH_RETURNED, FILE_MISSING and those of reading MARC;
    Fault FILE_UNREADABLE; Cancelled.
    """
    batch = deposit_copies.may_grow(session, deposit_id)
    facts, filled = deposit_copies.facts_of_copy(batch), Filled()
    entries = entries_of(path)
    added: list[int] = []
    lines: list[int] = []
    told: dict[str, Any] = {"file": path.name, "lines": lines, "titles": added}
    filled.line = journal.write(session, "deposit.filled", "Deposit", deposit_id, now, **told)

    def stands() -> None:
        journal.complete(session, filled.line, deposit_id, **told)

    for done, (one, count) in enumerate(entries, start=1):
        if cancelled():
            raise pausing.Cancelled
        title = _title_of(session, one, now, filled, added)
        if title is not None:
            ids = _copies(session, title, one, facts, count, now)
            lines += [journal.line_about(session, "item.added", item_id) for item_id in ids]
        report(done, len(entries))
        pausing.pause(session, stands)
    stands()
    filled.copies = len(lines)
    return filled


def _copies(
    session: Session, title: int, one: Planned, facts: ItemFacts, count: int, now: datetime
) -> list[int]:
    """The copies of an entry; the numbers their owner gave them are kept as their notes."""
    known = [copy.barcode or copy.note for copy in one.copies[:count]]
    if not any(known):
        return items.add_items(session, title, facts, count, now)
    return [
        item_id
        for number in known
        for item_id in items.add_items(session, title, replace(facts, note=number), 1, now)
    ]


def _title_of(
    session: Session, one: Planned, now: datetime, filled: Filled, added: list[int]
) -> int | None:
    """The title an entry is of, added if it is new; None if it cannot be taken."""
    plan.classify(session, [one])
    if one.outcome == "refused":
        filled.refused.append(NotTaken(one.file, one.position, one.reason))
        return None
    if one.biblio_id is not None:
        filled.met += 1
        return one.biblio_id
    number = titles.add_biblio(session, _record(one), now)
    filled.added += 1
    added.append(journal.line_about(session, "biblio.added", number))
    return number


def _record(one: Planned) -> marc.Record:
    assert one.described is not None
    return marc.from_json(one.described.row["marc"])


# --- taken back


def is_long(line: Line) -> bool:
    """Whether taking a list back is work for the background."""
    return len(line.facts["lines"]) > _LONG


def take_back(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `fill`: copies are struck, and titles that came with them and have no other.

    Raises Refusal CANNOT_UNDO if a copy was lent since.
    """
    for number in reversed(line.facts["lines"]):
        _strike_copy(session, number, now)
        pausing.pause(session)
    for number in reversed(line.facts["titles"]):
        _strike_title(session, number, now)
        pausing.pause(session)


def _strike_copy(session: Session, number: int, now: datetime) -> None:
    added = journal.read(session, number)
    if added is None or added.record_id is None or journal.is_undone(session, number):
        return
    lent = select(Loan.id).where(Loan.item_id == added.record_id, Loan.cancelled_at.is_(None))
    if session.execute(lent).first():
        raise Refusal(Reason.CANNOT_UNDO)
    try:
        items.cancel_item(session, added.record_id, now)
    except Refusal as gone:
        if gone.reason is not Reason.RECORD_GONE:
            raise
        return
    journal.write(session, "item.added.undone", "Item", added.record_id, now, undoes=number)


def _strike_title(session: Session, number: int, now: datetime) -> None:
    added = journal.read(session, number)
    if added is None or added.record_id is None or journal.is_undone(session, number):
        return
    try:
        titles.cancel_biblio(session, added.record_id, now)
    except Refusal:
        # It has got another copy since, or is gone already: either is as it should be.
        return
    journal.write(session, "biblio.added.undone", "Biblio", added.record_id, now, undoes=number)


INVERSES: Inverses = {"deposit.filled": take_back}
