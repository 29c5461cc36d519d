"""The months of a quarter or a year beside each other, each counted with its own span."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.policy import calendar
from database.reports.figures import MonthLine
from database.reports.spans import FIRST, LAST, Span
from database.schema import Biblio, InHouseUse, Item, Loan, Patron, PatronKind, Visit


def _count(column: Any, *where: Any) -> Any:
    return select(func.count()).where(column.between(FIRST, LAST), *where)


_ASKED = (
    select(func.coalesce(func.sum(Visit.people), 0)).where(
        Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None)
    ),
    _count(Loan.lent_on, Loan.cancelled_at.is_(None)),
    _count(Loan.returned_on, Loan.cancelled_at.is_(None), Loan.outcome == ""),
    _count(InHouseUse.used_on, InHouseUse.cancelled_at.is_(None)),
    _count(Patron.joined_on, Patron.kind == PatronKind.PERSON),
    _count(Biblio.created_on, Biblio.cancelled_at.is_(None)),
    _count(Item.accessioned_on, Item.cancelled_at.is_(None)),
)


def lines(session: Session, period: str) -> tuple[MonthLine, ...]:
    """A line a month; none for a single month, whose figures stand in every table."""
    months = calendar.period_months(period)
    if len(months) == 1:
        return ()
    return tuple(
        MonthLine(
            one, *(int(session.execute(ask, Span.of(one).binds).scalar_one()) for ask in _ASKED)
        )
        for one in months
    )
