"""Rows for a spreadsheet, as CSV in UTF-8 with the mark that Excel reads it by; and rows from
one, out of a file or out of what was copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from database.refusal import Reason, Refusal

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


def read(where: Path) -> list[list[str]]:
    """The rows of a CSV file or of the first sheet of an XLSX file, every cell as text.

    Raises Refusal FILE_MISSING, FILE_EMPTY, NOT_A_TABLE.
    """
    if not where.is_file():
        raise Refusal(Reason.FILE_MISSING, path=str(where))
    content = where.read_bytes()
    if not content.strip():
        raise Refusal(Reason.FILE_EMPTY, path=str(where))
    if content.startswith(b"PK"):
        return _read_xlsx(where)
    if b"\x00" in content[:2000] or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(Reason.NOT_A_TABLE, path=str(where))
    try:
        return rows_of(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        # What Excel writes as "CSV" on a PC of western letters.
        return rows_of(content.decode("cp1252", errors="replace"))


def rows_of(text: str) -> list[list[str]]:
    """What was copied from a spreadsheet or is a CSV: cells by tab, semicolon or comma,
    whichever most lines have."""
    lines = [line for line in text.splitlines() if line.strip()][:50]
    by = {sign: sum(sign in line for line in lines) for sign in "\t;,"}
    divider = max(by, key=lambda sign: (by[sign], sign == "\t", sign == ";"))
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    return [[" ".join(cell.split()) for cell in row] for row in cells]


def _read_xlsx(where: Path) -> list[list[str]]:
    import zipfile

    import openpyxl

    try:
        book = openpyxl.load_workbook(where, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refusal(Reason.NOT_A_TABLE, path=str(where)) from error
    try:
        page = book.worksheets[0] if book.worksheets else None
        rows = page.iter_rows(values_only=True) if page is not None else ()
        return [[_text(cell) for cell in row] for row in rows]
    finally:
        book.close()


def _text(cell: Any) -> str:
    """A date as 2026-12-01, a number without the point a spreadsheet adds."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
