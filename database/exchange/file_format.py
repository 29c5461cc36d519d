"""What a format of files is: its endings, how its content is known, how it is read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from database import limits
from database.description.marc import MarcError, Record

BLOCK, LONGEST = limits.BLOCK.most, limits.RECORD.most
BLANKS = b" \t\r\n\x00\x1a\xef\xbb\xbf"

NO, PERHAPS, SURELY = range(3)
"""What a look at the first block of a file tells of a format."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a file: `record`, or the `reason` it is none. `done` is bytes read so far;
    `mended` is the reason why a record is only what could be saved of it."""

    position: int
    record: Record | None
    reason: str
    done: int
    mended: str = ""


def entry_of(position: int, done: int, read: Callable[[], Record]) -> Entry:
    """The record that `read` makes, or the reason it makes none. Whatever a record holds ends
    here: it never costs its neighbours."""
    try:
        record = read()
    except MarcError as error:
        return Entry(position, None, error.reason, done)
    except Exception:  # each record in its own net, even where our own code is at fault
        return Entry(position, None, "bad_record", done)
    if not record.fields:
        return Entry(position, None, "empty_record", done)
    return Entry(position, record, "", done)


@dataclass(frozen=True, slots=True)
class Writer:
    """How records are written one after the other; `encode` raises MarcError for one that the
    format cannot hold. `whole`: nothing of a record is lost."""

    encode: Callable[[Record], bytes]
    opening: bytes = b""
    between: bytes = b""
    closing: bytes = b""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: the sheet's name ("" where a file holds but one) and its rows, each
    cell as text; the first row of the list is the file's first line. `about` is what else is
    known of it: "separator", "encoding"."""

    name: str
    rows: list[list[str]]
    about: Mapping[str, str] = field(default_factory=dict)


DatabaseRow = tuple[str, Mapping[str, Any]]
"""A row of another program's database: the name of its table, and its values by column."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. It holds bibliographic `records`, `sheets` of cells, or the `tables` of another
    program's database; one that holds none of them is known by name only, so that it can be said.

    `sniff` looks at the first block of a file: NO, PERHAPS or SURELY. The first ending is the
    one its files are written with.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    sniff: Callable[[bytes], int]
    records: Callable[[IO[bytes]], Iterator[Entry]] | None = None
    sheets: Callable[[Path], list[Sheet]] | None = None
    tables: Callable[[Path], Iterator[DatabaseRow]] | None = None
    writers: tuple[tuple[str, str, Writer], ...] = ()
    """Name on the command line, title and writer of each form it is written in."""
