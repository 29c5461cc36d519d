"""Lists the library builds for itself: of what, which columns, under which conditions, counted by
what; saved by name and taken along as CSV, workbook or paper. Nothing is changed from here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from database.exchange import sheet
from database.refusal import Fault, Refusal, Trouble
from database.reports import questions
from database.reports.questions import Answer, Asked
from database.reports.subjects import SUBJECTS, columns_of
from database.reports.subjects import Column as Asking
from database.rights import Right
from desktop import background
from desktop.file_names import with_ending
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.reports.own_list_form import EMPTY, asked_of, question_form, values_of
from desktop.screens.reports.own_list_words import (
    NAMES,
    cell_of,
    is_count,
    name_of,
    plain,
    side_of,
)
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.side_list import SideList
from desktop.widgets.table import Bar, Column, Table
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import refusal

SIDE_PX = 400


class OwnLists(QWidget):
    """The question at the left, the answer at the right."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self.answer = Answer((), ())
        subjects = [(key, _(NAMES[key])) for key in SUBJECTS]
        self.subject = FilterButton(_("Of"), subjects, small=True)
        self.subject.chosen.connect(lambda _subject: self._turn())
        self.saved = FilterButton(_("Saved"), [(0, "–")], small=True)
        self.saved.chosen.connect(self.open_saved)
        self.columns = SideList(_("Columns"))
        self.card = Card(
            _("Answer"),
            Button(_("CSV"), partial(self.export, "csv"), small=True, needs="export"),
            Button(_("Excel"), partial(self.export, "xlsx"), small=True, needs="export"),
            Button(_("PDF"), partial(self.export, "pdf"), small=True, needs="export"),
            flush=True,
        )
        self.table: Table | None = None
        told = _("Tick the columns at the left, say which rows, and press Show.")
        self._nothing = Empty(told, icon="list")
        self.card.body.addWidget(self._nothing, 1)
        self._known = self._columns()
        self.form = question_form(self._known)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._side())
        row.addWidget(self.card, 1)
        self._turn()
        self.reload()

    def _side(self) -> Card:
        card = Card(_("Question"))
        card.be_side(SIDE_PX)
        top = QHBoxLayout()
        top.addWidget(self.subject)
        top.addWidget(self.saved)
        top.addStretch(1)
        card.body.addLayout(top)
        card.body.addWidget(self.columns, 1)
        self._form_place = QVBoxLayout()
        self._form_place.addWidget(self.form)
        card.body.addLayout(self._form_place)
        below = QHBoxLayout()
        below.addWidget(Button(_("Show"), self.ask, kind="primary"))
        below.addWidget(Button(_("Save"), self.save, needs="report"))
        below.addWidget(Button(_("Remove"), self.drop, kind="quiet", needs="report"))
        below.addStretch(1)
        card.body.addLayout(below)
        return card

    def _columns(self) -> dict[str, Asking]:
        """What can be asked of the subject chosen, the library's own fields too."""
        subject = self.subject.value()
        return self.program.read(lambda session: columns_of(session, subject))

    def _turn(self) -> None:
        """Another subject has other columns."""
        self.columns.clear()
        self._known = self._columns()
        for at, key in enumerate(self._known):
            item = QListWidgetItem(name_of(key, self._known))
            item.setData(Qt.ItemDataRole.UserRole, key)
            state = Qt.CheckState.Checked if at < 4 else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.columns.addItem(item)
        if hasattr(self, "_form_place"):
            self._form_place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = question_form(self._known)
            self._form_place.addWidget(self.form)
        self.form.set_values(EMPTY)

    def reload(self) -> None:
        """Read the saved lists anew."""
        options: list[tuple[Any, str]] = [(0, "–")]
        self._kept = {n: (name, asked) for n, name, asked in self.program.read(questions.saved)}
        options += [(number, name) for number, (name, _asked) in self._kept.items()]
        self.saved.set_options(options)

    # --- the question

    def asked(self) -> Asked:
        """What is asked, as it stands in the form."""
        items = [self.columns.item(at) for at in range(self.columns.count())]
        ticked = Qt.CheckState.Checked
        chosen = [one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() == ticked]
        return asked_of(self.form.values(), self.subject.value(), chosen, self._known)

    def ask(self) -> None:
        """Answer it, off this thread."""
        asked, library = self.asked(), self.program.library

        def work(_report: object, _cancelled: object) -> Answer:
            with library.reading() as session:
                return questions.ask(session, asked)

        background.run(work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self.host.notice.refused(refusal(error))

    def _show(self, answer: Answer) -> None:
        if not isValid(self):
            return
        self.answer = answer
        self._nothing.hide()
        if self.table is not None:
            self.card.body.removeWidget(self.table)
            self.table.deleteLater()
        columns = [
            Column(
                name_of(key, self._known),
                partial(cell_of, at, key),
                stretch=at == 0,
                align=side_of(key),
            )
            for at, key in enumerate(answer.columns)
        ]
        most = max((row[1] for row in answer.rows), default=1) if is_count(answer) else 1
        if is_count(answer):
            columns.append(Column("", lambda row: Bar(row[1] / most), width=160))
        self.table = Table(columns, empty=_("Nothing fits."), name=_("Answer"))
        self.card.body.addWidget(self.table, 1)
        count = ngettext("{n} row", "{n} rows", len(answer.rows)).format(n=number(len(answer.rows)))
        more = _("{rows}, and more that are not shown").format(rows=count)
        self.table.set_rows(answer.rows)
        self.card.set_title(_("Answer"), more if answer.more else count)

    # --- saved and taken along

    def save(self) -> None:
        """Keep the question under its name."""
        name, asked, now = self.form.value("name"), self.asked(), self.program.now()
        line = self.program.attempt(self.host, lambda s: questions.save(s, name, asked, now))
        if line is not None:
            told = _("Saved: {title}").format(title=name)
            self.host.notice.done(told, partial(self.program.undo, self.host, line))
            self.reload()

    def drop(self) -> None:
        """Forget the chosen saved list."""
        number_of, now = self.saved.value(), self.program.now()
        if not number_of:
            self.host.notice.look(_("Choose a saved list first."))
            return
        line = self.program.attempt(self.host, lambda s: questions.drop(s, number_of, now))
        if line is not None:
            told = _("The list is removed")
            self.host.notice.done(told, partial(self.program.undo, self.host, line))
            self.reload()

    def open_saved(self, number_of: int) -> None:
        """Put a saved question into the form, and answer it."""
        if not number_of:
            return
        name, asked = self._kept[number_of]
        self.subject.choose(asked.subject)
        for at in range(self.columns.count()):
            item = self.columns.item(at)
            chosen = item.data(Qt.ItemDataRole.UserRole) in asked.columns
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.form.set_values({**values_of(asked), "name": name})
        self.ask()

    def export(self, kind: str) -> None:
        """The answer as CSV, workbook or paper."""
        if not self.answer.columns:
            self.host.notice.look(_("Show the list first."))
            return
        if not self.program.allows(self.host, Right.EXPORT):
            return
        path = self.ask_path(kind)
        if path is None:
            return
        head = [name_of(key, self._known) for key in self.answer.columns]
        name = self.form.value("name") or _(NAMES[self.subject.value()])
        try:
            self._write(path, kind, name, head)
        except OSError:
            self.host.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(path))))
            return
        self.host.notice.done(_("Saved: {title}").format(title=path.name))

    def _write(self, path: Path, kind: str, name: str, head: list[str]) -> None:
        rows = [list(row) for row in self.answer.rows]
        if kind == "csv":
            sheet.write_csv(path, head, rows)
        elif kind == "xlsx":
            sheet.write_xlsx(path, [(name, head, rows)])
        else:
            from desktop.pages.registers import own_list

            said = [[plain(one) for one in row] for row in rows]
            day = self.program.now().date()
            with self.program.library.reading() as session:
                own_list.write(path, session, name, head, said, day)

    def ask_path(self, kind: str) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the list"), "", f"{kind.upper()} (*.{kind})"
        )
        return with_ending(chosen, f".{kind}") if chosen else None
