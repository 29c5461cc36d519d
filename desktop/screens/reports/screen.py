"""The period's report: its figures, its paper, what to look at before it is signed."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from database.policy.calendar import period_bounds, shift_month, shift_period
from database.refusal import Fault, Reason, Refusal
from database.reports import month_checks
from database.reports.figures import Month
from desktop.pages.report.pieces import last_day
from desktop.program import Program
from desktop.running.keeping import backups
from desktop.screen import Key
from desktop.screens.reports import figures
from desktop.screens.reports.checks import told
from desktop.screens.reports.closing import Closing
from desktop.screens.reports.drill import BehindDialog
from desktop.screens.reports.numbers import NumbersCard
from desktop.screens.reports.output import ReportOutput
from desktop.screens.reports.own_lists import OwnLists
from desktop.screens.reports.paper import Made, Paper
from desktop.screens.reports.preview import PreviewPage
from desktop.screens.reports.signing import SigningCard
from desktop.screens.reports.steps import length_of, of_length, step_name
from desktop.screens.reports.words import SkipDialog, WordsDialog
from desktop.widgets.buttons import Button, FilterButton, MenuButton
from desktop.widgets.card import Band, heading
from desktop.widgets.figure import Figure
from desktop.widgets.progress import Progress
from desktop.widgets.row import Row
from desktop.words.language import N_, _, period_long
from desktop.words.sentences import refusal

TOGETHER_PX = 900
"""In less the report's tables stand below what is checked: the widest needs the whole width."""


