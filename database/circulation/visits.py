"""Visits: arrivals counted by category, no names (ISO 2789: visits)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.policy import calendar, clock, settings
from database.refusal import Reason, Refusal
from database.schema import CardSeen, Hold, Loan, Renewal, Visit

PURPOSES = ("read", "borrow", "return", "search", "internet", "discuss", "other")
"""What people come for (buku tamu); "" where nobody was asked."""
MOST = 999


def count_visit(
    session: Session, category: str, now: datetime, people: int = 1, purpose: str = ""
) -> int:
    """Count an arrival, or a group of `people`; returns the journal line.

    Raises Refusal VALUE_INVALID for fewer than one or more than 999 people.
    """
    if not 1 <= people <= 999:
        raise Refusal(Reason.VALUE_INVALID, field="people")
    visit_id = _insert(session, category, now, people, purpose)
    return journal.write(
        session, "visit.counted", "Visit", visit_id, now, people=people, category=category
    )


def _insert(session: Session, category: str, now: datetime, people: int, purpose: str) -> int:
    found: int = session.execute(
        insert(Visit)
        .values(
            visited_at=now, visited_on=now.date(), category=category, people=people, purpose=purpose
        )
        .returning(Visit.id)
    ).scalar_one()
    return found


def visits_on(session: Session, day: date) -> dict[str, int]:
    """Visitors of a day by category."""
    rows = session.execute(
        select(Visit.category, func.sum(Visit.people))
        .where(Visit.visited_on == day, Visit.cancelled_at.is_(None))
        .group_by(Visit.category)
    )
    return {category: int(people) for category, people in rows}


def silent_days(session: Session, month: str, today: date) -> list[date]:
    """Open days of a month, before `today`, on which nobody was counted."""
    first, last = calendar.month_bounds(month)
    open_on = calendar.load(session, first, last)
    counted = set(
        session.execute(
            select(Visit.visited_on)
            .where(Visit.visited_on.between(first, last), Visit.cancelled_at.is_(None))
            .distinct()
        ).scalars()
    )
    return [
        day
        for day in calendar.days(first, min(last, today - timedelta(days=1)))
        if open_on.is_open(day) and day not in counted
    ]


def count_card(session: Session, patron_id: int, category: str, now: datetime) -> int | None:
    """Count a visitor at the first scan of a card on a day; the journal line, None where it was
    counted already or the library does not count so. Whose card it was is known for that day
    only."""
    if not settings.get(session, settings.CARD_COUNTS_VISIT):
        return None
    today = now.date()
    seen = select(CardSeen.patron_id).where(
        CardSeen.patron_id == patron_id, CardSeen.seen_on == today
    )
    if session.execute(seen).first() is not None:
        return None
    session.execute(delete(CardSeen).where(CardSeen.seen_on < today))
    visit_id = _insert(session, category, now, 1, "")
    session.execute(insert(CardSeen).values(patron_id=patron_id, seen_on=today, visit_id=visit_id))
    # Of its own name: Ctrl+Z at the desk takes back what was done there, not who came in.
    return journal.write(session, "visit.by_card", "Visit", visit_id, now, category=category)


def uncount_card(session: Session, patron_id: int, day: date, now: datetime) -> None:
    """Who came on a day by a scan that was a mistake did not come: where nothing else was done
    with the card on that day. Its next scan counts."""
    lent = select(Loan.id).where(
        Loan.patron_id == patron_id,
        Loan.cancelled_at.is_(None),
        or_(Loan.lent_on == day, Loan.returned_on == day),
    )
    longer = (
        select(Renewal.id)
        .join(Loan, Loan.id == Renewal.loan_id)
        .where(
            Loan.patron_id == patron_id,
            Renewal.renewed_on == day,
            Renewal.cancelled_at.is_(None),
        )
    )
    held = select(Hold.id).where(
        Hold.patron_id == patron_id, Hold.placed_on == day, Hold.ended_at.is_(None)
    )
    if any(session.execute(one.limit(1)).first() for one in (lent, longer, held)):
        return
    seen = session.execute(
        delete(CardSeen)
        .where(CardSeen.patron_id == patron_id, CardSeen.seen_on == day)
        .returning(CardSeen.visit_id)
    ).scalar()
    if seen is not None:
        session.execute(update(Visit).where(Visit.id == seen).values(cancelled_at=now))
        journal.touch(session, "Visit")


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of the guest book: no names."""

    id: int
    at: datetime
    category: str
    purpose: str
    people: int


