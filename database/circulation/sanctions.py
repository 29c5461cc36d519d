"""What follows when a loan ends late: a charge, or days without lending, by the rule.

Imposed once, in the transaction that ends the loan, and never computed again. Suspensions do
not add up: of several the later day holds (Koha may add them, its restrictions cumulative; one
librarian explains one day more easily than a sum). Patients, families and places are never
charged money, whatever a rule says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import row_of
from database.journal import Inverses, Line
from database.policy import lateness, loan_rules, settings
from database.policy.lateness import Fined
from database.policy.loan_rules import Lateness, Rule
from database.refusal import Reason, Refusal
from database.schema import (
    Charge,
    ChargeKind,
    Item,
    LateCounting,
    Loan,
    Patron,
    PatronCategory,
    Payment,
    Renewal,
)

NEVER_CHARGED = frozenset({"patient", "family", "place"})


@dataclass(frozen=True, slots=True)
class Ended:
    """A loan as it ends: what its rule and its lateness are computed from."""

    loan_id: int
    item_id: int
    patron_id: int | None
    audience: str
    category: str
    item_type: str
    due_on: date
    due_at: datetime | None
    price: int | None


@dataclass(frozen=True, slots=True)
class Imposed:
    """What followed: days late by the rule (of the calendar where `by_calendar`), rupiah charged,
    the last day without lending; and what the journal must know to take just that back."""

    late_days: int = 0
    charge: int = 0
    suspended_until: date | None = None
    by_calendar: bool = False
    charge_id: int = 0
    suspended_before: date | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """`before` is the suspension this loan had brought already, when it was renewed late."""
        if not self.charge_id and self.suspended_until is None:
            return {"imposed": {}}
        before = self.suspended_before
        return {
            "imposed": {
                "charge": self.charge_id,
                "suspended": self.suspended_until is not None,
                "before": before and before.isoformat(),
            }
        }


def takes_money(session: Session) -> bool:
    """Whether this library takes money at all."""
    return settings.get(session, settings.MONEY)


def may_charge(session: Session, audience: str) -> bool:
    """Whether borrowers of this kind are ever charged."""
    return audience not in NEVER_CHARGED and takes_money(session)


def ended(session: Session, loan_id: int) -> Ended:
    """A loan as the rules see it."""
    row = session.execute(
        select(
            Loan.id.label("loan_id"),
            Loan.item_id,
            Loan.patron_id,
            func.coalesce(PatronCategory.audience, "place").label("audience"),
            Loan.category,
            Item.item_type,
            Loan.due_on,
            Loan.due_at,
            Item.price,
        )
        .join(Item, Item.id == Loan.item_id)
        .outerjoin(Patron, Patron.id == Loan.patron_id)
        .outerjoin(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Loan.id == loan_id)
    ).one()
    return row_of(Ended, row)


def impose(session: Session, loan: Ended, now: datetime) -> Imposed:
    """Let what the rule says follow a loan that ends now."""
    rule = loan_rules.rule_for(session, loan.category, loan.item_type)
    late = lateness.days(session, rule, loan.due_on, now, loan.due_at)
    found = Imposed(
        late, by_calendar=rule is not None and rule.late_counting == LateCounting.CALENDAR
    )
    if not late or loan.patron_id is None or rule is None:
        return found
    counted = Lateness(late, rule).counted
    if not counted:
        return found
    before = session.execute(
        select(Loan.suspended_until).where(Loan.id == loan.loan_id)
    ).scalar_one()
    amount, charge_id = _charge(session, loan, rule, late, now)
    return replace(
        found,
        charge=amount,
        charge_id=charge_id,
        suspended_until=_suspend(session, loan, rule, counted, now),
        suspended_before=before,
    )


def _charge(session: Session, loan: Ended, rule: Rule, late: int, now: datetime) -> tuple[int, int]:
    """The rupiah and the charge's id, 0 and 0 where nothing is owed."""
    fined = lateness.fined(session, rule, late, loan.price)
    if not fined.amount or not may_charge(session, loan.audience):
        return 0, 0
    made = charge(session, loan, ChargeKind.OVERDUE, fined, now, rule.fine_per_day)
    return fined.amount, made


def charge(
    session: Session,
    loan: Ended,
    kind: ChargeKind,
    fined: Fined | int,
    now: datetime,
    per_day: int = 0,
) -> int:
    """Write down what a borrower owes; the charge's id. The act that does so journals it."""
    owed = fined if isinstance(fined, Fined) else Fined(fined, 0)
    journal.touch(session, "Charge")
    made: int = session.execute(
        insert(Charge)
        .values(
            patron_id=loan.patron_id,
            loan_id=loan.loan_id,
            item_id=loan.item_id,
            kind=kind,
            amount=owed.amount,
            days=owed.days,
            per_day=per_day,
            weeks=owed.weeks,
            category=loan.category,
            made_at=now,
            made_on=now.date(),
        )
        .returning(Charge.id)
    ).scalar_one()
    return made


