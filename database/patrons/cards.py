"""What stands on a patron's card. Patients get none: it would tell what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.engine.rows import rows_of
from database.schema import Patron, PatronCategory, PatronPhoto


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card, of a person or of a place."""

    id: int
    number: str
    name: str
    kind: str
    category: str
    unit: str
    institution: str
    valid_until: date | None
    photo: bytes | None


def of_patrons(session: Session, ids: Sequence[int]) -> list[CardRow]:
    """The cards of these patrons, in the order given; patients and forgotten ones left out."""
    rows = session.execute(
        select(
            Patron.id,
            Patron.number,
            Patron.name,
            Patron.kind,
            PatronCategory.name.label("category"),
            Patron.unit,
            Patron.institution,
            Patron.valid_until,
            PatronPhoto.content.label("photo"),
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .outerjoin(PatronPhoto, PatronPhoto.patron_id == Patron.id)
        .where(
            among(Patron.id, "ids"),
            PatronCategory.audience != "patient",
            Patron.forgotten_at.is_(None),
        ),
        {"ids": list(ids)},
    )
    place = {one: at for at, one in enumerate(ids)}
    return sorted(rows_of(CardRow, rows), key=lambda row: place[row.id])
