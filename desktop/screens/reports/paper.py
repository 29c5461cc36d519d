"""The report as paper: made in the background, seen small beside the figures or as a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from database.library import Session
from database.reports import kept_figures, month_checks, periods, statistics
from database.reports.figures import Month
from database.reports.month_checks import Check
from desktop import background, pc, theme
from desktop.pdf import PdfPages
from desktop.program import Program
from desktop.words.language import _

A4_SHAPE = 297 / 210


@dataclass(frozen=True, slots=True)
class Made:
    """A period as read and laid out off the GUI thread. `differs` is how many figures of a closed
    one would be others if it were counted today."""

    month: Month
    checks: list[Check]
    pdf: bytes
    differs: int = 0


STEPS = 3


def make(
    program: Program, period: str, report: background.Report, cancelled: Callable[[], bool]
) -> Made:
    """Figures, checks, pages; stops between them when it is no longer wanted."""
    from desktop.pages.drawing.paper import paper_size
    from desktop.pages.report import month as reporting

    def step(done: int) -> None:
        if cancelled():
            raise background.Cancelled
        report(done, STEPS)

    target = BytesIO()
    with program.library.reading() as session, paper_size(program.pc.get(pc.REPORT_PAPER)):
        step(0)
        figures, closed = periods.month_of(session, period, program.now().date())
        step(1)
        found = month_checks.checks(session, period, program.now())
        step(2)
        made_on = closed.closed_on if closed else program.now().date()
        reporting.write_month(target, session, figures, made_on, closed)
        differs = _differing(session, figures) if closed else 0
    step(3)
    return Made(figures, found, target.getvalue(), differs)


def _differing(session: Session, kept: Month) -> int:
    """Whether later acts touched a period that is closed: then a revision is due."""
    today = statistics.period(session, kept.month)
    counted = set(kept.tables)
    shown = replace(today, tables={k: v for k, v in today.tables.items() if k in counted})
    return len(kept_figures.differences(kept, shown))


class Paper:
    """The period in sight; whoever needs its PDF is told when it is ready."""

    def __init__(
        self,
        program: Program,
        owner: QWidget,
        ready: Callable[[Made], object],
        failed: Callable[[Exception], object],
        progress: background.Report,
    ) -> None:
        self._program, self._owner, self._ready, self._failed = program, owner, ready, failed
        self._progress = progress
        self._task: background.Task | None = None
        self._made: Made | None = None
        self._then: list[Callable[[Made], object]] = []

    def make(self, period: str) -> None:
        """Make it anew; one still under way is for another period or older figures."""
        self.stop()
        self._made = None
        self._task = background.run(
            lambda report, cancelled: make(self._program, period, report, cancelled),
            self._done,
            self._broke,
            self._tell,
        )

    def _tell(self, done: int, total: int | None) -> None:
        if isValid(self._owner):
            self._progress(done, total)

    def stop(self) -> None:
        """Want it no more."""
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self._then = []

    def is_ready(self) -> bool:
        """Whether it is made."""
        return self._made is not None

    def when_ready(self, then: Callable[[Made], object]) -> None:
        """Do something with what is made: now, or as soon as it is."""
        if self._made is not None:
            then(self._made)
        else:
            self._then.append(then)

    def _done(self, made: Made) -> None:
        self._task = None
        if not isValid(self._owner):
            return
        self._made, waiting, self._then = made, self._then, []
        self._ready(made)
        for then in waiting:
            then(made)

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
        self._waiting = _("being made…")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(56, 80)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Preview"))
        self.setAccessibleName(_("Preview"))

    def sizeHint(self) -> QSize:
        """A4."""
        return QSize(236, round(236 * A4_SHAPE))

    def show_pdf(self, pdf: bytes) -> None:
        """Show the first page of `pdf`, or an empty sheet."""
        # Not in the background: PDFium serves one thread at a time.
        pages = PdfPages(pdf) if pdf else None
        # The letter says little; what it goes with is on the page behind it.
        self._page = pages.picture(min(1, len(pages) - 1), 620) if pages else None
        self.update()

    def show_progress(self, done: int, total: int | None) -> None:
        """How far the sheet is, while there is none."""
        text = _("being made, {done} of {total}…")
        self._waiting = text.format(done=done, total=total) if total else _("being made…")
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
            painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, self._waiting)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(sheet)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the preview."""
        self.clicked.emit()
