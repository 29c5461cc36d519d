"""The one table of formats: every import, every list and every file dialog asks it.

A file of `database/exchange/formats` declares a format in FORMATS, and is found there. What a file
is, is told by its content; its ending decides only between formats that its content may both be.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from database.description.marc import MarcError, Record
from database.exchange import formats as room
from database.exchange.file_format import BLOCK, NO, DatabaseRow, Entry, Format, Sheet, Writer
from database.refusal import Fault, Reason, Refusal, Trouble


@cache
def formats() -> tuple[Format, ...]:
    """Every format, by name."""
    found: list[Format] = []
    for one in pkgutil.iter_modules(room.__path__):
        found += import_module(f"{room.__name__}.{one.name}").FORMATS
    return tuple(sorted(found, key=lambda one: one.name))


def patterns(*, records: bool = False, sheets: bool = False, tables: bool = False) -> str:
    """Endings for a file dialog, "*.mrc *.xml", of formats that hold records, cells or another
    program's tables."""
    endings = (
        ending
        for one in formats()
        if (records and one.records) or (sheets and one.sheets) or (tables and one.tables)
        for ending in one.endings
    )
    return " ".join(f"*{ending}" for ending in endings)


def of_file(path: Path) -> Format | None:
    """What a file is by its content; None where it is nothing that we know.

    Raises Refusal FILE_MISSING, FILE_EMPTY; Fault FILE_UNREADABLE.
    """
    if not path.is_file():
        raise Refusal(Reason.FILE_MISSING, path=str(path))
    try:
        with path.open("rb") as stream:
            head = stream.read(BLOCK)
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error
    if not head.strip(b" \t\r\n\x00\x1a\xef\xbb\xbf"):
        raise Refusal(Reason.FILE_EMPTY, path=str(path))
    known = [(one.sniff(head), path.suffix.lower() in one.endings, one) for one in formats()]
    best = max(known, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] != NO else None


def _read(path: Path, what: str) -> Any:
    """How a file is read as `what`. Raises Refusal FILE_OF_OTHER_KIND naming what it is."""
    format_ = of_file(path)
    how = getattr(format_, what) if format_ is not None else None
    if how is None:
        kind = format_.name if format_ is not None else ""
        raise Refusal(Reason.FILE_OF_OTHER_KIND, path=path.name, kind=kind, wanted=what)
    return how


def records_of(path: Path) -> Iterator[Entry]:
    """Every record of a file in order, in whatever format it is.

    Raises Refusal FILE_MISSING, FILE_EMPTY, FILE_OF_OTHER_KIND; Fault FILE_UNREADABLE.
    """
    how = _read(path, "records")
    try:
        with path.open("rb") as stream:
            yield from how(stream)
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a file that holds cells, those with something in them.

    Raises Refusal FILE_MISSING, FILE_EMPTY, FILE_OF_OTHER_KIND, FILE_LOCKED, FILE_DAMAGED,
    FILE_TOO_LARGE; Fault FILE_UNREADABLE.
    """
    how = _read(path, "sheets")
    try:
        sheets: list[Sheet] = how(path)
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error
    filled = [one for one in sheets if any(map(any, one.rows))]
    if not filled:
        raise Refusal(Reason.FILE_EMPTY, path=path.name)
    return filled


def rows_of(path: Path) -> list[list[str]]:
    """The rows of the longest sheet of a file, every cell as text. Raises as `sheets_of`."""
    return max(sheets_of(path), key=lambda one: len(one.rows)).rows


def tables_of(path: Path) -> Iterator[DatabaseRow]:
    """Every row of another program's database, in the order it is written.

    Raises Refusal FILE_MISSING, FILE_EMPTY, FILE_OF_OTHER_KIND, FILE_DAMAGED; Fault
    FILE_UNREADABLE.
    """
    how = _read(path, "tables")
    try:
        yield from how(path)
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error


@cache
def forms() -> dict[str, tuple[str, str, Writer]]:
    """The forms that records are written in by name: title, ending, writer."""
    return {
        name: (title, one.endings[0], writer)
        for one in formats()
        for name, title, writer in one.writers
    }


def write(stream: IO[bytes], records: Iterable[Record], form: str) -> tuple[int, list[int]]:
    """Write records in a form of `forms`.

    Returns how many were written, and the places (from 1) of those the format cannot
    hold: ISO 2709 ends at 99,999 bytes. Raises Refusal VALUE_INVALID for a form that is none.
    """
    if form not in forms():
        raise Refusal(Reason.VALUE_INVALID, field="format")
    writer = forms()[form][2]
    written, left = 0, []
    stream.write(writer.opening)
    for place, record in enumerate(records, 1):
        try:
            encoded = writer.encode(record)
        except MarcError:
            left.append(place)
            continue
        stream.write(writer.between + encoded if written else encoded)
        written += 1
    stream.write(writer.closing)
    return written, left
