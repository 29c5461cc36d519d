"""The library's own day of a moment, and the twelve months that end on a day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from database.text import dates


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 1, 1, 16, 59, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_of_a_moment_is_the_librarys(moment, day):
    assert dates.local_day(moment) == day
    assert dates.midnight(day) <= moment < dates.midnight(day + timedelta(days=1))


class OfWindows(datetime):
    """A moment as Windows has it: it knows no zone before 1970 and after 3000."""

    def astimezone(self, tz=None):
        if tz is None and not 1970 < self.year <= 3000:
            raise OSError(22, "Invalid argument")
        return super().astimezone(tz)


@pytest.mark.parametrize("year", [1, 1900, 1969, 1970, 2027, 3001, 9998])
def test_a_moment_that_windows_cannot_tell_has_a_zone_too(year):
    noon = OfWindows(year, 2, 28, 12)
    told = dates.here(noon)
    assert told.replace(tzinfo=None) == noon
    assert told.utcoffset() == timedelta(hours=7)
    assert dates.here(OfWindows(year, 6, 30, 20, tzinfo=UTC)) == OfWindows(
        year, 7, 1, 3, tzinfo=timezone(timedelta(hours=7))
    )
    assert dates.local_day(noon.replace(tzinfo=UTC)) == date(year, 2, 28)


def test_a_file_of_the_first_second_there_was_has_a_moment(tmp_path):
    """As an archive without times leaves them."""
    file = tmp_path / "x"
    file.touch()
    os.utime(file, (1, 1))
    assert dates.changed_at(file) == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2028, 12, 31), date(2028, 1, 1)),
        (date(2028, 2, 29), date(2027, 3, 1)),
        (date(2028, 2, 28), date(2027, 3, 1)),
        (date(2027, 2, 28), date(2026, 3, 1)),
        (date(2028, 6, 30), date(2027, 7, 1)),
    ],
)
def test_twelve_months_of_any_year(last, first):
    assert dates.twelve_months_to(last) == first
