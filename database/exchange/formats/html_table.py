"""Tables of a web page, and of Excel's XML of 2003: both are often named .xls by who made them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from database import limits
from database.exchange.file_format import NO, SURELY, Format, Sheet
from database.exchange.formats.csv_text import decoded
from database.refusal import Reason, Refusal

_SPAN = 1000
_ROWS_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"


def _sniff(head: bytes) -> int:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:2000].lower()
    if not start.startswith(b"<"):
        return NO
    page = b"<html" in start or b"<!doctype html" in start or start.startswith(b"<table")
    return SURELY if page or b"office:spreadsheet" in start else NO


def _read(where: Path) -> list[Sheet]:
    limits.must_hold(limits.PAGE, where.stat().st_size, where.name)
    text, _encoding = decoded(where.read_bytes())
    if "office:spreadsheet" in text[:2000] and "<html" not in text[:2000].lower():
        return _workbook(text, where)
    page = _Tables(where.name)
    page.feed(text)
    page.close()
    return [Sheet("", rows) for rows in page.tables]


class _Tables(HTMLParser):
    """Every table of a page; a cell that spans several lines is said of each."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name, self._count = name, 0
        self.tables: list[list[list[str]]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._below: dict[int, tuple[str, int]] = {}
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_row()
            self.tables.append([])
            self._below = {}
        elif tag == "tr" and self.tables:
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            told = dict(attrs)
            self._span = (_number(told.get("colspan")), _number(told.get("rowspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        text = " ".join("".join(self._cell).split())
        self._cell = None
        self._take_from_above()
        wide, deep = self._span
        for place in range(wide):
            if deep > 1:
                self._below[len(self._row)] = (text if not place else "", deep - 1)
            self._row.append(text if not place else "")

    def _take_from_above(self) -> None:
        assert self._row is not None
        while (left := self._below.get(len(self._row))) is not None and left[1] > 0:
            self._below[len(self._row)] = (left[0], left[1] - 1)
            self._row.append(left[0])

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._take_from_above()
            self._count += len(self._row)
            limits.must_hold(limits.CELLS, self._count, self._name)
            self.tables[-1].append(self._row)
        self._row = None


def _number(text: str | None) -> int:
    return min(int(text), _SPAN) if text and text.isascii() and text.isdigit() and int(text) else 1


def _workbook(text: str, where: Path) -> list[Sheet]:
    limits.must_hold(limits.CELLS, text.count("<") // 2, where.name)
    try:
        book = ET.fromstring(text)
    except ET.ParseError as error:
        raise Refusal(Reason.FILE_DAMAGED, path=where.name) from error
    return [
        Sheet(
            page.get(f"{_ROWS_XML}Name", ""), [_cells(row) for row in page.iter(f"{_ROWS_XML}Row")]
        )
        for page in book.iter(f"{_ROWS_XML}Worksheet")
    ]


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_ROWS_XML}Cell"):
        at = _number(cell.get(f"{_ROWS_XML}Index"))
        cells += [""] * (min(at, _SPAN) - 1 - len(cells))
        data = cell.find(f"{_ROWS_XML}Data")
        text = "".join(data.itertext()) if data is not None else ""
        if data is not None and data.get(f"{_ROWS_XML}Type") == "DateTime":
            text = text.removesuffix("T00:00:00.000")
        cells.append(" ".join(text.split()))
    return cells


FORMATS = (Format("html", "HTML", (".html", ".htm", ".xls"), _sniff, sheets=_read),)
