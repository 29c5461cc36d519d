"""Open days: the weekly hours, holidays and exceptions; due dates keep to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from database.schema import ClosedDay, OpeningHours, YearlyClosing

_WEEKDAYS = select(OpeningHours.weekday)
_EXCEPTIONS = select(ClosedDay.day, ClosedDay.open).where(
    ClosedDay.day.between(bindparam("first"), bindparam("last"))
)
_YEARLY = select(YearlyClosing)
_LOOK_AHEAD = timedelta(days=400)
"""No closing is longer."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days of a span are open. With no opening hours at all every day is open."""

    weekdays: frozenset[int]
    exceptions: dict[date, bool]

    def is_open(self, day: date) -> bool:
        """An exception decides; else the weekday."""
        exception = self.exceptions.get(day)
        if exception is not None:
            return exception
        return not self.weekdays or day.weekday() in self.weekdays

    def next_open(self, day: date) -> date:
        """`day`, or the first open day after it (at most 400 days on)."""
        for ahead in range(_LOOK_AHEAD.days):
            if self.is_open(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th open day after `day` (at most 400 closed days apart)."""
        for _step in range(count):
            day = self.next_open(day + timedelta(days=1))
        return day

    def open_days(self, first: date, last: date) -> int:
        """How many days from `first` to `last`, both included, are open."""
        return sum(self.is_open(day) for day in days(first, last))


def load(session: Session, first: date, last: date) -> Calendar:
    """The calendar from `first` to 400 days past `last`."""
    weekdays = frozenset(session.execute(_WEEKDAYS).scalars())
    last += _LOOK_AHEAD
    closed = {
        day: False for one in session.scalars(_YEARLY) for day in occurrences(one, first, last)
    }
    rows = session.execute(_EXCEPTIONS, {"first": first, "last": last})
    return Calendar(weekdays, closed | {row.day: row.open for row in rows})


def occurrences(one: YearlyClosing, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which what is closed every year is closed."""
    found = []
    for year in range(first.year, last.year + 1):
        try:
            day = date(year, one.month, one.day)
        except ValueError:  # the twenty-ninth of February
            continue
        if first <= day <= last and one.since <= day and (one.until is None or day < one.until):
            found.append(day)
    return found


def days(first: date, last: date) -> Iterable[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def month_bounds(month: str) -> tuple[date, date]:
    """First and last day of "2026-10"; ValueError for anything else."""
    year, number = month.split("-")
    if len(year) != 4 or len(number) != 2:
        raise ValueError(month)
    first = date(int(year), int(number), 1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def shift_month(month: str, by: int) -> str:
    """ "2026-01" shifted by -1 is "2025-12"."""
    year, number = (int(part) for part in month.split("-"))
    index = year * 12 + number - 1 + by
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def period_bounds(period: str) -> tuple[date, date]:
    """First and last day of "2026-10", "2026-Q4" or "2026"; ValueError for anything else."""
    months = period_months(period)
    return month_bounds(months[0])[0], month_bounds(months[-1])[1]


def period_months(period: str) -> list[str]:
    """The months of a month, a quarter or a year; ValueError for anything else."""
    year, _dash, part = period.partition("-")
    if len(year) != 4 or not year.isascii() or not year.isdecimal():
        raise ValueError(period)
    if period == year:
        first, count = 1, 12
    elif part in QUARTERS:
        first, count = 3 * QUARTERS.index(part) + 1, 3
    else:
        month_bounds(period)
        return [period]
    found = [f"{year}-{first + at:02d}" for at in range(count)]
    month_bounds(found[0])
    return found


def shift_period(period: str, by: int) -> str:
    """ "2026-Q1" shifted by -1 is "2025-Q4"; months and years alike."""
    year, _dash, part = period.partition("-")
    if not part:
        return f"{int(year) + by:04d}"
    if part in QUARTERS:
        index = int(year) * 4 + QUARTERS.index(part) + by
        return f"{index // 4:04d}-{QUARTERS[index % 4]}"
    return shift_month(period, by)


def year_before(period: str) -> str:
    """The same month or quarter a year before, or the year before."""
    year, dash, part = period.partition("-")
    return f"{int(year) - 1:04d}{dash}{part}"
