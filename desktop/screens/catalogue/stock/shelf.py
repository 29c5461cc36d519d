"""One stocktake: scan shelf by shelf, see what is left, close it with its minutes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from database.circulation import lending
from database.exchange import sheet
from database.holdings import stock_balance, stocktake
from database.refusal import Fault, Refusal, Trouble
from database.rights import Right
from database.schema import ScanOutcome
from desktop import background, pc
from desktop.forms.scanned import ways
from desktop.forms.scanned.dialog import ScannedListDialog
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.stock.closing import RoundClosing
from desktop.screens.catalogue.stock.round_lists import (
    missing_table,
    odd_table,
    progress_table,
    scan_text,
    scan_told,
)
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Card
from desktop.widgets.figure import Figure
from desktop.widgets.pill import Pill
from desktop.widgets.row import Row
from desktop.widgets.scan_box import COPIES, ScanBox
from desktop.widgets.tabs import Tabs
from desktop.words import language
from desktop.words.codes import status
from desktop.words.language import _
from desktop.words.sentences import refusal, shorten


class ShelfView(QWidget):
    """`show_round(round)`; `told()` is called when rounds changed."""

    def __init__(self, program: Program, host: Screen, told: Callable[[], None]) -> None:
        super().__init__()
        self._program, self._host = program, host
        self.round: stock_balance.Round | None = None
        self.closing = RoundClosing(program, host, self, told)
        self._again = False
        self._task: background.Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.scan_box = ScanBox(_("Scan the copies of a shelf…"), wants=COPIES)
        self.scan_box.scanned.connect(self.scan)
        self.shelf = FilterButton(_("Shelf"), [("", _("not said"))])
        self.shelf.chosen.connect(lambda _value: self.focus_first())
        self.list_button = Button(_("Scanned codes…"), self.open_list, key="choose_file")
        self.close_button = Button(_("Close the round…"), self.close_round, needs="catalogue")
        top = Row()
        top.addWidget(self.scan_box, 1)
        top.addWidget(self.shelf)
        top.addWidget(self.list_button)
        top.addWidget(self.close_button)
        column.addLayout(top)
        self.tiles = [Figure() for _place in range(5)]
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        column.addLayout(tiles)
        column.addWidget(self._lists(), 1)

    def _lists(self) -> Card:
        card = Card(flush=True)
        self.tabs = Tabs()
        for words in (_("Not found yet"), _("To look at"), _("By shelf")):
            self.tabs.addTab(words)
        self.missing, self.odd, self.progress = missing_table(), odd_table(), progress_table()
        stack = QStackedWidget()
        for table in (self.missing, self.odd, self.progress):
            stack.addWidget(table)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 14, 0)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(Button(_("Save CSV…"), self.save_csv, small=True, needs="export"))
        card.body.addLayout(bar)
        card.body.addWidget(stack, 1)
        return card

    def keys(self) -> list[Key]:
        """Those of a round."""
        return [
            Key("save", _("Save CSV…"), self.save_csv, needs="export"),
            Key("choose_file", _("Scanned codes…"), self.open_list),
            Key("", _("Close the round…"), self.close_round, needs="catalogue"),
        ]

    def focus_first(self) -> None:
        """The box that is scanned into."""
        self.scan_box.line.setFocus()

    # --- showing

    def show_round(self, chosen: stock_balance.Round) -> None:
        """Show one; a closed one is only read."""
        self.round = chosen
        is_open = chosen.closed_at is None
        for widget in (self.scan_box, self.shelf, self.list_button, self.close_button):
            widget.setVisible(is_open)
        self.tabs.setTabText(0, _("Not found yet") if is_open else _("Lost"))
        self.refresh()

    def refresh(self) -> None:
        """Read the figures and lists beside the scanning; one reading at a time."""
        if self._task is not None:
            self._again = True
            return
        chosen, library = self.round, self._program.library
        assert chosen is not None
        number = chosen.id

        def work(_report: Any, _cancelled: Any) -> Any:
            with library.reading() as session:
                return (
                    number,
                    stock_balance.figures(session, number),
                    stock_balance.missing(session, number),
                    stock_balance.remarks(session, number),
                    stock_balance.shelves(session, number),
                )

        self._task = background.run(work, self._show, self._failed, ended=self._ended)

    def _ended(self) -> None:
        self._task = None
        if self._again and isValid(self):
            self._again = False
            self.refresh()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self._host.notice.refused(refusal(error))

    def _show(self, read: Any) -> None:
        if not isValid(self):
            return
        number, figures, missing, remarks, shelves = read
        if self.round is None or self.round.id != number:
            return
        self._show_figures(figures)
        self.missing.set_rows(missing)
        self.odd.set_rows(remarks)
        self.progress.set_rows(shelves)
        known = [
            ("", _("not said")),
            *((one.location, one.location or _("(none)")) for one in shelves if one.location),
        ]
        self.shelf.set_options(known)

    def _show_figures(self, found: stock_balance.Figures) -> None:
        number = language.number
        recorded, here, lent, away, missing = self.tiles
        part = found.found * 100 // found.recorded if found.recorded else 0
        recorded.set(number(found.recorded), _("copies recorded"))
        here.set(
            number(found.found),
            _("found"),
            "good" if found.found else None,
            Pill(_("{n} %").format(n=number(part)), "info"),
        )
        lent.set(number(found.on_loan), _("on loan"))
        away.set(number(found.quarantine + found.repair), _("in quarantine or repair"))
        lost = self.round is not None and self.round.closed_at is not None
        missing.set(
            number(found.missing),
            _("lost") if lost else _("not found yet"),
            "bad" if lost and found.missing else None,
        )

    # --- scanning

    def scan(self, code: str) -> None:
        """One code at the chosen shelf; a lent copy can be taken back at once."""
        assert self.round is not None
        number, shelf, now = self.round.id, self.shelf.value(), self._program.now()
        try:
            found = self._program.write(
                lambda session: stocktake.scan(session, number, code, shelf, now)
            )
        except (Refusal, Fault) as told:
            self._host.notice.refused(refusal(told))
            return
        self._say(found)
        self.refresh()
        self.focus_first()

    def open_list(self) -> None:
        """The codes of a portable scanner, all read at the chosen shelf."""
        if self.round is not None and self.round.closed_at is None:
            way = ways.into_round(self.round.id, self.shelf.value(), scan_told)
            ScannedListDialog(self._program, self._host, way, self.refresh).open()

    def _say(self, found: stocktake.Scan) -> None:
        notice, text = self._host.notice, scan_text(found)
        if found.outcome in {ScanOutcome.UNKNOWN, ScanOutcome.FOREIGN}:
            notice.refused(text)
        elif found.outcome is ScanOutcome.ON_LOAN:
            notice.look(
                text, Key("step", _("Take it back now"), lambda: self.take_back(found.code))
            )
        elif found.outcome is ScanOutcome.FOUND:
            notice.done(text, lambda: self._unscan(found.line))
        else:
            notice.look(text)

    def _unscan(self, line: int) -> None:
        self._program.undo(self._host, line)
        self.refresh()

    def take_back(self, code: str) -> None:
        """A copy recorded as lent stands on the shelf: it has come back."""
        now = self._program.now()
        done = self._program.attempt(
            self._host, lambda session: lending.check_in(session, code, now)
        )
        if done:
            text = _("Taken back: {title}").format(title=shorten(done.title, 60))
            self._host.notice.done(text, lambda: self._unscan(done.line))
            self.refresh()
        self.focus_first()

    def close_round(self) -> None:
        """Ask for the number of the minutes; say what it does."""
        if self.round is not None:
            self.closing.ask(self.round)

    def save_csv(self) -> None:
        """What is not found, for going to the shelves once more."""
        if not self._program.allows(self._host, Right.EXPORT):
            return
        folder = pc.documents()
        name = _("not found.csv")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save CSV…"), str(folder / name), "CSV (*.csv)"
        )
        if not chosen:
            return
        head = [_("Copy"), _("Call number"), _("Title"), _("Location"), _("State")]
        rows = [
            [row.barcode, row.call_number, row.title, row.location, status(row.status)]
            for row in self.missing.rows()
        ]
        try:
            sheet.write_csv(Path(chosen), head, rows)
        except OSError:
            told = Fault(Trouble.FILE_UNWRITABLE, where=chosen)
            self._host.notice.refused(refusal(told))
            return
        self._host.notice.done(_("Saved: {title}").format(title=Path(chosen).name))
