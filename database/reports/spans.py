"""A month, quarter or year as days, and the bind values every counting statement shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BindParameter, bindparam

from database.policy import calendar


@dataclass(frozen=True, slots=True)
class Span:
    """A month, quarter or year as days, with the bind values every statement shares."""

    month: str
    first: date
    last: date

    @classmethod
    def of(cls, month: str) -> Span:
        first, last = calendar.period_bounds(month)
        return cls(month, first, last)

    @property
    def eve(self) -> date:
        """The day before its first."""
        return self.first - timedelta(days=1)

    @property
    def binds(self) -> dict[str, date]:
        return {"first": self.first, "last": self.last}


FIRST: BindParameter[date] = bindparam("first")


LAST: BindParameter[date] = bindparam("last")
