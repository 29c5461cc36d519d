"""What leaves the house says nothing of single patients.

A table with a count of patients from 1 to below the library's small number shows them together
with their families; where that is still small, together with the public. Rows are merged, never
blanked, so nothing can be computed back from totals; each table decides for itself, for each
counts something else. On the screen and for the library itself the figures stay true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.policy import settings
from database.reports.figures import CirculationRow, ClassLoans, MembershipRow, Month, VisitRow
from database.schema import PatronCategory, Unit

JOINED = "+"
"""Between the codes of kinds that stand in one row."""

_WITH = (("family",), ("public",), ("student",), ("staff",))


@dataclass(frozen=True, slots=True)
class Guard:
    """Which kinds are patients, with whom they are counted, and what is a small number."""

    audiences: Mapping[str, str]
    least: int

    def groups(self, is_small: Callable[[Sequence[str]], bool]) -> list[str]:
        """The kinds to be shown as one; none where no count of patients is small."""
        group = [code for code, audience in self.audiences.items() if audience == "patient"]
        if not group or not is_small(group):
            return []
        for at, audiences in enumerate(_WITH):
            more = [code for code, one in self.audiences.items() if one in audiences]
            group = [*group, *more]
            # Beyond the public only where the library has no such kind.
            if more and (not is_small(group) or at >= 1):
                break
        return group


def guard(session: Session) -> Guard:
    """The library's own."""
    rows = session.execute(
        select(PatronCategory.code, PatronCategory.audience).order_by(
            PatronCategory.position, PatronCategory.id
        )
    )
    return Guard(
        {row.code: row.audience for row in rows}, settings.get(session, settings.SMALL_NUMBER)
    )


def for_outside(month: Month, by: Guard) -> Month:
    """The month as it may leave the house."""
    codes, class_loans = _by_class(month, by)
    return replace(
        month,
        membership=_rows(month.membership, by),
        visit_rows=_rows(month.visit_rows, by),
        circulation=_rows(month.circulation, by),
        class_loans=class_loans,
        loan_categories=codes,
    )


_Row = TypeVar("_Row", MembershipRow, VisitRow, CirculationRow)


def _rows(rows: tuple[_Row, ...], by: Guard) -> tuple[_Row, ...]:
    """One table with a row a kind."""

    def is_small(codes: Sequence[str]) -> bool:
        found = [_counts(row) for row in rows if row.category in codes]
        return any(0 < sum(column) < by.least for column in zip(*found, strict=True))

    group = by.groups(is_small)
    merged = [row for row in rows if row.category in group]
    if not merged:
        return rows
    whole = merged[0]
    for row in merged[1:]:
        whole = _sum(whole, row)
    whole = replace(whole, category=JOINED.join(group))
    first = rows.index(merged[0])
    shown: list[_Row] = [row for row in rows if row not in merged]
    shown.insert(first, whole)
    return tuple(shown)


def _counts(row: Any) -> list[int]:
    found: list[int] = []
    for one in fields(row):
        value = getattr(row, one.name)
        if isinstance(value, tuple):
            found += value
        elif isinstance(value, int):
            found.append(value)
    return found


def _sum(one: _Row, other: _Row) -> _Row:
    values: dict[str, Any] = {}
    for each in fields(one):
        left, right = getattr(one, each.name), getattr(other, each.name)
        if isinstance(left, tuple):
            values[each.name] = tuple(a + b for a, b in zip(left, right, strict=True))
        elif isinstance(left, int):
            values[each.name] = left + right
    return replace(one, **values)


def _by_class(month: Month, by: Guard) -> tuple[tuple[str, ...], tuple[ClassLoans, ...]]:
    """Loans by class: a column a kind, so columns are merged."""
    codes = list(month.categories)
    places = {code: at for at, code in enumerate(codes)}

    def column(wanted: Sequence[str], row: ClassLoans) -> int:
        return sum(row.by_category[places[code]] for code in wanted if code in places)

    def is_small(wanted: Sequence[str]) -> bool:
        return any(0 < column(wanted, row) < by.least for row in month.class_loans)

    group = [code for code in by.groups(is_small) if code in places]
    if not group:
        return tuple(codes), month.class_loans
    shown: list[list[str]] = []
    for code in codes:
        if code not in group:
            shown.append([code])
        elif code == min(group, key=places.__getitem__):
            shown.append(group)
    rows = tuple(
        replace(row, by_category=tuple(column(each, row) for each in shown))
        for row in month.class_loans
    )
    return tuple(JOINED.join(each) for each in shown), rows


def unit_names(session: Session) -> dict[str, str]:
    """How each sensitive unit is called outside the house: by its group, or not at all."""
    rows = session.execute(select(Unit.name, Unit.report_group).where(Unit.sensitive))
    return {row.name: row.report_group for row in rows}


def unit_outside(unit: str, names: Mapping[str, str]) -> str:
    """A unit's name as it may leave the house; `names` are `unit_names`."""
    return names.get(unit, unit)
