"""The folder that a whole library is written into: what lies where, what its list of contents
says, and how a row is one line of JSON.

A row is an object with every column of its table: numbers as numbers, days and times as ISO 8601
(instants in UTC), bytes as base64, nothing as null. The same rows make the same lines on either
engine.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.types import TypeDecorator, TypeEngine

from database import limits
from database.engine.pausing import Cancelled
from database.schema import (
    AttachmentContent,
    Base,
    Neighbour,
    NeighbourTitle,
    NeighbourVocabulary,
)

TABLES, CONTENTS, FILES = "selasar", "selasar/meta.json", "berkas"
TITLES, PAGE = "katalog.xml", "BACA-SAYA.html"
FORMAT, LAYOUT = "selasar-export", 1
LONGEST = limits.EXPORT_LINE.most
"""Bytes a line may have; the longest is a picture."""
FILE_NAME = re.compile(r"berkas/([0-9a-f]{2})/(\1[0-9a-f]{62})(\.[a-z0-9]{1,5})?")
_LARGEST_CONTENTS = limits.EXPORT_CONTENTS.most

Report = Callable[[int, int], object]
Cancel = Callable[[], bool]


class Steps:
    """Progress of long work, and whether somebody stopped it."""

    def __init__(self, total: int, report: Report, cancelled: Cancel) -> None:
        self._done, self._total, self._report, self._cancelled = 0, total, report, cancelled

    def add(self, amount: int) -> None:
        """So much more is done. Raises Cancelled."""
        self._done += amount
        self._report(min(self._done, self._total), self._total)
        if self._cancelled():
            raise Cancelled


def tables() -> list[Table]:
    """Those written row by row, each after those it points at. What lies in files is written as
    files, on whichever engine; the catalogues of neighbours are theirs to hand out."""
    left = (AttachmentContent, Neighbour, NeighbourTitle, NeighbourVocabulary)
    names = {one.__tablename__ for one in left}
    return [table for table in Base.metadata.sorted_tables if table.name not in names]


def place_of(table: Table) -> str:
    """Where the rows of a table lie in the folder."""
    return f"{TABLES}/{table.name}.jsonl"


def sha256_of(path: Path) -> str:
    """The hash of a file's content. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- the list of contents


@dataclass(frozen=True, slots=True)
class Contents:
    """What `CONTENTS` says: the program and the version of the tables that wrote the folder, how
    many rows each table has, and size and hash of each file. `missing` names files the library
    told of that were not there."""

    program: str
    schema: str
    made: str
    rows: dict[str, int]
    files: dict[str, tuple[int, str]]
    missing: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """As it is written; its own hash tells whether the list is whole."""
        told = {
            "format": FORMAT,
            "layout": LAYOUT,
            "program": self.program,
            "schema": self.schema,
            "made": self.made,
            "rows": self.rows,
            "files": {name: list(about) for name, about in sorted(self.files.items())},
            "missing": list(self.missing),
        }
        return json.dumps({**told, "seal": _seal(told)}, indent=1, ensure_ascii=False).encode()


def _seal(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def read_contents(folder: Path) -> tuple[Contents, int] | None:
    """The list of contents and its layout; None where there is none. Raises ValueError where it is
    damaged, OSError."""
    path = folder / CONTENTS
    if not path.is_file():
        return None
    if path.stat().st_size > _LARGEST_CONTENTS:
        raise ValueError(CONTENTS)
    try:
        told = json.loads(path.read_bytes())
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            return None
        if told.pop("seal", "") != _seal(told):
            raise ValueError(CONTENTS)
        rows = {str(name): int(count) for name, count in told["rows"].items()}
        files = {str(name): (int(size), str(sha)) for name, (size, sha) in told["files"].items()}
        missing = tuple(map(str, told["missing"]))
        program, schema, made = (str(told[name]) for name in ("program", "schema", "made"))
        return Contents(program, schema, made, rows, files, missing), int(told["layout"])
    except (TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(CONTENTS) from error


# --- rows as lines

_Form = Callable[[Any], Any]


def _python_type(of: TypeEngine[Any]) -> type:
    kind: type = of.impl_instance.python_type if isinstance(of, TypeDecorator) else of.python_type
    return kind


_OUT: dict[type, _Form] = {
    bytes: lambda value: base64.b64encode(value).decode(),
    datetime: lambda value: value.astimezone(UTC).isoformat(),
    date: date.isoformat,
    time: time.isoformat,
}


def line_writer(table: Table) -> Callable[[Sequence[Any]], bytes]:
    """Makes a row of a table, its values in the columns' order, one line."""
    names = [column.name for column in table.columns]
    forms = [_OUT.get(_python_type(column.type)) for column in table.columns]
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def write(row: Sequence[Any]) -> bytes:
        told = {
            name: value if value is None or form is None else form(value)
            for name, form, value in zip(names, forms, row, strict=True)
        }
        return dump(told).encode() + b"\n"

    return write


def _only(kind: type) -> _Form:
    def read(value: Any) -> Any:
        # bool is an int to Python, and neither is the other here.
        if type(value) is not kind:
            raise TypeError(kind.__name__)
        return value

    return read


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC)


def _bytes(value: Any) -> bytes:
    return base64.b64decode(value, validate=True)


_IN: dict[type, _Form] = {
    bytes: _bytes,
    datetime: _moment,
    date: date.fromisoformat,
    time: time.fromisoformat,
    **{kind: _only(kind) for kind in (str, int, bool)},
}


def line_reader(table: Table, *, zoned: bool = True) -> Callable[[bytes], tuple[Any, ...]]:
    """Makes a line a row again; instants without their zone, UTC, where not `zoned`.

    Raises ValueError, TypeError, KeyError, OverflowError, RecursionError for what is no row of
    this table."""
    names = [column.name for column in table.columns]
    forms = [_IN[_python_type(column.type)] for column in table.columns]
    known = set(names)

    def read(line: bytes) -> tuple[Any, ...]:
        told = json.loads(line)
        if told.keys() != known:
            raise KeyError(table.name)
        row = [
            None if told[name] is None else form(told[name])
            for name, form in zip(names, forms, strict=True)
        ]
        if not zoned:
            row = [one.replace(tzinfo=None) if isinstance(one, datetime) else one for one in row]
        return tuple(row)

    return read


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file. Raises ValueError for one that is too long or cut off; OSError."""
    with path.open("rb") as stream:
        while line := stream.readline(LONGEST + 1):
            if len(line) > LONGEST or not line.endswith(b"\n"):
                raise ValueError(path.name)
            yield line
