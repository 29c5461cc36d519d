"""What a table of the report is: how it is counted, what stands behind it, how it goes out.

A file of `database/reports/tables` declares one as TABLE; `found.tables` finds it there, and a
file of the same name in `desktop/pages/report` draws it. Nothing else need be told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import case, func, true
from sqlalchemy.orm import Session

from database.reports.counting.guard import Guard
from database.reports.counting.spans import Span
from database.reports.figures import Month

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure: when, what, who or whose, of which kind, for how many."""

    when: date | None
    what: str
    who: str
    kind: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table counts from: the period, and the kinds of patron in the library's order."""

    session: Session
    span: Span
    categories: tuple[str, ...]


Behind = Callable[[Session, Span, Sequence[str]], list[Line]]
"""The rows of one figure, by its way inside the table: ["nurse", "lent"]."""


@dataclass(frozen=True)
class Table(Generic[T]):
    """One table; `name` is also the key of its figures in what is kept of a closed period.

    `count` tells by its annotation what `T` is, for figures are read back by it. `outside` gives
    the month with this table as it may leave the house. `made_of` says which columns a column is
    the sum of: {"end": "start + joined - ended"}.
    """

    name: str
    count: Callable[[Asked], T]
    nothing: T
    behind: Behind | None = None
    outside: Callable[[Month, Guard], Month] | None = None
    made_of: Mapping[str, str] = field(default_factory=dict)

    def of(self, month: Month) -> T:
        """Its figures in a month; nothing where an older program closed that."""
        return cast(T, month.tables.get(self.name, self.nothing))


def balances(table: Table[Any], row: object) -> bool:
    """Whether every column that is made of others is their sum in a row."""
    return all(
        getattr(row, column) == _summed(row, formula) for column, formula in table.made_of.items()
    )


def _summed(row: object, formula: str) -> int:
    total, sign = 0, 1
    for part in formula.split():
        if part in "+-":
            sign = 1 if part == "+" else -1
        else:
            total += sign * int(getattr(row, part))
    return total


def count_if(condition: Any) -> Any:
    """Count the rows for which `condition` holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def of_kind(column: Any, kind: str) -> Any:
    """Rows of one kind; "*" stands for every kind."""
    return true() if kind == "*" else column == kind


def in_order(rows: Sequence[T], codes: Sequence[str]) -> tuple[T, ...]:
    """In the library's order of kinds; unknown ones (dropped since) at the end."""
    place = {one: at for at, one in enumerate(codes)}
    kind = [str(getattr(row, "category", "")) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: (place.get(kind[at], 99), kind[at]))
    return tuple(rows[at] for at in order)
