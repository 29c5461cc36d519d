"""T5a: what was lent, renewed, given back and read in the house, by kind of borrower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, join

from database.reports.counting import guard
from database.reports.counting.guard import Guard
from database.reports.counting.people import TITLE, of_loans
from database.reports.counting.spans import FIRST, LAST, Span
from database.reports.counting.table import Asked, Line, Table, in_order, of_kind
from database.reports.figures import Month
from database.schema import Biblio, InHouseUse, Item, Loan, PatronCategory, Renewal


@dataclass(frozen=True, slots=True)
class CirculationRow:
    """What one borrower category did in the period."""

    category: str
    lent: int
    renewed: int
    returned: int
    returned_late: int
    used_in_house: int


_BACK = (Loan.returned_on.between(FIRST, LAST), Loan.outcome == "", Loan.cancelled_at.is_(None))
_LOANS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "lent": (Loan.lent_on, (Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))),
    "returned": (Loan.returned_on, _BACK),
    "returned_late": (Loan.returned_on, (*_BACK, Loan.returned_on > Loan.due_on)),
}
"""Which loans each column counts and lists, and the day it lists them by."""
_RENEWED = (Renewal.renewed_on.between(FIRST, LAST), Renewal.cancelled_at.is_(None))
_RENEWALS = join(Renewal, Loan, Loan.id == Renewal.loan_id)
_USED = (InHouseUse.used_on.between(FIRST, LAST), InHouseUse.cancelled_at.is_(None))


def count(asked: Asked) -> tuple[CirculationRow, ...]:
    """Every kind that borrowed or read."""
    by = {
        "renewed": _by_category(asked, Renewal.category, _RENEWED),
        "used_in_house": _by_category(asked, InHouseUse.category, _USED),
        **{name: _by_category(asked, Loan.category, where) for name, (_, where) in _LOANS.items()},
    }
    everyone = {code for counted in by.values() for code in counted}
    rows = [
        CirculationRow(code, **{name: counted.get(code, 0) for name, counted in by.items()})
        for code in everyone
    ]
    return in_order(rows, asked.categories)


def _by_category(asked: Asked, category: Any, where: tuple[Any, ...]) -> dict[str, int]:
    wanted = select(category, func.count()).where(*where).group_by(category)
    return {code: int(n) for code, n in asked.session.execute(wanted, asked.span.binds)}


def behind(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    """Loans, renewals or uses of one figure: [kind, column]."""
    kind, column = path
    if column == "used_in_house":
        return _used(session, span, kind)
    if column == "renewed":
        wanted = (
            of_loans(Renewal.renewed_on, Renewal.category, _RENEWALS)
            .where(*_RENEWED, of_kind(Renewal.category, kind))
            .order_by(Renewal.renewed_on, Renewal.id)
        )
    else:
        day, where = _LOANS[column]
        wanted = (
            of_loans(day, Loan.category)
            .where(*where, of_kind(Loan.category, kind))
            .order_by(day, Loan.id)
        )
    return [Line(**row._mapping) for row in session.execute(wanted, span.binds)]


def _used(session: Session, span: Span, kind: str) -> list[Line]:
    found = session.execute(
        select(InHouseUse.used_on, TITLE, InHouseUse.category)
        .join(Item, Item.id == InHouseUse.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(PatronCategory, PatronCategory.code == InHouseUse.category)
        .where(*_USED, of_kind(InHouseUse.category, kind))
        .order_by(InHouseUse.used_on, InHouseUse.id),
        span.binds,
    )
    return [Line(day, title, "", category) for day, title, category in found]


def outside(month: Month, by: Guard) -> Month:
    """Small numbers of patients together with others."""
    return month.having(circulation=guard.merged(TABLE.of(month), by))


TABLE: Table[tuple[CirculationRow, ...]] = Table("circulation", count, (), behind, outside)
