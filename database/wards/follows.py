"""What is to follow after a patient went home, and from when it is to be taken for lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from database.policy import settings
from database.schema import Biblio, Item, Loan, Patron


@dataclass(frozen=True, slots=True)
class Follow:
    """A copy to follow since a day; `lost` tells that it has been awaited long enough."""

    loan_id: int
    ward_id: int
    ward: str
    title: str
    barcode: str
    since: date
    lost: bool


def awaited(session: Session, today: date) -> list[Follow]:
    """Every copy that is still to follow, the longest awaited first."""
    long_ago = today - timedelta(days=settings.get(session, settings.FOLLOW_DAYS))
    place = aliased(Patron)
    rows = session.execute(
        select(
            Loan.id,
            func.coalesce(place.id, Patron.id),
            func.coalesce(place.name, ""),
            Biblio.title,
            Item.barcode,
            Loan.follows_since,
        )
        .join(Patron, Patron.id == Loan.patron_id)
        .outerjoin(place, place.id == Patron.place_id)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(
            Loan.follows_since.is_not(None),
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
        )
        .order_by(Loan.follows_since, Loan.id)
    )
    return [
        Follow(number, ward_id, ward, title, barcode, since, since <= long_ago)
        for number, ward_id, ward, title, barcode, since in rows
        if since is not None
    ]
