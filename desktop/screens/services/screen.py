"""Registers at the left, the lines of the chosen one at the right; all work alike."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from database.exchange import sheet
from database.refusal import Fault, Trouble
from database.registers import fields, registers, suggestions, survey, work_timers
from database.registers.fields import Entry, FieldSpec
from database.rights import Right
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.forms.evidence import EvidenceDialog
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.services import papers
from desktop.screens.services.columns import column_of, listed
from desktop.screens.services.entry import EntryDialog
from desktop.screens.services.sheets import SheetsDialog
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.side_list import SideList
from desktop.widgets.table import Table
from desktop.words.language import N_, _, clock, ngettext, number
from desktop.words.register_words import REGISTERS, field, register, word
from desktop.words.sentences import refusal

LIST_PX = 290


class ServicesScreen(Screen):
    """Alt+6. Each register is a small list: add, change, strike, undo, take along as a sheet."""

    title = N_("Services")
    shows = frozenset({"RegisterEntry"})

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.names = list(REGISTERS)
        self.list = SideList(_("Registers"))
        self.list.addItems([register(name) for name in self.names])
        self._stack = QStackedLayout(self)
        self.paper = PaperView(program, self)
        self.paper.closed.connect(self._close_paper)
        self._stack.addWidget(self._lines_page())
        self._stack.addWidget(_framed(self.paper))
        self.table: Table | None = None
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _row: self._turn())
        self._turn()

    def _lines_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        save = Button(_("Save as a sheet…"), self.save_sheet, key="save", needs="export")
        new = Button(_("Add"), self.add, key="new", kind="primary", needs="desk")
        column.addLayout(heading(_("Services and registers"), save, new))
        row = QHBoxLayout()
        row.setSpacing(12)
        side = Card(flush=True)
        side.be_side(LIST_PX)
        side.body.setContentsMargins(6, 6, 6, 6)
        side.body.addWidget(self.list)
        row.addWidget(side)
        row.addWidget(self._card(), 1)
        column.addLayout(row, 1)
        return page

    def _card(self) -> Card:
        """The lines of the register chosen, and what is done with one."""
        self.timer_button = Button(
            _("Start the clock"), self.turn_clock, key="", small=True, needs="desk"
        )
        self.files_button = Button(
            _("Files…"), self.show_files, key="files", small=True, needs="report"
        )
        self.sheets_button = Button(
            _("Type in sheets…"), self.type_sheets, small=True, needs="report"
        )
        self.vote_button = Button(_("One more vote"), self.vote, small=True, needs="report")
        self.paper_button = Button(
            _("Paper…"), self.show_paper, key="print", small=True, needs="report"
        )
        self.card = Card(
            " ",
            self.sheets_button,
            self.vote_button,
            self.timer_button,
            self.paper_button,
            self.files_button,
            Button(_("Change…"), self.change, key="change", small=True, needs="report"),
            Button(_("Remove"), self.strike, key="remove", small=True, needs="report"),
            flush=True,
        )
        return self.card

    @property
    def name(self) -> str:
        """The register chosen."""
        return self.names[max(self.list.currentRow(), 0)]

    def keys(self) -> list[Key]:
        """What can be done with a register, or with the paper that is looked at."""
        if self._stack.currentIndex() == 1:
            return self.paper.keys()
        return [
            Key("new", _("Add a line"), self.add, needs="desk"),
            Key("change", _("Change the chosen line"), self.change, needs="report"),
            Key("remove", _("Remove the chosen line"), self.strike, needs="report"),
            Key(
                "files",
                _("Photographs and files of the chosen line"),
                self.show_files,
                needs="report",
            ),
            Key(
                "",
                _("Start or stop the clock of a literature search"),
                self.turn_clock,
                needs="desk",
            ),
            Key(
                "print",
                _("Letter, deed or sheet of the chosen line"),
                self.show_paper,
                needs="report",
            ),
            Key("save", _("Save as a sheet…"), self.save_sheet, needs="export"),
        ]

    def focus_first(self) -> None:
        """The list of registers."""
        self.list.setFocus()

    def arrive(self, what: Any) -> None:
        """The name of a register opens it; (name, "new") asks for a new line, and (name, values)
        for one that begins with them."""
        name = what[0] if isinstance(what, tuple) else what
        if name in self.names:
            self.list.setCurrentRow(self.names.index(name))
            if isinstance(what, tuple):
                self.add(what[1] if isinstance(what[1], dict) else None)

    def _turn(self) -> None:
        """Another register has other columns."""
        if self.table is not None:
            self.card.body.removeWidget(self.table)
            self.table.deleteLater()
        specs = listed(fields.registers()[self.name])
        self.table = Table(
            [column_of(spec, place, self.name) for place, spec in enumerate(specs)],
            on_open=lambda row: self.change(),
            on_select=lambda row: self._show_clock(),
            empty=_("Nothing here yet."),
            empty_action=Key("new", _("Add"), self.add, needs="desk"),
            name=register(self.name),
        )
        self.card.body.addWidget(self.table, 1)
        self.reload()

    def reload(self) -> None:
        """Read the register anew."""
        assert self.table is not None
        name = self.name
        rows = self.program.read(lambda session: registers.entries(session, name))
        self.table.set_rows(rows)
        count = ngettext("{n} line", "{n} lines", len(rows)).format(n=number(len(rows)))
        self.card.set_title(register(name), count if rows else "")
        self.timer_button.setVisible(name == "literature_search")
        self.sheets_button.setVisible(name == survey.REGISTER)
        self.vote_button.setVisible(name == suggestions.REGISTER)
        self.paper_button.setVisible(name in papers.OF)
        self._show_clock()

    # --- acts

    def add(self, begun: dict[str, Any] | None = None) -> None:
        """Ctrl+N; `begun` are values that are known."""
        box = EntryDialog(self.program, self, self.name)
        if begun:
            box.form.set_values({**box.form.values(), **begun})
        box.open()

    def _chosen(self) -> Entry | None:
        assert self.table is not None
        entry: Entry | None = self.table.current()
        if entry is None:
            self.notice.look(_("Choose a line first."))
        return entry

    def change(self) -> None:
        """Ctrl+R or Enter."""
        entry = self._chosen()
        if entry is not None:
            EntryDialog(self.program, self, self.name, entry).open()

    def strike(self) -> None:
        """Del; Undo brings it back."""
        entry, now = self._chosen(), self.program.now()
        if entry is None:
            return
        line = self.program.attempt(self, lambda s: registers.strike(s, entry.id, now))
        if line is not None:
            told = _("Removed from {register}").format(register=register(self.name))
            self.notice.done(told, partial(self.program.undo, self, line))

    def type_sheets(self) -> None:
        """Answers on paper, nine figures a sheet."""
        SheetsDialog(self.program, self).open()

    def vote(self) -> None:
        """One more reader wants the chosen title."""
        entry, now = self._chosen(), self.program.now()
        if entry is None:
            return
        line = self.program.attempt(self, lambda s: suggestions.vote(s, entry.id, now))
        if line is not None:
            told = _("Voted for: {title}").format(title=entry.values["title"])
            self.notice.done(told, partial(self.program.undo, self, line))

    def show_paper(self) -> None:
        """The letter, deed or sheet of the chosen line; what has a number gets it now."""
        if self.name not in papers.OF:
            self.notice.look(_("This register has no paper of its own."))
            return
        whole = self.name == suggestions.REGISTER
        entry, now = None if whole else self._chosen(), self.program.now()
        if entry is None and not whole:
            return
        made = self.program.attempt(self, lambda s: papers.numbered(s, self.name, entry, now))
        if made is None:
            return
        pdf, name = self.program.read(made)
        self.paper.show_paper(pdf, name)
        self._stack.setCurrentIndex(1)
        self.renew_keys()

    def _close_paper(self) -> None:
        self._stack.setCurrentIndex(0)
        self.renew_keys()
        self.focus_first()

    def _show_clock(self) -> None:
        """What the button of the clock would do with the chosen line."""
        entry = self.table.current() if self.table is not None else None
        since = self.program.read(work_timers.running).get(entry.id) if entry else None
        text = _("Start the clock")
        if since is not None:
            text = _("Stop the clock ({since})").format(since=clock(since))
        self.timer_button.set_text(text)

    def turn_clock(self) -> None:
        """Start or stop the clock of a literature search; stopping adds its minutes."""
        if self.name != "literature_search":
            return
        entry, now = self._chosen(), self.program.now()
        if entry is None:
            return
        runs = entry.id in self.program.read(work_timers.running)
        act = work_timers.stop if runs else work_timers.start
        line = self.program.attempt(self, lambda s: act(s, entry.id, now))
        if line is not None:
            told = (
                _("The clock has stopped; its minutes are added") if runs else (_("The clock runs"))
            )
            self.notice.done(told, partial(self.program.undo, self, line))

    def show_files(self) -> None:
        """Photographs, lists and papers that prove a line."""
        entry = self._chosen()
        if entry is not None:
            title = entry.values.get("title") or register(self.name)
            EvidenceDialog(self.program, self, "register", str(entry.id), title).open()

    def save_sheet(self) -> None:
        """The whole register as a spreadsheet."""
        name = self.name
        specs = fields.registers()[name]
        rows = self.program.read(lambda session: registers.entries(session, name))
        may = self.program.allows(self, Right.EXPORT)
        chosen = self.ask_path(safe(register(name), ".xlsx")) if may else None
        if chosen is None:
            return
        said = [[_plain(spec, row.values.get(spec.key)) for spec in specs] for row in rows]
        try:
            sheet.write_xlsx(
                chosen, [(register(name), [field(spec.key, name) for spec in specs], said)]
            )
        except OSError:
            self.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(chosen))))
            return
        self.notice.done(_("Saved: {title}").format(title=chosen.name))

    def ask_path(self, usual: str) -> Path | None:
        """Where to; None for nowhere."""
        folder = pc.documents()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a sheet…"), str(folder / usual), "XLSX (*.xlsx)"
        )
        return with_ending(chosen, ".xlsx") if chosen else None


def _plain(spec: FieldSpec, value: Any) -> Any:
    """For a spreadsheet: numbers and days as they are, codes as words."""
    return word(value) if isinstance(value, str) and spec.choices else value


def _framed(paper: PaperView) -> QWidget:
    """The paper with the margins of a page."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 16, 20, 8)
    column.addWidget(paper)
    return page
