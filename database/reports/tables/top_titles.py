"""T5c: the ten titles lent most often."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from database.reports.counting.spans import FIRST, LAST
from database.reports.counting.table import Asked, Table
from database.schema import Biblio, Item, Loan


@dataclass(frozen=True, slots=True)
class TitleLoans:
    """One of the ten; all copies of a title together."""

    title: str
    loans: int


def count(asked: Asked) -> tuple[TitleLoans, ...]:
    """Of titles lent alike, the first in the alphabet."""
    times = func.count().label("times")
    by_title = (
        select(Item.biblio_id.label("biblio_id"), times)
        .join(Loan, Loan.item_id == Item.id)
        .where(Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))
        .group_by(Item.biblio_id)
        .subquery()
    )
    rows = asked.session.execute(
        select(Biblio.title, by_title.c.times)
        .join(by_title, by_title.c.biblio_id == Biblio.id)
        .order_by(by_title.c.times.desc(), Biblio.title_key, Biblio.id)
        .limit(10),
        asked.span.binds,
    )
    return tuple(TitleLoans(title, int(number)) for title, number in rows)


TABLE: Table[tuple[TitleLoans, ...]] = Table("top_titles", count, ())
