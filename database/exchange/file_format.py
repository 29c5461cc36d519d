"""What a format of files is: its endings, how its content is known, how it is read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from database.description.marc import MarcError, Record

BLOCK = 1 << 16
"""Bytes a format is known by, and read at once."""
LONGEST = 8 << 20
"""A stretch this long without the end of a record is no record."""
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
class Format:
    """A format. It holds bibliographic `records`, or `rows` of a table, each cell as text.

    `sniff` looks at the first block of a file: NO, PERHAPS or SURELY. The first ending is the
    one its files are written with.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    sniff: Callable[[bytes], int]
    records: Callable[[IO[bytes]], Iterator[Entry]] | None = None
    rows: Callable[[Path], list[list[str]]] | None = None
    writers: tuple[tuple[str, str, Writer], ...] = ()
    """Name on the command line, title and writer of each form it is written in."""
