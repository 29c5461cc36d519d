"""Reminders: who has something due soon or overdue, whom to write to, and what was sent.

One person is written to once a day at most; the database holds it. WhatsApp and copied texts
need the person's consent to reminders; a printed letter is the library's ordinary demand and
needs none. What a patient or a relative reads is told to nobody: their rows carry no titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import journal
from database.holdings import hold_queue
from database.journal import Inverses, Line
from database.patrons import consents
from database.policy import calendar, house, numbering, settings
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    Consent,
    Hold,
    HoldState,
    Item,
    Loan,
    Patron,
    PatronCategory,
    PatronKind,
    Reminder,
)

CHANNELS = ("whatsapp", "copied", "letter", "email")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy somebody is reminded of; `title` is "" where others must not read it."""

    title: str
    barcode: str
    accession: str
    lent_on: date
    due_on: date
    late_days: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to about `kind`: "overdue", "due" (soon) or "hold" (lies ready).

    `day` is the earliest due day, or the last to fetch it; `phone` is normalised for wa.me, ""
    if there is none; `level` is the next letter, 1 to 3; `sent_on` when last written to about
    the same, and `letters` how many letters went out about what is overdue now."""

    patron_id: int
    number: str
    name: str
    category: str
    audience: str
    unit: str
    kind: str
    copies: tuple[Copy, ...]
    day: date
    phone: str
    consents: bool
    sent_on: date | None
    letters: int
    email: str = ""

    @property
    def private(self) -> bool:
        """Whether titles are kept from whatever is sent."""
        return self.audience in hold_queue.PRIVATE

    @property
    def level(self) -> int:
        """The letter that comes next."""
        return min(self.letters + 1, 3)

    @property
    def subject(self) -> str:
        """What is written about no more than once a day."""
        return "hold" if self.kind == "hold" else "loans"


def international(phone: str) -> str:
    """A telephone number as wa.me wants it: digits with the country's 62 in front; "" where
    the text is no mobile number ("0812-3456-7890", "+62 812 ...", "812...")."""
    digits = re.sub(r"\D", "", phone.split("/")[0].split(",")[0])
    digits = digits.removeprefix("00")
    if digits.startswith("62"):
        digits = digits[2:]
    digits = digits.lstrip("0")
    return f"62{digits}" if digits.startswith("8") and 8 <= len(digits) <= 13 else ""


def people(session: Session, now: datetime) -> list[Person]:
    """Everybody to be written to: what is overdue, the longest first, what lies ready, and what
    is due soon. Wards get none: the trolley comes to them."""
    late, soon = _on_loan(session, now)
    listed = [*late, *_ready(session), *soon]
    known = _known(session, [row[0] for row, _kind, _copies in listed], now.date())
    return [_person(row, kind, copies, known) for row, kind, copies in listed]


_WHO = (
    Patron.id,
    Patron.number,
    Patron.name,
    PatronCategory.code,
    PatronCategory.audience,
    Patron.unit,
    Patron.phone,
    Patron.email,
)
_Listed = list[tuple[Any, str, tuple[Copy, ...]]]


def _on_loan(session: Session, now: datetime) -> tuple[_Listed, _Listed]:
    today = now.date()
    until = today + timedelta(days=settings.get(session, settings.REMIND_BEFORE))
    rows = session.execute(
        select(
            *_WHO,
            Biblio.title,
            Item.barcode,
            func.coalesce(Item.accession_number, ""),
            Loan.lent_on,
            Loan.due_on,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .join(Loan, Loan.patron_id == Patron.id)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
            Loan.due_on <= until,
            Patron.kind == PatronKind.PERSON,
        )
        .order_by(Loan.due_on, Patron.name_key, Loan.id)
    ).all()
    open_on = calendar.load(session, rows[0].due_on, today) if rows else None
    # Thousands of loans fall due on some hundred days.
    days_late = {
        due: open_on.open_days(due + timedelta(days=1), today)
        for due in {row.due_on for row in rows}
        if open_on is not None and due < today
    }
    late: dict[int, tuple[Any, list[Copy]]] = {}
    soon: dict[int, tuple[Any, list[Copy]]] = {}
    for row in rows:
        title = "" if row.audience in hold_queue.PRIVATE else row.title
        copy = _copy(row, title, days_late.get(row.due_on, 0))
        into = late if row.due_on < today else soon
        into.setdefault(row.id, (row, []))[1].append(copy)
    return (
        [(row, "overdue", tuple(copies)) for row, copies in late.values()],
        [(row, "due", tuple(copies)) for key, (row, copies) in soon.items() if key not in late],
    )


def _copy(row: Any, title: str, days: int) -> Copy:
    return Copy(title, row.barcode, row[-3], row[-2], row[-1], days)


def _ready(session: Session) -> _Listed:
    rows = session.execute(
        select(
            *_WHO,
            Biblio.title,
            Item.barcode,
            func.coalesce(Item.accession_number, ""),
            Hold.placed_on,
            Hold.ready_until,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .join(Hold, Hold.patron_id == Patron.id)
        .join(Item, Item.id == Hold.copy_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Hold.state == HoldState.READY, Patron.kind == PatronKind.PERSON)
        .order_by(Hold.ready_until, Hold.id)
    )
    found: dict[int, tuple[Any, list[Copy]]] = {}
    for row in rows:
        title = "" if row.audience in hold_queue.PRIVATE else row.title
        found.setdefault(row.id, (row, []))[1].append(_copy(row, title, 0))
    return [(row, "hold", tuple(copies)) for row, copies in found.values()]


@dataclass(frozen=True, slots=True)
class _Known:
    consenting: frozenset[int]
    last: dict[tuple[int, str], date]
    letters: dict[int, list[date]]


def _known(session: Session, ids: Sequence[int], today: date) -> _Known:
    """Who agreed to be reminded, and who was written to when."""
    agreed = session.execute(
        select(Consent.patron_id).where(
            Consent.purpose == "reminders",
            Consent.withdrawn_on.is_(None),
            Consent.patron_id.in_(ids),
        )
    ).scalars()
    last: dict[tuple[int, str], date] = {}
    letters: dict[int, list[date]] = {}
    rows: Any = session.execute(
        select(Reminder.patron_id, Reminder.subject, Reminder.sent_on, Reminder.level)
        .where(Reminder.patron_id.in_(ids), Reminder.cancelled_at.is_(None))
        .order_by(Reminder.sent_on)
    )
    for patron_id, subject, day, level in rows:
        last[patron_id, subject] = day
        if level:
            letters.setdefault(patron_id, []).append(day)
    return _Known(frozenset(agreed), last, letters)


def _person(row: Any, kind: str, copies: tuple[Copy, ...], known: _Known) -> Person:
    day = min(one.due_on for one in copies)
    subject = "hold" if kind == "hold" else "loans"
    # A letter about an earlier loan does not count for this one.
    letters = [one for one in known.letters.get(row.id, []) if one > day]
    return Person(
        row.id, row.number, row.name, row.code, row.audience, row.unit, kind, copies, day,
        international(row.phone), row.id in known.consenting, known.last.get((row.id, subject)),
        len(letters) if kind == "overdue" else 0, row.email,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A reminder that was noted as sent; `number` is a letter's."""

    id: int
    line: int
    number: str


