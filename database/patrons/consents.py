"""Consent: to what, to which text, when, by which way, and when it was withdrawn.

UU 27/2022 art. 20-24: membership stands on a contract and a notice; reminders and a photograph
stand on consent, which must be provable and can be withdrawn. Art. 25: a child's guardian
consents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Line
from database.patrons import mail_queue
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Consent, Patron, PatronKind, PatronPhoto

PURPOSES = ("membership", "reminders", "photo")


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent as shown."""

    id: int
    purpose: str
    text_version: str
    channel: str
    given_on: date
    withdrawn_on: date | None


def held(session: Session, patron_id: int) -> list[ConsentRow]:
    """All consents of a patron, newest first, also those withdrawn."""
    rows = session.execute(
        select(
            Consent.id,
            Consent.purpose,
            Consent.text_version,
            Consent.channel,
            Consent.given_on,
            Consent.withdrawn_on,
        )
        .where(Consent.patron_id == patron_id)
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    )
    return rows_of(ConsentRow, rows)


def stands(session: Session, patron_id: int, purpose: str) -> bool:
    """Whether a patron agrees to `purpose` now; ask before every use that needs it."""
    found = select(Consent.id).where(
        Consent.patron_id == patron_id,
        Consent.purpose == purpose,
        Consent.withdrawn_on.is_(None),
    )
    return session.execute(found).first() is not None


def give(session: Session, patron_id: int, purpose: str, channel: str, now: datetime) -> int:
    """Record a consent to the text of today, and return the journal line.

    Raises Refusal RECORD_GONE, NOT_A_PERSON, GUARDIAN_MISSING (a child without one),
    CONSENT_STANDS, VALUE_INVALID.
    """
    if purpose not in PURPOSES:
        raise Refusal(Reason.VALUE_INVALID, field="purpose")
    row = session.execute(
        select(Patron.kind, Patron.child, Patron.guardian).where(
            Patron.id == patron_id, Patron.forgotten_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if row.kind != PatronKind.PERSON:
        raise Refusal(Reason.NOT_A_PERSON)
    if row.child and not row.guardian.strip():
        raise Refusal(Reason.GUARDIAN_MISSING)
    if stands(session, patron_id, purpose):
        raise Refusal(Reason.CONSENT_STANDS)
    version = settings.get(session, settings.CONSENT_VERSION)
    consent_id = session.execute(
        insert(Consent)
        .values(
            patron_id=patron_id,
            purpose=purpose,
            text_version=version,
            channel=channel.strip(),
            given_on=now.date(),
        )
        .returning(Consent.id)
    ).scalar_one()
    return journal.write(
        session, "consent.given", "Patron", patron_id, now, purpose=purpose, consent=consent_id
    )


def withdraw(session: Session, patron_id: int, purpose: str, now: datetime) -> int:
    """A consent ends today and takes effect at once: the photograph goes, and what waits to be
    sent. Returns the line.

    Raises Refusal RECORD_GONE where no such consent stands.
    """
    found = session.execute(
        update(Consent)
        .where(
            Consent.patron_id == patron_id,
            Consent.purpose == purpose,
            Consent.withdrawn_on.is_(None),
        )
        .values(withdrawn_on=now.date())
        .returning(Consent.id)
    ).scalar()
    if found is None:
        raise Refusal(Reason.RECORD_GONE)
    if purpose == "photo":
        session.execute(delete(PatronPhoto).where(PatronPhoto.patron_id == patron_id))
    if purpose == "reminders":
        mail_queue.stop(session, patron_id, now)
    return journal.write(
        session, "consent.withdrawn", "Patron", patron_id, now, purpose=purpose, consent=found
    )


def _ungive(session: Session, line: Line, now: datetime) -> None:
    done = session.execute(
        delete(Consent)
        .where(Consent.id == line.facts["consent"], Consent.withdrawn_on.is_(None))
        .returning(Consent.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


def _unwithdraw(session: Session, line: Line, now: datetime) -> None:
    """A photograph that was removed is gone; the consent to it must be given anew."""
    assert line.record_id is not None
    purpose = line.facts["purpose"]
    if purpose == "photo" or stands(session, line.record_id, purpose):
        raise Refusal(Reason.CANNOT_UNDO)
    done = session.execute(
        update(Consent)
        .where(Consent.id == line.facts["consent"])
        .values(withdrawn_on=None)
        .returning(Consent.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


INVERSES = {"consent.given": _ungive, "consent.withdrawn": _unwithdraw}
