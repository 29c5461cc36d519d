"""Rows for a spreadsheet, as CSV in UTF-8 with the mark that Excel reads it by."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(where: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a head and rows. What a spreadsheet would take for a formula is made text."""
    with where.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        writer.writerows([plain(cell) for cell in row] for row in rows)


def plain(cell: Any) -> Any:
    """ "=1+1" as text; numbers as they are, None as nothing."""
    if cell is None or isinstance(cell, int | float):
        return "" if cell is None else cell
    words = str(cell)
    return f"'{words}" if words.startswith(_FORMULA) else words