class ReportsScreen(ReportOutput):
    """The report of a period, at first of last month."""

    title = N_("Reports")
    shows = frozenset(
        {
            "PeriodReport",
            "Threshold",
            "CheckSkip",
            "AssessmentQuestion",
            "Evidence",
            "Loan",
            "Visit",
            "Biblio",
            "Item",
            "Patron",
            "Profile",
            "InHouseUse",
            "DayClose",
            "Calendar",
            "Renewal",
            "Deposit",
            "RegisterEntry",
        }
    )

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.month = shift_month(f"{program.now():%Y-%m}", -1)
        self.paper = Paper(program, self, self._show_made, self._failed, self._progress)
        self.tiles = [Figure() for _tile in figures.TILES]
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._figures_page())
        self.preview_page = PreviewPage(program, self)
        self.preview_page.resized.connect(lambda: self.paper.make(self.month))
        self._pages.addWidget(self.preview_page)

    # --- building

    def _figures_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        column.addLayout(self._head())
        self.band = Band()
        column.addWidget(self.band)
        self.progress = Progress()
        self.closing = Closing(self.program, self, self.progress)
        self.closing.changed.connect(self._reload)
        column.addWidget(self.closing)
        column.addWidget(self.progress)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile, (name, words) in zip(self.tiles, figures.TILES, strict=True):
            look = partial(self.look_behind, name, _(words))
            tile.set_open(look, _("Enter or a double press shows the rows behind it"))
            tiles.addWidget(tile, 1)
        column.addLayout(tiles)
        row = Row(gap=12, tall=True, together=TOGETHER_PX)
        self.numbers = NumbersCard(self.program, self, self.month, self.look_behind_cell)
        self.signing = SigningCard()
        self.signing.thumbnail.clicked.connect(self.preview)
        self.signing.checks.mend.connect(lambda place: self.leave_for.emit(*place))
        self.signing.checks.skip.connect(self.skip_check)
        self.signing.checks.again.connect(self.look_again)
        row.addWidget(self.signing)
        row.addWidget(self.numbers, 1)
        column.addLayout(row, 1)
        return page

    def _head(self) -> Row:
        self.earlier = Button("", lambda: self.step(-1), icon="chevron-left")
        self.later = Button("", lambda: self.step(1), icon="chevron-right")
        lengths = [("month", _("month")), ("quarter", _("quarter")), ("year", _("year"))]
        self.length = FilterButton(_("Report of a"), lengths)
        self.length.chosen.connect(self.turn_to)
        self.output = MenuButton(
            _("Output"),
            [
                (_("Words…"), self.write_words),
                (_("Preview"), self.preview),
                (_("Print"), self.print_report),
                (_("Excel"), self.save_sheet),
                (_("IPLM folder…"), self.check_iplm),
                (_("Own lists…"), self.open_lists),
            ],
        )
        self.make_button = Button(_("Make PDF for the dinas"), self.save_pdf, kind="primary")
        buttons = (self.length, self.earlier, self.later, self.output)
        row = heading(" ", *buttons, self.make_button)
        self._title: Any = row.itemAt(0).widget()  # type: ignore[union-attr]
        return row

    @cached_property
    def lists(self) -> OwnLists:
        """Made when they are first asked for."""
        made = OwnLists(self.program, self)
        self._pages.addWidget(self._lists_page(made))
        return made

    def _lists_page(self, lists: OwnLists) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        recap = Button(_("Recap of many reports…"), self.save_recap)
        verify = Button(_("Verify a report…"), self.verify)
        column.addLayout(
            heading(_("Own lists"), verify, recap, Button(_("Back"), self.back, key="back"))
        )
        column.addWidget(lists, 1)
        return page

    def open_lists(self) -> None:
        """Lists of the library's own."""
        self.lists.reload()
        self._pages.setCurrentIndex(2)
        self.lists.columns.setFocus()

    def keys(self) -> list[Key]:
        """What can be done here."""
        return [
            Key("earlier", _("The month before"), lambda: self.step(-1)),
            Key("later", _("The month after"), lambda: self.step(1)),
            Key("paper", _("Preview"), self.preview),
            Key("", _("Own lists"), self.open_lists),
            Key("", _("Recap of many reports…"), self.save_recap),
            Key("", _("Verify a report…"), self.verify),
            Key("words", _("Write the words of the report"), self.write_words, needs="report"),
            Key(
                "",
                _("The next step of the month: close, sign, send"),
                self.closing.act,
                needs="look",
            ),
            Key("print", _("Print"), self.print_report),
            Key("save", _("Make PDF for the dinas"), self.save_pdf),
            Key("back", _("Back to the figures"), self.back),
        ]

    def focus_first(self) -> None:
        """The one filled button."""
        self.make_button.setFocus()

    def arrive(self, what: Any) -> None:
        """A month "2026-10", a quarter "2026-Q4" or a year "2026"."""
        try:
            period_bounds(str(what))
        except ValueError:
            self.notice.refused(refusal(Refusal(Reason.MONTH_INVALID, month=what)))
            return
        self._turn(str(what))

    def may_leave(self) -> bool:
        """A preview nobody will see is not made to the end."""
        self.paper.stop()
        return True

    # --- showing

    def step(self, periods_on: int) -> None:
        """Another period; the next one to come is the last that can be asked for."""
        wanted = shift_period(self.month, periods_on)
        before = shift_period(wanted, -1)
        if period_bounds(before)[0] <= self.program.now().date():
            self._turn(wanted)

    def turn_to(self, length: str) -> None:
        """The month, quarter or year that the period in sight lies in or ends with."""
        wanted = of_length(self.month, length, f"{self.program.now():%Y-%m}")
        if wanted != self.month:
            self._turn(wanted)

    def _turn(self, period: str) -> None:
        """Show another period; table 4 has other columns where the length is another."""
        self.month = period
        length = length_of(period)
        if self.length.value() != length:
            self.length.blockSignals(True)
            self.length.choose(length)
            self.length.blockSignals(False)
        self.numbers.turn_to(period)
        self._reload()

    def _is_future(self) -> bool:
        return period_bounds(self.month)[0] > self.program.now().date()

    def reload(self) -> None:
        """Read the period anew, off this thread, and make its paper."""
        self._title.set_text(period_long(self.month))
        self.earlier.set_text(step_name(shift_period(self.month, -1)))
        self.later.set_text(step_name(shift_period(self.month, 1)))
        future = self._is_future()
        self.later.setEnabled(not future)
        for button in (self.output, self.make_button):
            button.setEnabled(not future)
        text = _("{month} has not begun; its report can be made when it has.")
        self.band.set(text.format(month=period_long(self.month)) if future else "", "info")
        self.paper.stop()
        self.closing.show_month(self.month)
        self.numbers.reload()
        self.signing.thumbnail.show_pdf(b"")
        self.signing.thumbnail.setVisible(not future)
        if future:
            self._show(None)
            self.signing.checks.show_checks([])
        else:
            self.paper.make(self.month)

    def _progress(self, done: int, total: int | None) -> None:
        self.signing.thumbnail.show_progress(done, total)

    def _show_made(self, made: Made) -> None:
        if made.month.month != self.month:
            return
        self._show(made.month)
        now, backup = self.program.now(), backups.last(self.program)
        lines = self.program.read(lambda s: told(s, self.month, made.checks, now, backup))
        self.signing.checks.show_checks(lines)
        self.closing.show_checks(lines)
        self.closing.show_differing(made.differs)
        self.signing.thumbnail.show_pdf(made.pdf)
        if self._pages.currentIndex() == 1:
            self.preview_page.pdf_view.show_pdf(made.pdf)

    def _show(self, month: Month | None) -> None:
        if month is not None and month.until:
            text = _("Counted up to {day}: the period is not over, and its paper is a draft.")
            self.band.set(text.format(day=last_day(month)), "info")
        figures.fill_tiles(self.tiles, month)
        self.numbers.show_month(month)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    # --- acts

    def write_words(self) -> None:
        """Narrative, problems and plans."""
        if self._is_future():
            return
        if not self.paper.is_ready():
            self.notice.look(_("The figures are being counted; the words come with them."))
        self.paper.when_ready(self._open_words)

    def _open_words(self, made: Made) -> None:
        WordsDialog(self.program, self, made.month, self.closing.report is not None).open()

    def skip_check(self, code: str) -> None:
        """Leave a check open, with a reason."""
        SkipDialog(self.program, self, self.month, code).open()

    def look_again(self, code: str) -> None:
        """A check that was skipped is looked at again."""
        period, now = self.month, self.program.now()
        line = self.program.attempt(self, lambda s: month_checks.unskip(s, period, code, now))
        if line is not None:
            self.notice.done(_("The check counts again"), partial(self.program.undo, self, line))

    def look_behind(self, figure: str, title: str) -> None:
        """The rows a figure was counted from."""
        if not self._is_future():
            BehindDialog(self.program, self, self.month, figure, title).open()

    def look_behind_cell(self, part: str, row: Any, column: Any) -> None:
        """Enter or a double click on a figure of a table."""
        found = figures.behind_cell(part, row, column)
        if found is not None:
            self.look_behind(*found)
        else:
            self.notice.look(_("Choose a figure; Enter shows the rows behind it."))

    def preview(self) -> None:
        """Page by page."""
        if not self._is_future():
            self.paper.when_ready(self._open_preview)

    def _open_preview(self, made: Made) -> None:
        self.preview_page.pdf_view.show_pdf(made.pdf)
        self._pages.setCurrentIndex(1)
        self.preview_page.pdf_view.view.setFocus()

    def back(self) -> None:
        """Esc: from the preview to the figures."""
        self._pages.setCurrentIndex(0)
        self.focus_first()
