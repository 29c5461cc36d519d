"""A new rotation: a list pasted or opened, a look at every line, then all in one act."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.exchange import found as formats
from database.exchange import pasted, sheet
from database.library import Session
from database.patrons import leavers, membership, rotation
from database.patrons.leavers import Leaver
from database.patrons.rotation import TAKEN, Applied, Common, Line
from database.policy import units
from database.refusal import Fault, Refusal
from database.rights import Right
from desktop import background, pc
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.patrons.rotation.form import common_of, rotation_form
from desktop.screens.patrons.rotation.leavers import LeaversList
from desktop.screens.patrons.rotation.lines import line_row, lines_table, not_taken
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.completion import complete
from desktop.widgets.notice import NoticeStrip
from desktop.widgets.pages import Pages
from desktop.widgets.progress import Progress
from desktop.widgets.row import Row
from desktop.widgets.text import label
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import refusal

_Found = tuple[list[list[str]], list[Line], list[Leaver]]
"""The list, what each line would do, and who is not in it any more."""
_PAUSE_MS = 250
_FILTER = "CSV, XLSX (*.csv *.tsv *.txt *.xlsx)"


class RotationPage(QWidget):
    """`open()` begins, or goes on where somebody was only looked at; `finished()` when it is done
    or left."""

    finished = Signal()
    asked_for = Signal(int)
    """Somebody of those not in the list is to be looked at; the page waits as it is."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self._table: list[list[str]] = []
        self._lines: list[Line] = []
        self._asked = 0
        self._busy = False
        self._goes_on = False
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.look)
        cancel, apply = self.page_keys()
        self.act_button = Button.of(apply, kind="primary")
        self.copy_button = Button(_("Copy the lines not taken"), self.copy_rest, small=True)
        self.save_button = Button(_("Save them…"), self.save_rest, small=True)
        self.file_button = Button(_("Open a file…"), self.ask_file, icon="folder-open")
        self._says = label("", "strong")
        self.progress = Progress()
        self._build_form()
        self.table = lines_table()
        self.leavers = LeaversList(
            lambda: self.notice, self._look_at, self.show_lines, self._may_save
        )
        self.leavers_button = Button("", self.show_leavers, small=True)
        self._arrange(heading(_("New rotation"), Button.of(cancel), self.act_button))

    @property
    def notice(self) -> NoticeStrip:
        """The strip of the window."""
        return self.host.notice

    def page_keys(self) -> list[Key]:
        """What can be done by key while this page is shown."""
        return [
            Key("back", _("Cancel"), self.cancel),
            Key("save", _("Take in"), self.apply),
        ]

    def _build_form(self) -> None:
        self.form = rotation_form()
        program = self.program
        complete(
            self.form.input("unit"),
            lambda text: [one for one in program.read(units.names) if text.lower() in one.lower()],
        )
        self.form.changed.connect(lambda _key: self._soon.start())

    def _arrange(self, head: Row) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.progress)
        given, shown = Card(), Card(flush=True)
        given.body.addWidget(self.form)
        told = _("What stands in a line goes before what is said here for all.")
        given.body.addWidget(label(told, "small", wrap=True))
        given.body.addStretch(1)
        given.body.addWidget(self.file_button)
        self.sides = Pages()
        self.sides.addWidget(self._lines_page())
        self.sides.addWidget(self.leavers)
        shown.body.addWidget(self.sides, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(given, 5)
        row.addWidget(shown, 8)
        column.addLayout(row, 1)

    def _lines_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        foot = Row(gap=6)
        foot.setContentsMargins(14, 4, 14, 8)
        foot.addWidget(self._says, 1)
        for button in (self.leavers_button, self.copy_button, self.save_button):
            foot.addWidget(button)
        column.addLayout(foot)
        return page

    def open(self) -> None:
        """Begin with an empty list, unless one is being worked through."""
        if self._goes_on:
            self._goes_on = False
            self.look()
            self.leavers.table.setFocus()
            return
        kinds = self.program.read(membership.categories)
        persons = [(one.code, one.name) for one in kinds if one.kind == "person"]
        self.form.set_options("category", persons)
        self.form.clear()
        usual = self.program.read(rotation.default_kind)
        self.form.set_values({"category": usual, "joined_on": self.program.now().date()})
        self._table = []
        self._show([], [])
        self.show_lines()
        self.focus_first()

    def focus_first(self) -> None:
        """The list."""
        self.form.focus("list")

    # --- looking

    def ask_file(self) -> None:
        """Choose a file."""
        folder = str(pc.documents())
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Open a list"), folder, f"CSV, XLSX ({formats.patterns(sheets=True)})"
        )
        if found:
            self.take_file(Path(found))

    def take_file(self, path: Path) -> None:
        """Read a file off this thread and show it as if it had been pasted."""

        def done(table: list[list[str]]) -> None:
            lines = ["\t".join(cell.replace("\t", " ") for cell in row) for row in table]
            self.form.put("list", "\n".join(lines))

        background.run(lambda _report, _cancelled: formats.rows_of(path), done, self._failed)

    def common(self) -> Common:
        """What is said for all."""
        return common_of(self.form.values())

    def look(self) -> None:
        """Find out behind what each line would do; only the newest question is answered."""
        self._soon.stop()
        self._asked += 1
        text, common = str(self.form.value("list") or ""), self.common()
        asked, program, today = self._asked, self.program, self.program.now().date()

        def work(_report: Any, _cancelled: Any) -> _Found:
            table = pasted.rows_of(text) if text.strip() else []

            def looked(session: Session) -> _Found:
                lines = rotation.plan(session, table, common)
                return table, lines, leavers.of(session, lines, today)

            return program.read(looked)

        def done(found: _Found) -> None:
            if isValid(self) and asked == self._asked:
                self._table = found[0]
                self._show(found[1], found[2])

        background.run(work, done, self._failed)

    def _show(self, lines: Sequence[Line], gone: Sequence[Leaver]) -> None:
        self._lines = list(lines)
        self.leavers.show_leavers(gone)
        self.leavers_button.set_text(self.leavers.told())
        self.leavers_button.setVisible(bool(gone))
        if not gone:
            self.show_lines()
        self.table.set_rows([line_row(line) for line in lines])
        taken = sum(line.outcome in TAKEN for line in lines)
        rest = len(lines) - taken
        text = ngettext("{n} line is taken", "{n} lines are taken", taken).format(n=number(taken))
        if rest:
            both = ngettext(
                "{n} line is taken, {rest} not", "{n} lines are taken, {rest} not", taken
            )
            text = both.format(n=number(taken), rest=number(rest))
        self._says.setText(text if lines else "")
        self.act_button.set_text(
            _("Take in {n}").format(n=number(taken)) if taken else _("Take in")
        )
        self.act_button.setEnabled(bool(taken) and not self._busy)
        for button in (self.copy_button, self.save_button):
            button.setVisible(bool(rest))

    # --- who is not in the list any more

    def show_leavers(self) -> None:
        """In the place of the lines."""
        self.sides.setCurrentIndex(1)
        self.leavers.table.select_first()
        self.leavers.table.setFocus()

    def show_lines(self) -> None:
        """Back to what each line will do."""
        self.sides.setCurrentIndex(0)

    def _look_at(self, patron_id: int) -> None:
        self._goes_on = True
        self.asked_for.emit(patron_id)

    # --- what is not taken

    def copy_rest(self) -> None:
        """To be mended in the spreadsheet they came from."""
        rows = ["\t".join(row) for row in not_taken(self._lines, self._table)]
        QGuiApplication.clipboard().setText("\n".join(rows))
        self.notice.done(_("The lines not taken are copied; paste them into a spreadsheet."))

    def _may_save(self) -> bool:
        return self.program.allows(self.host, Right.EXPORT)

    def save_rest(self) -> None:
        """Into a file of their own."""
        if not self._may_save():
            return
        name = str(pc.documents() / _("not-taken.csv"))
        found, _kind = QFileDialog.getSaveFileName(self, _("Save them…"), name, "CSV (*.csv)")
        if found:
            self.write_rest(Path(found))

    def write_rest(self, path: Path) -> None:
        """Write the file."""
        rows = not_taken(self._lines, self._table)
        try:
            sheet.write_csv(path, rows[0], rows[1:])
        except OSError:
            self.notice.refused(_("{where} cannot be written.").format(where=str(path)))
            return
        self.notice.done(_("Saved: {name}").format(name=path.name))

    # --- the act

    def apply(self) -> None:
        """All of it in one transaction, off this thread, with Undo."""
        if self._busy or not self.form.validate():
            return
        if not any(line.outcome in TAKEN for line in self._lines):
            self.notice.look(_("No line can be taken yet; look at what is said beside each."))
            return
        table, common, now, program = self._table, self.common(), self.program.now(), self.program

        def work(_report: Any, _cancelled: Any) -> Applied:
            return program.write(lambda s: rotation.apply(s, table, common, now))

        self._busy = True
        self.act_button.setEnabled(False)
        self.progress.start(_("Enrolling"))
        background.run(work, self._done, self._failed, ended=self._ended)

    def _done(self, made: Applied) -> None:
        text = _("Enrolled {added}, renewed {renewed}, changed {changed}, not taken {rest}")
        rest = [line for line in made.lines if line.outcome not in TAKEN]
        said = text.format(
            added=number(len(made.added)),
            renewed=number(len(made.renewed)),
            changed=number(len(made.changed)),
            rest=number(len(rest)),
        )
        line = made.journal_line
        undo = (lambda: self.program.undo(self.host, line)) if line is not None else None
        self.notice.done(said, undo)
        if rest:
            # What is left stays in sight, to be copied or mended.
            self._show(rest, [])
            self.act_button.setEnabled(False)
            self.table.setFocus()
        else:
            self.finished.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    def _ended(self) -> None:
        self._busy = False
        self.progress.finish()

    def cancel(self) -> None:
        """Esc: back to the lines, then to the list of patrons."""
        if self.sides.currentIndex() == 1:
            self.show_lines()
            self.table.setFocus()
            return
        if self._busy:
            self.notice.look(_("Still at work; it will be done in a moment."))
            return
        self.finished.emit()
