"""The month: its figures, its paper, what to look at before it is signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from database import house, periods
from database.calendar import month_bounds, shift_month
from database.figures import Month
from database.refusal import Fault, Reason, Refusal, Trouble
from desktop import theme
from desktop.language import N_, _, month_long, month_short
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.reports import figures
from desktop.screens.reports.checks import CheckList, checks
from desktop.screens.reports.closing import Closing
from desktop.screens.reports.paper import Paper, Thumbnail
from desktop.screens.reports.standards import StandardsPanel
from desktop.sentences import refusal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card, Figure, heading
from desktop.widgets.chart import Chart
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.text import label


class ReportsScreen(Screen):
    """The monthly report, at first of last month."""

    title = N_("Reports")
    shows = frozenset({
        "Loan", "Visit", "Biblio", "Item", "Patron", "Profile", "InHouseUse", "PeriodReport",
        "RegisterEntry", "Threshold",
    })  # fmt: skip
    undoes = frozenset({"PeriodReport", "Threshold"})

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.month = shift_month(f"{program.now():%Y-%m}", -1)
        self.paper = Paper(program, self, self._show_paper, self._failed)
        self.tiles = [Figure() for _tile in figures.TILES]
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._figures_page())
        self._pages.addWidget(self._preview_page())

    # --- building

    def _figures_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        column.addLayout(self._head())
        self.band = Band()
        column.addWidget(self.band)
        self.closing = Closing(self.program, self)
        self.closing.changed.connect(self._reload)
        column.addWidget(self.closing)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        column.addLayout(tiles)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._numbers(), 3)
        row.addWidget(self._before_signing(), 2)
        column.addLayout(row, 1)
        return page

    def _head(self) -> QHBoxLayout:
        self.earlier = Button("", lambda: self.step(-1), icon="chevron-left")
        self.later = Button("", lambda: self.step(1), icon="chevron-right")
        self.preview_button = Button(_("Preview"), self.preview, key="F4")
        self.print_button = Button(_("Print"), self.print_report, key="Ctrl+P")
        self.make_button = Button(_("Make PDF for the dinas"), self.save_pdf, kind="primary")
        buttons = (self.earlier, self.later, self.preview_button, self.print_button)
        row = heading(" ", *buttons, self.make_button)
        self._title: Any = row.itemAt(0).widget()  # type: ignore[union-attr]
        return row

    def _numbers(self) -> Card:
        card = Card(flush=True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        names = (_("Standards"), _("12 months"), _("Members"), _("Visits"), _("Circulation"))
        for words in names:
            self.tabs.addTab(words)
        self.chart = Chart()
        self.chart.setContentsMargins(12, 4, 14, 10)
        self.tables = [
            figures.members_table(), figures.visits_table(), figures.circulation_table(),
        ]  # fmt: skip
        stack = QStackedWidget()
        self.standards = StandardsPanel(self.program, self)
        for widget in (self.standards, self.chart, *self.tables):
            stack.addWidget(widget)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 0)
        top.addWidget(self.tabs)
        card.body.addLayout(top)
        card.body.addWidget(stack, 1)
        return card

    def _before_signing(self) -> Card:
        card = Card()
        self.thumbnail = Thumbnail()
        self.thumbnail.clicked.connect(self.preview)
        self.check_list = CheckList()
        self.check_list.mend.connect(lambda section: self.leave_for.emit("settings", section))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(label(_("Before signing"), "cardTitle"))
        right.addWidget(self.check_list)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.thumbnail, 1, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        card.body.addLayout(row, 1)
        return card

    def _preview_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        back = Button(_("Back"), self.back, key="Esc")
        print_button = Button(_("Print"), self.print_report, key="Ctrl+P")
        save = Button(_("Make PDF for the dinas"), self.save_pdf, kind="primary")
        column.addLayout(heading(_("Preview"), back, print_button, save))
        self.pdf_view = PdfView()
        column.addWidget(self.pdf_view, 1)
        return page

    def keys(self) -> list[Key]:
        """What can be done here."""
        return [
            Key("Alt+Left", _("The month before"), lambda: self.step(-1)),
            Key("Alt+Right", _("The month after"), lambda: self.step(1)),
            Key("F4", _("Preview"), self.preview),
            Key("F8", _("The next step of the month: close, sign, send"), self.closing.act),
            Key("Ctrl+P", _("Print"), self.print_report),
            Key("Ctrl+S", _("Make PDF for the dinas"), self.save_pdf),
            Key("Esc", _("Back to the figures"), self.back),
        ]

    def focus_first(self) -> None:
        """The one filled button."""
        self.make_button.setFocus()

    def arrive(self, what: Any) -> None:
        """A month, "2026-10"."""
        try:
            month_bounds(str(what))
        except ValueError:
            self.notice.refused(refusal(Refusal(Reason.MONTH_INVALID, month=what)))
            return
        self.month = str(what)
        self._reload()

    def may_leave(self) -> bool:
        """A preview nobody will see is not made to the end."""
        self.paper.stop()
        return True

    # --- showing

    def step(self, months: int) -> None:
        """Another month; the next one to come is the last that can be asked for."""
        wanted = shift_month(self.month, months)
        if wanted <= shift_month(f"{self.program.now():%Y-%m}", 1):
            self.month = wanted
            self._reload()

    def _is_future(self) -> bool:
        return self.month > f"{self.program.now():%Y-%m}"

    def reload(self) -> None:
        """Read the month anew and begin its paper."""
        self._title.set_text(month_long(self.month))
        self.earlier.set_text(month_short(shift_month(self.month, -1)))
        self.later.set_text(month_short(shift_month(self.month, 1)))
        future = self._is_future()
        self.later.setEnabled(not future)
        for button in (self.preview_button, self.print_button, self.make_button):
            button.setEnabled(not future)
        text = _("{month} has not begun; its report can be made when it has.")
        self.band.set(text.format(month=month_long(self.month)) if future else "", "info")
        self.paper.stop()
        self.closing.show_month(self.month)
        self.standards.reload()
        self.thumbnail.show_pdf(b"")
        self.thumbnail.setVisible(not future)
        self._show(None if future else self.program.read(self._read))

    def _read(self, session: Any) -> Month:
        return periods.month_of(session, self.month)[0]

    def _show(self, month: Month | None) -> None:
        figures.fill_tiles(self.tiles, month)
        figures.fill_tables(self.tables, month)
        self._show_chart(month)
        today = self.program.now().date()
        found = self.program.read(lambda s: checks(s, month, today)) if month else []
        self.check_list.show_checks(found)
        if month is not None:
            self.paper.make(month.month)

    def _show_chart(self, month: Month | None) -> None:
        from desktop.pages import charts

        points = month.year if month else ()
        drawing = charts.year_chart(points, 560, 330, "dark" if theme.is_dark() else "screen")
        self.chart.set_svg(charts.to_svg(drawing), _("Visits and loans, 12 months"))

    def _show_paper(self, pdf: bytes) -> None:
        self.thumbnail.show_pdf(pdf)
        if self._pages.currentIndex() == 1:
            self.pdf_view.show_pdf(pdf)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    # --- acts

    def preview(self) -> None:
        """F4: page by page."""
        if not self._is_future():
            self.paper.when_ready(self._open_preview)

    def _open_preview(self, pdf: bytes) -> None:
        self.pdf_view.show_pdf(pdf)
        self._pages.setCurrentIndex(1)
        self.pdf_view.view.setFocus()

    def back(self) -> None:
        """Esc: from the preview to the figures."""
        self._pages.setCurrentIndex(0)
        self.focus_first()

    def print_report(self) -> None:
        """Ctrl+P: to the usual printer."""
        if not self._is_future():
            self.paper.when_ready(self._print)

    def _print(self, pdf: bytes) -> None:
        from desktop.pages import output

        try:
            output.print_pdf(pdf, true_size=False)
        except output.PrintFailed:
            action = Key("Ctrl+S", _("Make PDF"), self.save_pdf)
            self.notice.look(_("No printer answers; make the PDF and print it elsewhere."), action)
        else:
            self.notice.done(_("The report is at the printer"))

    def save_pdf(self) -> None:
        """The primary act: a file for the dinas."""
        if self._is_future():
            return
        path = self.ask_path(self._usual_path())
        if path is not None:
            self.paper.when_ready(lambda pdf: self._write(pdf, path))

    def _usual_path(self) -> Path:
        from desktop.pages.monthly_report import report_name

        profile = self.program.read(house.profile)
        short = "".join(one for one in profile.short_name or profile.name if one.isalnum())
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place) or Path.home())
        return folder / f"{report_name(short, self.month)}.pdf"

    def ask_path(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Make PDF for the dinas"), str(usual), "PDF (*.pdf)"
        )
        if not chosen:
            return None
        return Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")

    def _write(self, pdf: bytes, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf)
        except OSError:
            self.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(path))))
            return
        folder = QUrl.fromLocalFile(str(path.parent))
        action = Key("", _("Open folder"), lambda: QDesktopServices.openUrl(folder))
        self.notice.done(_("Report made: {file}").format(file=path), action=action)
