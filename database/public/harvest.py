"""Titles in the order of their numbers with the moment of their last change, for whoever keeps a
copy of the catalogue. A title that was struck stays in this list, as struck: no row is ever
deleted, so what once was handed out can always be called back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from database.description.marc import Record, stored
from database.engine.rows import row_of
from database.public.titles import shown
from database.schema import Biblio

_STAMP = func.coalesce(Biblio.cancelled_at, Biblio.updated_at)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which titles: changed between two moments (both included), of one kind."""

    since: datetime | None = None
    until: datetime | None = None
    material: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A title in the list; `marc` is its record as kept."""

    id: int
    stamp: datetime
    struck: bool
    material: str
    title: str
    marc: str

    @property
    def record(self) -> Record:
        """What anybody may see of its record; of one broken in the store the title alone."""
        return shown(stored(self.marc, self.title)[0])


_ROWS: Any = select(
    Biblio.id,
    _STAMP.label("stamp"),
    Biblio.cancelled_at.is_not(None).label("struck"),
    Biblio.material,
    Biblio.title,
    Biblio.marc,
)


def page(session: Session, wanted: Wanted, after: int, length: int) -> list[Row]:
    """The next titles after the number `after`."""
    rows = session.execute(
        _narrow(_ROWS, wanted).where(Biblio.id > after).order_by(Biblio.id).limit(length)
    )
    return [row_of(Row, one) for one in rows]


def count(session: Session, wanted: Wanted) -> int:
    """How many titles the list has."""
    asked = _narrow(select(func.count()).select_from(Biblio), wanted)
    found: int = session.execute(asked).scalar_one()
    return found


def one(session: Session, number: int) -> Row | None:
    """One title, struck or not; None where there never was one."""
    row = session.execute(_ROWS.where(Biblio.id == number)).one_or_none()
    return row_of(Row, row) if row is not None else None


def earliest(session: Session) -> datetime | None:
    """The earliest moment of change; None where there is no title."""
    found: datetime | None = session.execute(select(func.min(_STAMP))).scalar()
    return found


def materials(session: Session) -> list[str]:
    """The kinds there are."""
    rows = session.execute(select(Biblio.material).distinct().order_by(Biblio.material))
    return list(rows.scalars())


def _narrow(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.since is not None:
        asked = asked.where(wanted.since <= _STAMP)
    if wanted.until is not None:
        asked = asked.where(wanted.until >= _STAMP)
    return asked.where(Biblio.material == wanted.material) if wanted.material else asked
