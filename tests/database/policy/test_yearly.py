"""A day that is closed every year: from the day it was said on, and before the day it ended."""

from __future__ import annotations

from datetime import date

import pytest

from database.policy.calendar import occurrences
from database.schema import YearlyClosing

WHOLE = (date(2026, 1, 1), date(2029, 12, 31))


def closing(month, day, since, until=None):
    return YearlyClosing(month=month, day=day, name="Libur", since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2026, 1, 1), None, [2026, 2027, 2028, 2029]),
        (date(2027, 8, 17), None, [2027, 2028, 2029]),
        (date(2027, 8, 18), None, [2028, 2029]),
        (date(2026, 1, 1), date(2028, 8, 17), [2026, 2027]),
        (date(2026, 1, 1), date(2028, 8, 18), [2026, 2027, 2028]),
    ],
)
def test_from_its_first_day_on_and_before_its_end(since, until, years):
    found = occurrences(closing(8, 17, since, until), *WHOLE)
    assert found == [date(year, 8, 17) for year in years]


def test_the_ends_of_what_is_asked_belong_to_it():
    day = date(2027, 8, 17)
    assert occurrences(closing(8, 17, date(2026, 1, 1)), day, day) == [day]


def test_a_leap_day_is_closed_in_leap_years():
    assert occurrences(closing(2, 29, date(2026, 1, 1)), *WHOLE) == [date(2028, 2, 29)]
