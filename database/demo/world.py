"""The state of the demo library while two years of it are made: its people, copies and rows."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from database.engine import bulk
from database.patrons import standing
from database.policy import calendar, numbering
from database.policy.house import ProfileFacts
from database.schema import (
    Consent,
    InHouseUse,
    Loan,
    Patron,
    Renewal,
    RoundStop,
    Visit,
    WardRound,
)

DAYS = 730
PEOPLE = (
    # category, at the start, new a week, share of visits, share of loans
    ("doctor", 34, 0.1, 5, 9),
    ("nurse", 96, 0.3, 9, 16),
    ("health", 28, 0.1, 3, 5),
    ("administration", 22, 0.1, 3, 3),
    ("student", 24, 1.4, 12, 12),
    ("family", 6, 1.6, 7, 6),
    ("public", 2, 0.15, 1, 1),
    ("patient", 3, 0.5, 2, 3),
)
"""Kinds of readers, and how many and how busy they are."""


@dataclass(slots=True)
class Person:
    """Somebody, or a ward, who borrows; `out` is how many copies they have."""

    id: int
    category: str
    unit: str
    joined_on: date
    valid_until: date | None
    out: int = 0


@dataclass(slots=True)
class Copy:
    """A copy that can be lent; `weight` is how much it is wanted."""

    id: int
    group: str
    item_type: str
    since: date
    weight: float
    back_on: date | None = None


class Readers:
    """Patients and families: each name and phone once, drawn apart from the simulation."""

    def __init__(self, words: dict[str, Any], seed: int) -> None:
        self._chance = random.Random(seed)
        self._names = {
            sex: [
                f"{first} {last}"
                for first in words[f"reader_first_{sex}"]
                for last in words["reader_last"]
            ]
            for sex in "fm"
        }
        for names in self._names.values():
            self._chance.shuffle(names)
        self._phones = self._chance.sample(range(10**7), 2000)

    def likely(self, share: float) -> bool:
        """True so often."""
        return self._chance.random() < share

    def name(self, sex: str) -> str:
        """A name nobody else bears."""
        return self._names[sex].pop()

    def phone(self) -> str:
        """A number nobody else has."""
        return f"0857 7{self._phones.pop():07d}"

    def bed(self) -> str:
        """Room and bed."""
        room, side = self._chance.randrange(101, 499), self._chance.choice("ABCD")
        return f"K{room}-{side}{self._chance.randrange(1, 10)}"


@dataclass(slots=True)
class World:
    """The state of the simulation and the rows it has made."""

    house: ProfileFacts
    chance: random.Random
    words: dict[str, Any]
    zone: Any
    first: date
    now: datetime
    people: list[Person] = field(default_factory=list)
    by_category: dict[str, list[Person]] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    out: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The open loan of each copy that is out."""
    rows: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)
    calendar: calendar.Calendar | None = None
    readers: Readers | None = None

    @property
    def today(self) -> date:
        """The day on which the two years end."""
        return self.now.date()

    def add(self, record: type[Any], **values: Any) -> int:
        """Keep a row for the bulk insert and give it the next id."""
        listed = self.rows.setdefault(record, [])
        listed.append({"id": len(listed) + 1, **values})
        return len(listed)

    def welcome(self, person: Person) -> None:
        """Somebody more who borrows: the people stand in the order of their ids."""
        self.people.append(person)
        self.by_category.setdefault(person.category, []).append(person)

    def at(self, day: date, hour: int) -> datetime:
        """A local moment of a day."""
        minute = time(hour, self.chance.randrange(60), self.chance.randrange(60))
        return datetime.combine(day, minute, tzinfo=self.zone)


def person_name(world: World, sex: str) -> str:
    """An invented name."""
    first = world.chance.choice(world.words[f"first_names_{sex}"])
    return f"{first} {world.chance.choice(world.words['last_names'])}"


def some_day(world: World) -> date:
    """An open day of the two years."""
    day = world.first + timedelta(days=world.chance.randrange(DAYS))
    assert world.calendar is not None
    return min(world.calendar.next_open(day), world.today)


def write(session: Session, world: World) -> None:
    """Put the rows of the world into the store; numbers go on behind them."""
    copies = max(copy.id for copy in world.copies)
    for record in (Patron, Consent, WardRound, RoundStop, Loan, Renewal, InHouseUse, Visit):
        listed = [dict(row) for row in world.rows[record]]
        session.execute(insert(record), listed)
    for series in ("barcode", "accession"):
        numbering.raise_to(session, series, copies)
    standing.join_all(session)
    numbering.raise_to(session, "patron", len(world.rows[Patron]))
    bulk.continue_sequences(session.connection())
