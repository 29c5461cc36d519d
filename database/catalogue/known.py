"""What the catalogue knows already of a title that is being typed: a double, a publisher."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.schema import Biblio, BiblioIdentifier, Item
from database.text.words import key


def same_isbn(session: Session, isbn: str) -> tuple[int, str, int] | None:
    """(id, title, copies) of a title with this ISBN (13 digits), if there is one."""
    found = session.execute(
        select(Biblio.id, Biblio.title)
        .join(BiblioIdentifier, BiblioIdentifier.biblio_id == Biblio.id)
        .where(
            BiblioIdentifier.kind == "isbn",
            BiblioIdentifier.value == isbn,
            Biblio.cancelled_at.is_(None),
        )
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    copies = session.execute(
        select(func.count()).where(Item.biblio_id == found.id, Item.cancelled_at.is_(None))
    ).scalar_one()
    return found.id, found.title, copies


def similar(session: Session, title: str) -> list[tuple[int, str]]:
    """Titles that are the same once folded, to warn of a double."""
    rows = session.execute(
        select(Biblio.id, Biblio.title)
        .where(Biblio.title_key == key(title), Biblio.cancelled_at.is_(None))
        .limit(3)
    )
    return [(number, name) for number, name in rows]


def publishers(session: Session, typed: str, limit: int = 12) -> list[str]:
    """Publishers in the catalogue that begin with what was typed."""
    start = typed.strip().lower()
    if not start:
        return []
    rows = session.execute(
        select(Biblio.publisher)
        .where(
            func.lower(Biblio.publisher).startswith(start, autoescape=True),
            Biblio.cancelled_at.is_(None),
        )
        .distinct()
        .order_by(Biblio.publisher)
        .limit(limit)
    )
    return list(rows.scalars())
