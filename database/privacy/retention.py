"""What is to be forgotten, and by when: the rule of each kind of patron, and what is due.

The days are the library's, a kind of patron (`PatronCategory.forget_loans_after`,
`forget_person_after`; None keeps for ever); UU 27/2022 art. 16 asks for a limit and names no
number.

- A loan given back (or undone) longer ago than its borrower's kind allows loses its link.
- A person is forgotten when the membership ended, and the last copy came back, longer ago than
  the kind allows, and nothing is out and no money is owed.
- A charge loses its debtor with the loan's link, once it is settled.
- What a reader on a ward wished for, and from which bed, goes soon after it was met.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from database.engine.rows import rows_of
from database.patrons import before
from database.privacy import forgetting_parts, forgetting_steps
from database.schema import Loan, Patron, PatronCategory, PatronKind
from database.text.dates import midnight


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of patron and how long it is remembered, in days; None is for ever."""

    id: int
    code: str
    name: str
    kind: str
    audience: str
    loans_after: int | None
    person_after: int | None


def rules(session: Session) -> list[Rule]:
    """The retention of every kind, also of those no longer in use."""
    rows = session.execute(
        select(
            PatronCategory.id,
            PatronCategory.code,
            PatronCategory.name,
            PatronCategory.kind,
            PatronCategory.audience,
            PatronCategory.forget_loans_after.label("loans_after"),
            PatronCategory.forget_person_after.label("person_after"),
        ).order_by(PatronCategory.position, PatronCategory.id)
    )
    return rows_of(Rule, rows)


_BED = and_(Patron.kind == PatronKind.PLACE, Patron.place_id.is_not(None))


def loans_due(rule: Rule, on: date) -> Any:
    """Loans of this kind whose link is to be cut: of persons, or of beds."""
    cut = on - timedelta(days=rule.loans_after or 0)
    # From the few loans still linked, not from all loans ever made.
    return (
        select(Loan.id)
        .join(Patron, Patron.id == Loan.patron_id)
        .where(
            Patron.category_id == rule.id,
            _BED if rule.kind == PatronKind.PLACE else Patron.kind == PatronKind.PERSON,
            or_(Loan.returned_on < cut, Loan.cancelled_at < midnight(cut)),
        )
    )


_STILL_OUT = and_(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))


def persons_due(rule: Rule, on: date) -> Any:
    """Persons whose end, and last return, lie longer back than the kind allows."""
    cut = on - timedelta(days=rule.person_after or 0)
    tied = exists().where(
        Loan.patron_id == Patron.id,
        Loan.cancelled_at.is_(None),
        or_(_STILL_OUT, Loan.returned_on >= cut),
    )
    return select(Patron.id).where(
        Patron.category_id == rule.id,
        Patron.kind == PatronKind.PERSON,
        Patron.forgotten_at.is_(None),
        func.coalesce(Patron.ended_on, Patron.valid_until) < cut,
        ~tied,
        ~forgetting_steps.owes(),
    )


def is_due(session: Session, on: date) -> bool:
    """Whether anything is to be forgotten by `on`."""
    return any(
        session.execute(wanted.limit(1)).first() is not None for wanted in _wanted(session, on)
    )


def _wanted(session: Session, on: date) -> list[Any]:
    """All that is to be forgotten by `on`."""
    found = []
    for rule in rules(session):
        if rule.loans_after is not None:
            found.append(loans_due(rule, on))
            found.append(forgetting_parts.due(rule.id, rule.loans_after, on))
        if rule.person_after is not None and rule.kind == PatronKind.PERSON:
            found.append(persons_due(rule, on))
    parts = (forgetting_steps.charges_due(), forgetting_steps.wishes_due(on))
    return [*found, *parts, before.kept_before(midnight(on))]


def due(session: Session, on: date) -> int:
    """How many links and persons are to be forgotten by `on`."""
    return sum(
        session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
        for wanted in _wanted(session, on)
    )
