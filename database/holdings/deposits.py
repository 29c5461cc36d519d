"""Batches lent to the library by the dinas: received, counted, given back copy by copy.

The copies of a batch have numbers of their own (T1-001, T1-002, ...) outside the hospital's
accession register. At every moment received = here + on loan + not found + given back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles as catalogue
from database.description import isbn
from database.holdings import item_changes, item_facts, item_states, items
from database.holdings.item_states import Details
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Deposit, Item, ItemStatus, Loan, Ownership, Source
from database.text.words import code

_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,5}")
HERE, ON_LOAN, MISSING, RETURNED = "here", "on_loan", "missing", "returned"
_NOT_FOUND = (ItemStatus.MISSING.value, ItemStatus.LOST.value)


@dataclass(frozen=True, slots=True)
class DepositFacts:
    """What is known of a batch; `document` is the number of its handover deed (BAST)."""

    name: str
    owner: str
    prefix: str
    received_on: date
    due_on: date | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DepositRow:
    """A batch as listed; total = here + on_loan + missing + returned."""

    id: int
    name: str
    owner: str
    prefix: str
    document: str
    received_on: date
    due_on: date | None
    returned_on: date | None
    note: str
    total: int
    here: int
    on_loan: int
    missing: int
    returned: int

    @property
    def out(self) -> int:
        """How many copies the owner still waits for."""
        return self.total - self.returned


@dataclass(frozen=True, slots=True)
class Scanned:
    """A copy added or given back, for the notice; `line` takes it back."""

    item_id: int
    barcode: str
    title: str
    line: int


def receive(session: Session, facts: DepositFacts, now: datetime) -> tuple[int, int]:
    """Open a batch; its id and the journal line.

    Raises Refusal NAME_MISSING, PREFIX_INVALID, PREFIX_TAKEN, VALUE_INVALID.
    """
    values = _values(session, facts, None)
    number: int = session.execute(
        insert(Deposit).values(**values, created_at=now).returning(Deposit.id)
    ).scalar_one()
    line = journal.write(session, "deposit.received", "Deposit", number, now, name=values["name"])
    return number, line


def save(session: Session, deposit_id: int, facts: DepositFacts, now: datetime) -> int:
    """Change what is known of a batch; the prefix stays once copies bear it.

    Raises Refusal as `receive`, and RECORD_GONE.
    """
    row = stored(session, deposit_id)
    if row.total and facts.prefix.strip().upper() != row.prefix:
        raise Refusal(Reason.VALUE_INVALID, field="prefix")
    values = _values(session, facts, deposit_id)
    before = {name: _plain(getattr(row, name)) for name in values}
    after = {name: _plain(value) for name, value in values.items()}
    session.execute(update(Deposit).where(Deposit.id == deposit_id).values(**values))
    return journal.write(
        session, "deposit.saved", "Deposit", deposit_id, now, before=before, after=after
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _values(session: Session, facts: DepositFacts, own: int | None) -> dict[str, Any]:
    values = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(facts).items()
    }
    values["prefix"] = values["prefix"].upper()
    if not values["name"]:
        raise Refusal(Reason.NAME_MISSING, field="name")
    if not _PREFIX.fullmatch(values["prefix"]):
        raise Refusal(Reason.PREFIX_INVALID, prefix=facts.prefix, field="prefix")
    if facts.due_on is not None and facts.due_on < facts.received_on:
        raise Refusal(Reason.VALUE_INVALID, field="due_on")
    taken = session.execute(
        select(Deposit.id, Deposit.name).where(Deposit.prefix == values["prefix"])
    ).first()
    if taken and taken.id != own:
        raise Refusal(
            Reason.PREFIX_TAKEN, batch=taken.name, prefix=values["prefix"], field="prefix"
        )
    return values


def next_prefix(session: Session) -> str:
    """T1 for the first batch, then the next free number."""
    known = session.execute(select(Deposit.prefix)).scalars()
    numbers = [int(one[1:]) for one in known if re.fullmatch(r"T\d+", one)]
    return f"T{max(numbers, default=0) + 1}"


# --- reading


_open = and_(Loan.item_id == Item.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
_place: Any = case(
    (Item.status == ItemStatus.RETURNED_TO_OWNER.value, RETURNED),
    (Loan.id.is_not(None), ON_LOAN),
    (Item.status.in_(_NOT_FOUND), MISSING),
    else_=HERE,
)


def place_of(row: items.ItemRow) -> str:
    """Where a copy of a batch is: the same four places the counts know."""
    if row.status == ItemStatus.RETURNED_TO_OWNER:
        return RETURNED
    if row.due_on is not None:
        return ON_LOAN
    return MISSING if row.status in _NOT_FOUND else HERE


def rows(session: Session, deposit_id: int | None = None) -> list[DepositRow]:
    """All batches that stand, the newest first, or one; each with its counts."""
    placed = (
        select(Item.deposit_id.label("deposit_id"), _place.label("place"))
        .outerjoin(Loan, _open)
        .where(Item.deposit_id.is_not(None), Item.cancelled_at.is_(None))
        .subquery()
    )
    counted = [func.count(placed.c.place)] + [
        func.coalesce(func.sum(case((placed.c.place == name, 1), else_=0)), 0)
        for name in (HERE, ON_LOAN, MISSING, RETURNED)
    ]
    wanted = (
        select(
            Deposit.id, Deposit.name, Deposit.owner, Deposit.prefix, Deposit.document,
            Deposit.received_on, Deposit.due_on, Deposit.returned_on, Deposit.note, *counted,
        )
        .outerjoin(placed, placed.c.deposit_id == Deposit.id)
        .where(Deposit.cancelled_at.is_(None))
        .group_by(Deposit.id)
        .order_by(Deposit.received_on.desc(), Deposit.id.desc())
    )  # fmt: skip
    if deposit_id is not None:
        wanted = wanted.where(Deposit.id == deposit_id)
    return [DepositRow(*row) for row in session.execute(wanted)]


def stored(session: Session, deposit_id: int) -> DepositRow:
    """One batch that stands. Raises Refusal RECORD_GONE."""
    found = rows(session, deposit_id)
    if not found:
        raise Refusal(Reason.RECORD_GONE)
    return found[0]


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


# --- copies in


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
    found = catalogue.same_isbn(session, number) if number else None
    if found is None:
        raise Refusal(Reason.ISBN_UNKNOWN, code=scanned.strip()[:60])
    [item_id] = items.add_items(session, found[0], facts_of_copy(batch), 1, now)
    line = journal.line_about(session, "item.added", item_id)
    journal.touch(session, "Deposit")
    barcode = session.execute(select(Item.barcode).where(Item.id == item_id)).scalar_one()
    return Scanned(item_id, barcode, found[1], line)


# --- copies out


def give_back(session: Session, deposit_id: int, scanned: str, now: datetime) -> Scanned:
    """A copy goes back to the owner; one that had been missing has then been found.

    Raises Refusal UNKNOWN_ITEM, NOT_OF_BATCH, ALREADY_GIVEN_BACK, ITEM_ON_LOAN, RECORD_GONE.
    """
    batch = stored(session, deposit_id)
    barcode = code(scanned)
    [row] = items.items_by_barcode(session, [barcode])
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
    listed = items.items_of_deposit(session, deposit_id)
    unseen = [row.id for row in listed if place_of(row) == HERE]
    lines = item_states.missing(session, unseen, Details(), now)
    session.execute(update(Deposit).where(Deposit.id == deposit_id).values(returned_on=now.date()))
    return journal.write(
        session, "deposit.finished", "Deposit", deposit_id, now, lines=lines,
        given_back=batch.returned, on_loan=batch.on_loan, missing=batch.missing + len(unseen),
    )  # fmt: skip


# --- taken back


def take_back_receipt(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `receive`, while no copy stands in the batch. Raises CANNOT_UNDO."""
    assert line.record_id is not None
    batch = rows(session, line.record_id)
    if not batch or batch[0].total:
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(update(Deposit).where(Deposit.id == line.record_id).values(cancelled_at=now))


def take_back_saving(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `save`. Raises Refusal CANNOT_UNDO if it was changed again since."""
    assert line.record_id is not None
    row = stored(session, line.record_id)
    before, after = line.facts["before"], line.facts["after"]
    prefix_worn = row.total and before["prefix"] != row.prefix
    if prefix_worn or any(_plain(getattr(row, name)) != value for name, value in after.items()):
        raise Refusal(Reason.CANNOT_UNDO)
    values = {
        name: date.fromisoformat(value) if value and name.endswith("_on") else value
        for name, value in before.items()
    }
    session.execute(update(Deposit).where(Deposit.id == line.record_id).values(**values))


def take_back_finish(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `finish`. Raises Refusal CANNOT_UNDO if a copy has changed since."""
    undo_lines(session, line.facts["lines"], now)
    session.execute(update(Deposit).where(Deposit.id == line.record_id).values(returned_on=None))


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
    "deposit.received": take_back_receipt,
    "deposit.saved": take_back_saving,
    "deposit.finished": take_back_finish,
}
