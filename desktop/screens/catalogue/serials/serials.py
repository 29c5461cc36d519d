"""Serials: the titles, the issues of the one chosen, checking in, claims."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from database.holdings import serial_issues, serials
from desktop.forms.scanned import ways
from desktop.forms.scanned.dialog import ScannedListDialog
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.page import Page, short
from desktop.screens.catalogue.serials.claims import Claims
from desktop.screens.catalogue.serials.dialogs import (
    FREQUENCIES,
    ExpectDialog,
    NewSerial,
    SerialDialog,
)
from desktop.screens.catalogue.serials.told import day_text, held_text, next_on, state
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided, label
from desktop.words.language import _


class SerialsPage(Page):
    """Signal `wanted("labels", copy ids)` or `wanted("edit", title id)`."""

    wanted = Signal(str, object)
    section = "serials"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.claims = Claims(program, host, self, self._show_paper)
        self._issues: list[serial_issues.IssueRow] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists())
        self.paper = PaperView(program, host)
        self.paper.closed.connect(self.close_paper)
        self._stack.addWidget(self.paper)
        self.column.addWidget(self._stack, 1)

    # --- building

    def _lists(self) -> QWidget:
        keys = {key.name: key for key in self._acts()}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.claim_button = Button.of(keys["paper"])
        column.addLayout(
            self.head(
                self.claim_button,
                Button.of(keys["choose_file"]),
                Button.of(keys["new"], icon="plus"),
                Button.of(keys["arrived"], kind="primary"),
            )
        )
        split = QSplitter()
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(self._titles(keys))
        split.addWidget(self._of_title(keys))
        split.setSizes([570, 540])
        column.addWidget(split, 1)
        return page

    def _titles(self, keys: dict[str, Key]) -> Card:
        card = Card(flush=True)
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Next issue"), next_on, optional=True),
                Column(
                    _("Frequency"), lambda row: _(FREQUENCIES.get(row.frequency, "")), optional=True
                ),
                Column(_("State"), state, kind="pill"),
            ],
            on_open=lambda _row: self.receive_next(),
            on_select=lambda _row: self._show_issues(),
            empty=_("Magazines and journals stand here, with the issues that come and lack."),
            empty_action=keys["new"],
            name=_("Serials"),
        )
        card.body.addWidget(self.table)
        return card

    def _of_title(self, keys: dict[str, Key]) -> Card:
        card = Card()
        self.name, self.held = Elided("", "cardTitle"), label("", "muted", wrap=True)
        card.body.addWidget(self.name)
        card.body.addWidget(self.held)
        self.issues = Table(
            [
                Column(_("Issue"), "name", strong=True, stretch=True),
                Column(_("Expected"), lambda row: day_text(row.expected_on)),
                Column(_("State"), self._state_of, kind="pill"),
                Column(_("Copy"), "barcode", optional=True),
            ],
            on_open=self.receive,
            empty=_("No issues yet. Say how it comes out, then expect some (Ctrl+Shift+N)."),
            name=_("Issues"),
        )
        card.body.addWidget(self.issues, 1)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.acts = [
            Button(_("Frequency…"), self.set_up, small=True, needs="catalogue"),
            Button.of(keys["new_other"], small=True),
            Button(_("Arrived"), self.receive_chosen, key="open", small=True, needs="catalogue"),
            Button.of(keys["copies_add"], small=True),
        ]
        for button in self.acts:
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _acts(self) -> list[Key]:
        return [
            Key("arrived", _("Next issue has come"), self.receive_next, needs="catalogue"),
            Key("new_other", _("Expect issues…"), self.expect, needs="catalogue"),
            Key("new", _("New serial"), self.add, needs="catalogue"),
            Key("copies_add", _("Make a copy"), self.make_copy, needs="catalogue"),
            Key("choose_file", _("Scanned codes…"), self.open_list, needs="catalogue"),
            Key("paper", _("Claims"), self.open_claims, needs="catalogue"),
            Key("find", _("To the titles"), self.focus_first),
            Key("reload", _("Read the list anew"), self.reload),
            Key("", _("How it comes out"), self.set_up, needs="catalogue"),
        ]

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        if self._stack.currentWidget() is self.paper:
            return self.paper.keys()
        return self._acts()

    def focus_first(self) -> None:
        """The titles."""
        self.table.view.setFocus()
        if self.table.current() is None:
            self.table.select_first()

    def open_list(self) -> None:
        """The codes on the covers of all that the post brought."""
        way = ways.into_serials()
        ScannedListDialog(self.program, self.host, way, self.reload).open()

    # --- showing

    def reload(self) -> None:
        """Read the titles, and the issues of the one chosen."""
        today = self.program.now().date()
        rows = self.program.read(lambda session: serials.rows(session, today))
        self.table.set_rows(rows)
        self.claim_button.setEnabled(any(row.late for row in rows))
        self._show_issues()

    def _show_issues(self) -> None:
        row = self.table.current()
        self._issues = (
            []
            if row is None
            else self.program.read(lambda session: serial_issues.issues(session, row.id))
        )
        self.name.set_text(row.title if row else "")
        self.held.setText(held_text(serial_issues.holdings(self._issues)) if row else "")
        self.issues.set_rows(self._issues)
        for button in self.acts:
            button.setEnabled(row is not None)

    def _state_of(self, row: serial_issues.IssueRow) -> Pill:
        if row.received_on is not None:
            return Pill(_("here"), "good")
        if row.claimed_on is not None:
            return Pill(_("claimed {day}").format(day=day_text(row.claimed_on)), "warn")
        late = row.expected_on is not None and row.expected_on < self.program.now().date()
        return Pill(_("late"), "bad") if late else Pill(_("expected"), "plain")

    # --- acts

    def add(self) -> None:
        """A title of the kind serial, then chosen."""
        dialog = NewSerial(self.program, self.host)
        dialog.accepted.connect(lambda: self.table.select_ids([dialog.number]))
        dialog.open()

    def set_up(self) -> None:
        """How the title comes out."""
        row = self.table.current()
        if row is not None:
            SerialDialog(self.program, self.host, row).open()

    def expect(self) -> None:
        """Which issues are to come; first of all how it comes out."""
        row = self.table.current()
        if row is None:
            return
        if not row.frequency:
            self.set_up()
            return
        newest = next(iter(self._issues), None)
        ExpectDialog(self.program, self.host, row, newest).open()

    def receive_next(self) -> None:
        """The issue after the newest has come."""
        waited_for = serial_issues.next_waited_for(self._issues)
        if waited_for is not None:
            self.receive(waited_for)
        elif self.table.current() is not None:
            self.notice.look(_("No issue is expected of this title (Ctrl+Shift+N)."))

    def receive_chosen(self) -> None:
        """The issue chosen has come."""
        row = self.issues.current()
        if row is not None:
            self.receive(row)

    def receive(self, row: serial_issues.IssueRow) -> None:
        """Check an issue in."""
        if row.received_on is not None:
            self.notice.look(_("{issue} is here already.").format(issue=row.name))
            return
        now = self.program.now()
        line = self.program.attempt(
            self.host, lambda session: serial_issues.receive(session, row.id, now)
        )
        if line:
            text = _("{issue} of {title} is here.")
            undo = partial(self.program.undo, self.host, line)
            self.notice.done(text.format(issue=row.name, title=short(row.title)), undo)

    def make_copy(self) -> None:
        """The issue chosen becomes a copy that can be lent."""
        row = self.issues.current()
        if row is None or row.received_on is None or row.barcode:
            self.notice.look(_("Choose an issue that is here and is no copy yet."))
            return
        now = self.program.now()
        done = self.program.attempt(
            self.host, lambda session: serial_issues.make_copy(session, row.id, "", now)
        )
        if done:
            text = _("{issue} can be lent now: {barcode}").format(issue=row.name, barcode=done[0])
            self.notice.done(text, partial(self.program.undo, self.host, done[1]))

    def open_claims(self) -> None:
        """The letter about everything late."""
        self.claims.open()

    def note_claimed(self) -> None:
        """The issues of the letter have been claimed today."""
        self.claims.note()

    def _show_paper(self, pdf: bytes, name: str) -> None:
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_paper(pdf, name)
        self.host.renew_keys()

    def close_paper(self) -> None:
        """Back to the titles."""
        self._stack.setCurrentIndex(0)
        self.host.renew_keys()
        self.focus_first()
