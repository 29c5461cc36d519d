"""Spine and barcode labels on any sheet: a PDF of one page a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from database.description import callnumber
from database.description.callnumber import take_apart
from database.holdings.item_list import ItemRow
from database.library import Session
from database.policy import house
from desktop.pages.drawing import bars, faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.entry import Paper, newest_copies
from desktop.pages.drawing.pieces import MARK, open_canvas
from desktop.pages.drawing.scripts import drawn
from desktop.pages.labels import sheets
from desktop.pages.labels.layout import arrange, usable
from desktop.pages.labels.parts import Arrangement, Box, LabelStyle, LabelText
from desktop.pages.labels.sheets import Sheet
from desktop.words.language import N_, _

__all__ = [
    "LabelResult",
    "LabelStyle",
    "LabelText",
    "calibration_page",
    "label_of",
    "label_text",
    "write_labels",
]

Target = str | Path | BinaryIO
USUAL = LabelStyle()


@dataclass(frozen=True, slots=True)
class LabelResult:
    """What came of a run: pages made, labels drawn, and sentences about what to look at."""

    pages: int
    drawn: int
    warnings: tuple[str, ...]


def label_of(row: ItemRow, library_name: str) -> LabelText:
    """What the label of a copy says."""
    return label_text(
        library_name, row.call_number, row.volume, row.copy_number, row.barcode, row.title
    )


def label_text(
    library_name: str, call_number: str, volume: str, copy: int, barcode: str, title: str
) -> LabelText:
    """A label out of its parts; the first copy of a title is not numbered, and what the call
    number says itself is not said twice."""
    parts = take_apart(call_number)
    prefix, classification, letters, title_letter, more = parts.written
    return LabelText(
        library=library_name,
        prefix=prefix,
        classification=classification,
        letters=letters,
        title_letter=title_letter,
        volume="" if callnumber.says_volume(parts.more, volume) else volume,
        copy=f"c.{copy}" if copy > 1 and not callnumber.says_copy(parts.more, copy) else "",
        barcode=barcode,
        title=title,
        more=more,
    )


def write_labels(
    target: Target,
    labels: Iterable[LabelText],
    sheet: Sheet,
    start: int = 1,
    offset_x_mm: float = 0,
    offset_y_mm: float = 0,
    style: LabelStyle = USUAL,
    progress: Callable[[int], None] | None = None,
) -> LabelResult:
    """Draw `labels` from cell `start` on; nothing is written when there are none.

    `progress` is told after each page how many labels are done; whatever it raises ends
    the run before anything is written, which is how a long run is cancelled. Offsets move
    the whole print, right and down, to make up for the printer's feed.
    """
    sheet.cell(start)
    run = _Run(target, sheet, offset_x_mm, offset_y_mm, style)
    box = usable(sheet)
    dpi = style.dpi or sheet.dpi
    for index, label in enumerate(labels):
        cell = (start - 1 + index) % sheet.count + 1
        if index and cell == 1:
            run.end_page(progress)
        run.draw(arrange(label, box, style, dpi), cell)
    return run.finish(progress)


class _Run:
    """One PDF in the making: the canvas, and what has been drawn on it."""

    def __init__(
        self, target: Target, sheet: Sheet, right: float, down: float, style: LabelStyle
    ) -> None:
        faces.register()
        self._target = target
        self._sheet = sheet
        self._style = style
        self._shift = (right, down)
        # Lower left corner of every cell, in points; bars start on a whole printer dot.
        self._cells = [
            ((x + right) * MM, (sheet.paper_height - y - sheet.label_height - down) * MM)
            for x, y in map(sheet.cell, range(1, sheet.count + 1))
        ]
        self._dot = bars.dot(style.dpi or sheet.dpi)
        self._canvas: Any = None
        self._pages = 0
        self._drawn = 0
        self._warnings: list[str] = []

    def draw(self, what: Arrangement, cell: int) -> None:
        """Draw one label into `cell`."""
        if self._canvas is None:
            self._canvas = _canvas(self._target, self._sheet, _("Labels"))
        canvas = self._canvas
        x, y = self._cells[cell - 1]
        if self._style.outlines:
            _outline(canvas, self._sheet, x, y)
        if what.band:
            _band(canvas, what.band, x, y)
        text = canvas.beginText()
        for font, size, right, up, words in what.pieces:
            text.setFont(font, size)
            text.setTextOrigin(x + right, y + up)
            text.textOut(drawn(words))
        canvas.drawText(text)
        for right, up, length in what.rules:
            canvas.setLineWidth(0.5)
            canvas.line(x + right, y + up, x + right + length, y + up)
        if what.bars:
            encoded, right, up, module, height = what.bars
            start = round((x + right) / self._dot) * self._dot
            bars.draw(canvas, encoded, start, y + up, module, height)
        self._drawn += 1
        self._warnings += what.warnings

    def end_page(self, progress: Callable[[int], None] | None) -> None:
        """Finish the sheet now being drawn."""
        if self._style.marks:
            _marks(self._canvas, self._sheet, *self._shift)
        self._canvas.showPage()
        self._pages += 1
        if progress:
            progress(self._drawn)

    def finish(self, progress: Callable[[int], None] | None) -> LabelResult:
        """Write the file."""
        if self._canvas is not None:
            self.end_page(progress)
            self._canvas.save()
        return LabelResult(self._pages, self._drawn, tuple(self._warnings))


def _canvas(target: Target, sheet: Sheet, title: str) -> Any:
    canvas = open_canvas(target, (sheet.paper_width, sheet.paper_height), title)
    canvas.setSubject(sheet.name)
    return canvas


def _band(canvas: Any, band: tuple[Box, str], x: float, y: float) -> None:
    from reportlab.lib.colors import HexColor

    box, colour = band
    canvas.saveState()
    canvas.setFillColor(HexColor(colour))
    canvas.rect(x + box.x, y + box.y, box.w, box.h, stroke=0, fill=1)
    canvas.restoreState()


def _marks(canvas: Any, sheet: Sheet, right: float, down: float) -> None:
    """Where to cut a sheet that is not cut yet: short lines outside the labels."""
    near, far = MARK
    edges_x = {x + side for x, _y in _corners(sheet) for side in (0, sheet.label_width)}
    edges_y = {y + side for _x, y in _corners(sheet) for side in (0, sheet.label_height)}
    left, top = min(edges_x), min(edges_y)
    last_x, last_y = max(edges_x), max(edges_y)
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.3)

    def line(x1: float, y1: float, x2: float, y2: float) -> None:
        height = sheet.paper_height
        canvas.line(
            (x1 + right) * MM,
            (height - y1 - down) * MM,
            (x2 + right) * MM,
            (height - y2 - down) * MM,
        )

    for x in edges_x:
        line(x, top - far, x, top - near)
        line(x, last_y + near, x, last_y + far)
    for y in edges_y:
        line(left - far, y, left - near, y)
        line(last_x + near, y, last_x + far, y)
    canvas.restoreState()


def _corners(sheet: Sheet) -> list[tuple[float, float]]:
    return [sheet.cell(n) for n in range(1, sheet.count + 1)]


def _outline(canvas: Any, sheet: Sheet, x: float, y: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.6)
    canvas.rect(x, y, sheet.label_width * MM, sheet.label_height * MM)
    canvas.restoreState()


def calibration_page(
    target: Target, sheet: Sheet, offset_x_mm: float = 0, offset_y_mm: float = 0
) -> None:
    """A test page: outlines with cell numbers, and a ruler to check the scale with."""
    faces.register()
    canvas = _canvas(target, sheet, _("Test page"))
    for n in range(1, sheet.count + 1):
        left, top = sheet.cell(n)
        x = (left + offset_x_mm) * MM
        y = (sheet.paper_height - top - sheet.label_height - offset_y_mm) * MM
        _outline(canvas, sheet, x, y)
        canvas.setFont(faces.SEMIBOLD, 8)
        canvas.drawString(x + max(2.0, sheet.edge - sheet.x0) * MM, y + 2 * MM, str(n))
    _ruler(canvas, sheet)
    canvas.showPage()
    canvas.save()


def _ruler(canvas: Any, sheet: Sheet) -> None:
    """A ruler across the middle, as long as the paper allows, up to 100 mm."""
    length = int(min(100, sheet.paper_width - 2 * sheet.edge - 4) // 10 * 10)
    x = (sheet.paper_width - length) / 2 * MM
    y = sheet.paper_height / 2 * MM
    hint = _("Print at scale 100 %. This line must be {length} mm long.").format(length=length)
    size = fonts.largest(hint, faces.REGULAR, 8, 4, length * MM)
    canvas.setFillGray(1)
    canvas.rect(x - 1.5 * MM, y - 2 * MM, (length + 3) * MM, 8 * MM, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.5)
    canvas.line(x, y, x + length * MM, y)
    for millimetre in range(length + 1):
        tick = 2.5 if millimetre % 10 == 0 else (1.8 if millimetre % 5 == 0 else 1.1)
        canvas.line(x + millimetre * MM, y, x + millimetre * MM, y + tick * MM)
    canvas.setFont(faces.REGULAR, size)
    canvas.drawCentredString(x + length * MM / 2, y + 3.4 * MM, hint)


def _write_newest(target: BytesIO, session: Session, rows: list[ItemRow]) -> None:
    name = house.profile(session).name
    write_labels(target, [label_of(row, name) for row in rows], _usual_sheet())


def _write_test_page(target: BytesIO, _session: Session, _now: datetime) -> None:
    calibration_page(target, _usual_sheet())


def _usual_sheet() -> Sheet:
    return sheets.all_sheets()["a4-3x7"]


PAPERS = (
    Paper(
        "labels",
        N_("Labels of copies without one"),
        _write_newest,
        newest_copies,
        N_("There is no copy to make a label for."),
        kind="label",
    ),
    Paper("label-test", N_("Test page for label sheets"), _write_test_page, kind="label"),
)
