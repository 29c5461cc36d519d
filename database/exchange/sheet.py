"""Rows for a spreadsheet: as a workbook, or as CSV in UTF-8 with the mark Excel reads it by.

Excel takes a CSV apart by the signs of the PC's region, not by what the file holds. In Indonesia
these are ";" between columns and "," before decimals; a file with "," opens as one column. A
first line "sep=;" would settle it for Excel alone and make it forget that the file is UTF-8.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from database.engine.whole_file import whole_file, write_whole

_LONGEST_TAB = 31
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands between two columns, and before the decimals of a number."""

    separator: str = ";"
    decimal: str = ","


INDONESIAN = Signs()


@cache
def signs_here() -> Signs:
    """The signs of this PC's region where Windows tells them, else the Indonesian ones."""
    if sys.platform != "win32":
        return INDONESIAN
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Control Panel\International") as key:
            return signs_of(*(str(winreg.QueryValueEx(key, name)[0]) for name in _REGION))
    except OSError:
        return INDONESIAN


_REGION = ("sList", "sDecimal")


def signs_of(separator: str, decimal: str) -> Signs:
    """The signs of a region; the Indonesian ones where those would not tell columns apart."""
    if separator not in (";", ",", "\t") or decimal not in (",", ".") or separator == decimal:
        return INDONESIAN
    return Signs(separator, decimal)


def write_csv(
    where: Path,
    head: Sequence[str],
    rows: Iterable[Sequence[Any]],
    signs: Signs | None = None,
) -> None:
    """Write a head and rows. What a spreadsheet would take for a formula is made text.

    `signs` are those of this PC's region where none are given."""
    chosen = signs or signs_here()
    with (
        whole_file(where) as partial,
        partial.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        writer = csv.writer(stream, delimiter=chosen.separator)
        writer.writerow([plain(cell, chosen.decimal) for cell in head])
        writer.writerows([plain(cell, chosen.decimal) for cell in row] for row in rows)


_A4 = "9"
"""The number of the paper in OOXML."""


def _tab(name: str) -> str:
    """What a spreadsheet takes as the name of a sheet: 31 signs, no word of them cut."""
    plain = _SHEET_NAME.sub(" ", name)
    whole = plain[: _LONGEST_TAB + 1].rsplit(" ", 1)[0] if len(plain) > _LONGEST_TAB else plain
    return whole[:_LONGEST_TAB].rstrip(" ,.;:")


def write_xlsx(
    where: Path, sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]
) -> None:
    """Write sheets (name, head, rows) into one workbook; text is never a formula."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = openpyxl.Workbook(write_only=True)
    for name, head, rows in sheets:
        page = book.create_sheet(_tab(name))
        page.freeze_panes = "A2"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        waiting = iter(rows)
        first = list(islice(waiting, _LOOKED_AT))
        for place, title in enumerate(head):
            page.column_dimensions[get_column_letter(place + 1)].width = _width(
                title, (row[place] for row in first if place < len(row))
            )
        bold = []
        for title in head:
            cell = WriteOnlyCell(page, value=title)
            cell.font = Font(bold=True)
            bold.append(cell)
        page.append(bold)
        for row in chain(first, waiting):
            page.append([_cell(page, value) for value in row])
    # In memory first: a place that cannot be written would leave openpyxl's own files half made.
    made = io.BytesIO()
    book.save(made)
    write_whole(where, made.getvalue())


_LOOKED_AT = 200
"""Rows that tell how wide a column is."""


def _width(title: str, values: Iterable[Any]) -> int:
    """As wide as its title and what stands in it, within reason; notes below a table run on."""
    longest = max((len(str(one)) for one in values if one is not None), default=0)
    return max(12, min(len(title) + 4, 40), min(longest + 2, 48))


def _cell(page: Any, value: Any) -> Any:
    """Numbers and days stay what they are; a word that begins like a formula stays a word."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or isinstance(value, int | float | date):
        return value
    cell = WriteOnlyCell(page, value=_CONTROL.sub("", str(value))[:32_000])
    cell.data_type = "s"
    return cell


def plain(cell: Any, decimal: str = ".") -> Any:
    """ "=1+1" as text; numbers with this sign before their decimals, None as nothing."""
    if cell is None or isinstance(cell, int):
        return "" if cell is None else cell
    if isinstance(cell, float):
        return str(cell).replace(".", decimal)
    words = str(cell)
    return f"'{words}" if words.startswith(_FORMULA) else words
