"""Who is not in a list of people any more: shown, and nothing is done by itself.

Asked of the kinds that are in the list, and where every line names an institution, of those
institutions. Whoever a line may mean, taken or not, is in the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.patrons.rotation import Line
from database.schema import Loan, Patron, PatronCategory, PatronCode, PatronKind
from database.text import names
from database.text.words import key


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member of today whom no line of the list means."""

    patron_id: int
    number: str
    name: str
    unit: str
    category: str
    open_loans: int


def of(session: Session, lines: Sequence[Line], today: date) -> list[Leaver]:
    """The members of today whom no line means, those with loans first."""
    kinds = {line.facts.category for line in lines} - {""}
    named = {_name(line.facts.name) for line in lines} - {""}
    if not kinds or not named:
        return []
    met = {line.patron_id for line in lines if line.patron_id is not None}
    numbers = {one for line in lines for one in (line.facts.number, line.facts.staff_number) if one}
    met |= _by_code(session, numbers)
    schools = {key(line.facts.institution) for line in lines}
    found = [
        Leaver(row.id, row.number, row.name, row.unit, row.category, row.loans)
        for row in _members(session, kinds, today)
        if row.id not in met
        and not numbers & {row.number, row.staff_number}
        and _name(row.name) not in named
        and ("" in schools or key(row.institution) in schools)
    ]
    return sorted(found, key=lambda one: (not one.open_loans, one.unit, one.name))


def _name(text: str) -> str:
    return key(names.without_titles(text))


def _by_code(session: Session, numbers: set[str]) -> set[int]:
    rows = session.execute(
        select(PatronCode.patron_id).where(among(PatronCode.code, "codes")),
        {"codes": list(numbers)},
    )
    return set(rows.scalars())


def _members(session: Session, kinds: set[str], today: date) -> Sequence[Any]:
    on_loan = (
        select(func.count())
        .where(Loan.patron_id == Patron.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
        .scalar_subquery()
    )
    return session.execute(
        select(
            Patron.id,
            Patron.number,
            Patron.staff_number,
            Patron.name,
            Patron.unit,
            Patron.institution,
            PatronCategory.code.label("category"),
            on_loan.label("loans"),
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.code.in_(kinds),
            Patron.kind == PatronKind.PERSON,
            Patron.forgotten_at.is_(None),
            Patron.ended_on.is_(None),
            or_(Patron.valid_until.is_(None), Patron.valid_until >= today),
        )
    ).all()
