"""Days: as lists hold them (1/12/2026, 1 Des 2026, 1 December 2026, 2026-12-01), and the library's
own day of a moment, which the store keeps in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})[-\s]+([a-z]{3,})\.?[-\s]+(\d{4}|\d{2})")
# The first letters of every month in Indonesian and English; "agt" and "agu" are both written.
_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "agu": 8, "agt": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11,
    "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip


@lru_cache(maxsize=4_000)
def parse(text: str) -> date | None:
    """The date that `text` says, the day before the month; None if it says none."""
    typed = " ".join(text.lower().split())
    if found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FIGURES.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDS.fullmatch(typed):
        day, month, year = int(found[1]), _MONTHS.get(found[2][:3], 0), int(found[3])
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


_ZONES = (1971, 2999)
"""The years whose zone every system knows: Windows fails before and after them."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def here(moment: datetime) -> datetime:
    """A moment, or a time of this PC's, in its zone; one that Windows can not tell, of 1900 in an
    old program's list, is told as in the nearest year that it knows."""
    try:
        return moment.astimezone()
    except OSError:
        first, last = _ZONES
        zone = datetime(min(max(moment.year, first), last), 1, 2).astimezone().tzinfo
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def changed_at(file: Path) -> datetime:
    """When a file was written last. Raises OSError where it is not there."""
    return here(_EPOCH + timedelta(seconds=file.stat().st_mtime))


def local_day(moment: datetime) -> date:
    """The day a moment has here: one read from the store is in UTC, and there it may still be
    yesterday, or tomorrow already."""
    return here(moment).date()


def midnight(day: date) -> datetime:
    """The first moment of a day here."""
    return here(datetime.combine(day, time()))


def twelve_months_to(last: date) -> date:
    """The first day of the twelve months that end on `last`, of 365 or 366 days."""
    after = last + timedelta(days=1)
    try:
        return after.replace(year=after.year - 1)
    except ValueError:
        return date(after.year - 1, 3, 1)
