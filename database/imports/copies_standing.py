"""The copies that stand already, as the copies of an import ask for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.imports import completing
from database.imports.planned import Planned
from database.schema import Biblio, Item

_BY_BARCODE = select(
    Item.id,
    Item.barcode,
    Item.biblio_id,
    Item.cancelled_at,
    Item.batch_id,
    *(getattr(Item, name) for name in completing.COLUMNS),
).where(among(Item.barcode, "numbers"))
_BY_ACCESSION = select(Item.accession_number, Item.barcode, Item.cancelled_at, Item.batch_id).where(
    among(Item.accession_number, "numbers")
)
_HIGHEST = (
    select(Item.biblio_id, func.max(Item.copy_number))
    .where(among(Item.biblio_id, "ids"), Item.cancelled_at.is_(None))
    .group_by(Item.biblio_id)
)


@dataclass(frozen=True, slots=True)
class Registered:
    """The copy that has an accession number; `struck` with an import that was taken back."""

    barcode: str
    struck: bool


def came(session: Session, listed: list[Planned], line: int) -> set[int]:
    """The titles of some records that this import brought."""
    ids = sorted({one.biblio_id for one in listed if one.biblio_id})
    wanted = select(Biblio.id).where(among(Biblio.id, "ids"), Biblio.batch_id == line)
    return set(session.execute(wanted, {"ids": ids}).scalars()) if ids else set()


def taken(session: Session, barcodes: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Copies that stand, and those of an import that was taken back, which may stand again."""
    stands: dict[str, Any] = {}
    struck: dict[str, Any] = {}
    for row in session.execute(_BY_BARCODE, {"numbers": sorted(set(barcodes))}):
        if row.cancelled_at is not None and row.batch_id is not None:
            struck[row.barcode] = row
        else:
            stands[row.barcode] = row
    return stands, struck


def registered(session: Session, numbers: list[str]) -> dict[str, Registered]:
    """Who has each of these accession numbers."""
    asked = sorted({number for number in numbers if number})
    rows = session.execute(_BY_ACCESSION, {"numbers": asked}) if asked else ()
    return {
        row.accession_number: Registered(
            row.barcode, row.cancelled_at is not None and row.batch_id is not None
        )
        for row in rows
    }


def highest(session: Session, matched: list[Planned]) -> Counter[int | None]:
    """The highest copy number of titles that may have copies already."""
    ids = sorted({one.biblio_id for one in matched if one.biblio_id})
    rows = session.execute(_HIGHEST, {"ids": ids}) if ids else ()
    return Counter({row[0]: row[1] for row in rows})
