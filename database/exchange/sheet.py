"""Rows for a spreadsheet: as a workbook, or as CSV in UTF-8 with the mark Excel reads it by."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from database.engine.whole_file import whole_file, write_whole

_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(where: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a head and rows. What a spreadsheet would take for a formula is made text."""
    with (
        whole_file(where) as partial,
        partial.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
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
    # In memory first: a place that cannot be written would leave openpyxl's own files half made.
    made = io.BytesIO()
    book.save(made)
    write_whole(where, made.getvalue())


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