def mark_sent(session: Session, who: Person, channel: str, now: datetime) -> Sent:
    """Note that somebody was written to; a letter gets the next number of the year.

    Raises Refusal NO_CONSENT, REMINDED_TODAY, VALUE_INVALID.
    """
    if channel not in CHANNELS:
        raise Refusal(Reason.VALUE_INVALID, field="channel")
    letter = channel == "letter"
    if not letter and not consents.stands(session, who.patron_id, "reminders"):
        raise Refusal(Reason.NO_CONSENT, patron=who.name)
    if _written_today(session, who, now.date()):
        raise Refusal(Reason.REMINDED_TODAY, patron=who.name)
    number = _next_number(session, now.date()) if letter else None
    try:
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
    except IntegrityError as error:
        # Another desk wrote to the same person between our look and our write.
        raise Refusal(Reason.REMINDED_TODAY, patron=who.name) from error
    line = journal.write(session, "reminder.sent", "Reminder", found, now, channel=channel)
    return Sent(found, line, number or "")


def mark_letters(
    session: Session, people: Sequence[Person], now: datetime
) -> tuple[list[Sent], int]:
    """A letter to each, as one act; the letters, and the journal line of all of them.

    Raises Refusal as `mark_sent`.
    """
    sent = [mark_sent(session, who, "letter", now) for who in people]
    lines = [one.line for one in sent]
    return sent, journal.write(session, "reminder.letters", "Reminder", None, now, lines=lines)


def _written_today(session: Session, who: Person, today: date) -> bool:
    found = select(Reminder.id).where(
        Reminder.patron_id == who.patron_id,
        Reminder.subject == who.subject,
        Reminder.sent_on == today,
        Reminder.cancelled_at.is_(None),
    )
    return session.execute(found).first() is not None


def _next_number(session: Session, day: date) -> str:
    pattern = settings.get(session, settings.LETTER_PATTERN)
    facts = {
        "year": str(day.year),
        "month": f"{day.month:02d}",
        "roman": _ROMAN[day.month - 1],
        "library": house.profile(session).short_name,
    }
    while True:
        number = numbering.write(pattern, numbering.take(session, f"reminder.{day.year}"), facts)
        if session.execute(select(Reminder.id).where(Reminder.number == number)).first() is None:
            return number


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
    settings.put(session, text_choice(kind, audience, language), text.strip())
    journal.write(
        session, "reminder.text_saved", "Setting", None, now, about=kind, audience=audience
    )


def _unsend(session: Session, line: Line, now: datetime) -> None:
    """It was not sent after all; a letter's number stays used."""
    done = session.execute(
        update(Reminder)
        .where(Reminder.id == line.record_id, Reminder.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .returning(Reminder.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


INVERSES: Inverses = {"reminder.sent": _unsend}
