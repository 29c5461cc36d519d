"""Visits: arrivals counted by category, no names (ISO 2789: visits)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from database import calendar, journal
from database.refusal import Reason, Refusal
from database.schema import Visit


def count_visit(
    session: Session, category: str, now: datetime, people: int = 1, purpose: str = ""
) -> int:
    """Count an arrival, or a group of `people`; returns the journal line.

    Raises Refusal VALUE_INVALID for fewer than one or more than 999 people.
    """
    if not 1 <= people <= 999:
        raise Refusal(Reason.VALUE_INVALID, field="people")
    visit_id = session.execute(
        insert(Visit)
        .values(
            visited_at=now, visited_on=now.date(), category=category, people=people,
            purpose=purpose,
        )
        .returning(Visit.id)
    ).scalar_one()  # fmt: skip
    return journal.write(
        session, "visit.counted", "Visit", visit_id, now, people=people, category=category
    )


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
