"""The day at a glance: what happened today, what is late, the last twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.policy import lateness
from database.reports.figures import MonthPoint
from database.reports.headline import LOANS_IN, VISITS_IN
from database.reports.statistics import year
from database.schema import (
    Biblio,
    Item,
    Loan,
    Patron,
    PatronCategory,
)
from database.text.dates import midnight


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
class Overdue:
    """A loan that is late, for the list of what waits."""

    title: str
    barcode: str
    patron: str
    audience: str
    due_on: date
    late_days: int


def overdue(session: Session, day: date, limit: int = 100) -> list[Overdue]:
    """Open loans past their due date, oldest first, as late as their rules count."""
    rows = session.execute(
        select(
            Biblio.title,
            Item.barcode,
            Patron.name.label("patron"),
            PatronCategory.audience,
            Loan.due_on,
            Loan.due_at,
            Loan.category,
            Item.item_type,
        )
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(*_STILL_OUT, Loan.due_on < day)
        .order_by(Loan.due_on, Loan.id)
        .limit(limit)
    ).all()
    late = lateness.of(session, rows, midnight(day))
    return [
        Overdue(row.title, row.barcode, row.patron, row.audience, row.due_on, one.days)
        for row, one in zip(rows, late, strict=True)
    ]


def twelve_months(session: Session, wanted: str) -> tuple[MonthPoint, ...]:
    """Visits and loans of the twelve months that end with `wanted`, for the home screen."""
    return year(session, wanted)
