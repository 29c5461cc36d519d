"""T4: visits by kind and week, or by the months of a longer period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.policy import calendar
from database.reports.counting import guard
from database.reports.counting.guard import Guard
from database.reports.counting.spans import FIRST, LAST, Span
from database.reports.counting.table import Asked, Line, Table, in_order, of_kind
from database.reports.figures import Month
from database.schema import Visit


@dataclass(frozen=True, slots=True)
class VisitRow:
    """Visits of one category, by week of the month (days 1-7, 8-14, 15-21, 22-28, 29-31), or by
    month of a quarter or year."""

    category: str
    weeks: tuple[int, ...]
    total: int


def count(asked: Asked) -> tuple[VisitRow, ...]:
    """Every kind that came."""
    rows = asked.session.execute(
        select(Visit.category, Visit.visited_on, func.sum(Visit.people))
        .where(Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None))
        .group_by(Visit.category, Visit.visited_on),
        asked.span.binds,
    )
    months = calendar.period_months(asked.span.month)
    parts = 5 if len(months) == 1 else len(months)
    found: dict[str, list[int]] = {}
    for category, day, people in rows:
        place = min((day.day - 1) // 7, 4) if len(months) == 1 else months.index(f"{day:%Y-%m}")
        found.setdefault(category, [0] * parts)[place] += int(people)
    counted = [VisitRow(category, tuple(w), sum(w)) for category, w in found.items()]
    return in_order(counted, asked.categories)


def behind(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    """Visits of one figure: [kind, place of a week or month from 0, or "total"]."""
    kind, part = path
    first, last = (span.first, span.last) if part == "total" else _part(span, int(part))
    found = session.execute(
        select(Visit.visited_on, Visit.purpose, Visit.category, Visit.people)
        .where(
            Visit.visited_on.between(first, last),
            Visit.cancelled_at.is_(None),
            of_kind(Visit.category, kind),
        )
        .order_by(Visit.visited_at, Visit.id)
    )
    return [Line(day, purpose, "", category, people) for day, purpose, category, people in found]


def _part(span: Span, place: int) -> tuple[date, date]:
    """A week of a month, or a month of a longer period, by its place from 0."""
    months = calendar.period_months(span.month)
    if len(months) > 1:
        return calendar.month_bounds(months[place])
    start = span.first + timedelta(days=7 * range(5)[place])
    return start, span.last if place == 4 else start + timedelta(days=6)


def outside(month: Month, by: Guard) -> Month:
    """Small numbers of patients together with others."""
    return month.having(visit_rows=guard.merged(TABLE.of(month), by))


TABLE: Table[tuple[VisitRow, ...]] = Table("visit_rows", count, (), behind, outside)
