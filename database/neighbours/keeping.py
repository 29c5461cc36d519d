"""What is kept of a neighbour's records: stored, changed, taken out, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from database import limits
from database.description import marc
from database.description.marc import Record
from database.description.projection import project
from database.engine.among import among
from database.neighbours import neighbours
from database.schema import NeighbourTitle
from database.search import indexing
from database.search.indexes import NEIGHBOURS
from database.search.indexing import Words

_NOT_TITLES = frozenset("zuvxywq")
"""Leader position 6 of authority, holdings, classification and community records."""


class Ready(NamedTuple):
    """A record that may be stored, made without the library; `marc` is "" of one that was deleted
    there."""

    identifier: str
    marc: str = ""
    title_words: str = ""
    other_words: str = ""


@dataclass(slots=True)
class Counted:
    """What became of the records of a harvest."""

    stored: int = 0
    deleted: int = 0
    unread: int = 0

    @property
    def met(self) -> int:
        """All of them."""
        return self.stored + self.deleted + self.unread


def ready(identifier: str, record: Record | None) -> Ready | None:
    """A record made ready; None for one that is no title or too long to be kept."""
    if record is None:
        return Ready(identifier)
    if record.leader[6:7] in _NOT_TITLES:
        return None
    facts = project(record)
    kept = marc.to_json(record)
    if not facts.title or len(kept.encode("utf-8", "replace")) > limits.HARVEST_RECORD.most:
        return None
    words = indexing.of_record(0, facts)
    return Ready(identifier, kept, words.title, words.other)


_KNOWN = select(NeighbourTitle.id, NeighbourTitle.identifier, NeighbourTitle.marc).where(
    NeighbourTitle.neighbour_id == bindparam("of"), among(NeighbourTitle.identifier, "listed")
)
_MET = update(NeighbourTitle).where(among(NeighbourTitle.id, "ids"))
_FRESH = insert(NeighbourTitle).returning(NeighbourTitle.id, sort_by_parameter_order=True)


def store(session: Session, of: int, turn: int, records: Iterable[Ready]) -> Counted:
    """Keep some records of the neighbour `of`, met in its harvest `turn`: the last word of each
    counts, and one that stands as it was costs no more than that it was met."""
    last = {one.identifier: one for one in records}
    known = {
        identifier: (number, kept)
        for number, identifier, kept in session.execute(_KNOWN, {"of": of, "listed": sorted(last)})
    }
    same = [known[one.identifier][0] for one in last.values() if _stands(one, known)]
    if same:
        session.execute(_MET.values(round=turn), {"ids": same})
    changed = [one for one in last.values() if not _stands(one, known)]
    neighbours.drop(
        session, [known[one.identifier][0] for one in changed if one.identifier in known]
    )
    fresh = [one for one in changed if one.marc]
    if fresh:
        rows = [
            {"neighbour_id": of, "identifier": one.identifier, "marc": one.marc, "round": turn}
            for one in fresh
        ]
        ids = session.execute(_FRESH, rows).scalars().all()
        listed = [
            Words(number, one.title_words, one.other_words)
            for number, one in zip(ids, fresh, strict=True)
        ]
        indexing.index(session.connection(), listed, fresh=True, into=NEIGHBOURS)
    return Counted(len(same) + len(fresh), len(changed) - len(fresh))


def _stands(one: Ready, known: dict[str, tuple[int, str]]) -> bool:
    """Whether it is kept word for word."""
    return bool(one.marc) and known.get(one.identifier, (0, ""))[1] == one.marc
