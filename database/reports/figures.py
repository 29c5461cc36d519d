"""The shapes of a period's figures; those of each table stand beside its counting in tables/.

A period is a local calendar month "2026-10", a quarter "2026-Q4" or a year "2026".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """One headline figure beside the period before and the same period last year.

    None means that the library has no data for that period, which is not zero.
    """

    now: int
    last_month: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the twelve in the chart."""

    month: str
    visits: int
    loans: int


@dataclass(frozen=True, slots=True)
class Indicators:
    """What the figures say of the library, None where they say nothing: each a formula of
    monthly-report figures, told in `indicators`."""

    visits_per_open_day: float | None
    loans_per_member: float | None
    turnover: float | None
    recent_share: float | None
    active_share: float | None
    copies_per_staff: float | None
    late_share: float | None
    on_time_share: float | None
    not_back_share: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """All figures of one period, `month`; `categories` maps code to name, in the library's order.

    `tables` are the figures of the tables by their names, each read by its own `TABLE.of(month)`.
    `loan_categories` are the columns of T5b where they are not all `categories`; codes joined by
    "+" are kinds counted as one (see `guard`). `unbalanced` are the bar codes of copies that keep
    T1 from adding up. `until` is the last day counted of a period under way, "2026-10-14".
    `indicator_parts` are what the indicators are made of, by the names in `indicators.PARTS`."""

    month: str
    open_days: int
    visits: Comparison
    loans: Comparison
    members: Comparison
    titles: Comparison
    copies: Comparison
    new_titles: Comparison
    new_members: Comparison
    year: tuple[MonthPoint, ...]
    categories: dict[str, str]
    visits_per_open_day: float | None
    busiest_hour: int | None
    tables: dict[str, Any] = field(default_factory=dict)
    loan_categories: tuple[str, ...] = ()
    searches: Comparison | None = None
    held_activities: Comparison | None = None
    indicators: Indicators | None = None
    unbalanced: tuple[str, ...] = ()
    until: str = ""
    indicator_parts: dict[str, int] = field(default_factory=dict)

    def having(self, **tables: Any) -> Month:
        """The same with some tables changed."""
        return replace(self, tables={**self.tables, **tables})

    @property
    def is_long(self) -> bool:
        """Whether it is a quarter or a year."""
        return len(self.month) != len("2026-10") or "Q" in self.month
