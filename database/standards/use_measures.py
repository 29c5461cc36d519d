"""Measures of use: hours, loans, visits, members, and how much of the collection is used."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from database.policy import calendar
from database.schema import (
    InHouseUse,
    Item,
    Loan,
    MembershipEvent,
    OpeningHours,
    PatronKind,
    Visit,
)
from database.schema.standing import member_on
from database.standards import borrowers
from database.standards.measuring import Number, Year, count, held, ratio, share


def _hours(session: Session) -> list[float]:
    rows = session.execute(select(OpeningHours.opens, OpeningHours.closes)).all()
    return [
        (closes.hour * 60 + closes.minute - opens.hour * 60 - opens.minute) / 60
        for opens, closes in rows
    ]


def weekly_hours(session: Session, _year: Year) -> Number:
    """Hours open in a week, by the timetable."""
    return round(sum(_hours(session)), 2) or None


def shortest_day(session: Session, _year: Year) -> Number:
    """Hours open on the shortest working day."""
    return min(_hours(session), default=None)


def loans(session: Session, year: Year) -> int:
    """Loans of the twelve months; renewals are none."""
    return count(session, Loan.lent_on.between(year.first, year.last), Loan.cancelled_at.is_(None))


def visits(session: Session, year: Year) -> int:
    """Visits of the twelve months."""
    found = session.execute(
        select(func.coalesce(func.sum(Visit.people), 0)).where(
            Visit.visited_on.between(year.first, year.last), Visit.cancelled_at.is_(None)
        )
    ).scalar_one()
    return int(found)


def members(session: Session, year: Year) -> int:
    """Persons whose membership holds."""
    return count(
        session,
        MembershipEvent.kind == PatronKind.PERSON,
        member_on(year.last),
    )


def in_house(session: Session, year: Year) -> int:
    """Copies read in the library in the twelve months."""
    used = InHouseUse.used_on.between(year.first, year.last)
    return count(session, used, InHouseUse.cancelled_at.is_(None))


def active_borrowers(session: Session, year: Year) -> Number:
    """Persons who borrowed in the twelve calendar months that end with this one: of those whose
    loans tell nobody any more only the month is known. See `borrowers.active`."""
    first = calendar.month_bounds(calendar.shift_month(f"{year.last:%Y-%m}", -11))[0]
    return borrowers.active(session, first, year.last)


def daily_visits(session: Session, year: Year) -> Number:
    """Visits of the twelve months for each open day."""
    days = calendar.load(session, year.first, year.last).open_days(year.first, year.last)
    return visits(session, year) / days if days else None


def turnover(session: Session, year: Year) -> Number:
    """Loans of the twelve months for each copy (ISO 11620 B.2.1.1)."""
    return ratio(loans(session, year), count(session, held(year.last)))


def unused_share(session: Session, year: Year) -> Number:
    """Percent of the copies neither lent nor read in the house (ISO 11620 B.2.1.3)."""
    lent = exists().where(
        Loan.item_id == Item.id,
        Loan.cancelled_at.is_(None),
        Loan.lent_on.between(year.first, year.last),
    )
    read = exists().where(
        InHouseUse.item_id == Item.id,
        InHouseUse.cancelled_at.is_(None),
        InHouseUse.used_on.between(year.first, year.last),
    )
    unused = count(session, held(year.last), ~lent, ~read)
    return share(unused, count(session, held(year.last)))
