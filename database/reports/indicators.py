"""The indicators of a report: each the ratio of two counts, named; None where there is nothing to
say. The formula that is printed is made from these names, so it is what was counted.

Terms are those of ISO 2789: a registered member holds a membership, an active borrower borrowed in
the period. Patients and their families are left out of both: they are forgotten within days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from database.registers import registers
from database.reports.counting.spans import Span
from database.reports.counting.table import balances
from database.reports.figures import Indicators, Month
from database.reports.tables import circulation, clinical, collection, membership
from database.schema import Biblio, Item, Loan, PatronCategory
from database.standards import borrowers, measuring

Part = Callable[[Session, Month, Span], int | None]


@dataclass(frozen=True, slots=True)
class Formula:
    """`part` ÷ `whole`, by the names of PARTS, `times` a number; told with so many decimals."""

    part: str
    whole: str
    times: int = 1
    decimals: int = 2


FORMULAS: dict[str, Formula] = {
    "visits_per_open_day": Formula("visits", "open_days", decimals=1),
    "loans_per_member": Formula("loans_of_members", "active_borrowers"),
    "turnover": Formula("loans", "copies", decimals=3),
    "recent_share": Formula("recent_titles", "titles", 100, 1),
    "active_share": Formula("active_members", "members", 100, 1),
    "copies_per_staff": Formula("copies", "staff", decimals=1),
    "late_share": Formula("returned_late", "returned", 100, 1),
    "on_time_share": Formula("searches_in_time", "searches_finished", 100, 1),
    "not_back_share": Formula("ended_without_copy", "loans", 100, 2),
}
"""By the names of the fields of `Indicators`."""


def told(session: Session, month: Month, span: Span) -> Month:
    """The month with its indicators, and with the copies that keep T1 from adding up."""
    rows = collection.TABLE.of(month)
    if not all(balances(collection.TABLE, row) for row in rows):
        month = replace(month, unbalanced=collection.unbalanced(session, span))
    counted = {name: part(session, month, span) for name, part in PARTS.items()}
    parts = {name: number for name, number in counted.items() if number is not None}
    values = {key: _value(formula, parts) for key, formula in FORMULAS.items()}
    return replace(month, indicators=Indicators(**values), indicator_parts=parts)


def _value(formula: Formula, parts: dict[str, int]) -> float | None:
    part, whole = parts.get(formula.part), parts.get(formula.whole)
    if part is None or not whole:
        return None
    return round(formula.times * part / whole, max(formula.decimals, 2))


def _visits(_session: Session, month: Month, _span: Span) -> int | None:
    return month.visits.now or None


def _open_days(_session: Session, month: Month, _span: Span) -> int:
    return month.open_days


def _loans(_session: Session, month: Month, _span: Span) -> int:
    return month.loans.now


def _copies(_session: Session, month: Month, _span: Span) -> int | None:
    return month.copies.now or None


def _staff(session: Session, _month: Month, span: Span) -> int:
    return len(registers.standing(session, "staff", span.last))


def _returned(_session: Session, month: Month, _span: Span, *, late: bool) -> int:
    rows = circulation.TABLE.of(month)
    return sum(row.returned_late if late else row.returned for row in rows)


def _searches(_session: Session, month: Month, _span: Span, *, in_time: bool) -> int | None:
    found = clinical.TABLE.of(month)
    if found is None:
        return None
    return found.on_time if in_time else found.finished


def _loans_of_members(session: Session, _month: Month, span: Span) -> int | None:
    return borrowers.loans(session, span.first, span.last)


def _active_borrowers(session: Session, _month: Month, span: Span) -> int | None:
    return borrowers.active(session, span.first, span.last)


def _active_members(session: Session, _month: Month, span: Span) -> int | None:
    return borrowers.active_members(session, span.first, span.last)


def _members(session: Session, month: Month, _span: Span) -> int:
    """Members at the end, of the kinds that are not forgotten within days."""
    codes = set(session.scalars(select(PatronCategory.code).where(*borrowers.KNOWN)))
    return sum(row.end for row in membership.TABLE.of(month) if row.category in codes)


def _ended_without_copy(session: Session, _month: Month, span: Span) -> int:
    """Loans that ended in the period without their copy: given away or lost."""
    found: int = session.execute(
        select(func.count()).where(
            Loan.returned_on.between(span.first, span.last),
            Loan.outcome != "",
            Loan.cancelled_at.is_(None),
        )
    ).scalar_one()
    return found


def _titles(session: Session, _month: Month, span: Span, *, recent: bool) -> int:
    """Titles held at the end; or those of them published in its last five years."""
    here = exists().where(Item.biblio_id == Biblio.id, measuring.held(span.last))
    wanted = func.sum(case((Biblio.year >= span.last.year - 4, 1), else_=0))
    found = session.execute(
        select(wanted if recent else func.count()).where(Biblio.cancelled_at.is_(None), here)
    ).scalar()
    return int(found or 0)


PARTS: dict[str, Part] = {
    "visits": _visits,
    "open_days": _open_days,
    "loans": _loans,
    "loans_of_members": _loans_of_members,
    "active_borrowers": _active_borrowers,
    "members": _members,
    "active_members": _active_members,
    "copies": _copies,
    "staff": _staff,
    "titles": partial(_titles, recent=False),
    "recent_titles": partial(_titles, recent=True),
    "returned": partial(_returned, late=False),
    "returned_late": partial(_returned, late=True),
    "searches_finished": partial(_searches, in_time=False),
    "searches_in_time": partial(_searches, in_time=True),
    "ended_without_copy": _ended_without_copy,
}
"""What indicators are made of, each counted once."""
