"""T1: copies by type and owner, what came and what went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from database.reports.counting import stock
from database.reports.counting.spans import Span
from database.reports.counting.stock import AT_END, AT_START, CAME, LEFT
from database.reports.counting.table import Asked, Line, Table, count_if, of_kind
from database.schema import Item, ItemStatus, Source


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """Copies of one item type and owner; start + additions - losses = end.

    `withdrawn` are those weeded and those given away to readers."""

    item_type: str
    ownership: str
    titles_start: int
    titles_end: int
    start: int
    purchased: int
    donated: int
    deposited: int
    otherwise_added: int
    withdrawn: int
    lost: int
    returned_to_owner: int
    end: int


_KNOWN = (Source.PURCHASE, Source.GIFT, Source.DEPOSIT)
_WEEDED = (ItemStatus.WITHDRAWN, ItemStatus.GIVEN)
_COPIES: dict[str, ColumnElement[bool]] = {
    "start": AT_START,
    "purchased": and_(CAME, Item.source == Source.PURCHASE),
    "donated": and_(CAME, Item.source == Source.GIFT),
    "deposited": and_(CAME, Item.source == Source.DEPOSIT),
    "otherwise_added": and_(CAME, Item.source.not_in(_KNOWN)),
    "withdrawn": and_(LEFT, Item.status.in_(_WEEDED)),
    "lost": and_(LEFT, Item.status == ItemStatus.LOST),
    "returned_to_owner": and_(LEFT, Item.status == ItemStatus.RETURNED_TO_OWNER),
    "end": AT_END,
}
"""Which copies each column counts, and lists."""
_TITLES = {"titles_start": AT_START, "titles_end": AT_END}


def count(asked: Asked) -> tuple[CollectionRow, ...]:
    """Every type and owner that has or had copies in the period."""
    by_title = (
        select(
            Item.item_type,
            Item.ownership,
            *(count_if(condition).label(name) for name, condition in _COPIES.items()),
        )
        .where(stock.STANDING)
        .group_by(*stock.BY_TITLE)
        .subquery()
    )
    sums = by_title.c
    rows = asked.session.execute(
        select(
            sums.item_type,
            sums.ownership,
            count_if(sums.start > 0).label("titles_start"),
            count_if(sums.end > 0).label("titles_end"),
            *(func.coalesce(func.sum(sums[name]), 0).label(name) for name in _COPIES),
        )
        .group_by(sums.item_type, sums.ownership)
        .order_by(sums.item_type, sums.ownership),
        asked.span.binds,
    )
    found = (CollectionRow(**{k: _whole(v) for k, v in row._mapping.items()}) for row in rows)
    return tuple(row for row in found if _was_there(row))


def _whole(value: Any) -> Any:
    return value if isinstance(value, str) else int(value)


def _was_there(row: CollectionRow) -> bool:
    return any((row.start, row.end, row.withdrawn, row.lost, row.returned_to_owner))


def behind(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    """Copies or titles of one figure: [item type, owner, column]."""
    kind, owner, column = path
    mine = (of_kind(Item.item_type, kind), of_kind(Item.ownership, owner))
    if column in _TITLES:
        return stock.titles(session, span, *mine, _TITLES[column])
    return stock.copies(session, span, *mine, _COPIES[column])


_LEAVING = (*_WEEDED, ItemStatus.LOST, ItemStatus.RETURNED_TO_OWNER)


def unbalanced(session: Session, span: Span) -> tuple[str, ...]:
    """Bar codes of the copies whose dates and state contradict each other, so that start +
    added - removed is not the end; the first hundred."""

    def one(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return case((condition, 1), else_=0)

    wrong = one(AT_START) + one(CAME) - one(and_(LEFT, Item.status.in_(_LEAVING)))
    rows = session.execute(
        select(Item.barcode)
        .where(stock.STANDING, wrong != one(AT_END))
        .order_by(Item.barcode)
        .limit(100),
        span.binds,
    )
    return tuple(rows.scalars())


TABLE: Table[tuple[CollectionRow, ...]] = Table(
    "collection",
    count,
    (),
    behind,
    made_of={
        "end": "start + purchased + donated + deposited + otherwise_added"
        " - withdrawn - lost - returned_to_owner"
    },
)
