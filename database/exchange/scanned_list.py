"""Codes that a portable scanner kept: its file, or what was pasted out of it.

Such scanners write a line a code, many with the day, the hour, an amount or their own name beside
it, in any order and with any sign between. The column of the codes is the one with the most
different ones; nothing is asked of its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from database import limits
from database.description import scans
from database.exchange import found, pasted

_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 ./:_-]{2,59}")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: .*)?")
_HOUR = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AP]M)?")
_FEW = 3
"""Figures up to which a number alone is an amount, not a code."""


def of_text(text: str) -> list[str]:
    """The codes of what was pasted, in their order, each as often as it was read.

    Raises Refusal FILE_TOO_LARGE for more than `limits.SCANNED`.
    """
    return _of_rows(pasted.rows_of(text), "")


def of_file(path: Path) -> list[str]:
    """The codes of a scanner's file: text in any habit, or a workbook.

    Raises Refusal FILE_MISSING, FILE_TOO_LARGE, NOT_A_TABLE; Fault FILE_UNREADABLE.
    """
    return _of_rows(found.rows_of(path), path.name)


def _of_rows(rows: Sequence[Sequence[str]], name: str) -> list[str]:
    limits.must_hold(limits.SCANNED, len(rows), name)
    read = [[scans.bare(cell) for cell in row] for row in rows]
    if sum(any(row) for row in read) == 1:
        # Codes one after the other in one line are no table.
        return [cell for row in read for cell in row if _is_code(cell)]
    best = _column(read)
    cells = (row[best] for row in read if best < len(row))
    return [cell for cell in cells if _is_code(cell)]


def _column(rows: Sequence[Sequence[str]]) -> int:
    wide = max(map(len, rows), default=0)
    codes = [{row[at] for row in rows if at < len(row) and _is_code(row[at])} for at in range(wide)]
    return max(range(wide), key=lambda at: (len(codes[at]), _longest(codes[at]), -at), default=0)


def _longest(cells: Iterable[str]) -> int:
    return max(map(len, cells), default=0)


def _is_code(cell: str) -> bool:
    """Whether it may be a code, and is no day, no hour and no amount."""
    if not _CODE.fullmatch(cell) or _DAY.fullmatch(cell) or _HOUR.fullmatch(cell):
        return False
    return not (cell.isdecimal() and len(cell) <= _FEW)
