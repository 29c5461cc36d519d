"""One copy changed: what it was and what it became, kept so that it can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Date, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.engine.meanwhile import must_stand
from database.holdings import hold_claims, hold_queue, item_history
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Item, ItemStatus, Journal, Loan
from database.schema.base import UtcDateTime

_AT_HAND = frozenset({ItemStatus.IN_SERVICE, ItemStatus.REFERENCE, ItemStatus.QUARANTINE})

_LENDABLE = frozenset({ItemStatus.IN_SERVICE, ItemStatus.QUARANTINE})


def stored(session: Session, item_id: int) -> Item:
    """A copy that stands. Raises Refusal RECORD_GONE."""
    row = session.execute(
        select(Item).where(Item.id == item_id, Item.cancelled_at.is_(None))
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row


def on_loan(session: Session, item_id: int) -> bool:
    """Whether a copy is with a borrower now."""
    open_loan = select(Loan.id).where(
        Loan.item_id == item_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
    )
    return session.execute(open_loan).first() is not None


_BY_ITSELF = frozenset({"status_until"})
"""What follows from the clock is nobody's change."""


def change(
    session: Session,
    row: Item,
    values: dict[str, Any],
    action: str,
    now: datetime,
    read: object | None = None,
    **facts: Any,
) -> int:
    """Set `values` on a copy that was `read` so, and journal what they were and are; returns the
    line. Raises Refusal CHANGED_MEANWHILE."""
    seen = [name for name in values if name not in _BY_ITSELF and hasattr(read, name)]
    must_stand(read, row, SimpleNamespace(**values), seen, name=row.barcode)
    differ = {name: value for name, value in values.items() if getattr(row, name) != value}
    before = {name: _plain(getattr(row, name)) for name in differ}
    after = {name: _plain(value) for name, value in differ.items()}
    item_id, biblio_id = row.id, row.biblio_id
    if differ:
        session.execute(
            update(Item)
            .where(Item.id == item_id)
            .values(**differ)
            .execution_options(synchronize_session=False)
        )
        session.expire(row)
    if "status" in differ and ItemStatus(differ["status"]) not in _LENDABLE:
        facts |= hold_claims.copy_gone(session, item_id)
    line = journal.write(session, action, "Item", item_id, now, before=before, after=after, **facts)
    titles.reindex(session, [biblio_id])
    return line


def take_back(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `change`. Raises Refusal CANNOT_UNDO if the copy has changed since."""
    assert line.record_id is not None
    before, after = line.facts.get("before"), line.facts.get("after")
    row = session.execute(
        select(Item).where(Item.id == line.record_id, Item.cancelled_at.is_(None))
    ).scalar()
    if row is None or before is None or after is None:
        raise Refusal(Reason.CANNOT_UNDO)
    session.refresh(row)
    if any(_plain(getattr(row, name)) != value for name, value in after.items()):
        raise Refusal(Reason.CANNOT_UNDO)
    values = {name: _typed(name, value) for name, value in before.items()}
    if values.get("status", "in_service") not in _AT_HAND:
        _must_not_be_lent_since(session, row.id, line)
    if values.get("status", "in_service") not in _LENDABLE and hold_queue.lies_ready(
        session, row.id
    ):
        raise Refusal(Reason.CANNOT_UNDO)
    _numbers_free(session, row.id, values)
    biblio_id = row.biblio_id
    if values:
        session.execute(update(Item).where(Item.id == line.record_id).values(**values))
    hold_claims.copy_back(session, line.facts)
    titles.reindex(session, [biblio_id])


def _must_not_be_lent_since(session: Session, item_id: int, line: Line) -> None:
    """A copy that was lent since it was found stands there, even where it is back by now."""
    of_it = Loan.item_id == item_id
    if on_loan(session, item_id):
        raise item_history.lent_since(session, of_it & Loan.returned_at.is_(None))
    # Two acts may bear one time; their lines stand in the order they were done.
    before = select(Journal.id).where(
        Journal.kind == "Loan", Journal.record_id == Loan.id, Journal.id < line.id
    )
    later = select(Loan.id).where(
        of_it, Loan.lent_at >= line.at, Loan.cancelled_at.is_(None), ~before.exists()
    )
    if (loan := session.execute(later.order_by(Loan.id).limit(1)).scalar()) is not None:
        raise item_history.lent_since(session, Loan.id == loan)


def _numbers_free(session: Session, item_id: int, values: dict[str, Any]) -> None:
    for column in (Item.barcode, Item.accession_number):
        number = values.get(column.key)
        taken = (
            number
            and session.execute(select(Item.id).where(column == number, Item.id != item_id)).first()
        )
        if taken:
            raise Refusal(Reason.CANNOT_UNDO)


def stand_again(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of striking a copy. Raises Refusal CANNOT_UNDO if its title has gone."""
    row = session.execute(
        update(Item)
        .where(Item.id == line.record_id, Item.cancelled_at.is_not(None))
        .values(cancelled_at=None)
        .returning(Item.biblio_id)
    ).first()
    if row is None:
        raise Refusal(Reason.CANNOT_UNDO)
    try:
        titles.stored(session, row.biblio_id)
    except Refusal as gone:
        raise Refusal(Reason.CANNOT_UNDO) from gone
    hold_claims.copy_back(session, line.facts)
    journal.touch(session, "Biblio")
    titles.reindex(session, [row.biblio_id])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    kind = Item.__table__.c[name].type
    if value is not None and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value is not None and isinstance(kind, Date) else value


_CHANGES = (
    "item.saved",
    "item.moved",
    "item.repair",
    "item.back",
    "item.missing",
    "item.found",
    "item.lost",
    "item.withdrawn",
    "item.given_back",
    "item.given",
)
INVERSES: Inverses = {"item.cancelled": stand_again, **dict.fromkeys(_CHANGES, take_back)}
