"""What was typed at a desk and not saved yet: kept in the library itself, by desk and record, so
that it is protected as the library is, is never another library's, and ends with what it is about.

A draft is nothing that was done: it has no journal line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from database.schema import Draft

LONGEST = 200_000
"""Signs a draft may have; more was pasted, and is there to be pasted again."""


def read(session: Session, desk: str, name: str) -> str:
    """What was typed, "" for nothing."""
    kept = select(Draft.text).where(Draft.desk == desk, Draft.name == name)
    return session.execute(kept).scalar() or ""


def keep(session: Session, desk: str, name: str, text: str, now: datetime) -> None:
    """Keep what was typed; "" and what is too long drop it."""
    session.execute(delete(Draft).where(Draft.desk == desk, Draft.name == name))
    if text and len(text) <= LONGEST:
        session.execute(insert(Draft).values(desk=desk, name=name, text=text, kept_at=now))


def of_patron(patron_id: int) -> str:
    """The name of a patron's draft."""
    return f"patron-{patron_id}"


def drop_of_patrons(session: Session, ids: Iterable[int]) -> None:
    """Who is forgotten is so in what was never saved, at every desk."""
    names = [of_patron(number) for number in ids]
    session.execute(delete(Draft).where(Draft.name.in_(names)))


def drop_before(session: Session, moment: datetime) -> None:
    """What nobody came back to."""
    session.execute(delete(Draft).where(Draft.kept_at < moment))
