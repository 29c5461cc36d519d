"""Batches lent to the library by the dinas: received, and where their copies are.

The copies of a batch have numbers of their own (T1-001, T1-002, ...) outside the hospital's
accession register. At every moment received = here + on loan + not found + given back.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import and_, case, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.meanwhile import must_stand
from database.engine.rows import rows_of
from database.holdings import item_list
from database.journal import Inverses, Line
from database.policy import clock
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import Deposit, Item, ItemStatus, Loan

PAPER = "handover-back"
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


def receive(session: Session, facts: DepositFacts, now: datetime) -> tuple[int, int]:
    """Open a batch; its id and the journal line.

    Raises Refusal NAME_MISSING, PREFIX_INVALID, PREFIX_TAKEN, VALUE_INVALID, TIME_TO_COME.
    """
    values = _values(session, facts, None)
    clock.must_be_here(facts.received_on, now, "received_on")
    number: int = session.execute(
        insert(Deposit).values(**values, created_at=now).returning(Deposit.id)
    ).scalar_one()
    line = journal.write(session, "deposit.received", "Deposit", number, now, name=values["name"])
    return number, line


def save(
    session: Session,
    deposit_id: int,
    facts: DepositFacts,
    now: datetime,
    read: DepositFacts | None = None,
) -> int:
    """Change what is known of a batch; the prefix stays once copies bear it.

    Raises Refusal as `receive`, and RECORD_GONE, and CHANGED_MEANWHILE
    where it no longer is as it was `read`.
    """
    row = stored(session, deposit_id)
    if row.total and facts.prefix.strip().upper() != row.prefix:
        raise Refusal(Reason.VALUE_INVALID, field="prefix")
    values = _values(session, facts, deposit_id)
    if facts.received_on != row.received_on:
        clock.must_be_here(facts.received_on, now, "received_on")
    must_stand(read, row, SimpleNamespace(**values), values, name=row.name)
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


_open = and_(Loan.item_id == Item.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
_place: Any = case(
    (Item.status == ItemStatus.RETURNED_TO_OWNER.value, RETURNED),
    (Loan.id.is_not(None), ON_LOAN),
    (Item.status.in_(_NOT_FOUND), MISSING),
    else_=HERE,
)


def place_of(row: item_list.ItemRow) -> str:
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
    counted = [
        func.coalesce(func.sum(case((placed.c.place == name, 1), else_=0)), 0).label(name)
        for name in (HERE, ON_LOAN, MISSING, RETURNED)
    ]
    wanted = (
        select(
            Deposit.id,
            Deposit.name,
            Deposit.owner,
            Deposit.prefix,
            Deposit.document,
            Deposit.received_on,
            Deposit.due_on,
            Deposit.returned_on,
            Deposit.note,
            func.count(placed.c.place).label("total"),
            *counted,
        )
        .outerjoin(placed, placed.c.deposit_id == Deposit.id)
        .where(Deposit.cancelled_at.is_(None))
        .group_by(Deposit.id)
        .order_by(Deposit.received_on.desc(), Deposit.id.desc())
    )
    if deposit_id is not None:
        wanted = wanted.where(Deposit.id == deposit_id)
    return rows_of(DepositRow, session.execute(wanted))


def stored(session: Session, deposit_id: int) -> DepositRow:
    """One batch that stands. Raises Refusal RECORD_GONE."""
    found = rows(session, deposit_id)
    if not found:
        raise Refusal(Reason.RECORD_GONE)
    return found[0]


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


def went_back(session: Session, batch: DepositRow, now: datetime) -> None:
    """The batch goes back from today on, by a deed with a number of its own."""
    session.execute(update(Deposit).where(Deposit.id == batch.id).values(returned_on=now.date()))
    about = outgoing.Letter(PAPER, batch.id, recipient=batch.owner, subject=batch.name)
    outgoing.issue(session, about, now)


def stays(session: Session, deposit_id: int, now: datetime) -> None:
    """The batch is here as before; the number of its deed is a gap."""
    session.execute(update(Deposit).where(Deposit.id == deposit_id).values(returned_on=None))
    outgoing.void(session, PAPER, deposit_id, now)


INVERSES: Inverses = {
    "deposit.received": take_back_receipt,
    "deposit.saved": take_back_saving,
}
