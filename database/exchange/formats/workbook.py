"""Workbooks of Excel and LibreOffice: .xlsx, .xls, .xlsb, .ods, told apart by their content."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from database import limits
from database.exchange import extent
from database.exchange.extent import UNREADABLE
from database.exchange.file_format import NO, SURELY, Format, Sheet
from database.refusal import Reason, Refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL)[!?]?")
_EXACT = 10**15
"""From here on a number in a cell has lost figures: it is written so that this can be seen."""


def _sniff(head: bytes) -> int:
    if head.startswith(_OLE):
        return SURELY
    if not head.startswith(b"PK"):
        return NO
    calc = b"opendocument.spreadsheet" in head[:200]
    return SURELY if calc or b"xl/" in head or b"[Content_Types].xml" in head[:100] else NO


def _read(where: Path) -> list[Sheet]:
    import python_calamine

    extent.must_be_bounded(where)
    try:
        with where.open("rb") as stream:
            book = python_calamine.load_workbook(stream)
            return [
                _sheet(book.get_sheet_by_name(one.name), where)
                for one in book.sheets_metadata
                if one.typ == python_calamine.SheetTypeEnum.WorkSheet
                and one.visible == python_calamine.SheetVisibleEnum.Visible
            ]
    except python_calamine.PasswordError as error:
        raise Refusal(Reason.FILE_LOCKED, path=where.name) from error
    except (python_calamine.CalamineError, *UNREADABLE) as error:
        locked = b"E\x00n\x00c\x00r\x00y\x00p\x00t" in where.read_bytes()[: 1 << 20]
        reason = Reason.FILE_LOCKED if locked else Reason.FILE_DAMAGED
        raise Refusal(reason, path=where.name) from error


def _sheet(page: Any, where: Path) -> Sheet:
    start = page.start or (0, 0)
    limits.must_hold(limits.CELLS, page.height * page.width, where.name)
    rows = [[_text(cell) for cell in row] for row in page.to_python(skip_empty_area=True)]
    _fill_down(rows, page.merged_cell_ranges or (), start)
    # A stray cell far below must not make a million empty lines of a list.
    above = min(start[0], 1000)
    return Sheet(page.name, [*([] for _ in range(above)), *rows])


def _fill_down(rows: list[list[str]], merged: Any, start: tuple[int, int]) -> None:
    """A cell merged over several lines is said of each of them: one title, three copies."""
    for (top, left), (bottom, right) in merged:
        at, column = top - start[0], left - start[1]
        if bottom == top or right != left or not 0 <= at < len(rows):
            continue
        for below in rows[at + 1 : bottom - start[0] + 1]:
            if 0 <= column < len(below) and not below[column]:
                below[column] = rows[at][column]


def _text(cell: Any) -> str:
    """A date as 2026-12-01, a number without the point a spreadsheet adds."""
    if isinstance(cell, str):
        text = " ".join(cell.split())
        return "" if _ERROR.fullmatch(text) else text
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if (cell.hour, cell.minute) != (0, 0) else _day(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        if not cell.is_integer():
            return repr(cell)
        return str(int(cell)) if abs(cell) < _EXACT else repr(cell).upper()
    return "" if cell is None else str(cell)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


FORMATS = (
    Format(
        "xlsx",
        "Excel, LibreOffice",
        (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"),
        _sniff,
        sheets=_read,
    ),
)
