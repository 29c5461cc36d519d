"""Files and links that prove something: photographs of an activity, the papers of a component.

Contents are kept as those of digital items are, by their hash; see `digital`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine import files
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Evidence

REGISTER, THRESHOLD = "register", "threshold"
LARGEST_PAGE = 20 << 20
"""Of a regulation one page is kept, not the whole gazette."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as listed."""

    id: int
    name: str
    url: str
    size: int
    note: str


def of(session: Session, owner: str, key: str) -> list[Piece]:
    """What is kept for a line of a register, or for a component of an instrument."""
    rows = session.execute(
        select(Evidence.id, Evidence.name, Evidence.url, Evidence.size, Evidence.note)
        .where(Evidence.owner == owner, Evidence.owner_key == key, Evidence.cancelled_at.is_(None))
        .order_by(Evidence.id)
    )
    return rows_of(Piece, rows)


def counts(session: Session, owner: str) -> dict[str, int]:
    """How many pieces each has."""
    rows = session.execute(
        select(Evidence.owner_key, func.count())
        .where(Evidence.owner == owner, Evidence.cancelled_at.is_(None))
        .group_by(Evidence.owner_key)
    )
    return {key: int(count) for key, count in rows}


def attach(
    session: Session, where: str, owner: str, key: str, path: Path, note: str, now: datetime
) -> int:
    """Keep a file; `where` is the library's place. Returns the journal line.

    Raises Refusal FILE_MISSING, NOT_DIGITAL; Fault FILE_UNREADABLE, DISK_FULL.
    """
    if owner == THRESHOLD and path.is_file() and path.stat().st_size > LARGEST_PAGE:
        raise Refusal(Reason.NOT_DIGITAL, path=path.name, largest=LARGEST_PAGE >> 20)
    sha256, media_type, size = files.keep(session, where, path)
    number: int = session.execute(
        insert(Evidence)
        .values(
            owner=owner,
            owner_key=key,
            name=path.name,
            url="",
            sha256=sha256,
            media_type=media_type,
            size=size,
            note=note.strip(),
            created_at=now,
        )
        .returning(Evidence.id)
    ).scalar_one()
    return journal.write(session, "evidence.attached", "Evidence", number, now, of=owner)


def remove(session: Session, number: int, now: datetime) -> int:
    """Take a piece away; its content stays for the undo. Returns the journal line."""
    gone = session.execute(
        update(Evidence)
        .where(Evidence.id == number, Evidence.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .returning(Evidence.id)
    ).first()
    if gone is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(session, "evidence.removed", "Evidence", number, now)


def place(session: Session, where: str, number: int) -> str:
    """The path to hand to the system's viewer. Raises Refusal RECORD_GONE; Fault."""
    row = session.execute(
        select(Evidence.sha256, Evidence.media_type, Evidence.name).where(
            Evidence.id == number, Evidence.cancelled_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return str(files.fetch(session, where, row.sha256, row.media_type, row.name))


def _detach(session: Session, line: Line, now: datetime) -> None:
    session.execute(update(Evidence).where(Evidence.id == line.record_id).values(cancelled_at=now))


def _again(session: Session, line: Line, _now: datetime) -> None:
    session.execute(update(Evidence).where(Evidence.id == line.record_id).values(cancelled_at=None))


INVERSES: Inverses = {
    "evidence.attached": _detach,
    "evidence.removed": _again,
}
