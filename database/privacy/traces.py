"""What may be left of persons in the store after they are forgotten, and how many are known."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.library import Library
from database.policy import settings
from database.schema import Patron, PatronCategory, PatronKind

SMALL_FILE = 64_000_000
PAUSE = timedelta(days=7)


def wants_compacting(library: Library, today: date) -> bool:
    """Whether the store should be written anew now: somebody was forgotten since, and it is
    small or was not written anew for a week. What is deleted is zeroed at once; this takes away
    what may be left in the gaps of pages."""
    with library.reading() as session:
        if not settings.get(session, settings.FORGOTTEN_SINCE):
            return False
        last = settings.get(session, settings.COMPACTED_ON)
    if not last or not library.is_file or Path(library.where).stat().st_size <= SMALL_FILE:
        return True
    return date.fromisoformat(last) + PAUSE <= today


def compact(library: Library, today: date) -> None:
    """Write the store anew, if anybody was forgotten since it was last."""
    with library.reading() as session:
        if not settings.get(session, settings.FORGOTTEN_SINCE):
            return
    # First: where another program holds the file, it is tried again next time.
    library.compact()
    with library.transaction() as session:
        settings.put(session, settings.FORGOTTEN_SINCE, False)
        settings.put(session, settings.COMPACTED_ON, today.isoformat())
    library.fold()


def persons_known(session: Session) -> list[tuple[str, int]]:
    """How many persons are known by name, by kind: for the sheet about a breach."""
    rows = session.execute(
        select(PatronCategory.name, func.count())
        .join(Patron, Patron.category_id == PatronCategory.id)
        .where(Patron.kind == PatronKind.PERSON, Patron.forgotten_at.is_(None))
        .group_by(PatronCategory.id, PatronCategory.name, PatronCategory.position)
        .order_by(PatronCategory.position, PatronCategory.id)
    )
    return [(name, int(count)) for name, count in rows]
