"""Where a page goes: to a printer, at its true size. The only room of pages that knows Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF, QSizeF
    from PySide6.QtGui import QImage, QPageLayout, QPainter
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

# A page is painted as one picture; beyond this it grows without looking better.
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


def print_pdf(pdf: bytes | Path, printer_name: str | None = None, true_size: bool = True) -> None:
    """Print every page; None is the default printer.

    With `true_size` nothing is scaled, so labels meet their sheet; without, a page is
    fitted into what the printer can reach.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    name = printer_name or QPrinterInfo.defaultPrinterName()
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise PrintFailed(name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    paint(pdf, printer, true_size)


def picture(pdf: bytes, width: int) -> QImage:
    """The first page, `width` dots wide."""
    from PySide6.QtCore import QSize

    document = _open(pdf)
    size = document.pagePointSize(0)
    return document.render(0, QSize(width, round(width * size.height() / size.width())))


def paint(pdf: bytes | Path, printer: QPrinter, true_size: bool = True) -> None:
    """Paint every page of `pdf` on `printer`, whose paper is set to the page's size."""
    from PySide6.QtGui import QPainter

    document = _open(pdf)
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    printer.setFullPage(true_size)
    painter = QPainter()
    for page in range(document.pageCount()):
        size = document.pagePointSize(page)
        printer.setPageLayout(_layout(size))
        started = printer.newPage() if painter.isActive() else painter.begin(printer)
        if not started:
            raise PrintFailed(printer.printerName())
        _paint_page(painter, document, page, _place(size, printer, true_size))
    painter.end()


def _open(pdf: bytes | Path) -> QPdfDocument:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    data = QByteArray(pdf if isinstance(pdf, bytes) else pdf.read_bytes())
    # The document owns the buffer: it reads from it as long as it lives.
    buffer = QBuffer(document)
    buffer.setData(data)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.pageCount() == 0:
        raise PrintFailed(str(document.error()))
    return document


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


def _paint_page(painter: QPainter, document: QPdfDocument, page: int, place: QRectF) -> None:
    from PySide6.QtCore import QSize

    dots = QSize(round(place.width()), round(place.height()))
    picture = document.render(page, dots)
    painter.fillRect(place, "white")
    painter.drawImage(0, 0, picture)
