"""Days that are closed every year, ranges of days, and the years whose holidays are confirmed.

A day closed every year is closed from the day it was said on, until it is said no longer: the
open days of what is past stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import calendar
from database.refusal import Reason, Refusal
from database.schema import ClosedDay, ConfirmedYear, Loan, YearlyClosing

LONGEST = 366
"""Days of one closing; more is a slip of the hand."""
AUTUMN = 10
"""The month from which the holidays of the next year are to be confirmed."""
_LEAP_YEAR = 2028


_OPEN_LOANS = (Loan.returned_at.is_(None), Loan.cancelled_at.is_(None), Loan.due_at.is_(None))


@dataclass(frozen=True, slots=True)
class Closing:
    """A day of a year as listed; `yearly` is the id of what closes it every year."""

    day: date
    name: str
    open: bool
    yearly: int | None = None


def of_year(session: Session, year: int) -> list[Closing]:
    """Every exception of a year and every day that is closed each year, by day.

    What stands for one day alone decides, and hides what stands for every year.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = {
        day: Closing(day, one.name, False, one.id)
        for one in session.scalars(select(YearlyClosing))
        for day in calendar.occurrences(one, first, last)
    }
    rows = session.execute(select(ClosedDay).where(ClosedDay.day.between(first, last)))
    found |= {one.day: Closing(one.day, one.name, one.open) for one in rows.scalars()}
    return [found[day] for day in sorted(found)]


def span(first: date, last: date) -> list[date]:
    """Every day of a closing. Raises Refusal VALUE_INVALID if it ends before it begins or is
    longer than a year."""
    if not 0 <= (last - first).days < LONGEST:
        raise Refusal(Reason.VALUE_INVALID, field="until")
    return list(calendar.days(first, last))


def due_counts(session: Session, first: date, last: date) -> dict[date, int]:
    """How many open loans fall due on each day."""
    rows = session.execute(
        select(Loan.due_on, func.count())
        .where(Loan.due_on.between(first, last), *_OPEN_LOANS)
        .group_by(Loan.due_on)
    )
    return {row[0]: row[1] for row in rows}


def move_due(session: Session, days: Sequence[date]) -> list[list[Any]]:
    """Loans due on closed days go to the next open one: [from, to, loan ids]."""
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
            journal.touch(session, "Loan")
    return moved


def move_back(session: Session, moved: Sequence[Sequence[Any]]) -> None:
    """What `move_due` moved and is out still is due as before."""
    for first, then, ids in reversed(moved):
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


def close_yearly(
    session: Session, month: int, day: int, name: str, now: datetime, *, move: bool = False
) -> tuple[int, int]:
    """Close a day of every year from today on; with `move` what is due then moves to the next open
    day. Returns the journal line, and how many loans moved.

    Raises Refusal VALUE_INVALID for no such day, NAME_TAKEN if it is closed every year already.
    """
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError as error:
        raise Refusal(Reason.VALUE_INVALID, field="day") from error
    same = (YearlyClosing.month == month, YearlyClosing.day == day, YearlyClosing.until.is_(None))
    standing = session.execute(select(YearlyClosing.name).where(*same)).scalar()
    if standing is not None:
        raise Refusal(Reason.NAME_TAKEN, name=standing)
    number: int = session.execute(
        insert(YearlyClosing)
        .values(month=month, day=day, name=" ".join(name.split()), since=now.date())
        .returning(YearlyClosing.id)
    ).scalar_one()
    days = _ahead(month, day, now.date())
    moved = move_due(session, days) if move else []
    line = journal.write(session, "calendar.yearly", "Calendar", number, now, moved=moved)
    return line, sum(len(one[2]) for one in moved)


def _ahead(month: int, day: int, today: date) -> list[date]:
    """Its next days: no loan is longer than some years."""
    one = YearlyClosing(month=month, day=day, since=today, until=None)
    return calendar.occurrences(one, today, today + timedelta(days=11 * LONGEST))


def due_yearly(session: Session, month: int, day: int, today: date) -> int:
    """How many open loans fall due on such a day from today on."""
    return sum(due_counts(session, one, one).get(one, 0) for one in _ahead(month, day, today))


def drop_yearly(session: Session, number: int, now: datetime) -> int:
    """From today on it is a day like others; returns the journal line. Raises RECORD_GONE."""
    done = session.execute(
        update(YearlyClosing)
        .where(YearlyClosing.id == number, YearlyClosing.until.is_(None))
        .values(until=now.date())
        .returning(YearlyClosing.id)
    ).first()
    if done is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(session, "calendar.yearly_dropped", "Calendar", number, now)


def is_confirmed(session: Session, year: int) -> bool:
    """Whether somebody said that all holidays of a year stand in the calendar."""
    found = select(exists().where(ConfirmedYear.year == year))
    return bool(session.execute(found).scalar())


def to_confirm(session: Session, today: date) -> int | None:
    """The year whose holidays are to be confirmed now: this one, or from autumn on the next."""
    years = [today.year, *([today.year + 1] if today.month >= AUTUMN else [])]
    return next((year for year in years if not is_confirmed(session, year)), None)


def _unyearly(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where it was dropped since."""
    done = session.execute(
        delete(YearlyClosing)
        .where(YearlyClosing.id == line.record_id, YearlyClosing.until.is_(None))
        .returning(YearlyClosing.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    move_back(session, line.facts["moved"])


def _undrop(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where the same day was closed anew since."""
    one = session.get(YearlyClosing, line.record_id)
    if one is None:
        raise Refusal(Reason.CANNOT_UNDO)
    again = exists().where(
        YearlyClosing.month == one.month,
        YearlyClosing.day == one.day,
        YearlyClosing.id != one.id,
        or_(YearlyClosing.until.is_(None), YearlyClosing.since > one.since),
    )
    if session.execute(select(again)).scalar():
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(update(YearlyClosing).where(YearlyClosing.id == one.id).values(until=None))


INVERSES: Inverses = {"calendar.yearly": _unyearly, "calendar.yearly_dropped": _undrop}
