"""From one period to another: what a step is called, and the period of another length."""

from __future__ import annotations

from database.policy.calendar import period_months, shift_month
from desktop.words.language import period_short


def step_name(period: str) -> str:
    """What the buttons beside the period are called: a month by its name alone."""
    name = period_short(period)
    return name.split()[0] if length_of(period) == "month" else name


def length_of(period: str) -> str:
    """ "month", "quarter" or "year"."""
    return "year" if len(period) == 4 else "quarter" if "Q" in period else "month"


def of_length(period: str, length: str, this_month: str) -> str:
    """The month, quarter or year that `period` lies in or ends with, no month to come."""
    year, last = period[:4], period_months(period)[-1]
    if length == "year":
        return year
    if length == "quarter":
        return f"{year}-Q{(int(last[5:]) + 2) // 3}"
    return min(last, shift_month(this_month, 0))
