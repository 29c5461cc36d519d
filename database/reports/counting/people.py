"""What a row behind a figure tells of a loan: of patients, their families and those forgotten
nothing that would tell who read what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, or_, select

from database.schema import Biblio, Item, Loan, Patron, PatronCategory

PRIVATE = ("patient", "family")

TITLE = func.coalesce(
    case((PatronCategory.audience.in_(PRIVATE), ""), else_=Biblio.title), Biblio.title
).label("what")
WHO = case(
    (or_(PatronCategory.audience.in_(PRIVATE), Patron.forgotten_at.is_not(None)), ""),
    else_=func.coalesce(Patron.name, ""),
).label("who")


def of_loans(day: Any, kind: Any, events: Any = Loan) -> Any:
    """Loans told so, or what is joined to them as `events`; to be narrowed and ordered."""
    return (
        select(day.label("when"), TITLE, WHO, kind.label("kind"))
        .select_from(events)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(Patron, Patron.id == Loan.patron_id)
        .outerjoin(PatronCategory, PatronCategory.code == kind)
    )
