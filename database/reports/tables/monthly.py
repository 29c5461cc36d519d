"""The months of a quarter or a year beside each other, each counted with its own span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from database.policy import calendar
from database.reports.counting.members import NEW
from database.reports.counting.spans import FIRST, LAST, Span
from database.reports.counting.table import Asked, Table
from database.schema import Biblio, InHouseUse, Item, Loan, Visit


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of a quarter or year."""

    month: str
    visits: int
    loans: int
    returned: int
    in_house: int
    new_members: int
    new_titles: int
    new_copies: int


def _count(column: Any, *where: Any) -> Any:
    return select(func.count()).where(column.between(FIRST, LAST), *where)


_ASKED = {
    "visits": select(func.coalesce(func.sum(Visit.people), 0)).where(
        Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None)
    ),
    "loans": _count(Loan.lent_on, Loan.cancelled_at.is_(None)),
    "returned": _count(Loan.returned_on, Loan.cancelled_at.is_(None), Loan.outcome == ""),
    "in_house": _count(InHouseUse.used_on, InHouseUse.cancelled_at.is_(None)),
    "new_members": NEW,
    "new_titles": _count(Biblio.created_on, Biblio.cancelled_at.is_(None)),
    "new_copies": _count(Item.accessioned_on, Item.cancelled_at.is_(None)),
}
"""Each column's question, by the field of its line."""


def count(asked: Asked) -> tuple[MonthLine, ...]:
    """A line for each month that has begun; none for a single month, whose figures stand in every
    table."""
    months = calendar.period_months(asked.span.month)
    if len(months) == 1:
        return ()
    begun = [one for one in months if calendar.month_bounds(one)[0] <= asked.span.last]
    return tuple(_line(asked, one) for one in begun)


def _line(asked: Asked, month: str) -> MonthLine:
    binds = Span.of(month).binds
    found = {name: int(asked.session.scalar(ask, binds) or 0) for name, ask in _ASKED.items()}
    return MonthLine(month, **found)


TABLE: Table[tuple[MonthLine, ...]] = Table("monthly", count, ())
