"""The first sheet of a workbook of Excel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from database.exchange.file_format import NO, SURELY, Format
from database.refusal import Reason, Refusal


def _sniff(head: bytes) -> int:
    return SURELY if head.startswith(b"PK") else NO


def _read(where: Path) -> list[list[str]]:
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


FORMATS = (Format("xlsx", "XLSX", (".xlsx",), _sniff, rows=_read),)
