"""T2: titles and copies by class at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.reports.counting import stock
from database.reports.counting.spans import Span
from database.reports.counting.stock import AT_END
from database.reports.counting.table import Asked, Line, Table, count_if, of_kind
from database.schema import Item


@dataclass(frozen=True, slots=True)
class ClassRow:
    """Titles and copies at the end in one class; see callnumber.class_group."""

    class_group: str
    titles: int
    copies: int


def count(asked: Asked) -> tuple[ClassRow, ...]:
    """Every class that has copies."""
    by_title = (
        select(Item.class_group, count_if(AT_END).label("copies"))
        .where(stock.STANDING)
        .group_by(*stock.BY_TITLE[:2])
        .subquery()
    )
    copies = by_title.c.copies
    rows = asked.session.execute(
        select(by_title.c.class_group, count_if(copies > 0), func.coalesce(func.sum(copies), 0))
        .group_by(by_title.c.class_group)
        .order_by(by_title.c.class_group),
        asked.span.binds,
    )
    found = (ClassRow(group, int(titles), int(number)) for group, titles, number in rows)
    return tuple(row for row in found if row.copies)


def behind(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    """Titles or copies of a class: [class group, "titles" or "copies"]."""
    group, column = path
    rows = {"titles": stock.titles, "copies": stock.copies}[column]
    return rows(session, span, of_kind(Item.class_group, group), AT_END)


TABLE: Table[tuple[ClassRow, ...]] = Table("classes", count, (), behind)
