"""Holidays of Indonesia for a year, proposed for the librarian to confirm; and closing days.

The package `holidays` knows the national holidays and the collective leave days; those that
follow the moon are estimates until the government announces them, and say so in their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import calendar, closings, house
from database.refusal import Reason, Refusal
from database.schema import ClosedDay, ConfirmedYear


@dataclass(frozen=True, slots=True)
class Proposed:
    """A holiday as proposed: `leave` is a collective leave day, `kept` stands in the calendar
    already, `due` loans fall due on it."""

    day: date
    name: str
    leave: bool
    kept: bool
    due: int


def proposed(session: Session, year: int) -> list[Proposed]:
    """What is known of a year on days the house would be open, by day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    known = {day for day, _name, _open in house.closed_days(session, first, last)}
    closed = calendar.load(session, first, last)
    weekdays = set(house.hours(session))
    counted = closings.due_counts(session, first, last)
    return [
        Proposed(day, name, leave, day in known or not closed.is_open(day), counted.get(day, 0))
        for day, name, leave in _known_to_package(year)
        if not weekdays or day.weekday() in weekdays
    ]


def _known_to_package(year: int) -> list[tuple[date, str, bool]]:
    # Late: the package brings tables of two hundred countries.
    import holidays

    def read(category: str) -> dict[date, str]:
        return dict(
            holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        )

    public, leave = read("public"), read("government")
    listed = [(day, name, False) for day, name in public.items()]
    listed += [(day, name, True) for day, name in leave.items() if day not in public]
    return sorted(listed)


def due_on(session: Session, day: date) -> int:
    """How many open loans fall due on a day."""
    return closings.due_counts(session, day, day).get(day, 0)


def close(
    session: Session,
    days: Sequence[tuple[date, str]],
    now: datetime,
    *,
    move: bool = False,
    confirmed: int | None = None,
) -> tuple[int, int]:
    """Close days, as one act; with `move` what falls due on them moves to the next open day.
    Returns the journal line, and how many loans moved. `confirmed` is the year they were confirmed
    of, where they were."""
    before = [house.exception(session, day) for day, _name in days]
    for day, name in days:
        session.execute(delete(ClosedDay).where(ClosedDay.day == day))
        session.execute(insert(ClosedDay).values(day=day, name=name.strip(), open=False))
    moved = closings.move_due(session, [day for day, _name in days]) if move else []
    line = journal.write(
        session,
        "calendar.closed",
        "Calendar",
        None,
        now,
        days=[day.isoformat() for day, _name in days],
        before=before,
        moved=moved,
        **({"confirmed": confirmed} if confirmed else {}),
    )
    return line, sum(len(one[2]) for one in moved)


def confirm(
    session: Session,
    year: int,
    days: Sequence[tuple[date, str]],
    now: datetime,
    *,
    move: bool = False,
) -> tuple[int, int]:
    """The holidays of a year are these, besides those that stand; as one act. Returns the journal
    line, and how many loans moved."""
    if session.get(ConfirmedYear, year) is not None:
        return close(session, days, now, move=move)
    session.execute(insert(ConfirmedYear).values(year=year, confirmed_on=now.date()))
    return close(session, days, now, move=move, confirmed=year)


def _reopen(session: Session, line: Line, _now: datetime) -> None:
    """The days as they were; loans that were moved and are out still are due as before; the year
    is to be confirmed again."""
    for text, kept in zip(line.facts["days"], line.facts["before"], strict=True):
        day = date.fromisoformat(text)
        done = session.execute(
            delete(ClosedDay)
            .where(ClosedDay.day == day, ClosedDay.open.is_(False))
            .returning(ClosedDay.day)
        ).first()
        if done is None:
            raise Refusal(Reason.CANNOT_UNDO)
        if kept is not None:
            session.execute(insert(ClosedDay).values(day=day, name=kept[0], open=kept[1]))
    session.execute(delete(ConfirmedYear).where(ConfirmedYear.year == line.facts.get("confirmed")))
    closings.move_back(session, line.facts["moved"])


def _as_before(session: Session, line: Line, _now: datetime) -> None:
    """A single day as it was. Raises Refusal CANNOT_UNDO where it was changed since."""
    day = date.fromisoformat(line.facts["day"])
    if "before" not in line.facts or house.exception(session, day) != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(delete(ClosedDay).where(ClosedDay.day == day))
    before = line.facts["before"]
    if before is not None:
        session.execute(insert(ClosedDay).values(day=day, name=before[0], open=before[1]))


INVERSES: Inverses = {
    "calendar.closed": _reopen,
    "closed_day.saved": _as_before,
    "closed_day.dropped": _as_before,
    **closings.INVERSES,
}
