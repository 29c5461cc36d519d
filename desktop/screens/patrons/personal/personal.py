"""What is kept of one person, to what they agreed, and what they may ask for."""

from __future__ import annotations

import json
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from database.circulation import clearance
from database.engine.whole_file import write_whole
from database.library import Session
from database.patrons import consents
from database.patrons.finding import PatronRow
from database.policy import settings
from database.privacy import forgetting, person_data, requests, retention
from database.refusal import Fault, Trouble
from database.rights import Right
from database.text.dates import local_day
from desktop import pc, theme
from desktop.file_names import safe, with_ending
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.patrons.personal.asking import may_forget, tell_open
from desktop.screens.patrons.personal.kept import consent_row, kept_text, letter_row, request_row
from desktop.screens.patrons.personal.letters import ClearanceLetters, Paper
from desktop.widgets.buttons import Button
from desktop.widgets.flow import Flow
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.codes import PURPOSES
from desktop.words.language import _, date_long
from desktop.words.sentences import refusal

_CONSENTS_PX = 30 + 3 * theme.ROW_HEIGHT + 4


class PersonalData(QWidget):
    """`show_patron` first; `forgotten` when the person shown is no more.

    `show_paper(pdf, name)` shows a paper to be printed or kept.
    """

    forgotten = Signal()

    def __init__(self, program: Program, host: Screen, show_paper: Paper) -> None:
        super().__init__()
        self.program, self.host, self._show_paper = program, host, show_paper
        self.letters = ClearanceLetters(program, host, self, show_paper)
        self.patron: PatronRow | None = None
        self.kept = label("", "small", wrap=True)
        self.consents = Table(
            [
                Column(_("Agrees to"), "purpose", stretch=True),
                Column(_("State"), "state", kind="pill"),
                Column(_("Text and way"), "text", muted=True, optional=True),
            ],
            on_open=lambda row: self.turn(),
            on_select=lambda row: self._name_button(),
            empty=_("Wards and beds agree to nothing."),
            name=_("Consents"),
        )
        self.papers = Table(
            [
                Column(_("Asked for, and letters"), "what", stretch=True),
                Column(_("Day"), "day"),
                Column(_("State"), "state", kind="pill"),
            ],
            on_open=lambda row: self.reprint(),
            empty=_("Nothing was asked for, and no letter written."),
            name=_("Requests and letters"),
        )
        self._arrange()

    def _arrange(self) -> None:
        self.consent_button = Button(_("Record consent"), self.turn, small=True)
        self.copy_button = Button(_("Copy of the data"), self.copy, small=True)
        self.file_button = Button(_("As a file (JSON)…"), self.save_copy, small=True)
        self.letter_button = Button(_("Clearance letter…"), self.write_letter, small=True)
        self.forget_button = Button(
            _("Forget this person…"), self.forget, kind="danger", small=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.kept)
        self.consents.setFixedHeight(_CONSENTS_PX)
        column.addWidget(self.consents)
        self._buttons = (
            self.consent_button,
            self.copy_button,
            self.file_button,
            self.letter_button,
            self.forget_button,
        )
        column.addLayout(Flow(*self._buttons))
        column.addWidget(self.papers, 1)

    # --- showing

    def show_patron(self, patron: PatronRow | None) -> None:
        """Show what is kept of a patron; None shows nothing."""
        self.patron = patron
        person = patron is not None and patron.kind == "person"
        for button in self._buttons:
            button.setEnabled(person)
        if patron is None or not person:
            self.kept.setText("")
            self.consents.set_rows([])
            self.papers.set_rows([])
            return
        self._read(patron)

    def _read(self, patron: PatronRow) -> None:
        read = self.program.read
        rules = read(retention.rules)
        rule = next(one for one in rules if one.code == patron.category)
        self.kept.setText(kept_text(rule, patron))
        held = read(lambda s: consents.held(s, patron.id))
        self.consents.set_rows([consent_row(one, held) for one in consents.PURPOSES])
        letters = read(lambda s: clearance.of_patron(s, patron.id))
        asked = read(lambda s: requests.of_patron(s, patron.id))
        now = self.program.now()
        self.papers.set_rows([*map(letter_row, letters), *(request_row(one, now) for one in asked)])
        self._name_button()

    def _name_button(self) -> None:
        row = self.consents.current()
        words = _("Withdraw consent") if row and row["stands"] else _("Record consent")
        self.consent_button.set_text(words)

    # --- consent

    def turn(self) -> None:
        """Record or withdraw the consent that is chosen."""
        patron, row = self.patron, self.consents.current()
        if patron is None or row is None:
            self.host.notice.look(_("Choose what it is about first."))
            return
        now, purpose = self.program.now(), row["id"]
        if row["stands"]:
            self._withdraw(patron.id, purpose)
            return
        channel = _("on paper")
        line = self.program.attempt(
            self.host, lambda s: consents.give(s, patron.id, purpose, channel, now)
        )
        if line is not None:
            said = _("Recorded: {name} agrees to “{purpose}”")
            self._tell(said, patron, purpose, line)

    def _withdraw(self, patron_id: int, purpose: str) -> None:
        patron, now = self.patron, self.program.now()
        line = self.program.attempt(
            self.host, lambda s: consents.withdraw(s, patron_id, purpose, now)
        )
        if line is None or patron is None:
            return
        if purpose == "photo":
            self.host.notice.done(_("Withdrawn; the photograph is deleted."))
        else:
            said = _("Withdrawn: {name} no longer agrees to “{purpose}”")
            self._tell(said, patron, purpose, line)
        self.show_patron(patron)

    def _tell(self, said: str, patron: PatronRow, purpose: str, line: int) -> None:
        text = said.format(name=patron.name, purpose=_(PURPOSES[purpose]))
        self.host.notice.done(text, undo=partial(self.program.undo, self.host, line))
        self.show_patron(patron)

    # --- the copy of the data

    def copy(self) -> None:
        """Everything held, as a paper; the request is noted and answered."""
        held = self._held()
        if held is None:
            return
        from desktop.pages.letters import person_papers

        target = BytesIO()
        with self.program.library.reading() as session:
            officer = settings.get(session, settings.PROTECTION_OFFICER)
            person_papers.write_copy(target, session, held, officer)
        self._show_paper(target.getvalue(), person_papers.copy_name(self.program.now().date()))

    def _held(self) -> dict[str, Any] | None:
        patron, now = self.patron, self.program.now()
        if patron is None:
            return None

        def act(session: Session) -> dict[str, Any]:
            request = requests.ask(session, patron.id, "copy", now)
            requests.answered(session, request, now)
            return person_data.held(session, patron.id, now)

        held = self.program.attempt(self.host, act)
        self.show_patron(patron)
        return held

    def save_copy(self) -> None:
        """Everything held, as a file any program can read."""
        if not self.program.allows(self.host, Right.EXPORT):
            return
        where = self.ask_path(_("Personal-data-{day}").format(day=self.program.now().date()))
        held = self._held() if where is not None else None
        if where is None or held is None:
            return
        try:
            write_whole(where, json.dumps(held, ensure_ascii=False, indent=2).encode())
        except OSError:
            fault = Fault(Trouble.FILE_UNWRITABLE, where=str(where))
            self.host.notice.refused(refusal(fault))
        else:
            self.host.notice.done(_("Saved: {title}").format(title=where.name))

    def ask_path(self, name: str) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("As a file (JSON)…"), str(pc.documents() / safe(name, ".json")), "JSON (*.json)"
        )
        return with_ending(chosen, ".json") if chosen else None

    # --- forgetting

    def forget(self) -> None:
        """Note the request; then forget at once, or say what is still out."""
        patron, now = self.patron, self.program.now()
        if patron is None:
            return
        asked = self.program.attempt(self.host, lambda s: requests.ask(s, patron.id, "forget", now))
        if asked is None:
            return
        matters = self.program.read(lambda s: clearance.open_matters(s, patron.id))
        if matters:
            tell_open(self, _("Not possible yet"), matters, self.program.now().date())
            text = _("The request is noted; answer it by {day}.")
            due = now + requests.TERM
            self.host.notice.look(text.format(day=date_long(local_day(due))))
            self.show_patron(patron)
        elif may_forget(self, patron):
            self._forget(patron, asked)
        else:
            self.show_patron(patron)

    def _forget(self, patron: PatronRow, asked: int) -> None:
        now = self.program.now()

        def act(session: Session) -> forgetting.Forgotten:
            requests.answered(session, asked, now)
            return forgetting.forget_now(session, patron.id, now)

        done = self.program.attempt(self.host, act)
        if done is None:
            return
        from desktop.pages.letters import person_papers

        target = BytesIO()
        with self.program.library.reading() as session:
            person_papers.write_receipt(target, session, asked, done, now)
        self.patron = None
        self.forgotten.emit()
        self.host.notice.done(_("Forgotten. This receipt is for the person."))
        self._show_paper(target.getvalue(), person_papers.receipt_name(now.date()))

    # --- letters

    def write_letter(self) -> None:
        """A letter of clearance, or what stands against it."""
        if self.patron is not None:
            self.letters.write(self.patron)

    def reprint(self) -> None:
        """The letter chosen, again: same number, day and signature."""
        row = self.papers.current()
        if row is not None and row["letter"] is not None:
            self.letters.show(row["letter"])
