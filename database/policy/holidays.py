"""Holidays of Indonesia for a year, proposed for the librarian to confirm; and closing days.

The package `holidays` knows the national holidays and the collective leave days; those that
follow the moon are estimates until the government announces them, and say so in their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import calendar, house
from database.refusal import Reason, Refusal
from database.schema import ClosedDay, Loan

_OPEN_LOANS = (Loan.returned_at.is_(None), Loan.cancelled_at.is_(None), Loan.due_at.is_(None))


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
    weekdays = set(house.hours(session))
    counted = _due_counts(session, first, last)
    return [
        Proposed(day, name, leave, day in known, counted.get(day, 0))
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


def _due_counts(session: Session, first: date, last: date) -> dict[date, int]:
    rows = session.execute(
        select(Loan.due_on, func.count())
        .where(Loan.due_on.between(first, last), *_OPEN_LOANS)
        .group_by(Loan.due_on)
    )
    return {row[0]: row[1] for row in rows}


def due_on(session: Session, day: date) -> int:
    """How many open loans fall due on a day."""
    return _due_counts(session, day, day).get(day, 0)


def close(
    session: Session, days: Sequence[tuple[date, str]], now: datetime, *, move: bool = False
) -> tuple[int, int]:
    """Close days, as one act; with `move` what falls due on them moves to the next open day.
    Returns the journal line, and how many loans moved."""
    before = [_kept(session, day) for day, _name in days]
    for day, name in days:
        session.execute(delete(ClosedDay).where(ClosedDay.day == day))
        session.execute(insert(ClosedDay).values(day=day, name=name.strip(), open=False))
    moved = _move(session, [day for day, _name in days]) if move else []
    line = journal.write(
        session,
        "calendar.closed",
        "Calendar",
        None,
        now,
        days=[day.isoformat() for day, _name in days],
        before=before,
        moved=moved,
    )
    if moved:
        journal.touch(session, "Loan")
    return line, sum(len(one[2]) for one in moved)


def _kept(session: Session, day: date) -> list[Any] | None:
    row = session.execute(
        select(ClosedDay.name, ClosedDay.open).where(ClosedDay.day == day)
    ).one_or_none()
    return [row.name, row.open] if row else None


def _move(session: Session, days: Sequence[date]) -> list[list[Any]]:
    """Loans due on closed days to the next open one: [from, to, loan ids]."""
    moved: list[list[Any]] = []
    for day in sorted(days):
        target = calendar.load(session, day, day).next_open(day + timedelta(days=1))
        ids = list(
            session.execute(select(Loan.id).where(Loan.due_on == day, *_OPEN_LOANS)).scalars()
        )
        if ids:
            session.execute(
                update(Loan).where(Loan.due_on == day, *_OPEN_LOANS).values(due_on=target)
            )
            moved.append([day.isoformat(), target.isoformat(), ids])
    return moved


def _reopen(session: Session, line: Line, _now: datetime) -> None:
    """The days as they were; loans that were moved and are out still are due as before."""
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
    for first, then, ids in reversed(line.facts["moved"]):
        for at in range(0, len(ids), 500):
            session.execute(
                update(Loan)
                .where(
                    Loan.id.in_(ids[at : at + 500]),
                    Loan.due_on == date.fromisoformat(then),
                    *_OPEN_LOANS,
                )
                .values(due_on=date.fromisoformat(first))
            )
    journal.touch(session, "Loan")


INVERSES: Inverses = {"calendar.closed": _reopen}
