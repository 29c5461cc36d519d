"""One batch: its copies come by a list or by scanning, and go back one scan after the other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from database.holdings import deposits, item_list
from database.library import Session
from database.refusal import Refusal
from desktop.forms.scanned import ways
from desktop.forms.scanned.dialog import ScannedListDialog
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.deposits import list_file
from desktop.screens.catalogue.deposits.acts import BatchActs
from desktop.screens.catalogue.deposits.deposits import BatchDialog
from desktop.screens.catalogue.deposits.figures import PLACES, BatchFigures, about
from desktop.screens.catalogue.deposits.one_file import OneFile
from desktop.screens.catalogue.deposits.scans import BatchScans
from desktop.screens.catalogue.deposits.table import copies_table
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Card
from desktop.widgets.progress import Progress
from desktop.widgets.scan_box import COPIES, ScanBox
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import Elided
from desktop.words.language import _

_RECEIVE, _RETURN = 0, 1


class BatchPage(Page):
    """`open(batch id)`. Signals: `finished(None)`; `wanted("labels", copy ids)`, or
    `wanted("new", isbn)` for a title that is not in the catalogue yet."""

    wanted = Signal(str, object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._id: int | None = None
        self.row: deposits.DepositRow | None = None
        self._rows: list[item_list.ItemRow] = []
        self.progress = Progress()
        self.acts = BatchActs(program, host, self, self.progress)
        self.files = OneFile(program, host, self, self.progress)
        self._scans = BatchScans(program, host, partial(self.wanted.emit, "new"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._batch())
        self.paper = PaperView(program, host)
        self.paper.closed.connect(self.close_paper)
        self._stack.addWidget(self.paper)
        self.column.addWidget(self._stack, 1)

    # --- building

    def _batch(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        self.figures = BatchFigures()
        column.addLayout(self.figures)
        column.addLayout(self._scanning())
        card = Card(flush=True)
        self.table = copies_table(self.program, self.host)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        column.addWidget(self.progress)
        return page

    def _head(self) -> QHBoxLayout:
        keys = {key.name: key for key in self._keys()}
        self.name, self.about = Elided("", "title"), Elided("", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(words, 1)
        self.fill_button = Button.of(keys["bring_in"])
        self.finish_button = Button(_("Finish the return…"), self.finish, needs="catalogue")
        self.paper_button = Button.of(keys["paper"], kind="primary")
        for button in (
            Button.of(keys["back"]),
            Button(_("One file…"), self.save_file, key="save", needs="export"),
            Button(_("Change…"), self.change, needs="catalogue"),
            self.fill_button,
            self.finish_button,
            self.paper_button,
        ):
            row.addWidget(button)
        return row

    def _scanning(self) -> QHBoxLayout:
        self.mode = Tabs()
        self.mode.setAccessibleName(_("What scanning does"))
        self.mode.addTab(_("Take in"))
        self.mode.addTab(_("Give back"))
        self.mode.currentChanged.connect(lambda _index: self._turned())
        self.scan = ScanBox(_("Scan the ISBN of a book that came"), wants=COPIES | {"isbn"})
        self.scan.scanned.connect(self.scanned)
        options = [(place, _(name)) for place, name in PLACES.items()]
        self.filter = FilterButton(_("Show"), options, small=True)
        self.filter.chosen.connect(lambda _place: self._show_rows())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.mode)
        row.addWidget(self.scan, 1)
        row.addWidget(self.filter)
        row.addWidget(Button(_("Scanned codes…"), self.open_list, key="choose_file", small=True))
        return row

    def _keys(self) -> list[Key]:
        return [
            Key("back", _("Back"), lambda: self.finished.emit(None)),
            Key("bring_in", _("From a list…"), self.fill, needs="catalogue"),
            Key("choose_file", _("Scanned codes…"), self.open_list, needs="catalogue"),
            Key("paper", _("Handover deed"), self.open_paper),
            Key("switch", _("Take in or give back"), self._switch, needs="catalogue"),
            Key("print", _("Labels of the copies"), self.print_labels),
            Key("save", _("Save as one file…"), self.save_file, needs="export"),
            Key("", _("Change the batch"), self.change, needs="catalogue"),
            Key("", _("Finish the return…"), self.finish, needs="catalogue"),
        ]

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        if self._stack.currentWidget() is self.paper:
            return self.paper.keys()
        return self._keys()

    # --- showing

    def open(self, deposit_id: int) -> None:
        """Show a batch; once some of it went back, scanning goes on giving back."""
        self._id = deposit_id
        self._stack.setCurrentIndex(0)
        self.filter.choose("")
        self.reload()
        going = self.row is not None and (self.row.returned or self.row.returned_on)
        self.mode.setCurrentIndex(_RETURN if going else _RECEIVE)
        self._turned()

    def focus_first(self) -> None:
        """The scan box."""
        self.scan.line.setFocus()

    def reload(self) -> None:
        """Count and list anew; a batch taken back is left."""
        if self._id is None:
            return
        try:
            self.row, self._rows = self.program.read(self._read)
        except Refusal:
            self._id = self.row = None
            if self.isVisible():
                self.finished.emit(None)
            return
        self._show_counts(self.row)
        self._show_rows()

    def _read(self, session: Session) -> tuple[deposits.DepositRow, list[item_list.ItemRow]]:
        assert self._id is not None
        return deposits.stored(session, self._id), item_list.items_of_deposit(session, self._id)

    def _show_counts(self, row: deposits.DepositRow) -> None:
        self.name.set_text(row.name)
        self.about.set_text(about(row))
        self.figures.show_row(row)
        self.fill_button.setEnabled(row.returned_on is None)
        self.finish_button.setEnabled(row.returned_on is None and row.total > 0)
        self.mode.setTabEnabled(_RECEIVE, row.returned_on is None)

    def _show_rows(self) -> None:
        wanted = self.filter.value()
        rows = [row for row in self._rows if not wanted or deposits.place_of(row) == wanted]
        self.table.set_empty(
            _("None.")
            if self._rows
            else _("No copies yet. Bring in the list (Ctrl+I), or scan the books.")
        )
        self.table.set_rows(rows)

    def _turned(self) -> None:
        """The other way of scanning: going back, what is left to find is listed."""
        back = self.mode.currentIndex() == _RETURN
        told = (
            _("Scan the number of a copy that goes back")
            if back
            else (_("Scan the ISBN of a book that came"))
        )
        self.scan.line.setPlaceholderText(told)
        self.finish_button.setVisible(back)
        self.fill_button.setVisible(not back)
        self.filter.choose(deposits.HERE if back else "")
        self._show_rows()
        self.focus_first()

    def _switch(self) -> None:
        place = _RECEIVE if self.mode.currentIndex() == _RETURN else _RETURN
        if self.mode.isTabEnabled(place):
            self.mode.setCurrentIndex(place)

    # --- scanning

    def scanned(self, code: str) -> None:
        """A book came, or a copy goes back; whichever it is, the box stays ready."""
        if self._id is None:
            return
        if self.mode.currentIndex() == _RETURN:
            self._scans.give_back(self._id, code)
        else:
            came = self._scans.take_in(self._id, code)
            if came is not None:
                self.table.select_ids([came])
        self.focus_first()

    def open_list(self) -> None:
        """The codes of a portable scanner: books that came, or copies that go back."""
        row, back = self.row, self.mode.currentIndex() == _RETURN
        if row is not None and (back or row.returned_on is None):
            way = ways.into_batch(row.id, row.name, back)
            ScannedListDialog(self.program, self.host, way, self.reload).open()

    # --- acts

    def change(self) -> None:
        """What is known of the batch."""
        if self.row is not None:
            BatchDialog(self.program, self.host, self.row).open()

    def print_labels(self) -> None:
        """Labels of the copies listed that are still with us."""
        ids = [row.id for row in self.table.rows() if row.status != "returned_to_owner"]
        if ids:
            self.wanted.emit("labels", ids)

    def finish(self) -> None:
        """Close the return, after saying what that makes of the rest."""
        row = self.row
        if row is None or row.returned_on is not None or not row.total:
            return
        if self.acts.finish(row):
            self.filter.choose("")
            self._show_rows()

    def fill(self) -> None:
        """Bring in the list that came with the books."""
        if self._id is None or self.row is None or self.row.returned_on is not None:
            return
        path = self.ask_path()
        if path is None:
            return
        self.acts.fill(self._id, path)

    def ask_path(self) -> Path | None:
        """Which list; None for none."""
        return list_file.ask_path(self)

    def save_file(self) -> None:
        """The batch as one file: what came, or what goes back, as the tab says."""
        if self.row is not None:
            self.files.save(self.row, self.mode.currentIndex() == _RETURN)

    # --- paper

    def open_paper(self) -> None:
        """The deed of receiving, or of giving back, as the tab says."""
        if self.row is None:
            return
        self.acts.make_deed(self.row, self.mode.currentIndex() == _RETURN, self._show_paper)

    def _show_paper(self, pdf: bytes, name: str) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_paper(pdf, name)
        self.host.renew_keys()

    def close_paper(self) -> None:
        """Back to the batch."""
        self._stack.setCurrentIndex(0)
        self.host.renew_keys()
        self.focus_first()
