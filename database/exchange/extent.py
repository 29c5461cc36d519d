"""How far the cells of a packed workbook reach, before it is read: its reader makes room for every
cell between the first and the last, and one stray cell in the last corner of a sheet is a file of
five kilobytes and a table of four hundred gigabytes."""

from __future__ import annotations

import errno
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from database import limits
from database.refusal import Reason, Refusal

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, NotImplementedError, EOFError,
    RuntimeError, RecursionError,
)  # fmt: skip
"""What a damaged archive, a locked one, or one packed in another way ends in."""
_AT_ONCE = 1 << 20
_TAIL = 4096
"""What is looked at again with the next block: no tag of interest is longer."""
_XLSX_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_XLSB_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\b(?:[^<>]*?\sr=["']\$?([A-Za-z]{1,7})\$?(\d{1,9})["'])?""")
_ODS = re.compile(
    rb"<table:(?P<what>table-row|table-cell|covered-table-cell|table)(?=[\s/>])(?P<told>[^>]*)>"
)
_REPEATED = re.compile(rb'table:number-(?:columns|rows)-repeated="(\d{1,9})"')
_BLANK_OR_VALUE = range(1, 12)
"""The kinds of record a cell of .xlsb is written as."""


@contextmanager
def unpacking(where: Path) -> Iterator[None]:
    """What a damaged archive ends in becomes Refusal FILE_DAMAGED; what the disk says does not."""
    try:
        yield
    except UNREADABLE as error:
        raise Refusal(Reason.FILE_DAMAGED, path=where.name) from error
    except OSError as error:
        # A damaged list of contents points to a place before the file's beginning.
        if error.errno != errno.EINVAL:
            raise
        raise Refusal(Reason.FILE_DAMAGED, path=where.name) from error


def must_be_bounded(where: Path) -> None:
    """Refuse a workbook that unfolds to more than can be read. Raises Refusal FILE_TOO_LARGE with
    the `far` cell where one is told, FILE_DAMAGED."""
    if not zipfile.is_zipfile(where):
        return
    with unpacking(where), zipfile.ZipFile(where) as packed:
        whole = sum(one.file_size for one in packed.infolist())
        limits.must_hold(limits.WORKBOOK, whole, where.name)
        for part in packed.namelist():
            if (measure := _measure_of(part)) is not None:
                with packed.open(part) as stream:
                    _must_fit(measure(stream), where)


class _Reach:
    """The lines and columns met that hold something."""

    def __init__(self) -> None:
        self.first: tuple[int, int] | None = None
        self.last = (0, 0)
        self.count = 0

    def meet(self, row: int, column: int, cells: int = 1) -> None:
        """A cell that is filled, or the last of some."""
        top, left = self.first or (row, column)
        self.first = min(top, row), min(left, column)
        self.last = max(self.last[0], row), max(self.last[1], column)
        self.count += cells

    @property
    def area(self) -> int:
        """Cells between the first and the last."""
        if self.first is None:
            return 0
        return (self.last[0] - self.first[0] + 1) * (self.last[1] - self.first[1] + 1)


def _must_fit(found: _Reach, where: Path) -> None:
    far = f"{_letters(found.last[1])}{found.last[0]}"
    limits.must_hold(limits.CELLS, max(found.area, found.count), where.name, far=far)


def _measure_of(part: str) -> Callable[[IO[bytes]], _Reach] | None:
    if _XLSX_SHEET.fullmatch(part):
        return _of_xlsx
    if _XLSB_SHEET.fullmatch(part):
        return _of_xlsb
    return _of_ods if part == "content.xml" else None


def _blocks(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The bytes in overlapping blocks, and how much of each was there before."""
    held = b""
    while more := stream.read(_AT_ONCE):
        yield held + more, len(held)
        held = (held + more)[-_TAIL:]


def _of_xlsx(stream: IO[bytes]) -> _Reach:
    found = _Reach()
    for block, known in _blocks(stream):
        for cell in _CELL.finditer(block):
            if cell.end() <= known:
                continue
            if cell[1]:
                found.meet(int(cell[2]), _column(cell[1].decode()))
            else:
                found.count += 1
    return found


def _of_ods(stream: IO[bytes]) -> _Reach:
    found, rows, row, column = _Reach(), 0, 0, 0
    for block, known in _blocks(stream):
        for tag in _ODS.finditer(block):
            if tag.end() <= known:
                continue
            repeated = _REPEATED.search(tag["told"])
            times = int(repeated[1]) if repeated else 1
            if tag["what"] == b"table":
                rows, row, column = 0, 0, 0
            elif tag["what"] == b"table-row":
                rows, row, column = rows + row, times, 0
            else:
                column += times
                if not tag["told"].endswith(b"/") or b"value" in tag["told"]:
                    found.meet(rows + 1, column, row * times)
                    found.meet(rows + row, column, 0)
    return found


def _of_xlsb(stream: IO[bytes]) -> _Reach:
    """A row's record begins with its number, a cell's with that of its column."""
    found, row, content, at = _Reach(), 0, stream.read(), 0
    while at < len(content) - 1:
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        if kind == 0:
            row = int.from_bytes(content[at : at + 4], "little")
        elif kind in _BLANK_OR_VALUE:
            found.meet(row + 1, int.from_bytes(content[at : at + 4], "little") + 1)
        at += size
    return found


def _number(content: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    value = 0
    for place in range(longest):
        byte = content[at] if at < len(content) else 0
        value, at = value | (byte & 0x7F) << 7 * place, at + 1
        if byte < 0x80:
            break
    return value, at


def _column(letters: str) -> int:
    value = 0
    for letter in letters.upper():
        value = value * 26 + ord(letter) - 64
    return value


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
