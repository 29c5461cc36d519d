"""Photographs of patrons: small, one a patron, only where a card needs one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.patrons import before as patron_before
from database.refusal import Reason, Refusal
from database.schema import Patron, PatronPhoto

LIMIT = 300_000
"""Bytes of a picture: 400 pixels a side are a fraction of it."""


def of(session: Session, patron_id: int) -> bytes | None:
    """A patron's photograph."""
    found: bytes | None = session.execute(
        select(PatronPhoto.content).where(PatronPhoto.patron_id == patron_id)
    ).scalar()
    return found


def put(session: Session, patron_id: int, content: bytes | None, now: datetime) -> int:
    """Give a patron a photograph, or take it away; returns the journal line.

    Raises Refusal RECORD_GONE, VALUE_INVALID (neither PNG nor JPEG, or too large).
    """
    known = select(Patron.id).where(Patron.id == patron_id, Patron.forgotten_at.is_(None))
    if session.execute(known).first() is None:
        raise Refusal(Reason.RECORD_GONE)
    if content is not None and len(content) > LIMIT:
        raise Refusal(Reason.VALUE_INVALID, field="photo")
    before = of(session, patron_id)
    patron_before.put_photo(session, patron_id, content)
    line = journal.write(session, "patron.photographed", "Patron", patron_id, now)
    patron_before.keep(session, line, {patron_id: {"photo": before}}, now)
    return line
