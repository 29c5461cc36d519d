"""A month, quarter or year as days, and the bind values every counting statement shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BindParameter, bindparam

from database.policy import calendar


@dataclass(frozen=True, slots=True)
class Span:
    """A month, quarter or year as days; `month` is the period's name, "2026-10"."""

    month: str
    first: date
    last: date

    under_way: bool = False

    @classmethod
    def of(cls, month: str, today: date | None = None) -> Span:
        """All its days; of a period under way those up to `today`, or what is late tomorrow would
        be told as late. Raises ValueError for what is no period."""
        first, last = calendar.period_bounds(month)
        if today is not None and first <= today <= last:
            return cls(month, first, today, under_way=True)
        return cls(month, first, last)

    @property
    def eve(self) -> date:
        """The day before its first."""
        return self.first - timedelta(days=1)

    @property
    def binds(self) -> dict[str, date]:
        """The values of FIRST, LAST and EVE."""
        return {"first": self.first, "last": self.last, "eve": self.eve}


FIRST: BindParameter[date] = bindparam("first")
LAST: BindParameter[date] = bindparam("last")
EVE: BindParameter[date] = bindparam("eve")
