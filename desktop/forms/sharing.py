"""Numbers and questions of the standards given to other libraries, and taken from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from database.library import Session
from database.refusal import Fault, Trouble
from database.standards import assessing, sharing
from database.standards.sharing import Shared
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Form, TextArea
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain, ngettext, number

_KIND = "JSON (*.json)"


class Sharing:
    """Files to give away and to take; `changed()` is called when something came."""

    def __init__(self, program: Program, host: Screen, changed: Callable[[], object]) -> None:
        self.program, self.host, self.changed = program, host, changed

    def save_thresholds(self) -> None:
        """Every number that was confirmed here."""
        self._save(_("Numbers of standards"), sharing.save_thresholds)

    def save_questions(self) -> None:
        """Every question that was typed here."""
        self._save(_("Questions of accreditation"), sharing.save_questions)

    def _save(self, name: str, act: Callable[[Session, Path, date], int]) -> None:
        chosen = self.ask_target(name)
        if chosen is None:
            return
        today = self.program.now().date()

        def write(session: Session) -> int:
            try:
                return act(session, chosen, today)
            except OSError as error:
                raise Fault(Trouble.FILE_UNWRITABLE, where=str(chosen)) from error

        count = self.program.attempt(self.host, write)
        if count:
            told = ngettext("{n} saved in {file}", "{n} saved in {file}", count)
            self.host.notice.done(told.format(n=number(count), file=chosen.name))

    def ask_target(self, name: str) -> Path | None:
        """Where to; None for nowhere."""
        usual = str(pc.documents() / safe(name, ".json"))
        chosen, _kind = QFileDialog.getSaveFileName(self.host, name, usual, _KIND)
        return Path(with_ending(chosen, ".json")) if chosen else None

    def ask_source(self) -> Path | None:
        """Which file; None for none."""
        title = _("Bring in numbers of others…")
        chosen, _kind = QFileDialog.getOpenFileName(self.host, title, str(pc.documents()), _KIND)
        return Path(chosen) if chosen else None

    def bring_thresholds(self) -> None:
        """Look at the numbers of a file, then confirm them."""
        path = self.ask_source()
        if path is None:
            return
        rows = self.program.attempt(self.host, lambda s: sharing.thresholds_in(s, path))
        if rows:
            dialog = BringDialog(self.program, self.host, rows)
            dialog.accepted.connect(self.changed)
            dialog.open()

    def paste_questions(self) -> None:
        """A table that was copied from a sheet."""
        dialog = PasteDialog(self.program, self.host)
        dialog.accepted.connect(self.changed)
        dialog.open()


class BringDialog(ActDialog):
    """What comes, who confirmed it and when; what we confirmed otherwise stands out."""

    def __init__(self, program: Program, host: Screen, rows: list[Shared]) -> None:
        super().__init__(program, host, _("Numbers of others"), _("Confirm them all"), width=900)
        self._rows = rows
        self.table = Table(
            [
                Column(_("Item"), "name", stretch=True),
                Column(_("Number in the regulation"), _value, kind="number", width=150),
                Column(_("Article or page"), "article", width=130),
                Column(_("Confirmed by"), "verified_by", width=210),
                Column(_("Date"), lambda one: date_plain(one.verified_on), width=100),
                Column("", _beside, kind="pill", width=110),
            ],
            id_key="indicator",
            name=_("Numbers of others"),
        )
        self.table.setMinimumHeight(320)
        self.table.set_rows(rows)
        note = _("They count as confirmed here, too: compare some with the regulation first.")
        self.build(Form([]), note)
        self.body.addWidget(self.table)

    def act(self) -> None:
        """Confirm them."""
        now, rows = self.program.now(), self._rows
        line = self.program.write(lambda session: sharing.confirm_all(session, rows, now))
        told = ngettext("{n} number confirmed", "{n} numbers confirmed", len(rows))
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(told.format(n=number(len(rows))), undo)


def _value(one: Shared) -> str:
    return f"{one.value:g}"


def _beside(one: Shared) -> Pill | None:
    if one.differs:
        return Pill(_("ours: {n}").format(n=f"{one.ours:g}"), "warn")
    return Pill(_("the same"), "plain") if one.ours is not None else None


class PasteDialog(ActDialog):
    """Lines of component, number, question, answers a to e."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host, _("Paste questions"), _("Take them"), width=900)
        note = _(
            "Copy the table from a sheet and paste it here: component, number, question, answers "
            "a to e, a line each. A line of headings is passed over."
        )
        self.build(Form([TextArea("table", _("Table"), required=True, lines=12)]), note)
        self.form.focus("table")

    def act(self) -> None:
        """Take what is a question."""
        text, now = self.form.value("table"), self.program.now()
        line, count = self.program.write(lambda session: assessing.paste(session, text, now))
        told = ngettext("{n} question brought in", "{n} questions brought in", count)
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(told.format(n=number(count)), undo)
