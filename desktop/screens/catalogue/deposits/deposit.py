"""One batch: its copies come by a list or by scanning, and go back one scan after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from database.description import isbn
from database.holdings import deposits, items
from database.imports import deposit_lists
from database.imports.plan import Cancelled
from database.library import Session
from database.refusal import Fault, Reason, Refusal
from desktop import background
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.deposits import list_file
from desktop.screens.catalogue.deposits.deposits import BatchDialog
from desktop.screens.catalogue.description import state
from desktop.screens.catalogue.history import History
from desktop.screens.catalogue.page import Page, short
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Card, Figure
from desktop.widgets.dialog import confirm
from desktop.widgets.progress import Progress
from desktop.widgets.scan_box import ScanBox
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided
from desktop.words import language
from desktop.words.language import N_, _, ngettext
from desktop.words.sentences import refusal

PLACES = {
    "": N_("All copies"),
    deposits.HERE: N_("Here"),
    deposits.ON_LOAN: N_("On loan"),
    deposits.MISSING: N_("Not found"),
    deposits.RETURNED: N_("Given back"),
}
_RECEIVE, _RETURN = 0, 1


class BatchPage(Page):
    """`open(batch id)`. Signals: `finished(None)`; `wanted("labels", copy ids)`, or
    `wanted("new", isbn)` for a title that is not in the catalogue yet."""

    wanted = Signal(str, object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._id: int | None = None
        self.row: deposits.DepositRow | None = None
        self._rows: list[items.ItemRow] = []
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
        self.figures = {place: Figure() for place in PLACES}
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in self.figures.values():
            figures.addWidget(figure, 1)
        column.addLayout(figures)
        column.addLayout(self._scanning())
        card = Card(flush=True)
        self.table = self._make_table()
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        self.progress = Progress()
        column.addWidget(self.progress)
        return page

    def _head(self) -> QHBoxLayout:
        keys = {key.sequence: key for key in self._acts()}
        self.name, self.about = Elided("", "title"), Elided("", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(words, 1)
        self.fill_button = Button.of(keys["Ctrl+I"])
        self.finish_button = Button(_("Finish the return…"), self.finish)
        self.paper_button = Button.of(keys["F4"], kind="primary")
        for button in (
            Button.of(keys["Esc"]),
            Button(_("Change…"), self.change),
            self.fill_button,
            self.finish_button,
            self.paper_button,
        ):
            row.addWidget(button)
        return row

    def _scanning(self) -> QHBoxLayout:
        self.mode = QTabBar()
        self.mode.setDrawBase(False)
        self.mode.setExpanding(False)
        self.mode.setAccessibleName(_("What scanning does"))
        self.mode.addTab(_("Take in"))
        self.mode.addTab(_("Give back"))
        self.mode.currentChanged.connect(lambda _index: self._turned())
        self.scan = ScanBox(_("Scan the ISBN of a book that came"), hint="F3")
        self.scan.scanned.connect(self.scanned)
        options = [(place, _(name)) for place, name in PLACES.items()]
        self.filter = FilterButton(_("Show"), options, small=True)
        self.filter.chosen.connect(lambda _place: self._show_rows())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.mode)
        row.addWidget(self.scan, 1)
        row.addWidget(self.filter)
        return row

    def _make_table(self) -> Table:
        return Table(
            [
                Column(_("Number"), "barcode", strong=True),
                Column(_("Title"), "title", stretch=True),
                Column(_("Call number"), "call_number", optional=True),
                Column(_("Location"), "location", optional=True),
                Column(_("State"), state, kind="pill"),
            ],
            on_open=lambda row: History(self.program, self.host, row).open(),
            empty=_("No copies yet. Bring in the list (Ctrl+I), or scan the books."),
            name=_("Copies of the batch"),
        )

    def _acts(self) -> list[Key]:
        return [
            Key("Esc", _("Back"), lambda: self.finished.emit(None)),
            Key("Ctrl+I", _("From a list…"), self.fill),
            Key("F4", _("Handover deed"), self.open_paper),
            Key("F3", _("To the scan box"), self.focus_first),
            Key("F6", _("Take in or give back"), self._switch),
            Key("Ctrl+P", _("Labels of the copies"), self.print_labels),
            Key("", _("Change the batch"), self.change),
            Key("", _("Finish the return…"), self.finish),
        ]

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        if self._stack.currentWidget() is self.paper:
            return self.paper.keys()
        return self._acts()

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

    def _read(self, session: Session) -> tuple[deposits.DepositRow, list[items.ItemRow]]:
        assert self._id is not None
        return deposits.stored(session, self._id), items.items_of_deposit(session, self._id)

    def _show_counts(self, row: deposits.DepositRow) -> None:
        self.name.set_text(row.name)
        due = _("due back {day}").format(day=language.date_plain(row.due_on)) if row.due_on else ""
        came = _("received {day}").format(day=language.date_plain(row.received_on))
        self.about.set_text(
            " · ".join(part for part in (row.owner, came, due, row.document) if part)
        )
        counts = (row.total, row.here, row.on_loan, row.missing, row.returned)
        for (place, name), count in zip(PLACES.items(), counts, strict=True):
            tone = "bad" if place == deposits.MISSING and count else None
            self.figures[place].set(language.number(count), _(name), tone)  # type: ignore[arg-type]
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
        back = self.mode.currentIndex() == _RETURN
        number, now = self._id, self.program.now()
        act = deposits.give_back if back else deposits.add_copy
        try:
            done = self.program.write(lambda session: act(session, number, code, now))
        except (Refusal, Fault) as told:
            self._refused(told, code)
        else:
            self._tell(done, back)
        self.focus_first()

    def _refused(self, told: Refusal | Fault, code: str) -> None:
        action = None
        canonical = isbn.canonical(code) if isbn.looks_like(code) else ""
        if isinstance(told, Refusal) and told.reason is Reason.ISBN_UNKNOWN and canonical:
            action = Key("", _("New title"), lambda: self.wanted.emit("new", canonical))
        self.notice.refused(refusal(told), action)

    def _tell(self, done: deposits.Scanned, back: bool) -> None:
        about = {"barcode": done.barcode, "title": short(done.title)}
        if back:
            left = self.row.here if self.row else 0
            text = _("{barcode} goes back: {title}. Still to find: {n}").format(
                **about, n=language.number(left)
            )
        else:
            text = _("{barcode} taken in: {title}").format(**about)
        self.notice.done(text, partial(self.program.undo, self.host, done.line))
        if not back:
            self.table.select_ids([done.item_id])

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
        text = ngettext(
            "{n} copy was not scanned and becomes “not found yet”. On loan: {loans}; they are "
            "scanned here when they come home.",
            "{n} copies were not scanned and become “not found yet”. On loan: {loans}; they are "
            "scanned here when they come home.",
            row.here,
        ).format(n=language.number(row.here), loans=language.number(row.on_loan))
        if not confirm(self, _("Finish the return?"), text, _("Finish")):
            return
        now = self.program.now()
        line = self.program.attempt(
            self.host, lambda session: deposits.finish(session, row.id, now)
        )
        if line:
            told = _("“{batch}” has gone back; print the handover deed (F4).")
            undo = partial(self.program.undo, self.host, line)
            self.notice.done(told.format(batch=row.name), undo)
            self.filter.choose("")
            self._show_rows()

    def fill(self) -> None:
        """Ctrl+I: bring in the list that came with the books."""
        if self._id is None or self.row is None or self.row.returned_on is not None:
            return
        path = self.ask_path()
        if path is None:
            return
        number, now = self._id, self.program.now()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Any:
            with self.program.library.transaction() as session:
                return deposit_lists.fill(
                    session, number, path, now, report=report, cancelled=cancelled
                )

        task = background.run(
            work, self._filled, self._failed, self.progress.advance, self.progress.finish
        )
        self.progress.start(_("Reading {file}").format(file=path.name), task.cancel)

    def _filled(self, done: deposit_lists.Filled) -> None:
        if isValid(self):
            undo = partial(self.program.undo, self.host, done.line)
            self.notice.done(list_file.told(done), undo)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.notice.look(_("Stopped; nothing was taken in."))
        elif isinstance(error, Refusal | Fault):
            self.notice.refused(refusal(error))
        else:
            raise error

    def ask_path(self) -> Path | None:
        """Which list; None for none."""
        return list_file.ask_path(self)

    # --- paper

    def open_paper(self) -> None:
        """F4: the deed of receiving, or of giving back, as the tab says."""
        if self._id is None or self.row is None:
            return
        number, today, row = self._id, self.program.now().date(), self.row
        back = self.mode.currentIndex() == _RETURN

        def work(report: Any, cancelled: Any) -> tuple[bytes, str]:
            from desktop.pages.letters import handover

            target = BytesIO()
            with self.program.library.reading() as session:
                handover.write(target, session, number, today, given_back=back)
            return target.getvalue(), handover.file_name(row, given_back=back)

        background.run(work, self._show_paper, self._failed)

    def _show_paper(self, made: tuple[bytes, str]) -> None:
        if not isValid(self):
            return
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_paper(*made)
        self.host.renew_keys()

    def close_paper(self) -> None:
        """Back to the batch."""
        self._stack.setCurrentIndex(0)
        self.host.renew_keys()
        self.focus_first()
