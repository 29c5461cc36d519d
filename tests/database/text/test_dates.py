"""The library's own day of a moment, and the twelve months that end on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
