"""What would become of each record of some files: new, matched with a title, or refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.description.callnumber import PLAIN, Style
from database.description.described import Described
from database.engine import pausing
from database.engine.among import among
from database.imports import reader
from database.imports.reader import Planned
from database.schema import Biblio, BiblioIdentifier

Report = Callable[[int, int], None]


class Matched(StrEnum):
    """What to do with a record whose title stands already."""

    ADD = "add"
    """Keep the title as it is; copies that come along join it."""
    OVERLAY = "overlay"
    """Describe the title anew by the record; its own call number stays, copies join it."""
    SKIP = "skip"
    """Leave the record and its copies out."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A record (or one copy of a taken record) left out, and why; `partly`: taken as far as
    it could be saved."""

    file: str
    position: int
    reason: str
    detail: str = ""
    partly: bool = False


@dataclass(slots=True)
class Result:
    """read = added + matched + len(refused); `overlaid` of the matched were described anew,
    `mended` are those taken of which only a part could be saved."""

    read: int = 0
    added: int = 0
    matched: int = 0
    overlaid: int = 0
    mended: list[NotTaken] = field(default_factory=list)
    line: int = 0
    refused: list[NotTaken] = field(default_factory=list)
    items: int = 0
    items_refused: list[NotTaken] = field(default_factory=list)


def plan(
    session: Session,
    files: Sequence[Path],
    *,
    with_items: bool,
    style: Style = PLAIN,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[list[Planned]]:
    """What would become of every record, a chunk at a time; nothing is written here.

    New titles of a chunk must be stored before the next chunk is asked for, or later
    records cannot be matched with them; `run` does, a preview remembers their keys.
    """
    total = sum(map(reader.size, files)) or 1
    pace = pausing.Pace(session, most=reader.CHUNK)
    with contextlib.closing(reader.chunks(files, with_items=with_items, style=style)) as read:
        for chunk, done in read:
            for part in pace.parts(chunk):
                if cancelled():
                    raise pausing.Cancelled
                classify(session, part)
                yield part
            report(done, total)


# --- matching -----------------------------------------------------------------------


# Each by one index alone. A condition on `cancelled_at` or a join would let PostgreSQL, which
# has no statistics of a table that grows within the transaction, read it whole every time.
_BY_NUMBER = select(
    BiblioIdentifier.kind, BiblioIdentifier.value, BiblioIdentifier.biblio_id
).where(among(BiblioIdentifier.value, "numbers"))
_TITLES = select(Biblio.id, Biblio.title_key, Biblio.cancelled_at).where(among(Biblio.id, "ids"))
_BY_KEY = select(Biblio.match_key, Biblio.id, Biblio.cancelled_at).where(
    among(Biblio.match_key, "keys")
)


def _known_numbers(
    session: Session, listed: Sequence[Planned]
) -> dict[tuple[str, str], list[tuple[Any, str]]]:
    """The titles that stand under each number of some records: (id, folded title)."""
    wanted = {value for one in listed if one.described for _, value in one.described.identifiers}
    hits = session.execute(_BY_NUMBER, {"numbers": sorted(wanted)}).all() if wanted else []
    ids = sorted({hit.biblio_id for hit in hits})
    rows = session.execute(_TITLES, {"ids": ids}) if ids else ()
    titles = {row.id: row.title_key for row in rows if row.cancelled_at is None}
    numbers: dict[tuple[str, str], list[tuple[Any, str]]] = {}
    for kind, value, biblio_id in hits:
        if biblio_id in titles:
            numbers.setdefault((kind, value), []).append((biblio_id, titles[biblio_id]))
    return numbers


def _known_keys(session: Session, listed: Sequence[Planned]) -> dict[str, Any]:
    """The titles that stand with the author, title, year and edition of some records."""
    wanted = [key for one in listed if one.described and (key := one.described.strong_key)]
    if not wanted:
        return {}
    rows = session.execute(_BY_KEY, {"keys": wanted})
    return {row.match_key: row.id for row in rows if row.cancelled_at is None}


def classify(session: Session, chunk: list[Planned]) -> None:
    """Find for each record the title it repeats, in the library or earlier in the chunk.

    The same control number counts only with the same title, an ISBN of a volume only
    with the same title (sets share one); else author, title, year and edition decide.
    """
    listed = [one for one in chunk if one.described is not None]
    numbers = _known_numbers(session, listed)
    keys = _known_keys(session, listed)
    for one in listed:
        told = one.described
        assert told is not None
        found = _match(told, numbers, keys)
        if found is not None:
            one.outcome = "matched"
            if isinstance(found, Planned):
                one.twin = found
            else:
                one.biblio_id = found
            continue
        for number in told.identifiers:
            numbers.setdefault(number, []).append((one, told.title_key))
        if told.strong_key:
            keys.setdefault(told.strong_key, one)


def _match(told: Described, numbers: Any, keys: Any) -> Any:
    for kind, value in told.identifiers:
        for found, title in numbers.get((kind, value), ()):
            same_title = title == told.title_key
            if same_title or (kind == "isbn" and not told.volume):
                return found
    return keys.get(told.strong_key) if told.strong_key else None
