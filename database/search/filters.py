"""What the list of titles can be narrowed to, and whether a copy can be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from database.schema import Biblio, Hold, HoldState, Item, ItemStatus, Loan

AVAILABILITIES = ("available", "lent", "none")
_OUT = [status.value for status in ItemStatus if not status.in_stock]
READY = [ItemStatus.IN_SERVICE.value, ItemStatus.REFERENCE.value]
"""States of a copy that stands on its shelf."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; None does not narrow, "" asks for what has none."""

    material: str | None = None
    class_group: str | None = None
    location: str | None = None
    availability: str | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None

    def active(self) -> int:
        """How many narrow; the two ends of the years are one."""
        years = self.year_from is not None or self.year_to is not None
        plain = (self.material, self.class_group, self.location, self.availability, self.language)
        return sum(value is not None for value in plain) + years


EVERYTHING = Filters()


def aside() -> Select[Any]:
    """Copies that lie ready for whoever waits for them."""
    return select(Hold.copy_id).where(Hold.state == HoldState.READY)


def narrow(wanted: Select[Any], filters: Filters) -> Select[Any]:
    """A question about titles, asked only of those that stand and pass the filters."""
    wanted = wanted.where(Biblio.cancelled_at.is_(None))
    for name in ("material", "class_group", "language"):
        value = getattr(filters, name)
        if value is not None:
            wanted = wanted.where(getattr(Biblio, name) == value)
    if filters.year_from is not None:
        wanted = wanted.where(Biblio.year >= filters.year_from)
    if filters.year_to is not None:
        wanted = wanted.where(Biblio.year <= filters.year_to)
    if filters.location is not None:
        wanted = wanted.where(Biblio.id.in_(_shelved(filters.location)))
    if filters.availability is not None:
        wanted = wanted.where(AVAILABILITY[filters.availability]())
    return wanted


def _stock() -> Select[Any]:
    return select(Item.biblio_id).where(Item.cancelled_at.is_(None), Item.status.not_in(_OUT))


def _shelved(location: str) -> Select[Any]:
    return select(Item.biblio_id).where(Item.location == location, Item.cancelled_at.is_(None))


def _lent() -> Select[Any]:
    return select(Loan.item_id).where(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))


AVAILABILITY: dict[str, Callable[[], Any]] = {
    "available": lambda: (
        select(Item.id)
        .where(
            Item.biblio_id == Biblio.id,
            Item.status.in_(READY),
            Item.cancelled_at.is_(None),
            Item.id.not_in(_lent()),
            Item.id.not_in(aside()),
        )
        .exists()
    ),
    "lent": lambda: Biblio.id.in_(select(Item.biblio_id).where(Item.id.in_(_lent()))),
    "none": lambda: Biblio.id.not_in(_stock()),
}
"""Of a title: whether a copy can be had now, is lent, or there is none."""
