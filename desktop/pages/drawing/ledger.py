"""Long registers of lines of one height, drawn page by page: thousands of rows within seconds.

A table that measures every cell would take minutes over a register. Here each line has the same
height, texts are cut to their columns, and every page knows its own total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.paper import HAIRLINE, SHADE

SIZE, LEADING, PAD = 7.5, 9.2, 2.5
HEADER = 8 * mm
TITLE = 17 * mm
SIGNED = 140.0
"""Points that the signatures below the last line take."""
CARRIED = 3
"""Rows that go on to the page of the signatures."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column `width` points wide; amounts stand at the right."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a register: for each column one or more lines of text; `struck` through."""

    cells: tuple[str, ...]
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above each page: what it is, and whose."""

    title: str
    under: str


class LedgerPage(Flowable):  # type: ignore[misc]
    """One page of a register; `sums` are sentences at its foot, the amounts at their right."""

    def __init__(
        self,
        heading: Heading,
        columns: Sequence[Column],
        rows: Sequence[Row],
        height: float,
        sums: Sequence[tuple[str, str]] = (),
        lines: int = 2,
    ) -> None:
        super().__init__()
        self._heading, self._columns, self._rows = heading, columns, rows
        self._sums, self._lines = sums, lines
        self.width, self.height = sum(column.width for column in columns), height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """It takes a page of its own, as wide as there is room."""
        wider = width / self.width
        self._columns = [replace(one, width=one.width * wider) for one in self._columns]
        self.width = width
        return self.width, self.height

    def draw(self) -> None:
        """The heading, the column titles, the lines, the sums."""
        canvas, y = self.canv, self.height
        canvas.setFont(faces.BOLD, 13)
        canvas.drawCentredString(self.width / 2, y - 13, self._heading.title)
        canvas.setFont(faces.REGULAR, 9)
        canvas.drawCentredString(self.width / 2, y - 27, self._heading.under)
        y -= TITLE
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(HAIRLINE)
        self._header(canvas, y)
        y -= HEADER
        step = row_height(self._lines)
        for row in self._rows:
            self._row(canvas, row, y, step)
            y -= step
        self._foot(canvas, y)

    def _header(self, canvas: Any, y: float) -> None:
        canvas.setFillColor(SHADE)
        canvas.rect(0, y - HEADER, self.width, HEADER, stroke=1, fill=1)
        canvas.setFillGray(0)
        x = 0.0
        for column in self._columns:
            room = column.width - 2 * PAD
            for at, text in enumerate(fonts.wrap(column.title, faces.SEMIBOLD, 7, room, 2)):
                canvas.setFont(faces.SEMIBOLD, 7)
                if column.right:
                    canvas.drawRightString(x + column.width - PAD, y - 9.5 - at * 8.5, text)
                else:
                    canvas.drawString(x + PAD, y - 9.5 - at * 8.5, text)
            canvas.line(x, y, x, y - HEADER)
            x += column.width

    def _row(self, canvas: Any, row: Row, y: float, step: float) -> None:
        x = 0.0
        for text, column in zip(row.cells, self._columns, strict=True):
            canvas.line(x, y, x, y - step)
            if text:
                self._cell(canvas, text, column, x, y)
            x += column.width
        canvas.line(x, y, x, y - step)
        canvas.line(0, y - step, x, y - step)
        if row.struck:
            canvas.setStrokeGray(0)
            canvas.line(1, y - step / 2, x - 1, y - step / 2)
            canvas.setStrokeColor(HAIRLINE)

    def _cell(self, canvas: Any, text: str, column: Column, x: float, y: float) -> None:
        room, font = column.width - 2 * PAD, faces.FIGURES if column.right else faces.REGULAR
        canvas.setFont(font, SIZE)
        for at, line in enumerate(_broken(text, font, room, self._lines)):
            up = y - LEADING - at * LEADING
            if column.right:
                canvas.drawRightString(x + column.width - PAD, up, line)
            else:
                canvas.drawString(x + PAD, up, line)

    def _foot(self, canvas: Any, y: float) -> None:
        for text, amount in self._sums:
            y -= 11
            canvas.setFont(faces.SEMIBOLD, 8)
            canvas.drawString(PAD, y, text)
            canvas.setFont(faces.FIGURES_BOLD, 8)
            canvas.drawRightString(self.width - PAD, y, amount)


def row_height(lines: int = 2) -> float:
    """The height of a row that holds so many lines of text."""
    return lines * LEADING + 4


def rows_a_page(height: float, sums: int = 0, lines: int = 2) -> int:
    """How many rows a page of this height holds below its heading and above its sums."""
    return int((height - height_of(0, sums)) // row_height(lines))


def height_of(count: int, sums: int = 0, lines: int = 2) -> float:
    """What a page with so many rows needs, so that something may follow below it."""
    height: float = TITLE + HEADER + count * row_height(lines) + sums * 11 + 4
    return height


def pages_of(rows: Sequence[T], count: int, last: int | None = None) -> list[Sequence[T]]:
    """`rows` in portions of a page; one empty page where there are none. With no more than `last`
    rows the signatures fit below them: of more some go on to the page of the signatures."""
    found = [rows[at : at + count] for at in range(0, len(rows), count)] or [[]]
    if last is not None and len(found[-1]) > last:
        found[-1:] = [found[-1][:-CARRIED], found[-1][-CARRIED:]]
    return found


def _broken(text: str, font: str, room: float, most: int) -> list[str]:
    """The parts of a text, each wrapped while lines are left; the last is cut."""
    lines: list[str] = []
    parts = [part for part in text.split("\n") if part]
    for at, part in enumerate(parts):
        left = most - len(lines) - (len(parts) - at - 1)
        if left > 0:
            lines += fonts.wrap(part, font, SIZE, room, left)
    return lines[:most]
