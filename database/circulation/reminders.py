"""Reminders that were sent, and the library's own words for them.

One person is written to once a day at most; the database holds it. WhatsApp and copied texts
need the person's consent to reminders; a printed letter is the library's ordinary demand and
needs none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation.reminder_list import Person
from database.journal import Inverses, Line
from database.patrons import consents, mail_queue
from database.policy import settings
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import (
    Reminder,
)

CHANNELS = ("whatsapp", "copied", "letter", "email")
PAPER = "reminder-letters"


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder that was noted as sent; `number` is a letter's."""

    id: int
    line: int
    number: str


def mark_sent(session: Session, who: Person, channel: str, now: datetime) -> Sent:
    """Note that somebody was written to; a letter gets the next number of the year.

    Raises Refusal NO_CONSENT, REMINDED_TODAY, VALUE_INVALID; for a letter REMINDER_FIRST and
    LETTER_EARLY (`day` it is for).
    """
    if channel not in CHANNELS:
        raise Refusal(Reason.VALUE_INVALID, field="channel")
    letter = channel == "letter"
    if not letter and not consents.stands(session, who.patron_id, "reminders"):
        raise Refusal(Reason.NO_CONSENT, patron=who.name)
    if _written_today(session, who, now.date()):
        raise Refusal(Reason.REMINDED_TODAY, patron=who.name)
    if letter:
        _must_be_its_turn(who, now.date())
    # Which letter about how many copies; the register says it in words.
    told = f"{who.level}/{len(who.copies)}"
    about = outgoing.Letter(PAPER, patron_id=who.patron_id, subject=told)
    number = outgoing.issue(session, about, now) if letter else None
    found: int = session.execute(
        insert(Reminder)
        .values(
            patron_id=who.patron_id,
            category=who.category,
            subject=who.subject,
            channel=channel,
            level=who.level if letter else 0,
            number=number,
            copies=len(who.copies),
            sent_at=now,
            sent_on=now.date(),
        )
        .returning(Reminder.id)
    ).scalar_one()
    if number is not None:
        outgoing.tie(session, number, found)
    line = journal.write(session, "reminder.sent", "Reminder", found, now, channel=channel)
    return Sent(found, line, number or "")


def queue_mail(session: Session, who: Person, subject: str, body: str, now: datetime) -> Sent:
    """Let the program send an e-mail to somebody, who counts as written to from now on.

    Raises Refusal as `mark_sent`, and VALUE_INVALID where there is no address.
    """
    if not who.email:
        raise Refusal(Reason.VALUE_INVALID, field="email")
    sent = mark_sent(session, who, "email", now)
    mail_queue.put(session, who.patron_id, sent.id, mail_queue.Text(who.email, subject, body), now)
    return sent


def queue_mails(
    session: Session, mails: Sequence[tuple[Person, str, str]], now: datetime
) -> tuple[list[Sent], int]:
    """An e-mail (subject, body) to each, as one act; and the journal line of all of them.

    Raises Refusal as `queue_mail`.
    """
    sent = [queue_mail(session, who, subject, body, now) for who, subject, body in mails]
    lines = [one.line for one in sent]
    return sent, journal.write(session, "reminder.mails", "Reminder", None, now, lines=lines)


def mark_letters(
    session: Session, people: Sequence[Person], now: datetime
) -> tuple[list[Sent], int]:
    """A letter to each, as one act; the letters, and the journal line of all of them.

    Raises Refusal as `mark_sent`.
    """
    sent = [mark_sent(session, who, "letter", now) for who in people]
    lines = [one.line for one in sent]
    return sent, journal.write(session, "reminder.letters", "Reminder", None, now, lines=lines)


def _must_be_its_turn(who: Person, today: date) -> None:
    if who.letter_on is None:
        raise Refusal(Reason.REMINDER_FIRST, patron=who.name)
    if who.letter_on > today:
        raise Refusal(Reason.LETTER_EARLY, patron=who.name, day=who.letter_on)


def _written_today(session: Session, who: Person, today: date) -> bool:
    found = select(Reminder.id).where(
        Reminder.patron_id == who.patron_id,
        Reminder.subject == who.subject,
        Reminder.sent_on == today,
        Reminder.cancelled_at.is_(None),
    )
    return session.execute(found).first() is not None


# --- the library's own words


def text_choice(kind: str, audience: str, language: str) -> settings.Choice[str]:
    """The setting that holds the library's own text; "" for the program's."""
    return settings.Choice(f"reminders.text.{kind}.{audience}.{language}", "")


def own_text(session: Session, kind: str, audience: str, language: str) -> str:
    """What the library wrote for this kind of reminder and reader, "" for nothing."""
    return settings.get(session, text_choice(kind, audience, language))


def keep_text(
    session: Session, kind: str, audience: str, language: str, text: str, now: datetime
) -> None:
    """Let this be the text; "" for the program's own."""
    settings.change(session, text_choice(kind, audience, language), text.strip(), now)


def _unsend(session: Session, line: Line, now: datetime) -> None:
    """It was not sent after all; a letter's number stays used. An e-mail that has gone, or is
    just going, is not called back."""
    assert line.record_id is not None
    mail_queue.take_back(session, line.record_id)
    done = session.execute(
        update(Reminder)
        .where(Reminder.id == line.record_id, Reminder.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .returning(Reminder.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    outgoing.void(session, PAPER, line.record_id, now)


INVERSES: Inverses = {"reminder.sent": _unsend}
