"""Copies of a batch: added by their ISBN, given back one by one, and what is missing at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import known
from database.description import isbn
from database.holdings import item_changes, item_facts, item_list, item_states, items
from database.holdings.deposits import HERE, DepositRow, place_of, stays, stored, went_back
from database.holdings.item_states import Details
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, ItemStatus, Ownership, Source
from database.text.words import code


@dataclass(frozen=True, slots=True)
class Scanned:
    """A copy added or given back, for the notice; `line` takes it back."""

    item_id: int
    barcode: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A title of a batch with the numbers of its copies, for the handover deed."""

    title: str
    contributors: str
    year: int | None
    barcodes: tuple[str, ...]


def titles(session: Session, deposit_id: int, *, given_back: bool) -> list[TitleRow]:
    """The titles of a batch in the order of their numbers; only copies `given_back`, or all."""
    wanted = (
        select(Biblio.id, Biblio.title, Biblio.contributors, Biblio.year, Item.barcode)
        .join(Item, Item.biblio_id == Biblio.id)
        .where(Item.deposit_id == deposit_id, Item.cancelled_at.is_(None))
        .order_by(Item.barcode)
    )
    if given_back:
        wanted = wanted.where(Item.status == ItemStatus.RETURNED_TO_OWNER)
    found: dict[int, TitleRow] = {}
    for number, title, contributors, year, barcode in session.execute(wanted):
        known = found.get(number) or TitleRow(title, contributors, year, ())
        found[number] = replace(known, barcodes=(*known.barcodes, barcode))
    return list(found.values())


def facts_of_copy(batch: DepositRow) -> item_facts.ItemFacts:
    """What every copy of a batch has in common."""
    return item_facts.ItemFacts(
        ownership=Ownership.DEPOSIT,
        source=Source.DEPOSIT,
        supplier=batch.owner,
        accessioned_on=batch.received_on,
        deposit_id=batch.id,
    )


def may_grow(session: Session, deposit_id: int) -> DepositRow:
    """A batch that still takes copies. Raises Refusal BATCH_RETURNED, RECORD_GONE."""
    batch = stored(session, deposit_id)
    if batch.returned_on is not None:
        raise Refusal(Reason.BATCH_RETURNED, batch=batch.name)
    return batch


def add_copy(session: Session, deposit_id: int, scanned: str, now: datetime) -> Scanned:
    """One more copy of the title with the ISBN scanned.

    Raises Refusal ISBN_UNKNOWN, BATCH_RETURNED, RECORD_GONE.
    """
    batch = may_grow(session, deposit_id)
    number = isbn.canonical(scanned)
    found = known.same_isbn(session, number) if number else None
    if found is None:
        raise Refusal(Reason.ISBN_UNKNOWN, code=scanned.strip()[:60])
    [item_id] = items.add_items(session, found[0], facts_of_copy(batch), 1, now)
    line = journal.line_about(session, "item.added", item_id)
    journal.touch(session, "Deposit")
    barcode = session.execute(select(Item.barcode).where(Item.id == item_id)).scalar_one()
    return Scanned(item_id, barcode, found[1], line)


def give_back(session: Session, deposit_id: int, scanned: str, now: datetime) -> Scanned:
    """A copy goes back to the owner; one that had been missing has then been found.

    Raises Refusal UNKNOWN_ITEM, NOT_OF_BATCH, ALREADY_GIVEN_BACK, ITEM_ON_LOAN, RECORD_GONE.
    """
    batch = stored(session, deposit_id)
    barcode = code(scanned)
    [row] = item_list.items_by_barcode(session, [barcode])
    about: dict[str, Any] = {"barcode": row.barcode, "title": row.title, "batch": batch.name}
    owned_by = session.execute(select(Item.deposit_id).where(Item.id == row.id)).scalar()
    if owned_by != deposit_id:
        raise Refusal(Reason.NOT_OF_BATCH, **about)
    if row.status == ItemStatus.RETURNED_TO_OWNER:
        raise Refusal(Reason.ALREADY_GIVEN_BACK, **about)
    [line] = item_states.give_back(session, [row.id], Details(), now)
    journal.touch(session, "Deposit")
    return Scanned(row.id, row.barcode, row.title, line)


def finish(session: Session, deposit_id: int, now: datetime) -> int:
    """Close the return: what was neither scanned nor lent is not found. Copies that turn up
    or come home later can still be given back. Returns the journal line.

    Raises Refusal BATCH_RETURNED, RECORD_GONE.
    """
    batch = may_grow(session, deposit_id)
    listed = item_list.items_of_deposit(session, deposit_id)
    unseen = [row.id for row in listed if place_of(row) == HERE]
    lines = item_states.missing(session, unseen, Details(), now)
    went_back(session, batch, now)
    return journal.write(
        session,
        "deposit.finished",
        "Deposit",
        deposit_id,
        now,
        lines=lines,
        given_back=batch.returned,
        on_loan=batch.on_loan,
        missing=batch.missing + len(unseen),
    )


def take_back_finish(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `finish`. Raises Refusal CANNOT_UNDO if a copy has changed since."""
    undo_lines(session, line.facts["lines"], now)
    assert line.record_id is not None
    stays(session, line.record_id, now)


def undo_lines(session: Session, lines: Sequence[int], now: datetime) -> None:
    """Take back the changes of copies that belonged to a greater act."""
    for number in reversed(lines):
        line = journal.read(session, number)
        if line is None or journal.is_undone(session, number):
            continue
        item_changes.take_back(session, line, now)
        journal.write(
            session, f"{line.action}.undone", line.kind, line.record_id, now, undoes=line.id
        )


INVERSES: Inverses = {
    "deposit.finished": take_back_finish,
}
