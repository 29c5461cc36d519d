"""Copies and titles in stock at a day: how they are counted and listed for figures and indicators.

Copies are first summed by title, in the order of their index: counting distinct titles of
150,000 copies took five times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from database.reports.counting.spans import EVE, FIRST, LAST, Span
from database.reports.counting.table import Line, count_if
from database.schema import Biblio, Item

STANDING = Item.cancelled_at.is_(None)
BY_TITLE = (Item.biblio_id, Item.class_group, Item.item_type, Item.ownership)


def in_stock(day: Any) -> ColumnElement[bool]:
    """Whether a copy was stock at the end of a day."""
    return and_(Item.accessioned_on <= day, or_(Item.left_on.is_(None), Item.left_on > day))


AT_START, AT_END = in_stock(EVE), in_stock(LAST)
CAME = Item.accessioned_on.between(FIRST, LAST)
LEFT = Item.left_on.between(FIRST, LAST)


def held(session: Session, days: Sequence[date]) -> dict[date, dict[str, int]]:
    """Titles and copies in stock at the end of each day, in one reading of the copies."""
    by_title = (
        select(*(count_if(in_stock(day)).label(f"n{at}") for at, day in enumerate(days)))
        .where(STANDING)
        .group_by(Item.biblio_id)
        .subquery()
    )
    wanted = []
    for at in range(len(days)):
        copies = by_title.c[f"n{at}"]
        wanted += [count_if(copies > 0), func.coalesce(func.sum(copies), 0)]
    row = session.execute(select(*wanted)).one()
    return {
        day: {"titles": int(row[2 * at]), "copies": int(row[2 * at + 1])}
        for at, day in enumerate(days)
    }


def copies(session: Session, span: Span, *where: Any) -> list[Line]:
    """Copies, a row each."""
    found = session.execute(
        select(Item.accessioned_on, Biblio.title, Item.barcode, Item.item_type)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(STANDING, *where)
        .order_by(Item.accessioned_on, Item.id),
        span.binds,
    )
    return [Line(day, title, barcode, kind) for day, title, barcode, kind in found]


def titles(session: Session, span: Span, *where: Any) -> list[Line]:
    """Titles, a row for each class their copies have."""
    found = session.execute(
        select(func.min(Item.accessioned_on), Biblio.title, Item.class_group)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(STANDING, *where)
        .group_by(Biblio.id, Biblio.title, Biblio.title_key, Item.class_group)
        .order_by(Biblio.title_key, Biblio.id),
        span.binds,
    )
    return [Line(day, title, "", group) for day, title, group in found]
