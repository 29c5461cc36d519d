"""T9: what is late at the end, and what was written off as lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from database.reports.counting.table import Asked, Table
from database.schema import Item, ItemStatus, Loan


@dataclass(frozen=True, slots=True)
class LateLoans:
    """Loans past their due day at the month's end, by calendar days (1-7, 8-30, more), and
    copies written off as lost in the month."""

    week: int
    month: int
    longer: int
    lost: int


def count(asked: Asked) -> LateLoans:
    """Loans that were past their due day at the month's end, by how long; no names."""
    session, span = asked.session, asked.span
    # Two questions with an index each; as one, every loan there ever was would be read. What was
    # due before the end was lent before it.
    rows: list[tuple[date, int]] = []
    for still_out in (Loan.returned_at.is_(None), Loan.returned_on > span.last):
        found = session.execute(
            select(Loan.due_on, func.count())
            .where(still_out, Loan.cancelled_at.is_(None), Loan.due_on < span.last)
            .group_by(Loan.due_on)
        )
        rows += [(due_on, count) for due_on, count in found]
    week = month = longer = 0
    for due_on, count in rows:
        days = (span.last - due_on).days
        if days <= 7:
            week += count
        elif days <= 30:
            month += count
        else:
            longer += count
    lost = session.execute(
        select(func.count()).where(
            Item.cancelled_at.is_(None),
            Item.status == ItemStatus.LOST,
            Item.left_on.between(span.first, span.last),
        )
    ).scalar_one()
    return LateLoans(week, month, longer, int(lost))


TABLE: Table[LateLoans | None] = Table("late", count, None)
