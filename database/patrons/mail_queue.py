"""E-mails on their way: what waits, what is just being sent, and what came of it.

A row is claimed before the post is asked and settled after its answer, each in a transaction of
its own, so that two programs never send one e-mail and a killed one never sends it again: what
stays "sending" is doubtful, and a person decides. Nothing is sent without the consent that
stands then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.refusal import Reason, Refusal
from database.schema import Consent, Mail, Patron, Reminder

GRACE = timedelta(seconds=30)
"""So long an e-mail can be taken back after it was asked for."""
DOUBTFUL_AFTER = timedelta(minutes=10)
"""The post answers sooner; who claimed it was killed."""
MOST_TRIES = 6
_PAUSE = timedelta(minutes=5)
_LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Text:
    """What is sent, and to which address."""

    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """An e-mail that this program, and no other, is to send now; `mark` is its own for ever."""

    id: int
    address: str
    subject: str
    body: str
    queued_at: datetime

    @property
    def mark(self) -> str:
        """The same at each try, so that a reader's program knows a second one for the first."""
        return f"{self.id}-{self.queued_at:%Y%m%d%H%M%S}"


@dataclass(frozen=True, slots=True)
class MailRow:
    """An e-mail that waits ("queued"), could not be sent ("failed"), or of which nobody knows
    ("doubtful")."""

    id: int
    patron_id: int
    name: str
    address: str
    state: str
    tries: int
    error: str
    queued_at: datetime
    next_at: datetime


def put(session: Session, patron_id: int, reminder_id: int, text: Text, now: datetime) -> None:
    """Let it be sent, once the time in which it can be taken back is over."""
    session.add(
        Mail(
            patron_id=patron_id,
            reminder_id=reminder_id,
            address=text.address,
            subject=" ".join(text.subject.split()),
            body=text.body,
            queued_at=now,
            next_at=now + GRACE,
        )
    )
    session.flush()
    journal.touch(session, "Mail")


def waits(session: Session, now: datetime) -> bool:
    """Whether anything may be sent now; asked before anything is written."""
    found = select(Mail.id).where(Mail.state == "queued", Mail.next_at <= now)
    return session.execute(found.limit(1)).first() is not None


