"""What a measure is: one number of a library and the twelve months that end on a day.

It is None where the library has recorded nothing it could be made of: not recorded is not zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from database.schema import Item
from database.text.dates import twelve_months_to

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months that end on `last`."""

    last: date

    @property
    def first(self) -> date:
        """Its first day."""
        return twelve_months_to(self.last)


def count(session: Session, *where: Any) -> int:
    """How many rows there are where all of `where` holds."""
    found: int = session.execute(select(func.count()).where(*where)).scalar_one()
    return found


def held(day: date) -> ColumnElement[bool]:
    """Whether a copy was stock on a day."""
    return and_(
        Item.cancelled_at.is_(None),
        Item.accessioned_on <= day,
        or_(Item.left_on.is_(None), Item.left_on > day),
    )


def share(part: float, whole: float) -> Number:
    """A part in percent of the whole, None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def ratio(part: Number, whole: Number) -> Number:
    """One number by another, None where either is missing or there is nothing to divide by."""
    return round(part / whole, 2) if whole and part is not None else None


def percent(part: Number, whole: Number) -> Number:
    """One number in percent of another, None where that makes no sense."""
    return None if part is None or not whole else share(part, whole)


Measure = Callable[[Session, Year], Number]
