"""What persons asked for about their data, and by when it is due.

UU 27/2022 art. 30, 32, 40, 41: within 3 x 24 hours. The log keeps who asked only until that
person is forgotten; kind, times and the kind of patron stay as proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.refusal import Reason, Refusal
from database.schema import Patron, PatronCategory, PrivacyRequest, RequestKind

TERM = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as listed; `patron` is "" once the person is forgotten."""

    id: int
    patron_id: int | None
    patron: str
    kind: str
    category: str
    asked_at: datetime
    due_at: datetime
    done_at: datetime | None


def ask(session: Session, patron_id: int, kind: str, now: datetime) -> int:
    """Note a request; one of the same kind still open is the same. Raises RECORD_GONE."""
    standing = session.execute(
        select(PrivacyRequest.id).where(
            PrivacyRequest.patron_id == patron_id,
            PrivacyRequest.kind == kind,
            PrivacyRequest.done_at.is_(None),
        )
    ).scalar()
    if standing is not None:
        return standing
    category = session.execute(
        select(PatronCategory.code)
        .join(Patron, Patron.category_id == PatronCategory.id)
        .where(Patron.id == patron_id)
    ).scalar()
    if category is None:
        raise Refusal(Reason.RECORD_GONE)
    found: int = session.execute(
        insert(PrivacyRequest)
        .values(
            patron_id=patron_id,
            kind=RequestKind(kind),
            category=category,
            asked_at=now,
            due_at=now + TERM,
        )
        .returning(PrivacyRequest.id)
    ).scalar_one()
    journal.write(session, "privacy.asked", "Privacy", found, now, asked=kind)
    return found


def answered(session: Session, request_id: int, now: datetime) -> None:
    """A request is fulfilled."""
    session.execute(
        update(PrivacyRequest)
        .where(PrivacyRequest.id == request_id, PrivacyRequest.done_at.is_(None))
        .values(done_at=now)
    )
    journal.write(session, "privacy.answered", "Privacy", request_id, now)


_ROWS = select(
    PrivacyRequest.id,
    PrivacyRequest.patron_id,
    func.coalesce(Patron.name, "").label("patron"),
    PrivacyRequest.kind,
    PrivacyRequest.category,
    PrivacyRequest.asked_at,
    PrivacyRequest.due_at,
    PrivacyRequest.done_at,
).outerjoin(Patron, Patron.id == PrivacyRequest.patron_id)


def listed(session: Session, limit: int = 100) -> list[RequestRow]:
    """Open requests first, the most urgent on top; then those answered, newest first."""
    is_open = case((PrivacyRequest.done_at.is_(None), 0), else_=1)
    rows = session.execute(
        _ROWS.order_by(is_open, PrivacyRequest.done_at.desc(), PrivacyRequest.due_at).limit(limit)
    )
    return rows_of(RequestRow, rows)


def of_patron(session: Session, patron_id: int) -> list[RequestRow]:
    """What one person asked for, newest first."""
    rows = session.execute(
        _ROWS.where(PrivacyRequest.patron_id == patron_id).order_by(PrivacyRequest.id.desc())
    )
    return rows_of(RequestRow, rows)
