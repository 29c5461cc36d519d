"""T5b: loans by class and kind of borrower, by the snapshots on the loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from database.reports.counting.guard import JOINED, Guard
from database.reports.counting.spans import FIRST, LAST
from database.reports.counting.table import Asked, Table
from database.reports.figures import Month
from database.schema import Loan


@dataclass(frozen=True, slots=True)
class ClassLoans:
    """Loans of one class by borrower category; `by_category` follows `Month.categories`, or
    `Month.loan_categories` where some are counted as one."""

    class_group: str
    by_category: tuple[int, ...]
    total: int


def count(asked: Asked) -> tuple[ClassLoans, ...]:
    """Every class that was lent."""
    rows = asked.session.execute(
        select(Loan.class_group, Loan.category, func.count())
        .where(Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))
        .group_by(Loan.class_group, Loan.category),
        asked.span.binds,
    )
    found: dict[str, dict[str, int]] = {}
    for group, category, number in rows:
        found.setdefault(group, {})[category] = int(number)
    return tuple(
        ClassLoans(group, tuple(by.get(code, 0) for code in asked.categories), sum(by.values()))
        for group, by in sorted(found.items())
    )


def outside(month: Month, by: Guard) -> Month:
    """A column a kind, so columns are merged."""
    codes, rows = list(month.categories), TABLE.of(month)
    places = {code: at for at, code in enumerate(codes)}

    def column(wanted: Sequence[str], row: ClassLoans) -> int:
        return sum(row.by_category[places[code]] for code in wanted if code in places)

    def is_small(wanted: Sequence[str]) -> bool:
        return any(0 < column(wanted, row) < by.least for row in rows)

    group = [code for code in by.groups(is_small) if code in places]
    if not group:
        return replace(month, loan_categories=tuple(codes))
    shown: list[list[str]] = []
    for code in codes:
        if code not in group:
            shown.append([code])
        elif code == min(group, key=places.__getitem__):
            shown.append(group)
    merged = tuple(
        replace(row, by_category=tuple(column(each, row) for each in shown)) for row in rows
    )
    together = tuple(JOINED.join(each) for each in shown)
    return replace(month, loan_categories=together).having(class_loans=merged)


TABLE: Table[tuple[ClassLoans, ...]] = Table("class_loans", count, (), outside=outside)
