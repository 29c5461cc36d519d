"""Rows for a spreadsheet, as CSV in UTF-8 with the mark that Excel reads it by; and rows from
one, out of a file or out of what was copied."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from database.refusal import Reason, Refusal

_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(where: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a head and rows. What a spreadsheet would take for a formula is made text."""
    with where.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        writer.writerows([plain(cell) for cell in row] for row in rows)


def write_xlsx(
    where: Path, sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]
) -> None:
    """Write sheets (name, head, rows) into one workbook; text is never a formula."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    for name, head, rows in sheets:
        page = book.create_sheet(_SHEET_NAME.sub(" ", name)[:31])
        page.freeze_panes = "A2"
        for place, title in enumerate(head):
            page.column_dimensions[chr(65 + place % 26)].width = max(12, min(len(title) + 4, 40))
        bold = []
        for title in head:
            cell = WriteOnlyCell(page, value=title)
            cell.font = Font(bold=True)
            bold.append(cell)
        page.append(bold)
        for row in rows:
            page.append([_cell(page, value) for value in row])
    # Whole first: a place that cannot be written leaves no half-made workbook behind.
    made = io.BytesIO()
    book.save(made)
    where.write_bytes(made.getvalue())


def _cell(page: Any, value: Any) -> Any:
    """Numbers and days stay what they are; a word that begins like a formula stays a word."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or isinstance(value, int | float | date):
        return value
    cell = WriteOnlyCell(page, value=_CONTROL.sub("", str(value))[:32_000])
    cell.data_type = "s"
    return cell


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