def guest_book(session: Session, day: date, limit: int = 100) -> list[GuestLine]:
    """The lines of a day, the newest first."""
    rows = session.execute(
        select(Visit.id, Visit.visited_at.label("at"), Visit.category, Visit.purpose, Visit.people)
        .where(Visit.visited_on == day, Visit.cancelled_at.is_(None))
        .order_by(Visit.visited_at.desc(), Visit.id.desc())
        .limit(limit)
    )
    return rows_of(GuestLine, rows)


def month_grid(session: Session, month: str) -> dict[tuple[date, str], int]:
    """People of a month by day and category."""
    first, last = calendar.month_bounds(month)
    rows = session.execute(
        select(Visit.visited_on, Visit.category, func.sum(Visit.people))
        .where(Visit.visited_on.between(first, last), Visit.cancelled_at.is_(None))
        .group_by(Visit.visited_on, Visit.category)
    )
    return {(day, category): int(people) for day, category, people in rows}


def correct(session: Session, day: date, category: str, people: int, now: datetime) -> int | None:
    """Let so many people of a category have come on a day; returns the journal line, None where
    it is so already. More are added as one line; for fewer the newest lines are struck.

    Raises Refusal VALUE_INVALID, TIME_TO_COME.
    """
    if not 0 <= people <= MOST:
        raise Refusal(Reason.VALUE_INVALID, field="people")
    clock.must_be_here(day, now, "day")
    lines = session.execute(
        select(Visit.id, Visit.people)
        .where(Visit.visited_on == day, Visit.category == category, Visit.cancelled_at.is_(None))
        .order_by(Visit.id.desc())
    ).all()
    before = rest = sum(line.people for line in lines)
    struck = []
    for line in lines:
        if rest <= people:
            break
        struck.append(line.id)
        rest -= line.people
    if struck:
        session.execute(update(Visit).where(Visit.id.in_(struck)).values(cancelled_at=now))
    added = _add(session, day, category, people - rest, now) if people > rest else None
    if added is None and not struck:
        return None
    return journal.write(
        session,
        "visit.corrected",
        "Visit",
        added,
        now,
        day=day.isoformat(),
        category=category,
        before=before,
        after=people,
        struck=struck,
    )


def correct_day(
    session: Session, day: date, wanted: Mapping[str, int], now: datetime
) -> int | None:
    """Correct several categories of a day as one act; returns its line, None for no change.

    Raises Refusal as `correct`.
    """
    found = [correct(session, day, category, people, now) for category, people in wanted.items()]
    lines = [line for line in found if line is not None]
    if not lines:
        return None
    return journal.write(session, "visit.day_corrected", "Visit", None, now, lines=lines)


def _add(session: Session, day: date, category: str, people: int, now: datetime) -> int:
    noon = now.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0)
    found: int = session.execute(
        insert(Visit)
        .values(
            visited_at=min(noon, now), visited_on=day, category=category, people=people, purpose=""
        )
        .returning(Visit.id)
    ).scalar_one()
    return found


def _uncorrect(session: Session, line: Line, now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where the day has been corrected again since."""
    day, category = date.fromisoformat(line.facts["day"]), line.facts["category"]
    total = select(func.coalesce(func.sum(Visit.people), 0)).where(
        Visit.visited_on == day, Visit.category == category, Visit.cancelled_at.is_(None)
    )
    if session.execute(total).scalar_one() != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    if line.record_id is not None:
        session.execute(update(Visit).where(Visit.id == line.record_id).values(cancelled_at=now))
    session.execute(
        update(Visit).where(Visit.id.in_(line.facts["struck"])).values(cancelled_at=None)
    )


def _cancel_visit(session: Session, line: Line, now: datetime) -> None:
    session.execute(update(Visit).where(Visit.id == line.record_id).values(cancelled_at=now))


INVERSES: Inverses = {"visit.counted": _cancel_visit, "visit.corrected": _uncorrect}
