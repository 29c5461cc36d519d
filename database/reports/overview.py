"""The day at a glance: what happened today, what is late, the last twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from database.policy import closings, house
from database.policy.calendar import month_bounds, shift_month
from database.reports.figures import MonthPoint
from database.reports.headline import LOANS_IN, VISITS_IN
from database.schema import Biblio, Consent, Item, Loan, Patron, PatronCategory, PeriodReport

WEEK = 7


@dataclass(frozen=True, slots=True)
class Today:
    """The home screen's figures."""

    visitors: int
    lent: int
    returned: int
    overdue: int
    due_today: int


_STILL_OUT = (
    Loan.returned_at.is_(None),
    Loan.cancelled_at.is_(None),
    # What was left to follow by who went home is told as that.
    Loan.follows_since.is_(None),
)


def today(session: Session, day: date) -> Today:
    """What happened today and what is late."""
    binds = {"first": day, "last": day}
    returned = select(func.count()).where(Loan.returned_on == day, Loan.cancelled_at.is_(None))
    still_out = [*_STILL_OUT]
    return Today(
        int(session.execute(VISITS_IN, binds).scalar_one()),
        int(session.execute(LOANS_IN, binds).scalar_one()),
        session.execute(returned).scalar_one(),
        session.execute(select(func.count()).where(*still_out, Loan.due_on < day)).scalar_one(),
        session.execute(select(func.count()).where(*still_out, Loan.due_on == day)).scalar_one(),
    )


@dataclass(frozen=True, slots=True)
class Late:
    """What is late, as one line of work: copies, who has them, and how many of those can be
    written to by telephone because they agreed to it."""

    copies: int
    patrons: int
    reachable: int


def late(session: Session, day: date) -> Late:
    """Open loans past their due date; wards and persons alike are those who have them."""
    past = (*_STILL_OUT, Loan.due_on < day)
    agreed = select(Consent.patron_id).where(
        Consent.purpose == "reminders", Consent.withdrawn_on.is_(None)
    )
    reachable = (
        select(func.count(Loan.patron_id.distinct()))
        .join(Patron, Patron.id == Loan.patron_id)
        .where(*past, Patron.phone != "", Patron.id.in_(agreed))
    )
    copies, patrons = session.execute(
        select(func.count(), func.count(Loan.patron_id.distinct())).where(*past)
    ).one()
    return Late(copies, patrons, session.execute(reachable).scalar_one())


def practices_ending(session: Session, day: date) -> int:
    """How many students' membership ends within a week from `day`, that day included."""
    return session.execute(
        select(func.count())
        .select_from(Patron)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.audience == "student",
            Patron.ended_on.is_(None),
            Patron.valid_until.between(day, day + timedelta(days=WEEK - 1)),
        )
    ).scalar_one()


def open_month(session: Session, day: date) -> str | None:
    """Last month, "2026-10", if anything was lent or anybody came in it and it is not closed."""
    month = shift_month(f"{day:%Y-%m}", -1)
    first, last = month_bounds(month)
    binds = {"first": first, "last": last}
    if _is_closed(session, month):
        return None
    used = any(session.execute(one, binds).scalar_one() for one in (LOANS_IN, VISITS_IN))
    return month if used else None


def _is_closed(session: Session, month: str) -> bool:
    closed = select(PeriodReport.id).where(PeriodReport.period == month).limit(1)
    return session.execute(closed).first() is not None


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a new library has done of what is done first; `over` once a lending day is past."""

    details: bool
    holidays: bool
    titles: bool
    patrons: bool
    labels: bool
    loan: bool
    over: bool


def first_steps(session: Session, day: date) -> FirstSteps:
    """Told from what stands in the library, so that no step is ticked by hand."""
    profile = house.profile(session)

    def any_of(*wanted: Any) -> bool:
        return session.execute(select(literal(1)).where(*wanted).limit(1)).first() is not None

    return FirstSteps(
        details=bool(profile.hospital and profile.city),
        holidays=closings.is_confirmed(session, day.year),
        titles=any_of(Biblio.cancelled_at.is_(None)),
        patrons=any_of(Patron.kind == "person"),
        labels=any_of(Item.labelled_at.is_not(None), Item.cancelled_at.is_(None)),
        loan=any_of(Loan.cancelled_at.is_(None)),
        over=any_of(Loan.cancelled_at.is_(None), Loan.lent_on < day),
    )


def twelve_months(session: Session, wanted: str) -> tuple[MonthPoint, ...]:
    """Visits and loans of the twelve months that end with `wanted`, for the home screen."""
    # All that is counted hangs on it, and the home screen asks for it behind the window.
    from database.reports.statistics import year

    return year(session, wanted)
