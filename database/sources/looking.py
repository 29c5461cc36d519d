"""What the files somebody wants to bring in are, told by their content: a file's parts (a sheet, a
table of another program, its records), each with what its rows are.

"Records of MARC", "export of titles from SLiMS, 490 rows, separator ;", "list of people with a
letterhead, on the second sheet". A file that holds nothing for a library is told with the
reason, never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import Any

from database import limits
from database.exchange import found
from database.exchange.file_format import Format
from database.refusal import Reason, Refusal
from database.sources import people, programs, shapes, titles
from database.sources.fields import Kind
from database.sources.kept import Kept
from database.sources.table import Table
from database.sources.titles import Told
from database.text.own_values import OwnRow

RECORDS, DATABASE = "records", "database"
TITLES, PEOPLE, DESK = "titles", "people", "desk"
"""What a database is asked for: each reads of it what it needs."""
_MOST_FILES = limits.FILES.most
_SKIPPED = frozenset({".jpg", ".jpeg", ".png", ".gif", ".pdf", ".epub", ".mobi", ".opf", ".db-wal",
                      ".db-shm", ".json-journal"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody decided otherwise of a part: its kind, and the fields of its columns."""

    kind: Kind | None = None
    fields: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file. `what` is RECORDS, DATABASE, a Kind, or "" for a table of which nobody
    knows what it is. `shape` names the program or format; `table` is there for cells, and
    `counts` says how many of what a database holds."""

    path: Path
    what: str
    shape: str
    rows: int
    sheet: str = ""
    table: Table | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    chosen: Chosen = Chosen()

    @property
    def holds_titles(self) -> bool:
        """Whether titles or copies come out of it."""
        kinds = (RECORDS, Kind.TITLES, Kind.ITEMS, Kind.ISBNS)
        return self.what in kinds or (
            self.what == DATABASE and bool(self.counts.keys() & {"titles", "copies"})
        )

    def knowing(self, own: Sequence[OwnRow]) -> Part:
        """The same part for a library that declared these fields itself."""
        return replace(self, table=self.table.knowing(own)) if self.table is not None else self

    def decided(self, chosen: Chosen) -> Part:
        """The same part, meant otherwise."""
        assert self.table is not None
        table = self.table.mapped(dict(chosen.fields), chosen.kind)
        return replace(self, what=table.kind or "", table=table, chosen=chosen)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file and its parts; `refusal` where it has none that can be read."""

    path: Path
    format: str
    parts: tuple[Part, ...]
    refusal: Refusal | None = None


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files chosen, and those of the folders chosen; pictures and the like of a folder are
    no lists. Raises Refusal FILE_MISSING, FOLDER_TOO_FULL."""
    listed: list[Path] = []
    for path in paths:
        if not path.is_dir():
            listed.append(path)
            continue
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        listed += [
            one
            for one in inside
            if one.suffix.lower() not in _SKIPPED and not one.name.startswith((".", "~$"))
        ]
    if len(listed) > _MOST_FILES:
        raise Refusal(Reason.FOLDER_TOO_FULL, count=len(listed), most=_MOST_FILES)
    return list(dict.fromkeys(listed))


def look(path: Path, cancelled: Callable[[], bool] = lambda: False) -> Looked:
    """What a file is. Raises Fault FILE_UNREADABLE."""
    format_: Format | None = None
    try:
        format_ = found.of_file(path)
        if format_ is None or not (format_.records or format_.sheets or format_.tables):
            kind = format_.name if format_ else ""
            raise Refusal(Reason.FILE_OF_OTHER_KIND, path=path.name, kind=kind, wanted="any")
        return Looked(path, format_.name, tuple(_parts(path, format_)))
    except Refusal as refusal:
        return Looked(path, format_.name if format_ else "", (), refusal)


def _parts(path: Path, format_: Format) -> Iterator[Part]:
    if format_.records:
        yield Part(path, RECORDS, format_.name, 0)
    elif format_.tables:
        yield _database(path)
    else:
        sheets = found.sheets_of(path)
        for sheet in sheets:
            table = shapes.read(sheet)
            name = sheet.name if len(sheets) > 1 else ""
            yield Part(path, table.kind or "", table.shape, len(table.rows), name, table)


def _database(path: Path) -> Part:
    """Raises Refusal DATABASE_UNKNOWN."""
    counts: dict[str, int] = {}
    for name, _row in found.tables_of(path):
        counts[name] = counts.get(name, 0) + 1
    for name, program in programs.PROGRAMS.items():
        if program.is_one(counts):
            return Part(
                path, DATABASE, name, sum(counts.values()), counts=programs.told(name, counts)
            )
    raise Refusal(Reason.DATABASE_UNKNOWN, path=path.name)


def kept(part: Part, use: str, stopped: Event | None = None) -> Kept:
    """The database of a part, held aside to be asked for one use (TITLES, PEOPLE, DESK). Close
    it. What is `stopped` meanwhile is not read to its end."""
    program: Any = programs.PROGRAMS[part.shape]
    keys: Mapping[str, str] = program.KEYS
    if hasattr(program, "needed"):
        needed = program.needed(use, part.counts)
        keys = {name: mark for name, mark in keys.items() if name in needed}
    held = Kept(keys)
    rows = found.tables_of(part.path)
    held.fill(rows if stopped is None else takewhile(lambda _row: not stopped.is_set(), rows))
    return held


def titles_of(part: Part, today: date) -> Iterator[Told]:
    """The titles of a part that is no records."""
    if part.what == DATABASE:
        held = kept(part, TITLES)
        try:
            yield from programs.PROGRAMS[part.shape].titles_of(held, today)
        finally:
            held.close()
    elif part.table is not None:
        yield from titles.of_table(part.table, today)


def people_of(part: Part, held: Kept | None = None) -> list[people.Row]:
    """The people of a part."""
    if held is not None:
        program: Any = programs.PROGRAMS[part.shape]
        return people.of_database(program.people_of(held)) if hasattr(program, "people_of") else []
    listed = part.table if part.what == Kind.PATRONS else None
    return people.of_table(listed) if listed is not None else []
