"""A patient goes home: each open loan of a person, a bed or a ward ends its own way.

Nothing holds the discharge up and no patient is billed: what does not come back was given away,
will follow with the family, or is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import lending, sanctions
from database.holdings import item_states
from database.journal import Inverses, Line
from database.patrons import finding, standing
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, ItemStatus, Loan, Ownership, Patron, PatronKind

FOLLOWS_DAYS = 7


class Outcome(StrEnum):
    """How an open loan ends when a patient goes home."""

    RETURNED = "returned"
    GIVEN = "given"
    FOLLOWS = "follows"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A loan that is still open; `may_be_given` is the library's rule for giving it away;
    `lost` tells that it has been to follow for so long that it is proposed as lost."""

    id: int
    title: str
    barcode: str
    ownership: str
    price: int | None
    due_on: date
    may_be_given: bool
    lost: bool = False


def may_be_given(ownership: str, price: int | None, limit: int) -> bool:
    """Whether a copy may go home for good: the hospital's own or a gift, worth at most `limit`
    rupiah; a gift without a price counts as worth little. Deposits never."""
    if ownership == Ownership.DEPOSIT:
        return False
    if price is None:
        return ownership == Ownership.GIFT
    return price <= limit


def open_loans(session: Session, patron_id: int, today: date | None = None) -> list[OpenLoan]:
    """What a person, a bed or a ward (with its beds) has, soonest due first."""
    limit = settings.get(session, settings.GIVE_LIMIT)
    wait = timedelta(days=settings.get(session, settings.FOLLOW_DAYS))
    beds = select(Patron.id).where(Patron.place_id == patron_id, Patron.kind == PatronKind.PLACE)
    rows = session.execute(
        select(
            Loan.id,
            Biblio.title,
            Item.barcode,
            Item.ownership,
            Item.price,
            Loan.due_on,
            Loan.follows_since,
        )
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(
            or_(Loan.patron_id == patron_id, Loan.patron_id.in_(beds)),
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
        )
        .order_by(Loan.due_on, Loan.id)
    )
    return [
        OpenLoan(
            *row[:-1],
            may_be_given=may_be_given(row.ownership, row.price, limit),
            lost=bool(today and row.follows_since and row.follows_since + wait <= today),
        )
        for row in rows
    ]


def discharge(
    session: Session, patron_id: int, outcomes: Mapping[int, Outcome], now: datetime
) -> int:
    """End the named loans, and the membership of a person with nothing left to follow.

    Returns the journal line. Raises Refusal RECORD_GONE (no such patron, a loan not among the
    open ones), VALUE_INVALID (what may not be given away).
    """
    patron = finding.one(session, patron_id)
    if patron is None:
        raise Refusal(Reason.RECORD_GONE)
    standing = {loan.id: loan for loan in open_loans(session, patron_id)}
    if outcomes.keys() - standing.keys():
        raise Refusal(Reason.RECORD_GONE)
    lines = []
    for loan_id, outcome in outcomes.items():
        lines += _ACTS[outcome](session, standing[loan_id], now)
    follows = Outcome.FOLLOWS in outcomes.values() or standing.keys() - outcomes.keys()
    if patron.kind == PatronKind.PERSON and not follows:
        lines.append(_end(session, patron, now))
    counts = {one.value: list(outcomes.values()).count(one) for one in Outcome}
    return journal.write(
        session, "discharge.done", "Loan", next(iter(outcomes), None), now, lines=lines, **counts
    )


def _returned(session: Session, loan: OpenLoan, now: datetime) -> list[int]:
    return [lending.check_in(session, loan.barcode, now).line]


def end_given(session: Session, patron_id: int, loan_id: int, now: datetime) -> list[int]:
    """Let a borrower keep one copy; the journal lines.

    Raises Refusal RECORD_GONE, VALUE_INVALID.
    """
    found = next((one for one in open_loans(session, patron_id) if one.id == loan_id), None)
    if found is None:
        raise Refusal(Reason.RECORD_GONE)
    return _given(session, found, now)


