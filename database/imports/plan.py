"""What would become of each record of some files: new, matched with a title, or refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.description.callnumber import PLAIN, Style
from database.description.described import Described
from database.description.same_title import may_be_same
from database.engine import pausing
from database.engine.among import among
from database.imports import by_words, reader
from database.imports.by_words import Standing
from database.imports.planned import Planned, Source, size
from database.schema import Biblio, BiblioIdentifier
from database.text.words import key

Report = Callable[[int, int], None]


class Matched(StrEnum):
    """What to do with a record whose title stands already."""

    ADD = "add"
    """Keep the title as it is; copies that come along join it."""
    OVERLAY = "overlay"
    """Describe the title anew by the record; its own call number stays, copies join it."""
    SKIP = "skip"
    """Leave the record and its copies out."""


class Decision(StrEnum):
    """What was decided of one record, whatever `Matched` says of all."""

    ADD = "add"
    OVERLAY = "overlay"
    SKIP = "skip"
    """Leave it out, whether its title stands or not."""
    NEW = "new"
    """A title of its own, whatever it was matched with."""


Decided = Mapping[tuple[str, int], Decision]
"""By the name of a file and the position of a record in it. Where nothing was matched, ADD and
OVERLAY join the title that has the same ISBN under another name, if there is one."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A record (or one copy of a taken record) left out, and why; `partly`: taken, whole or as
    far as it could be saved."""

    file: str
    position: int
    reason: str
    detail: str = ""
    partly: bool = False


@dataclass(slots=True)
class Result:
    """read = added + matched + len(refused); `overlaid` of the matched were described anew,
    `mended` are those taken of which only a part could be saved, `doubtful` what was taken
    whole, records and copies, and is to be looked at."""

    read: int = 0
    added: int = 0
    matched: int = 0
    overlaid: int = 0
    mended: list[NotTaken] = field(default_factory=list)
    line: int = 0
    refused: list[NotTaken] = field(default_factory=list)
    items: int = 0
    items_completed: int = 0
    """Copies that stood already and were told more of by a list of copies."""
    items_refused: list[NotTaken] = field(default_factory=list)
    doubtful: list[NotTaken] = field(default_factory=list)


class Earlier(Protocol):
    """New titles of earlier chunks, where they are not stored: a preview's."""

    def numbered(self, wanted: set[tuple[str, str]]) -> list[tuple[str, str, str]]:
        """(kind, number, title) of those that have one of the numbers."""

    def keyed(self, wanted: set[str]) -> dict[str, str]:
        """The titles that have one of the strong keys, by key."""

    def worded(self, wanted: set[str]) -> list[tuple[str, by_words.Worded]]:
        """The titles that have one of these words as their folded title."""


def plan(
    session: Session,
    files: Sequence[Source],
    *,
    with_items: bool,
    style: Style = PLAIN,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    decided: Decided | None = None,
    earlier: Earlier | None = None,
    waiting: Callable[[], object] = lambda: None,
) -> Iterator[list[Planned]]:
    """What would become of every record, a chunk at a time; nothing is written here. `waiting()`
    is called before the files are asked for more, which may take long.

    New titles of a chunk must be stored before the next chunk is asked for, or be among those
    `earlier` knows, or later records cannot be matched with them.
    """
    total = sum(map(size, files)) or 1
    pace = pausing.Pace(session, most=reader.CHUNK)
    with contextlib.closing(reader.chunks(files, with_items=with_items, style=style)) as read:
        for chunk, done in _each(read, waiting):
            for part in pace.parts(chunk):
                if cancelled():
                    raise pausing.Cancelled
                classify(session, part, decided or {}, earlier)
                yield part
            report(done, total)


def _each(read: Iterator[reader.Chunk], waiting: Callable[[], object]) -> Iterator[reader.Chunk]:
    while True:
        waiting()
        chunk = next(read, None)
        if chunk is None:
            return
        yield chunk


# --- matching -----------------------------------------------------------------------


# Each by one index alone. A condition on `cancelled_at` or a join would let PostgreSQL, which
# has no statistics of a table that grows within the transaction, read it whole every time.
_BY_NUMBER = select(
    BiblioIdentifier.kind, BiblioIdentifier.value, BiblioIdentifier.biblio_id
).where(among(BiblioIdentifier.value, "numbers"))
_TITLES = select(Biblio.id, Biblio.title, Biblio.cancelled_at).where(among(Biblio.id, "ids"))
_BY_KEY = select(Biblio.match_key, Biblio.id, Biblio.title, Biblio.cancelled_at).where(
    among(Biblio.match_key, "keys")
)
_Numbers = dict[tuple[str, str], list[Standing]]


