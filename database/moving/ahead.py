"""What an import would do, said before it is done: nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

from sqlalchemy.orm import Session

from database.engine import pausing
from database.imports import preview
from database.imports.plan import Decided, Matched
from database.imports.preview import Preview
from database.moving import people
from database.patrons import rotation
from database.patrons.rotation import Common, Line
from database.sources import looking
from database.sources.fields import Kind
from database.sources.kept import Kept
from database.sources.looking import DATABASE, Part
from database.sources.people import Row
from database.text.words import key

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decided of an import. `kinds` are our codes for kinds of other programs (none:
    a kind of that name is made); `people`, `desk`: whether they come in too."""

    items: bool = True
    matched: Matched = Matched.ADD
    decided: Decided = field(default_factory=dict)
    people: bool = True
    desk: bool = True
    common: Common = field(default_factory=Common)
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class PeopleOf:
    """The people of a part, what becomes of each line, and the kinds it names that are new."""

    part: Part
    lines: list[Line]
    doubts: dict[int, tuple[str, ...]]
    kinds: list[str]
    unfit: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By line, what one of the library's own fields cannot hold."""


@dataclass(slots=True)
class Ahead:
    """What would happen."""

    titles: Preview
    people: list[PeopleOf]


def look_ahead(
    session: Session,
    parts: Sequence[Part],
    wanted: Wanted,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Ahead:
    """What `bring` would do of titles and people; nothing is written. Raises Cancelled."""
    books = [part for part in parts if part.holds_titles]
    seen = (
        preview.preview(
            session,
            books,
            with_items=wanted.items,
            report=report,
            cancelled=cancelled,
            decided=wanted.decided,
        )
        if books
        else Preview()
    )
    found = []
    for part in parts if wanted.people else ():
        with held_of(session, part, looking.PEOPLE) as held:
            rows = rows_of(part, held)
        if rows:
            told = _as_known(session, rows, wanted)
            lines = rotation.plan_rows(session, told, wanted.common)
            found.append(of(part, rows, lines, people.unknown(session, rows), wanted))
    return Ahead(seen, found)


def _as_known(session: Session, rows: list[Row], wanted: Wanted) -> list[Row]:
    """Rows whose kind is to be made count as of a kind there is, which they will have."""
    standing = people.kinds(session)
    some = wanted.common.category or next(iter(standing.values()), "")
    new = people.unknown(session, rows)
    codes = standing | {key(one): wanted.kinds.get(one) or some for one in new}
    return people.named(rows, codes)


def of(
    part: Part, rows: Sequence[Row], lines: list[Line], kinds: list[str], wanted: Wanted
) -> PeopleOf:
    doubts = {row.position: row.doubts for row in rows if row.doubts}
    unfit = {row.position: row.unfit for row in rows if row.unfit}
    kinds = [one for one in kinds if one not in wanted.kinds]
    return PeopleOf(part, lines, doubts, kinds, unfit)


@contextmanager
def held_of(session: Session, part: Part, use: str) -> Iterator[Kept | None]:
    """The database of a part as it is asked for `use` (looking.PEOPLE, DESK), None where it is no
    database. Reading it takes long, and nobody waits for us meanwhile."""
    if part.what != DATABASE:
        yield None
        return
    pausing.let_go(session)
    held = looking.kept(part, use)
    try:
        yield held
    finally:
        held.close()


class Beforehand:
    """The databases of some parts, read by a thread of their own while the titles come in: the
    reader of titles is another process, and most of what is done here is waiting for it."""

    def __init__(self, parts: Sequence[Part], use: str) -> None:
        self._pool, self._stopped = ThreadPoolExecutor(1), Event()
        self._coming = {
            id(part): self._pool.submit(looking.kept, part, use, self._stopped)
            for part in parts
            if part.what == DATABASE
        }

    def __enter__(self) -> Beforehand:
        return self

    def __exit__(self, *_about: object) -> None:
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)
        for coming in self._coming.values():
            if not coming.cancelled() and coming.exception() is None:
                coming.result().close()

    def of(self, session: Session, part: Part) -> Kept | None:
        """The database of a part, None where it is none; closed with this. Nobody waits for us
        while it is still read. Raises Fault FILE_UNREADABLE."""
        coming = self._coming.get(id(part))
        if coming is None:
            return None
        pausing.let_go(session)
        return coming.result()


def rows_of(part: Part, held: Kept | None) -> list[Row]:
    if held is None and part.what != Kind.PATRONS:
        return []
    return looking.people_of(part, held)
