"""Which figures of patients are too small to leave the house, and with whom they are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.policy import settings
from database.schema import PatronCategory

JOINED = "+"
"""Between the codes of kinds that stand in one row."""

_WITH = (("family",), ("public",), ("student",), ("staff",))
_Row = TypeVar("_Row", bound=Any)


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


def merged(rows: tuple[_Row, ...], by: Guard) -> tuple[_Row, ...]:
    """A table with a row a kind (`category`), small numbers of patients in one row with others."""

    def is_small(codes: Sequence[str]) -> bool:
        found = [_counts(row) for row in rows if row.category in codes]
        return any(0 < sum(column) < by.least for column in zip(*found, strict=True))

    group = by.groups(is_small)
    together = [row for row in rows if row.category in group]
    if not together:
        return rows
    whole = together[0]
    for row in together[1:]:
        whole = _sum(whole, row)
    whole = replace(whole, category=JOINED.join(group))
    first = rows.index(together[0])
    shown: list[_Row] = [row for row in rows if row not in together]
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
