"""A strip of paper on a 58 or 80 mm roll: lines below one another, as long as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from desktop.pages.drawing import faces
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.faces import REGULAR
from desktop.words.language import current

# Of the paper's width: what the print head reaches.
PRINTED = {58: 48.0, 80: 72.0}
MARGIN = 3.0 * MM


class Row(NamedTuple):
    """One line: text left, text right, or both; a row without texts is a rule."""

    left: str
    right: str
    font: str
    size: float
    centred: bool = False


def rule() -> Row:
    """A line across."""
    return Row("", "", REGULAR, 5)


def write_roll(
    target: str | Path | BinaryIO,
    lines: Callable[[float], Iterable[Row]],
    width_mm: int,
    title: str,
    author: str,
) -> None:
    """One page as wide as the roll and as long as the text needs; `lines(room)` are its rows."""
    from desktop.pages.drawing.scripts import Page

    faces.register()
    printed = PRINTED.get(width_mm, width_mm - 10.0) * MM
    rows = list(lines(printed))
    height = sum(_height(row) for row in rows) + 2 * MARGIN
    where = str(target) if isinstance(target, Path) else target
    canvas = Page(where, pagesize=(width_mm * MM, height), lang=current(), initialFontName=REGULAR)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("Selasar")
    y = height - MARGIN
    left = (width_mm * MM - printed) / 2
    for row in rows:
        y -= _height(row)
        _draw(canvas, row, left, y, printed)
    canvas.showPage()
    canvas.save()


def _height(row: Row) -> float:
    return row.size * 1.35


def _draw(canvas: Any, row: Row, left: float, y: float, room: float) -> None:
    if not row.left and not row.right:
        canvas.setLineWidth(0.6)
        canvas.line(left, y + row.size * 0.6, left + room, y + row.size * 0.6)
        return
    canvas.setFont(row.font, row.size)
    base = y + row.size * 0.32
    if row.centred:
        canvas.drawCentredString(left + room / 2, base, row.left)
        return
    canvas.drawString(left, base, row.left)
    canvas.drawRightString(left + room, base, row.right)
