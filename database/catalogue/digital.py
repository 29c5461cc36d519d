"""Digital items: a PDF, an EPUB or a link that belongs to a title, and how often it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.engine.files import LARGEST, document_kind, fetch, put
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Attachment, Biblio, DigitalUse


@dataclass(frozen=True, slots=True)
class Digital:
    """A file or a link as listed, and how often it was opened."""

    id: int
    name: str
    url: str
    sha256: str
    size: int
    uses: int


def of_title(session: Session, biblio_id: int) -> list[Digital]:
    """What belongs to a title."""
    uses = select(func.count()).where(DigitalUse.attachment_id == Attachment.id).scalar_subquery()
    rows = session.execute(
        select(
            Attachment.id,
            Attachment.name,
            Attachment.url,
            Attachment.sha256,
            Attachment.size,
            uses.label("uses"),
        )
        .where(Attachment.biblio_id == biblio_id, Attachment.cancelled_at.is_(None))
        .order_by(Attachment.id)
    )
    return rows_of(Digital, rows)


# --- attaching --------------------------------------------------------------------


def attach_file(session: Session, where: str, biblio_id: int, path: Path, now: datetime) -> int:
    """Keep a file with a title; `where` is the library's place. The journal line.

    Raises Refusal FILE_MISSING, NOT_DIGITAL (neither PDF nor EPUB, or too large), RECORD_GONE;
    Fault FILE_UNREADABLE, DISK_FULL.
    """
    titles.stored(session, biblio_id)
    if not path.is_file():
        raise Refusal(Reason.FILE_MISSING, path=str(path))
    size = path.stat().st_size
    kind = document_kind(path)
    if kind is None or size > LARGEST:
        raise Refusal(Reason.NOT_DIGITAL, path=path.name, largest=LARGEST >> 20)
    sha256 = put(session, where, path)
    return _attach(
        session, biblio_id, now, name=path.name, sha256=sha256, media_type=kind[0], size=size
    )


def attach_link(session: Session, biblio_id: int, name: str, url: str, now: datetime) -> int:
    """Keep a link with a title; the journal line. Raises Refusal VALUE_INVALID, RECORD_GONE."""
    titles.stored(session, biblio_id)
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refusal(Reason.VALUE_INVALID, field="url")
    shown = name.strip() or parts.hostname
    return _attach(session, biblio_id, now, name=shown, url=url.strip())


def _attach(session: Session, biblio_id: int, now: datetime, **values: Any) -> int:
    number: int = session.execute(
        insert(Attachment)
        .values(
            **{"url": "", "sha256": "", "media_type": "", "size": 0, **values},
            biblio_id=biblio_id,
            created_at=now,
        )
        .returning(Attachment.id)
    ).scalar_one()
    journal.touch(session, "Biblio")
    return journal.write(session, "digital.attached", "Attachment", number, now, biblio=biblio_id)


def remove(session: Session, number: int, now: datetime) -> int:
    """Take a file or link from its title; its content stays for the undo. The journal line."""
    session.execute(update(Attachment).where(Attachment.id == number).values(cancelled_at=now))
    journal.touch(session, "Biblio")
    return journal.write(session, "digital.removed", "Attachment", number, now)


def unattach(session: Session, line: Line, now: datetime) -> None:
    """Undo of attaching."""
    session.execute(
        update(Attachment).where(Attachment.id == line.record_id).values(cancelled_at=now)
    )
    journal.touch(session, "Biblio")


def unremove(session: Session, line: Line, now: datetime) -> None:
    """Undo of removing."""
    session.execute(
        update(Attachment).where(Attachment.id == line.record_id).values(cancelled_at=None)
    )
    journal.touch(session, "Biblio")


# --- opening ----------------------------------------------------------------------


def place(session: Session, where: str, number: int) -> str:
    """The path or address of what can be opened; `where` is the library's place.

    Raises Refusal RECORD_GONE; Fault FILE_UNREADABLE where the content is not there or damaged.
    """
    row = session.execute(
        select(Attachment.url, Attachment.sha256, Attachment.name, Attachment.media_type)
        .join(Biblio, Biblio.id == Attachment.biblio_id)
        .where(
            Attachment.id == number,
            Attachment.cancelled_at.is_(None),
            Biblio.cancelled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row.url or str(fetch(session, where, row.sha256, row.media_type, row.name))


def open_place(session: Session, where: str, number: int, now: datetime) -> str:
    """The path or address to hand to the system's viewer; the opening is counted.

    Raises as `place`.
    """
    found = place(session, where, number)
    count_use(session, number, now)
    return found


def count_use(session: Session, number: int, now: datetime) -> None:
    """Count one opening, of whoever it was."""
    session.execute(
        insert(DigitalUse).values(attachment_id=number, used_at=now, used_on=now.date())
    )
    journal.touch(session, "DigitalUse")


def uses(session: Session, first: date, last: date) -> int:
    """How often digital items were opened between two days, both included."""
    found: int = session.execute(
        select(func.count()).where(DigitalUse.used_on.between(first, last))
    ).scalar_one()
    return found


INVERSES: Inverses = {"digital.attached": unattach, "digital.removed": unremove}
