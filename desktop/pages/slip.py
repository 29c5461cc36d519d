"""The loan slip on a 58 or 80 mm roll: what was lent to whom, and when it must be back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from desktop.language import _, clock, current, date_long, date_plain, ngettext
from desktop.pages import fonts
from desktop.pages.bars import POINTS_PER_MM as MM
from desktop.pages.fonts import BOLD, REGULAR, SEMIBOLD

# Of the paper's width: what the print head reaches.
PRINTED = {58: 48.0, 80: 72.0}
MARGIN = 3.0 * MM


@dataclass(frozen=True, slots=True)
class SlipItem:
    """One copy lent: its title ("" where others must not read it), its barcode, its due date."""

    title: str
    code: str
    due: date


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says; `borrower` is a label already fit for others' eyes."""

    library: tuple[str, ...]
    moment: datetime
    borrower: str
    items: tuple[SlipItem, ...]
    closing: str = ""


class _Row(NamedTuple):
    """One line: text left, text right, or both; a row without texts is a rule."""

    left: str
    right: str
    font: str
    size: float
    centred: bool = False


def write_slip(target: str | Path | BinaryIO, slip: Slip, width_mm: int = 58) -> None:
    """One page as wide as the roll and as long as the text needs."""
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    printed = PRINTED.get(width_mm, width_mm - 10.0) * MM
    rows = list(_rows(slip, printed))
    height = sum(_height(row) for row in rows) + 2 * MARGIN
    where = str(target) if isinstance(target, Path) else target
    canvas = Canvas(
        where, pagesize=(width_mm * MM, height), lang=current(), initialFontName=REGULAR
    )
    canvas.setTitle(_("Loan slip"))
    canvas.setAuthor(slip.library[0] if slip.library else "Selasar")
    y = height - MARGIN
    left = (width_mm * MM - printed) / 2
    for row in rows:
        y -= _height(row)
        _draw(canvas, row, left, y, printed)
    canvas.showPage()
    canvas.save()


def _rows(slip: Slip, room: float) -> Iterator[_Row]:
    for index, line in enumerate(slip.library):
        font, size = (BOLD, 8.5) if index == 0 else (REGULAR, 7.5)
        for part in fonts.wrap(line, font, size, room, 2):
            yield _Row(part, "", font, size, centred=True)
    yield _RULE
    yield _Row(date_plain(slip.moment.astimezone().date()), clock(slip.moment), REGULAR, 7.5)
    for part in fonts.wrap(slip.borrower, SEMIBOLD, 8, room, 2):
        yield _Row(part, "", SEMIBOLD, 8)
    yield _RULE
    if not any(item.title for item in slip.items):
        books = ngettext("{n} book", "{n} books", len(slip.items)).format(n=len(slip.items))
        yield _Row(books, "", SEMIBOLD, 8)
    dates = {item.due for item in slip.items}
    for item in slip.items:
        yield from _item_rows(item, room, with_date=len(dates) > 1)
    if len(dates) == 1:
        yield _RULE
        yield _Row(_("Return by"), "", REGULAR, 8, centred=True)
        due = date_long(dates.pop())
        size = fonts.largest(due, BOLD, 15, 10, room)
        yield _Row(due, "", BOLD, size, centred=True)
    if slip.closing.strip():
        yield _RULE
        for part in fonts.wrap(slip.closing, REGULAR, 7.5, room, 4):
            yield _Row(part, "", REGULAR, 7.5, centred=True)


def _item_rows(item: SlipItem, room: float, with_date: bool) -> Iterator[_Row]:
    title = fonts.clean(item.title)
    if title:
        yield _Row(fonts.elide(title, REGULAR, 8, room), "", REGULAR, 8)
    due = _("by {date}").format(date=date_plain(item.due)) if with_date else ""
    yield _Row(item.code, due, SEMIBOLD if due else REGULAR, 7.5)


_RULE = _Row("", "", REGULAR, 5)


def _height(row: _Row) -> float:
    return row.size * 1.35


def _draw(canvas: Any, row: _Row, left: float, y: float, room: float) -> None:
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