def _suspend(session: Session, loan: Ended, rule: Rule, counted: int, now: datetime) -> date | None:
    until = loan_rules.suspended_until(session, rule, counted, now.date())
    if until is None:
        return None
    session.execute(update(Loan).where(Loan.id == loan.loan_id).values(suspended_until=until))
    session.execute(
        update(Patron)
        .where(
            Patron.id == loan.patron_id,
            func.coalesce(Patron.suspended_until, until) <= until,
        )
        .values(suspended_until=until)
    )
    journal.touch(session, "Patron")
    return until


def take_back(session: Session, line: Line, now: datetime) -> None:
    """Undo what the late end, or the late renewal, of a loan brought: that alone.

    Raises Refusal CANNOT_UNDO once something was paid or waived.
    """
    assert line.record_id is not None
    imposed = line.facts.get("imposed")
    if imposed is None:  # written before a renewal could bring anything
        cancel_charges(session, Charge.loan_id == line.record_id, now)
        imposed = {"suspended": True}
    elif imposed.get("charge"):
        cancel_charges(session, Charge.id == imposed["charge"], now)
    if imposed.get("suspended"):
        _unsuspend(session, line.record_id, _day(imposed.get("before")))


def _unsuspend(session: Session, loan_id: int, before: date | None) -> None:
    row = session.execute(
        select(Loan.patron_id, Loan.suspended_until).where(Loan.id == loan_id)
    ).one()
    if row.suspended_until is None:
        return  # lifted since
    session.execute(update(Loan).where(Loan.id == loan_id).values(suspended_until=before))
    others = select(func.max(Loan.suspended_until)).where(
        Loan.patron_id == row.patron_id, Loan.cancelled_at.is_(None)
    )
    session.execute(
        update(Patron)
        .where(Patron.id == row.patron_id, Patron.suspended_until == row.suspended_until)
        .values(suspended_until=others.scalar_subquery())
    )
    journal.touch(session, "Patron")


def lift(session: Session, patron_id: int, reason: str, now: datetime) -> int:
    """Let a patron borrow again before the days without lending are over; the journal line. What
    brought them is forgiven: no later undo of another return brings them back.

    Raises Refusal WHY_MISSING, NOT_SUSPENDED.
    """
    if not reason.strip():
        raise Refusal(Reason.WHY_MISSING, field="reason")
    until = session.execute(select(Patron.suspended_until).where(Patron.id == patron_id)).scalar()
    if until is None or until < now.date():
        raise Refusal(Reason.NOT_SUSPENDED)
    session.execute(update(Patron).where(Patron.id == patron_id).values(suspended_until=None))
    loans = _forgive(session, patron_id)
    return journal.write(
        session,
        "suspension.lifted",
        "Patron",
        patron_id,
        now,
        until=until.isoformat(),
        reason=reason.strip(),
        loans=loans,
    )


def _forgive(session: Session, patron_id: int) -> dict[str, str]:
    """Lifted is lifted: no loan that brought days without lending brings them again, whatever is
    taken back later. The loans and their days, to suspend again."""
    which = (Loan.patron_id == patron_id) & Loan.suspended_until.is_not(None)
    rows = session.execute(select(Loan.id, Loan.suspended_until).where(which)).all()
    session.execute(update(Loan).where(which).values(suspended_until=None))
    return {str(loan_id): until.isoformat() for loan_id, until in rows if until is not None}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _suspend_again(session: Session, line: Line, _now: datetime) -> None:
    until = _loans_again(session, line.facts.get("loans"), line.facts["until"])
    done = session.execute(
        update(Patron)
        .where(
            Patron.id == line.record_id,
            Patron.suspended_until.is_(None),
            Patron.forgotten_at.is_(None),
        )
        .values(suspended_until=until)
        .returning(Patron.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


def _loans_again(session: Session, loans: dict[str, str] | None, until: str) -> date | None:
    """The suspensions of the loans they came of, but of those that ended or were renewed late no
    longer, for that was undone since; the last day of those that hold again. What came of no loan
    known holds as it did."""
    if not loans:
        return date.fromisoformat(until)
    renewed = exists().where(Renewal.loan_id == Loan.id, Renewal.cancelled_at.is_(None))
    days = []
    for loan_id, day in loans.items():
        again = session.execute(
            update(Loan)
            .where(
                Loan.id == int(loan_id),
                or_(Loan.returned_at.is_not(None), renewed),
                Loan.cancelled_at.is_(None),
                Loan.suspended_until.is_(None),
            )
            .values(suspended_until=date.fromisoformat(day))
            .returning(Loan.suspended_until)
        ).scalar()
        if again is not None:
            days.append(again)
    return max(days, default=None)


INVERSES: Inverses = {"suspension.lifted": _suspend_again}


def cancel_charges(session: Session, which: object, now: datetime) -> None:
    """Strike charges as if never made. Raises Refusal CANNOT_UNDO once something was paid."""
    standing = select(Charge.id).where(which, Charge.cancelled_at.is_(None))  # type: ignore[arg-type]
    ids = list(session.execute(standing).scalars())
    if not ids:
        return
    settled = select(Payment.id).where(Payment.charge_id.in_(ids), Payment.cancelled_at.is_(None))
    if session.execute(settled.limit(1)).first():
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(update(Charge).where(Charge.id.in_(ids)).values(cancelled_at=now))
    journal.touch(session, "Charge")
