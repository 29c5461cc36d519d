"""Who borrowed: persons are counted, also those whose loans no longer tell whose they were.

Before a loan's link to its reader is cut, its month is written down for the reader (`Borrowed`), so
that no count of persons of the past changes; see `privacy.forgetting`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, select, union
from sqlalchemy.orm import Session

from database.schema import Borrowed, Loan, MembershipEvent, PatronCategory, PatronKind
from database.schema.standing import member_on

KNOWN = (
    PatronCategory.kind == PatronKind.PERSON,
    PatronCategory.audience.not_in(["patient", "family"]),
)
"""Kinds of which it is kept who borrowed; patients and families are forgotten within days."""


def loans(session: Session, first: date, last: date) -> int | None:
    """Loans of these kinds in these days; None where some were cut off unwritten, as an older
    program did, for then nobody can tell how many persons those were."""
    counts = func.count(), func.count(Loan.patron_id)
    found, linked = session.execute(_lent(first, last, *counts)).one()
    written = session.execute(_written(first, last, func.coalesce(func.sum(Borrowed.loans), 0)))
    return int(found) if found - linked == written.scalar_one() else None


def active(session: Session, first: date, last: date) -> int | None:
    """Active borrowers (ISO 2789, 2.2.1): persons who borrowed in these days."""
    if loans(session, first, last) is None:
        return None
    persons = _persons(first, last).subquery()
    return int(session.execute(select(func.count()).select_from(persons)).scalar_one())


def active_members(session: Session, first: date, last: date) -> int | None:
    """Those of the members on the last day who borrowed: who left is none of them, or a year of
    students would be more than all."""
    if loans(session, first, last) is None:
        return None
    persons = _persons(first, last).subquery()
    found = session.execute(
        select(func.count(MembershipEvent.patron_id.distinct()))
        .join(persons, persons.c.patron_id == MembershipEvent.patron_id)
        .join(PatronCategory, PatronCategory.code == MembershipEvent.category)
        .where(*KNOWN, member_on(last))
    )
    return int(found.scalar_one())


def _persons(first: date, last: date) -> CompoundSelect[Any]:
    linked = _lent(first, last, Loan.patron_id).where(Loan.patron_id.is_not(None))
    return union(linked, _written(first, last, Borrowed.patron_id))


def _lent(first: date, last: date, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Loan)
        .join(PatronCategory, PatronCategory.code == Loan.category)
        .where(Loan.lent_on.between(first, last), Loan.cancelled_at.is_(None), *KNOWN)
    )


def _written(first: date, last: date, column: Any) -> Select[Any]:
    """What was written down of the months; `first` begins one."""
    return select(column).where(Borrowed.month.between(f"{first:%Y-%m}", f"{last:%Y-%m}"))
