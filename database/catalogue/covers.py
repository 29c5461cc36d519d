"""Pictures of covers: small, one a title; those before stay, so that Undo brings them back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Cover

LIMIT = 300_000
"""Bytes of a picture: 400 pixels a side are a fraction of it."""
_SIGNS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def of(session: Session, biblio_id: int) -> bytes | None:
    """The picture of a title's cover."""
    found: bytes | None = session.execute(
        select(Cover.content).where(Cover.biblio_id == biblio_id, Cover.removed_at.is_(None))
    ).scalar()
    return found


def put(session: Session, biblio_id: int, content: bytes, now: datetime) -> int:
    """Give a title a picture, in the place of the one it has; returns the journal line.

    Raises Refusal RECORD_GONE, VALUE_INVALID (neither PNG nor JPEG, or too large).
    """
    title = titles.stored(session, biblio_id).title
    kind = next((name for sign, name in _SIGNS.items() if content.startswith(sign)), None)
    if kind is None or len(content) > LIMIT:
        raise Refusal(Reason.VALUE_INVALID, field="cover")
    before = _take_away(session, biblio_id, now)
    cover_id: int = session.execute(
        insert(Cover)
        .values(biblio_id=biblio_id, media_type=kind, content=content, created_at=now)
        .returning(Cover.id)
    ).scalar_one()
    return journal.write(
        session, "cover.saved", "Cover", cover_id, now, name=title, biblio=biblio_id, before=before
    )


def remove(session: Session, biblio_id: int, now: datetime) -> int:
    """Take a title's picture away; returns the journal line. Raises Refusal RECORD_GONE."""
    title = titles.stored(session, biblio_id).title
    before = _take_away(session, biblio_id, now)
    if not before:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(
        session, "cover.removed", "Cover", None, now, name=title, biblio=biblio_id, before=before
    )


def _take_away(session: Session, biblio_id: int, now: datetime) -> list[int]:
    gone = session.execute(
        update(Cover)
        .where(Cover.biblio_id == biblio_id, Cover.removed_at.is_(None))
        .values(removed_at=now)
        .returning(Cover.id)
    )
    return list(gone.scalars())


def _undo(session: Session, line: Line, now: datetime) -> None:
    """What was shown before is shown again. Raises Refusal CANNOT_UNDO where another is."""
    standing = session.execute(
        select(Cover.id).where(Cover.biblio_id == line.facts["biblio"], Cover.removed_at.is_(None))
    ).scalars()
    if set(standing) != ({line.record_id} if line.record_id else set()):
        raise Refusal(Reason.CANNOT_UNDO)
    _take_away(session, line.facts["biblio"], now)
    for number in line.facts["before"]:
        session.execute(update(Cover).where(Cover.id == number).values(removed_at=None))


INVERSES: Inverses = {
    "cover.saved": _undo,
    "cover.removed": _undo,
}
