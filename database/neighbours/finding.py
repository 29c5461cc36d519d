"""Titles of neighbours that the words of a search find, as ours are found: any order, prefixes,
word forms, other names, one slip of the finger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Result, select
from sqlalchemy.orm import Session

from database.catalogue import elsewhere
from database.catalogue.elsewhere import MOST, Elsewhere
from database.description import marc
from database.engine.among import among
from database.schema import Neighbour, NeighbourTitle
from database.search import search
from database.search.indexes import NEIGHBOURS

COUNTED = 200
_ANY = select(NeighbourTitle.id).limit(1)
_NAMES = (
    select(NeighbourTitle.id, Neighbour.name)
    .join(Neighbour, Neighbour.id == NeighbourTitle.neighbour_id)
    .where(among(NeighbourTitle.id, "ids"), Neighbour.removed_at.is_(None))
)
_RECORDS = select(NeighbourTitle.id, NeighbourTitle.marc).where(among(NeighbourTitle.id, "ids"))


@dataclass(frozen=True, slots=True)
class Beside:
    """How many titles of each neighbour were found, the most first, counted up to a bound."""

    libraries: tuple[tuple[str, int], ...] = ()
    bounded: bool = False

    @property
    def count(self) -> int:
        """Of all of them."""
        return sum(count for _name, count in self.libraries)


def beside(session: Session, words: str) -> Beside:
    """What neighbours have for the words of a search."""
    names, bounded = _names(session, words)
    counts = Counter(names.values())
    return Beside(tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))), bounded)


def find(session: Session, words: str, most: int = MOST) -> list[Elsewhere]:
    """The best of them, at `most` of each library, each with its name."""
    names, _bounded = _names(session, words)
    taken: Counter[str] = Counter()
    first = []
    for number, name in names.items():
        taken[name] += 1
        first += [number] if taken[name] <= most else []
    kept = _pairs(session.execute(_RECORDS, {"ids": first}))
    found = []
    for number in first:
        record = marc.from_json(kept[number])
        found += elsewhere.told(session, names[number], [record])
    return found


def _names(session: Session, words: str) -> tuple[Mapping[int, str], bool]:
    """The titles found and whose they are, the best first; whether there may be more."""
    if session.execute(_ANY).first() is None:
        return {}, False
    ids = search.matches(session, words, COUNTED, MOST, NEIGHBOURS).ids
    names = _pairs(session.execute(_NAMES, {"ids": ids}))
    return {one: names[one] for one in ids if one in names}, len(ids) >= COUNTED


def _pairs(rows: Result[*tuple[Any, ...]]) -> dict[int, str]:
    return {number: told for number, told in rows}  # noqa: C416 - the rows are no pairs to mypy