def _given(session: Session, loan: OpenLoan, now: datetime) -> list[int]:
    if not loan.may_be_given:
        raise Refusal(Reason.VALUE_INVALID, field="outcome")
    item_id, line = _close(session, loan.id, Outcome.GIVEN, now)
    details = item_states.Details()
    return [line, *item_states.give_away(session, [item_id], details, now)]


def _lost(session: Session, loan: OpenLoan, now: datetime) -> list[int]:
    return end_lost(session, loan.id, now)


def end_lost(session: Session, loan_id: int, now: datetime) -> list[int]:
    """End a loan whose copy is lost, and write the copy off; the journal lines."""
    item_id, line = _close(session, loan_id, Outcome.LOST, now)
    state = session.execute(select(Item.status).where(Item.id == item_id)).scalar_one()
    if state == ItemStatus.LOST:
        return [line]
    return [line, *item_states.lost(session, [item_id], item_states.Details(), now)]


def _follows(session: Session, loan: OpenLoan, now: datetime) -> list[int]:
    """The family brings it within days; a later day that was agreed stays."""
    due = max(loan.due_on, now.date() + timedelta(days=FOLLOWS_DAYS))
    known = session.execute(select(Loan.follows_since).where(Loan.id == loan.id)).scalar_one()
    session.execute(
        update(Loan).where(Loan.id == loan.id).values(due_on=due, follows_since=known or now.date())
    )
    facts: dict[str, Any] = {
        "before": loan.due_on.isoformat(),
        "since": known and known.isoformat(),
    }
    return [journal.write(session, "loan.lengthened", "Loan", loan.id, now, **facts)]


_ACTS: dict[Outcome, Any] = {
    Outcome.RETURNED: _returned,
    Outcome.GIVEN: _given,
    Outcome.FOLLOWS: _follows,
    Outcome.LOST: _lost,
}


def _close(session: Session, loan_id: int, outcome: Outcome, now: datetime) -> tuple[int, int]:
    """End a loan without a return; the copy's id, and the journal line."""
    item_id = session.execute(
        update(Loan)
        .where(Loan.id == loan_id)
        .values(returned_at=now, returned_on=now.date(), outcome=outcome)
        .returning(Loan.item_id)
    ).scalar_one()
    imposed = sanctions.impose(session, sanctions.ended(session, loan_id), now)
    line = journal.write(
        session, "loan.closed", "Loan", loan_id, now, outcome=outcome, **imposed.facts
    )
    return item_id, line


def _end(session: Session, patron: finding.PatronRow, now: datetime) -> int:
    """The membership ends today; the forgetting counts from here."""
    before = patron.ended_on and patron.ended_on.isoformat()
    session.execute(update(Patron).where(Patron.id == patron.id).values(ended_on=now.date()))
    standing.keep(session, [patron.id], now)
    return journal.write(session, "patron.ended", "Patron", patron.id, now, before=before)


def unlengthen(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `_follows`. Raises Refusal CANNOT_UNDO once the loan has ended."""
    since = line.facts.get("since")
    done = session.execute(
        update(Loan)
        .where(Loan.id == line.record_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
        .values(
            due_on=date.fromisoformat(line.facts["before"]),
            follows_since=date.fromisoformat(since) if since else None,
        )
        .returning(Loan.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


def stay(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `_end`. Raises Refusal CANNOT_UNDO for one who is forgotten by now."""
    before = line.facts["before"]
    done = session.execute(
        update(Patron)
        .where(Patron.id == line.record_id, Patron.forgotten_at.is_(None))
        .values(ended_on=date.fromisoformat(before) if before else None)
        .returning(Patron.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    standing.take_back(session, [done.id], now)


INVERSES: Inverses = {"loan.lengthened": unlengthen, "patron.ended": stay}
