"""Taking back what the desk did with a loan: lent, renewed, taken back, closed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database.circulation import returns, sanctions, visits
from database.holdings import hold_claims, item_history
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Item, ItemStatus, Loan, Renewal


def _cancel_loan(session: Session, line: Line, now: datetime) -> None:
    done = session.execute(
        update(Loan)
        .where(Loan.id == line.record_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .returning(Loan.item_id, Loan.patron_id, Loan.lent_on)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    if done.patron_id is not None:
        visits.uncount_card(session, done.patron_id, done.lent_on, now)
    if "rested" in line.facts:
        status, until = line.facts["rested"]
        values = {"status": status, "status_until": _moment(until)}
        session.execute(update(Item).where(Item.id == done.item_id).values(**values))
    hold_claims.unfill(session, line.facts)


def _reopen_loan(session: Session, line: Line, now: datetime) -> None:
    sanctions.take_back(session, line, now)
    done = session.execute(
        update(Loan)
        .where(
            Loan.id == line.record_id,
            Loan.returned_at.is_not(None),
            # Whoever had it may have been forgotten at once; nobody would have it again.
            Loan.patron_id.is_not(None),
        )
        .values(returned_at=None, returned_on=None, outcome="")
        .returning(Loan.item_id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    _must_be_last(session, line, done.item_id)
    returns.take_back(session, line, done.item_id)


def _must_be_last(session: Session, line: Line, item_id: int) -> None:
    """Whoever had the copy after this loan ended has ended the way back, even where that loan is
    over too: the copy may be lost by now, or given away."""
    later = select(Loan.id).where(
        Loan.item_id == item_id, Loan.id > (line.record_id or 0), Loan.cancelled_at.is_(None)
    )
    if (loan := session.execute(later.order_by(Loan.id).limit(1)).scalar()) is not None:
        raise item_history.lent_since(session, Loan.id == loan)
    there = select(Item.status).where(Item.id == item_id, Item.cancelled_at.is_(None))
    status = session.execute(there).scalar()
    # What the return itself made of it: out of isolation a copy does not come back.
    own = line.facts.get("item_after", {}).get("status")
    gone = status is not None and (not ItemStatus(status).in_stock or status == ItemStatus.GIVEN)
    if status is None or (gone and status != own):
        raise Refusal(Reason.CANNOT_UNDO)


def _unrenew(session: Session, line: Line, now: datetime) -> None:
    renewal_id = line.facts["renewal_id"]
    later = session.execute(
        select(Renewal.id).where(
            Renewal.loan_id == line.record_id,
            Renewal.id > renewal_id,
            Renewal.cancelled_at.is_(None),
        )
    ).first()
    done = (
        later is None
        and session.execute(
            update(Loan)
            .where(
                Loan.id == line.record_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
            )
            .values(
                due_on=date.fromisoformat(line.facts["due_before"]),
                due_at=_moment(line.facts.get("hour_before")),
                renewals=Loan.renewals - 1,
            )
            .returning(Loan.id)
        ).first()
    )
    if not done:
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(update(Renewal).where(Renewal.id == renewal_id).values(cancelled_at=now))
    if "imposed" in line.facts:
        sanctions.take_back(session, line, now)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


INVERSES: Inverses = {
    "loan.checked_out": _cancel_loan,
    "loan.returned": _reopen_loan,
    "loan.closed": _reopen_loan,
    "loan.renewed": _unrenew,
}