def _known_numbers(
    session: Session, listed: Sequence[Planned], earlier: Earlier | None
) -> _Numbers:
    """The titles that stand under each number of some records."""
    wanted = {number for one in listed if one.described for number in one.described.identifiers}
    if not wanted:
        return {}
    values = sorted({value for _, value in wanted})
    hits = session.execute(_BY_NUMBER, {"numbers": values}).all()
    ids = sorted({hit.biblio_id for hit in hits})
    rows = session.execute(_TITLES, {"ids": ids}) if ids else ()
    titles = {row.id: row.title for row in rows if row.cancelled_at is None}
    numbers: _Numbers = {}
    for kind, value, biblio_id in hits:
        if biblio_id in titles:
            found = Standing(titles[biblio_id], biblio_id)
            numbers.setdefault((kind, value), []).append(found)
    for kind, value, title in earlier.numbered(wanted) if earlier else ():
        numbers.setdefault((kind, value), []).append(Standing(title))
    return numbers


def _known_keys(
    session: Session, listed: Sequence[Planned], earlier: Earlier | None
) -> dict[str, Standing]:
    """The titles that stand with the author, title, year and edition of some records."""
    wanted = {key for one in listed if one.described and (key := one.described.strong_key)}
    if not wanted:
        return {}
    rows = session.execute(_BY_KEY, {"keys": sorted(wanted)})
    before = earlier.keyed(wanted) if earlier else {}
    stored = {
        row.match_key: Standing(row.title, row.id) for row in rows if row.cancelled_at is None
    }
    return {key: Standing(title) for key, title in before.items()} | stored


def classify(
    session: Session,
    chunk: list[Planned],
    decided: Decided | None = None,
    earlier: Earlier | None = None,
) -> None:
    """Find for each record the title it repeats, in the library or earlier in the chunk.

    The same number counts only with a title that may be the same: an ISBN with one that differs
    plainly is a new title, and told; a control number, and an ISBN of a volume (sets share one),
    only with the very same. Else author, title, year and edition decide; and before all, what
    was decided of that record.
    """
    listed = [one for one in chunk if one.described is not None]
    numbers = _known_numbers(session, listed, earlier)
    keys = _known_keys(session, listed, earlier)
    by_title = by_words.Titles(session, listed, earlier.worded if earlier else None)
    for one in listed:
        told = one.described
        assert told is not None
        found, other = _match(told, numbers, keys)
        if found is None and one.by_title:
            found = by_title.of(one)
        one.decided = (decided or {}).get((one.file, one.position), "")
        found = _decided(one.decided, found, other)
        if found is None and one.decided == Decision.SKIP:
            one.outcome, one.reason = "refused", "decided"
            continue
        if found is not None:
            one.outcome, one.joined = "matched", found.title
            one.biblio_id, one.twin = found.biblio_id, found.twin
            continue
        if one.by_title:
            one.doubts.insert(0, ("title_made", ""))
        if other is not None:
            one.doubts.insert(0, ("isbn_other_title", other.title))
        by_title.meet(one)
        _meet(one, told, numbers, keys)


def _meet(one: Planned, told: Described, numbers: _Numbers, keys: dict[str, Standing]) -> None:
    """A new title, which records further on in the chunk may repeat."""
    standing = Standing(told.title, twin=one)
    for number in told.identifiers:
        numbers.setdefault(number, []).append(standing)
    if told.strong_key:
        keys.setdefault(told.strong_key, standing)


def _decided(how: str, found: Standing | None, other: Standing | None) -> Standing | None:
    """The title a record joins, where somebody decided of it."""
    if how == Decision.NEW:
        return None
    return found or other if how else found


def _match(
    told: Described, numbers: _Numbers, keys: dict[str, Standing]
) -> tuple[Standing | None, Standing | None]:
    """The title a record repeats; and one that has its ISBN and is plainly another."""
    other = likely = None
    for kind, value in told.identifiers:
        for found in numbers.get((kind, value), ()):
            if key(found.title) == key(told.title):
                return found, None
            if kind != "isbn":
                continue
            if not told.volume and may_be_same(told.title, found.title):
                likely = likely or found
            else:
                other = other or found
    if likely is None and told.strong_key:
        likely = keys.get(told.strong_key)
    return likely, other if likely is None else None
