"""A page to a printer, at its true size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.pdf import PdfPages, UnreadablePdf

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF, QSizeF
    from PySide6.QtGui import QPageLayout, QPainter
    from PySide6.QtPrintSupport import QPrinter

# A page that is painted as one picture only grows beyond this, and looks no better.
MOST_DPI = 600
# Pages lower than this (100 mm) are labels and slips on a roll.
ROLL_POINTS = 284.0


class PrintFailed(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """The printer is missing or refused the job, or the file is not a PDF."""


def printers() -> list[str]:
    """Names of the printers this PC knows, the default one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    default = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name))


def print_pdf(
    pdf: bytes | Path,
    printer_name: str | None = None,
    true_size: bool = True,
    shift_mm: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Print every page; None is the default printer.

    With `true_size` nothing is scaled, so labels meet their sheet; without, a page is
    fitted into what the printer can reach. `shift_mm` moves it right and down.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    known = printers()
    name = printer_name or next(iter(known), "")
    info = QPrinterInfo.printerInfo(name)
    if name not in known or info.isNull():
        raise PrintFailed(name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    paint(pdf, printer, true_size, shift_mm)


def paint(
    pdf: bytes | Path,
    printer: QPrinter,
    true_size: bool = True,
    shift_mm: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Paint every page of `pdf` on `printer`, whose paper is set to the page's size."""
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QPainter

    try:
        document = PdfPages(pdf)
    except UnreadablePdf as error:
        raise PrintFailed(str(error)) from error
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    printer.setFullPage(true_size)
    painter = QPainter()
    try:
        for page in range(len(document)):
            size = QSizeF(*document.size(page))
            printer.setPageLayout(_layout(size))
            started = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not started:
                raise PrintFailed(printer.printerName())
            place = _place(size, printer, true_size)
            place.translate(*(side / 25.4 * printer.resolution() for side in shift_mm))
            _paint_page(painter, document, page, place)
    finally:
        painter.end()


def _layout(size: QSizeF) -> QPageLayout:
    """The paper of a page. Wide sheets go in turned; a wide label is what its roll is."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize

    turned = size.width() > size.height() > ROLL_POINTS
    paper = QPageSize(
        size.transposed() if turned else size,
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    orientation = QPageLayout.Orientation
    return QPageLayout(
        paper, orientation.Landscape if turned else orientation.Portrait, QMarginsF()
    )


def _place(size: QSizeF, printer: QPrinter, true_size: bool) -> QRectF:
    """Where the page goes, in printer dots."""
    from PySide6.QtCore import QRectF
    from PySide6.QtPrintSupport import QPrinter

    dots = printer.resolution() / 72
    whole = QRectF(0, 0, size.width() * dots, size.height() * dots)
    if true_size:
        return whole
    reach = printer.pageRect(QPrinter.Unit.DevicePixel)
    scale = min(1.0, reach.width() / whole.width(), reach.height() / whole.height())
    return QRectF(0, 0, whole.width() * scale, whole.height() * scale)


def _paint_page(painter: QPainter, document: PdfPages, page: int, place: QRectF) -> None:
    from desktop.printing import vectors

    try:
        vectors.paint_page(painter, document, page, place)
    except vectors.NotPaintable:
        painter.drawImage(place, document.picture(page, round(place.width())))