def claim(session: Session, now: datetime) -> Claimed | None:
    """The e-mail to be sent next, marked so that no other program takes it; None for none."""
    agrees = exists().where(
        Consent.patron_id == Mail.patron_id,
        Consent.purpose == "reminders",
        Consent.withdrawn_on.is_(None),
    )
    known = exists().where(Patron.id == Mail.patron_id, Patron.forgotten_at.is_(None))
    first = (
        select(Mail.id)
        .where(Mail.state == "queued", Mail.next_at <= now, agrees, known)
        .order_by(Mail.id)
        .limit(1)
        .scalar_subquery()
    )
    row = session.execute(
        update(Mail)
        .where(Mail.id == first, Mail.state == "queued")
        .values(state="sending", tries=Mail.tries + 1, claimed_at=now)
        .returning(Mail.id, Mail.address, Mail.subject, Mail.body, Mail.queued_at)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return None
    journal.touch(session, "Mail")
    return Claimed(*row)


def was_sent(session: Session, mail_id: int, now: datetime) -> None:
    """The post took it: nothing of what it said is kept."""
    _settle(session, mail_id, state="sent", sent_at=now, address="", subject="", body="", error="")


def was_refused(session: Session, mail_id: int, error: str, now: datetime, *, again: bool) -> None:
    """The post did not take it; it is tried `again` later, each time after a longer pause, and
    not without end."""
    tries = session.execute(select(Mail.tries).where(Mail.id == mail_id)).scalar()
    if again and tries is not None and tries < MOST_TRIES:
        pause = _PAUSE * 2 ** (tries - 1)
        _settle(session, mail_id, state="queued", next_at=now + pause, error=_short(error))
    else:
        _settle(session, mail_id, state="failed", error=_short(error))


def was_not_asked(session: Session, mail_id: int, error: str, now: datetime) -> None:
    """The post could not be reached at all: that is no fault of this e-mail, which waits on."""
    _settle(
        session,
        mail_id,
        state="queued",
        tries=Mail.tries - 1,
        next_at=now + _PAUSE,
        error=_short(error),
    )


def is_doubtful(session: Session, mail_id: int, error: str) -> None:
    """The post may have taken it and may not: it stays as it is, and why is told."""
    _settle(session, mail_id, state="sending", error=_short(error))


def _short(error: str) -> str:
    return " ".join(error.split())[:_LONGEST_ERROR]


def _settle(session: Session, mail_id: int, **values: object) -> None:
    """Whoever was forgotten meanwhile has no row any more."""
    session.execute(
        update(Mail).where(Mail.id == mail_id, Mail.state == "sending").values(**values)
    )
    journal.touch(session, "Mail")


# --- what people do with it


def on_their_way(session: Session, now: datetime) -> list[MailRow]:
    """Everything that was not sent, the oldest first; what is just being sent is left out."""
    rows = session.execute(
        select(
            Mail.id,
            Mail.patron_id,
            Patron.name,
            Mail.address,
            Mail.state,
            Mail.tries,
            Mail.error,
            Mail.queued_at,
            Mail.next_at,
        )
        .join(Patron, Patron.id == Mail.patron_id)
        .where(
            or_(
                Mail.state.in_(("queued", "failed")),
                (Mail.state == "sending") & (Mail.claimed_at < now - DOUBTFUL_AFTER),
                (Mail.state == "sending") & (Mail.error != ""),
            )
        )
        .order_by(Mail.id)
    )
    return [
        MailRow(**{**row._mapping, "state": "doubtful" if row.state == "sending" else row.state})
        for row in rows
    ]


def send_again(session: Session, mail_id: int, now: datetime) -> int:
    """Try once more what could not be sent, or what perhaps was not; the journal line.

    Raises Refusal RECORD_GONE where it was sent or is being sent.
    """
    _must_stand_still(session, mail_id, now)
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id)
        .values(state="queued", next_at=now, tries=0, error="", claimed_at=None)
    )
    return journal.write(session, "mail.again", "Mail", mail_id, now)


def call_sent(session: Session, mail_id: int, now: datetime) -> int:
    """It arrived after all, as its reader says; the journal line. Raises as `send_again`."""
    _must_stand_still(session, mail_id, now)
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id)
        .values(state="sent", sent_at=now, address="", subject="", body="", error="")
    )
    return journal.write(session, "mail.arrived", "Mail", mail_id, now)


def drop(session: Session, mail_id: int, now: datetime) -> int:
    """Send it no more: its reminder did not go out. The journal line. Raises as `send_again`."""
    _must_stand_still(session, mail_id, now)
    _delete(session, [mail_id], now)
    return journal.write(session, "mail.dropped", "Mail", mail_id, now)


def stop(session: Session, patron_id: int, now: datetime) -> None:
    """Nothing more is sent to somebody, as a part of an act that has its own line."""
    wanted = select(Mail.id).where(
        Mail.patron_id == patron_id, Mail.state.in_(("queued", "failed"))
    )
    _delete(session, session.execute(wanted).scalars().all(), now)


def take_back(session: Session, reminder_id: int) -> None:
    """A reminder is undone: what still waits is not sent.

    Raises Refusal CANNOT_UNDO where it was sent, or is being sent.
    """
    state = session.execute(select(Mail.state).where(Mail.reminder_id == reminder_id)).scalar()
    if state in ("sending", "sent"):
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(delete(Mail).where(Mail.reminder_id == reminder_id))
    journal.touch(session, "Mail")


def _must_stand_still(session: Session, mail_id: int, now: datetime) -> None:
    if mail_id not in {one.id for one in on_their_way(session, now)}:
        raise Refusal(Reason.RECORD_GONE)


def _delete(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Nobody was written to by these."""
    about = select(Mail.reminder_id).where(Mail.id.in_(ids))
    session.execute(
        update(Reminder)
        .where(Reminder.id.in_(about), Reminder.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .execution_options(synchronize_session=False)
    )
    session.execute(delete(Mail).where(Mail.id.in_(ids)))
    journal.touch(session, "Mail", "Reminder")
