"""What stands on the papers that live with a copy: pocket, book card, due-date slip, and on the
card of its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.schema import Biblio, BiblioHeading, Heading, Item


@dataclass(frozen=True, slots=True)
class BookCard:
    """A copy, and what a catalogue card says of its title."""

    item_id: int
    biblio_id: int
    barcode: str
    accession_number: str
    call_number: str
    volume: str
    copy_number: int
    title: str
    contributors: str
    edition: str
    place: str
    publisher: str
    year: int | None
    extent: str
    series: str
    isbn: str
    material: str
    subjects: tuple[str, ...] = ()


_COPIES = (
    select(
        Item.id.label("item_id"),
        Item.biblio_id,
        Item.barcode,
        func.coalesce(Item.accession_number, "").label("accession_number"),
        Item.call_number,
        Item.volume,
        Item.copy_number,
        Biblio.title,
        Biblio.contributors,
        Biblio.edition,
        Biblio.place,
        Biblio.publisher,
        Biblio.year,
        Biblio.extent,
        Biblio.series,
        Biblio.isbn,
        Biblio.material,
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .where(among(Item.id, "ids"), Item.cancelled_at.is_(None))
)
_SUBJECTS = (
    select(BiblioHeading.biblio_id, Heading.name)
    .join(Heading, Heading.id == BiblioHeading.heading_id)
    .where(among(BiblioHeading.biblio_id, "ids"), BiblioHeading.role == "subject")
    .order_by(BiblioHeading.biblio_id, BiblioHeading.position)
)


def of_items(session: Session, item_ids: Sequence[int]) -> list[BookCard]:
    """The cards of these copies, in the order given; struck copies are left out."""
    rows = session.execute(_COPIES, {"ids": list(item_ids)}).all()
    titles = list({row.biblio_id for row in rows})
    told = session.execute(_SUBJECTS, {"ids": titles}).all()
    subjects = {
        biblio: tuple(name for _id, name in named)
        for biblio, named in groupby(told, key=lambda row: row.biblio_id)
    }
    place = {one: at for at, one in enumerate(item_ids)}
    found = [BookCard(**row._mapping, subjects=subjects.get(row.biblio_id, ())) for row in rows]
    return sorted(found, key=lambda card: place[card.item_id])
