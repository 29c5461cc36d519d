"""What readers suggest to buy: votes, state, and the proposal made of what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database import journal
from database.registers import registers
from database.registers.fields import Entry

REGISTER = "suggestion"
OPEN = ("new", "proposed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One title of a proposal; `price` is 0 while nobody knows it."""

    title: str
    author: str
    unit: str
    votes: int
    copies: int
    price: int

    @property
    def cost(self) -> int:
        """What its copies cost."""
        return self.copies * self.price


@dataclass(frozen=True, slots=True)
class Proposal:
    """The titles, the most wanted first, and the budget of the year (None: not recorded)."""

    lines: tuple[Wanted, ...]
    budget: int | None
    spent: int

    @property
    def cost(self) -> int:
        """Of all that has a price."""
        return sum(one.cost for one in self.lines)

    @property
    def copies(self) -> int:
        """Of all titles."""
        return sum(one.copies for one in self.lines)

    @property
    def unpriced(self) -> int:
        """How many titles have no price yet."""
        return sum(not one.price for one in self.lines)


def proposal(session: Session, year: int) -> Proposal:
    """What is new or proposed already, and what the year has for the collection."""
    lines = [
        _wanted(one) for one in registers.entries(session, REGISTER) if one.values["state"] in OPEN
    ]
    lines.sort(key=lambda one: (-one.votes, one.title.casefold()))
    money = [
        one.values
        for one in registers.entries(session, "budget")
        if one.values["year"] == year and one.values["kind"] == "collection"
    ]
    return Proposal(
        tuple(lines),
        sum(one["amount"] for one in money) if money else None,
        sum(one.get("spent") or 0 for one in money),
    )


def _wanted(one: Entry) -> Wanted:
    values = one.values
    return Wanted(
        values["title"],
        values.get("author") or "",
        values.get("unit") or "",
        max(values.get("votes") or 0, 1),
        values.get("quantity") or 1,
        values.get("price") or 0,
    )


def vote(session: Session, entry_id: int, now: datetime) -> int:
    """One more reader wants it; the journal line. Raises Refusal RECORD_GONE."""
    one = registers.one(session, entry_id)
    votes = max(one.values.get("votes") or 0, 1) + 1
    return registers.save(session, entry_id, {**one.values, "votes": votes}, now)


def propose(session: Session, now: datetime) -> int:
    """Mark what is new as proposed, as one act; the journal line."""
    lines = [
        registers.save(session, one.id, {**one.values, "state": "proposed"}, now)
        for one in registers.entries(session, REGISTER)
        if one.values["state"] == "new"
    ]
    return journal.write(session, "suggestions.proposed", "RegisterEntry", None, now, lines=lines)
