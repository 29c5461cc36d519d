"""Undo: the inverse of an act, as a second journal line; nothing is erased."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import covers, digital, heading_undo, many_titles, templates, title_undo
from database.circulation import (
    clearance,
    desk_mending,
    discharge,
    holds,
    in_house,
    loan_undo,
    losses,
    money,
    quarantine,
    reminders,
    sanctions,
    visits,
)
from database.holdings import (
    deposit_copies,
    deposits,
    items,
    print_queue,
    serial_issues,
    serials,
    stocktake,
    weeding,
)
from database.imports import deposit_lists
from database.imports import undo as import_undo
from database.journal import Inverses, Line
from database.patrons import consents, membership_undo
from database.policy import (
    categories,
    holidays,
    label_sheets,
    loan_rule_list,
    paper_words,
    quarantine_rules,
    units,
)
from database.refusal import Reason, Refusal
from database.registers import evidence, registers, work_timers
from database.reports import day_close, month_checks, period_words, periods, questions
from database.schema import Biblio, Charge, Deposit, Hold, InHouseUse, Item, Journal, Loan, Patron
from database.standards import assessing, standards
from database.wards import handouts, plans, rounds, wishes

_MANY = 20


@dataclass(frozen=True, slots=True)
class Undone:
    """Which act was taken back, for the notice strip."""

    action: str
    title: str


def undo(session: Session, line_id: int, now: datetime) -> Undone:
    """Take back the act of one journal line.

    Raises Refusal NOTHING_TO_UNDO (no such line, or undone already) and CANNOT_UNDO
    (a later act stands on it).
    """
    line = journal.read(session, line_id)
    if line is None or line.action not in _INVERSES or journal.is_undone(session, line_id):
        raise Refusal(Reason.NOTHING_TO_UNDO)
    _INVERSES[line.action](session, line, now)
    title = title_of(session, line)
    journal.write(session, f"{line.action}.undone", line.kind, line.record_id, now, undoes=line.id)
    return Undone(line.action, title)


def undo_last(
    session: Session,
    now: datetime,
    kinds: frozenset[str] = frozenset(),
    mine: Collection[int] | None = None,
) -> Undone:
    """Take back the newest act of today, or of today on records of `kinds`; where `mine` are the
    journal lines a program wrote, only one of those: what another desk did is no slip of this one.

    Raises Refusal NOTHING_TO_UNDO, CANNOT_UNDO.
    """
    line = next_one(session, now, kinds, mine=mine)
    if line is None:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    return undo(session, line.id, now)


def next_one(
    session: Session,
    now: datetime,
    kinds: frozenset[str],
    line_id: int | None = None,
    mine: Collection[int] | None = None,
) -> Line | None:
    """The act that `undo_last` (or `undo` of a line) would take back."""
    if line_id is not None:
        return journal.read(session, line_id)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return journal.latest(session, midnight, frozenset(_INVERSES), kinds, mine)


def is_long(line: Line) -> bool:
    """Whether taking an act back may take longer than a moment."""
    if line.action == "deposit.filled":
        return deposit_lists.is_long(line)
    if line.action == "batch.changed":
        return len(line.facts["titles"]) > _MANY
    return line.action == "import.done" and import_undo.is_long(line)


def _undo_each(session: Session, line: Line, now: datetime) -> None:
    """An act made of several: the last of them first."""
    for number in reversed(line.facts["lines"]):
        if journal.is_undone(session, number):
            raise Refusal(Reason.CANNOT_UNDO)
        undo(session, number, now)


def _undo_charged(session: Session, line: Line, now: datetime) -> None:
    losses.uncharge(session, line, now)
    _undo_each(session, line, now)


_EACH = (
    "discharge.done",
    "round.scanned",
    "reminder.letters",
    "visit.day_corrected",
    "loan.moved",
    "loan.given",
    "item.found_again",
)
"""Acts made of several."""
_MODULES = (
    assessing,
    categories,
    clearance,
    consents,
    covers,
    day_close,
    deposit_copies,
    deposit_lists,
    deposits,
    desk_mending,
    digital,
    discharge,
    evidence,
    handouts,
    heading_undo,
    holds,
    holidays,
    import_undo,
    in_house,
    items,
    label_sheets,
    loan_rule_list,
    loan_undo,
    many_titles,
    membership_undo,
    money,
    month_checks,
    paper_words,
    period_words,
    periods,
    plans,
    print_queue,
    quarantine,
    quarantine_rules,
    questions,
    registers,
    reminders,
    rounds,
    sanctions,
    serial_issues,
    serials,
    standards,
    stocktake,
    templates,
    title_undo,
    units,
    visits,
    weeding,
    wishes,
    work_timers,
)
_INVERSES: Inverses = {
    **dict.fromkeys(_EACH, _undo_each),
    "item.damaged": _undo_charged,
    "loan.lost": _undo_charged,
    **{act: inverse for module in _MODULES for act, inverse in module.INVERSES.items()},
}
INVERTIBLE = frozenset(_INVERSES)
"""Every act that can be taken back."""
_NAMED = frozenset({"Heading", "Batch", "Cover", "RecordTemplate", "Unit", "PatronCategory"})
_ITEM_OF: dict[str, Any] = {"Loan": Loan, "InHouseUse": InHouseUse, "Charge": Charge}


def title_of(session: Session, line: Line) -> str:
    """The title or heading an act was about, "" for acts without one."""
    wanted = select(Biblio.title)
    if line.kind in _ITEM_OF:
        event = _ITEM_OF[line.kind]
        wanted = (
            wanted.join(Item, Item.biblio_id == Biblio.id)
            .join(event, event.item_id == Item.id)
            .where(event.id == line.record_id)
        )
    elif line.kind == "Hold":
        wanted = wanted.join(Hold, Hold.biblio_id == Biblio.id).where(Hold.id == line.record_id)
    elif line.kind == "Item":
        wanted = wanted.join(Item, Item.biblio_id == Biblio.id).where(Item.id == line.record_id)
    elif line.kind == "Deposit":
        wanted = select(Deposit.name).where(Deposit.id == line.record_id)
    elif line.kind == "Patron":
        wanted = select(Patron.name).where(Patron.id == line.record_id)
    elif line.kind in ("Biblio", "Serial"):
        wanted = wanted.where(Biblio.id == line.record_id)
    elif line.kind in _NAMED:
        return str(line.facts.get("name", ""))
    else:
        return ""
    return session.execute(wanted).scalar() or ""


_MOST = 300


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act of today, the newest first. `undone` ones stay in the list."""

    id: int
    at: datetime
    actor: str
    action: str
    title: str
    undone: bool


def today(session: Session, actions: Iterable[str], now: datetime) -> list[ActRow]:
    """The acts of today among `actions`; one made of several is listed as one."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = session.execute(
        select(Journal.__table__)
        .where(Journal.at >= midnight, Journal.action.in_(INVERTIBLE))
        .order_by(Journal.id.desc())
        .limit(_MOST)
    ).all()
    lines = [Line(**{**row._mapping, "facts": json.loads(row.facts)}) for row in rows]
    parts = {part for line in lines for part in line.facts.get("lines", ())}
    undone = _undone(session, [line.id for line in lines])
    wanted = frozenset(actions)
    return [
        ActRow(
            line.id, line.at, line.actor, line.action, title_of(session, line), line.id in undone
        )
        for line in lines
        if line.action in wanted and line.id not in parts
    ]


def _undone(session: Session, ids: list[int]) -> set[int | None]:
    found = select(Journal.undoes_id).where(Journal.undoes_id.in_(ids))
    return set(session.execute(found).scalars())
