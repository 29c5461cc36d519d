"""The report as paper: made in the background, seen small beside the figures or as a page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from database import periods
from desktop import background, theme
from desktop.language import _
from desktop.pdf import PdfPages
from desktop.program import Program

A4_SHAPE = 297 / 210


def make_pdf(program: Program, month: str) -> bytes:
    """The report of a month; opens its own session, so any thread may do it."""
    from desktop.pages import reporting

    target = BytesIO()
    with program.library.reading() as session:
        figures, closed = periods.month_of(session, month)
        made_on = closed.closed_on if closed else program.now().date()
        reporting.write_month(target, session, figures, made_on, closed)
    return target.getvalue()


class Paper:
    """The PDF of the month in sight; whoever needs it is told when it is ready."""

    def __init__(
        self,
        program: Program,
        owner: QWidget,
        ready: Callable[[bytes], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self._program, self._owner, self._ready, self._failed = program, owner, ready, failed
        self._task: background.Task | None = None
        self._pdf = b""
        self._then: list[Callable[[bytes], object]] = []

    def make(self, month: str) -> None:
        """Make it anew; one still under way is for another month or older figures."""
        self.stop()
        self._pdf = b""
        self._task = background.run(
            lambda report, cancelled: make_pdf(self._program, month), self._done, self._broke
        )

    def stop(self) -> None:
        """Want it no more."""
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self._then = []

    def when_ready(self, then: Callable[[bytes], object]) -> None:
        """Do something with the PDF: now, or as soon as it is made."""
        if self._pdf:
            then(self._pdf)
        else:
            self._then.append(then)

    def _done(self, pdf: bytes) -> None:
        self._task = None
        if not isValid(self._owner):
            return
        self._pdf, waiting, self._then = pdf, self._then, []
        self._ready(pdf)
        for then in waiting:
            then(pdf)

    def _broke(self, error: Exception) -> None:
        self._task, self._then = None, []
        if isValid(self._owner):
            self._failed(error)


class Thumbnail(QWidget):
    """The first page, small; a click opens the whole."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 170)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Preview"))
        self.setAccessibleName(_("Preview"))

    def sizeHint(self) -> QSize:
        """A4."""
        return QSize(236, round(236 * A4_SHAPE))

    def show_pdf(self, pdf: bytes) -> None:
        """Show the first page of `pdf`, or an empty sheet."""
        # Not in the background: PDFium serves one thread at a time.
        self._page = PdfPages(pdf).picture(0, 620) if pdf else None
        self.update()

    def has_page(self) -> bool:
        """Whether a page is shown."""
        return self._page is not None

    def _sheet(self) -> QRect:
        width = min(self.width() - 2, round((self.height() - 2) / A4_SHAPE))
        return QRect(1, 1, width, round(width * A4_SHAPE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white sheet with a hairline around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        painter.fillRect(sheet, "white")
        if self._page is not None:
            painter.drawImage(sheet, self._page)
        else:
            painter.setPen(Qt.GlobalColor.gray)
            painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, _("being made…"))
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(sheet)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the preview."""
        self.clicked.emit()
