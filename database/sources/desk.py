"""What another program kept of its desk, as plain facts: loans open and ended, money owed, holds,
visits, loan rules, closed days. Numbers are those of its copies and members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LoanTold:
    """A loan of a copy to a member. One that ended has the day of its return; of whom it was is
    then not asked for again."""

    position: int
    barcode: str
    member: str
    lent_on: date | None
    due_on: date | None
    returned_on: date | None = None
    renewals: int = 0
    kind: str = ""
    """The member's kind as the other program names it."""


@dataclass(frozen=True, slots=True)
class OwedTold:
    """What a member owes, in rupiah, perhaps for a copy."""

    position: int
    member: str
    amount: int
    made_on: date | None
    barcode: str = ""


@dataclass(frozen=True, slots=True)
class HoldTold:
    """A title or copy waited for: `title` is the other program's own number of it."""

    position: int
    member: str
    title: str
    barcode: str
    placed_on: date | None


@dataclass(frozen=True, slots=True)
class VisitTold:
    """Somebody came: of whom only the kind is told on."""

    position: int
    visited_on: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What a kind of member may borrow; `material` as the other program names it, "" for all."""

    kind: str
    material: str
    limit: int
    days: int
    renewals: int
    fine: int
    grace: int
    validity: int = 0


@dataclass(frozen=True, slots=True)
class ClosedTold:
    """A day the library was closed, or the weekday it is closed on (0 Monday)."""

    day: date | None
    weekday: int | None
    name: str
