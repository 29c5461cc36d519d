"""Which neighbours there are: partners whose catalogues are kept, how each is reached, and what is
kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine import bulk, pausing
from database.engine.rows import row_of
from database.refusal import Reason, Refusal
from database.schema import Neighbour, NeighbourTitle, NeighbourVocabulary, RegisterEntry
from database.search import indexing
from database.search.indexes import NEIGHBOURS

OAI, FILE = "oai", "file"
_LONGEST = 200
_PIECE = 200
_REGISTERS = ("cooperation", "interlibrary")


@dataclass(frozen=True, slots=True)
class Row:
    """A neighbour as it is listed; `kind` is OAI or FILE, `part` the set that is harvested."""

    id: int
    name: str
    kind: str
    address: str
    part: str
    titles: int
    harvested_at: datetime | None
    resume: str

    @property
    def unfinished(self) -> bool:
        """Whether its last harvest was broken off, to be gone on with."""
        return bool(self.resume)


_ROWS = select(
    Neighbour.id,
    Neighbour.name,
    Neighbour.kind,
    Neighbour.address,
    Neighbour.part,
    Neighbour.titles,
    Neighbour.harvested_at,
    Neighbour.resume,
).where(Neighbour.removed_at.is_(None))


def listed(session: Session) -> list[Row]:
    """Every neighbour, by name."""
    rows = session.execute(_ROWS.order_by(Neighbour.name, Neighbour.id))
    return [row_of(Row, one) for one in rows]


def one(session: Session, number: int) -> Row:
    """One that is there. Raises Refusal RECORD_GONE."""
    found = session.execute(_ROWS.where(Neighbour.id == number)).one_or_none()
    if found is None:
        raise Refusal(Reason.RECORD_GONE)
    return row_of(Row, found)


def partners(session: Session) -> list[str]:
    """Partners that the registers name, those with an agreement first: what a neighbour is called,
    a request for a loan is sent to."""
    found: dict[str, None] = {}
    for register in _REGISTERS:
        asked = select(RegisterEntry.partner).where(
            RegisterEntry.register == register,
            RegisterEntry.partner != "",
            RegisterEntry.cancelled_at.is_(None),
        )
        found |= dict.fromkeys(session.execute(asked.distinct().order_by("partner")).scalars())
    return list(found)


def add(session: Session, name: str, kind: str, address: str, part: str, now: datetime) -> int:
    """Keep a neighbour; nothing of its catalogue is there yet, nor a file named. Returns its id.

    Raises Refusal VALUE_INVALID with the field, NAME_TAKEN.
    """
    called, where, some = name.strip(), address.strip(), part.strip()
    if not 0 < len(called) <= _LONGEST:
        raise Refusal(Reason.VALUE_INVALID, field="name")
    reached = where.startswith(("http://", "https://")) or kind == FILE
    if not reached or len(where) > 10 * _LONGEST:
        raise Refusal(Reason.VALUE_INVALID, field="address")
    if len(some) > _LONGEST:
        raise Refusal(Reason.VALUE_INVALID, field="part")
    if called.casefold() in {row.name.casefold() for row in listed(session)}:
        raise Refusal(Reason.NAME_TAKEN, name=called)
    number: int = session.execute(
        insert(Neighbour)
        .values(
            name=called, kind=kind, address=where, part=some, since="", begun="", resume="",
            round=0, titles=0, created_at=now,
        )
        .returning(Neighbour.id)
    ).scalar_one()  # fmt: skip
    journal.write(session, "neighbour.added", "Neighbour", number, now, name=called)
    return number


def remove(session: Session, number: int, now: datetime) -> int:
    """Take a neighbour away with all that is kept of it, in pieces: from the first on it is found
    no more. Returns the journal line. Raises Refusal RECORD_GONE."""
    row = one(session, number)
    line = journal.write(session, "neighbour.removed", "Neighbour", number, now, name=row.name)
    session.execute(update(Neighbour).where(Neighbour.id == number).values(removed_at=now))
    sweep(session)
    return line


def sweep(session: Session) -> None:
    """What is still kept of neighbours on their way out, also where the program was ended before
    it was all gone."""
    gone = select(Neighbour.id).where(Neighbour.removed_at.is_not(None))
    for number in list(session.execute(gone).scalars()):
        titles = select(NeighbourTitle.id).where(NeighbourTitle.neighbour_id == number)
        while ids := list(session.execute(titles.limit(_PIECE)).scalars()):
            drop(session, ids)
            pausing.pause(session)
        session.execute(delete(Neighbour).where(Neighbour.id == number))


def take_along(old: Session, new: Session) -> None:
    """All of them into a library that has none: what is handed out of a library holds nothing of
    theirs, and one that moves keeps them."""
    connection = new.connection()
    for record in (Neighbour, NeighbourTitle, NeighbourVocabulary):
        table = record.__table__
        assert isinstance(table, Table)
        rows = old.execute(
            select(table).order_by(*table.primary_key), execution_options={"yield_per": _PIECE}
        )
        bulk.fill(connection, table, (tuple(row) for row in rows))
    bulk.continue_sequences(connection, Neighbour, NeighbourTitle)
    indexing.reindex(connection, (NEIGHBOURS,))


def drop(session: Session, ids: list[int]) -> None:
    """Some titles, and the words they are found by."""
    if ids:
        indexing.drop(session.connection(), ids, NEIGHBOURS)
        session.execute(delete(NeighbourTitle).where(NeighbourTitle.id.in_(ids)))
