"""T5: what was lent, renewed, given back and read in the house in a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from database.reports.figures import CirculationRow, ClassLoans, TitleLoans
from database.reports.spans import FIRST, LAST, Span
from database.schema import (
    Biblio,
    InHouseUse,
    Item,
    Loan,
    Renewal,
)


def circulation(session: Session, span: Span) -> list[CirculationRow]:
    """Loans, renewals, returns, late returns and in-house uses by borrower category."""
    standing = Loan.cancelled_at.is_(None)
    lent = _by_category(
        session, span, Loan.category, func.count(), Loan.lent_on.between(FIRST, LAST), standing
    )
    back = and_(Loan.returned_on.between(FIRST, LAST), Loan.outcome == "")
    returned = _by_category(session, span, Loan.category, func.count(), back, standing)
    late = _by_category(
        session, span, Loan.category, func.count(), back, standing, Loan.returned_on > Loan.due_on
    )
    renewed = _by_category(
        session,
        span,
        Renewal.category,
        func.count(),
        Renewal.renewed_on.between(FIRST, LAST),
        Renewal.cancelled_at.is_(None),
    )
    used = _by_category(
        session,
        span,
        InHouseUse.category,
        func.count(),
        InHouseUse.used_on.between(FIRST, LAST),
        InHouseUse.cancelled_at.is_(None),
    )
    everyone = lent.keys() | renewed.keys() | returned.keys() | used.keys()
    return [
        CirculationRow(
            one,
            lent.get(one, 0),
            renewed.get(one, 0),
            returned.get(one, 0),
            late.get(one, 0),
            used.get(one, 0),
        )
        for one in everyone
    ]


def _by_category(
    session: Session, span: Span, category: Any, counted: Any, *where: Any
) -> dict[str, int]:
    rows = session.execute(select(category, counted).where(*where).group_by(category), span.binds)
    return {code: int(number) for code, number in rows}


def class_loans(session: Session, span: Span, codes: Sequence[str]) -> tuple[ClassLoans, ...]:
    """Loans by class and category, by the snapshots on the loans."""
    rows = session.execute(
        select(Loan.class_group, Loan.category, func.count())
        .where(Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))
        .group_by(Loan.class_group, Loan.category),
        span.binds,
    )
    found: dict[str, dict[str, int]] = {}
    for group, category, number in rows:
        found.setdefault(group, {})[category] = int(number)
    return tuple(
        ClassLoans(group, tuple(by.get(code, 0) for code in codes), sum(by.values()))
        for group, by in sorted(found.items())
    )


def top_titles(session: Session, span: Span) -> tuple[TitleLoans, ...]:
    """The ten titles lent most often."""
    times = func.count().label("times")
    by_title = (
        select(Item.biblio_id.label("biblio_id"), times)
        .join(Loan, Loan.item_id == Item.id)
        .where(Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))
        .group_by(Item.biblio_id)
        .subquery()
    )
    rows = session.execute(
        select(Biblio.title, by_title.c.times)
        .join(by_title, by_title.c.biblio_id == Biblio.id)
        .order_by(by_title.c.times.desc(), Biblio.title_key, Biblio.id)
        .limit(10),
        span.binds,
    )
    return tuple(TitleLoans(title, int(number)) for title, number in rows)
