"""Whom to write to: who has something overdue, lying ready or due soon, the longest late first.

What a patient or a relative reads is told to nobody: their rows carry no titles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.holdings import hold_queue
from database.policy import calendar, lateness, settings
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
from database.text.dates import local_day
from database.text.phones import international


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy somebody is reminded of; `title` is "" where others must not read it, and
    `follows_since` the day from which one who went home is to send it."""

    title: str
    barcode: str
    accession: str
    lent_on: date
    due_on: date
    late_days: int
    follows_since: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to about `kind`: "overdue", "due" (soon) or "hold" (lies ready).

    `day` is the earliest due day, or the last to fetch it; `telephone` is as kept, `phone`
    normalised for wa.me, "" if there is none; `level` is the next letter, 1 to 3; `sent_on` when
    last written to about the same, `reminded` whether about just this, and `letters` how many
    letters went out about what is overdue now. `letter_on` is the first day of the next letter,
    None while a reminder comes first or nothing is overdue."""

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
    telephone: str = ""
    reminded: bool = False
    letter_on: date | None = None

    @property
    def follows(self) -> bool:
        """Whether all of it was left to follow by one who went home."""
        return all(one.follows_since is not None for one in self.copies)

    @property
    def private(self) -> bool:
        """Whether titles are kept from whatever is sent."""
        return self.audience in hold_queue.PRIVATE

    @property
    def level(self) -> int:
        """The letter that comes next."""
        return min(self.letters + 1, 3)

    @property
    def reachable(self) -> bool:
        """Whether a reminder can be sent: with consent, to a telephone or an address."""
        return self.consents and bool(self.phone or self.email)

    def wants_reminder(self, today: date) -> bool:
        """Whether a reminder should go now."""
        return self.reachable and not self.reminded and self.sent_on != today

    def wants_letter(self, today: date) -> bool:
        """Whether the next letter should go now."""
        return self.letter_on is not None and self.letter_on <= today != self.sent_on

    @property
    def subject(self) -> str:
        """What is written about no more than once a day."""
        return "hold" if self.kind == "hold" else "loans"


def people(session: Session, now: datetime) -> list[Person]:
    """Everybody to be written to: what is overdue, the longest first, what lies ready, and what
    is due soon. Wards get none: the trolley comes to them."""
    late, soon = _on_loan(session, now)
    listed = [*late, *_ready(session), *soon]
    known = _known(session, [row.id for row, _kind, _copies in listed])
    found = [_person(row, kind, copies, known) for row, kind, copies in listed]
    first_day = _letter_days(session, min((one.day for one in found), default=now.date()), now)
    return [replace(one, letter_on=first_day(one, known)) for one in found]


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
            func.coalesce(Item.accession_number, "").label("accession"),
            Loan.lent_on,
            Loan.due_on,
            Loan.due_at,
            Loan.category,
            Item.item_type,
            Loan.follows_since,
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
    days_late = lateness.of(session, rows, now)
    late: dict[int, tuple[Any, list[Copy]]] = {}
    soon: dict[int, tuple[Any, list[Copy]]] = {}
    for row, counted in zip(rows, days_late, strict=True):
        copy = _copy(row, counted.days if row.due_on < today else 0, row.follows_since)
        into = late if row.due_on < today else soon
        into.setdefault(row.id, (row, []))[1].append(copy)
    return (
        [(row, "overdue", tuple(copies)) for row, copies in late.values()],
        [(row, "due", tuple(copies)) for key, (row, copies) in soon.items() if key not in late],
    )


def _copy(row: Any, days: int, since: date | None = None) -> Copy:
    return Copy(
        title="" if row.audience in hold_queue.PRIVATE else row.title,
        barcode=row.barcode,
        accession=row.accession,
        lent_on=row.lent_on,
        due_on=row.due_on,
        late_days=days,
        follows_since=since,
    )


def _ready(session: Session) -> _Listed:
    rows = session.execute(
        select(
            *_WHO,
            Biblio.title,
            Item.barcode,
            func.coalesce(Item.accession_number, "").label("accession"),
            Hold.placed_on.label("lent_on"),
            Hold.ready_at,
            Hold.ready_until.label("due_on"),
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
        found.setdefault(row.id, (row, []))[1].append(_copy(row, 0))
    return [(row, "hold", tuple(copies)) for row, copies in found.values()]


@dataclass(frozen=True, slots=True)
class _Known:
    consenting: frozenset[int]
    last: dict[tuple[int, str], date]
    letters: dict[int, list[date]]
    before: int
    """Days before the due day from which a loan is due soon."""

    def last_letter(self, who: Person) -> date:
        """The day of the last letter about what is overdue now; the due day where none went."""
        return max([who.day, *self.letters.get(who.patron_id, [])])


def _letter_days(
    session: Session, first: date, now: datetime
) -> Callable[[Person, _Known], date | None]:
    """From which day on the next letter may go: letter I some open days past the due day, once a
    reminder went to whoever can be reached by one; each further letter some after the last."""
    known_days = calendar.load(session, first, now.date())
    first_after = settings.get(session, settings.LETTER_FIRST)
    next_after = settings.get(session, settings.LETTER_NEXT)
    after = cache(known_days.after)

    def day(who: Person, known: _Known) -> date | None:
        if who.kind != "overdue":
            return None
        if who.letters:
            return after(known.last_letter(who), next_after)
        return after(who.day, first_after) if who.reminded or not who.reachable else None

    return day


def _known(session: Session, ids: Sequence[int]) -> _Known:
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
    before = settings.get(session, settings.REMIND_BEFORE)
    return _Known(frozenset(agreed), last, letters, before)


def _person(row: Any, kind: str, copies: tuple[Copy, ...], known: _Known) -> Person:
    day = min(one.due_on for one in copies)
    subject = "hold" if kind == "hold" else "loans"
    # A letter about an earlier loan does not count for this one.
    letters = [one for one in known.letters.get(row.id, []) if one > day]
    sent_on = known.last.get((row.id, subject))
    return Person(
        patron_id=row.id,
        number=row.number,
        name=row.name,
        category=row.code,
        audience=row.audience,
        unit=row.unit,
        kind=kind,
        copies=copies,
        day=day,
        phone=international(row.phone),
        consents=row.id in known.consenting,
        sent_on=sent_on,
        reminded=sent_on is not None and sent_on >= _since(row, kind, day, known.before),
        letters=len(letters) if kind == "overdue" else 0,
        email=row.email,
        telephone=row.phone,
    )


def _since(row: Any, kind: str, day: date, before: int) -> date:
    """From which day on whoever was written to was told just this."""
    if kind == "overdue":
        return day + timedelta(days=1)
    if kind == "due":
        return day - timedelta(days=before)
    return local_day(row.ready_at)
