"""Whom to write to: who has something overdue, lying ready or due soon, the longest late first.

What a patient or a relative reads is told to nobody: their rows carry no titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.holdings import hold_queue
from database.policy import lateness, settings
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
    def subject(self) -> str:
        """What is written about no more than once a day."""
        return "hold" if self.kind == "hold" else "loans"


def people(session: Session, now: datetime) -> list[Person]:
    """Everybody to be written to: what is overdue, the longest first, what lies ready, and what
    is due soon. Wards get none: the trolley comes to them."""
    late, soon = _on_loan(session, now)
    listed = [*late, *_ready(session), *soon]
    known = _known(session, [row.id for row, _kind, _copies in listed], now.date())
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
        sent_on=known.last.get((row.id, subject)),
        letters=len(letters) if kind == "overdue" else 0,
        email=row.email,
    )
