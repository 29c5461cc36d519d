"""The questions of accreditation, typed into a grid as they stand in the instrument."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from database.standards import accreditation, assessing
from database.standards.accreditation import Question
from desktop import theme
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Form
from desktop.words.language import _, ngettext, number
from desktop.words.register_words import area

LETTERS = "abcde"
_WORDS = 2
"""The first column that is typed; component and number before it are the instrument's."""


class Grid(QTableView):
    """Enter opens a cell and, from a cell that is being typed, goes to the one below."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter types; Delete empties what is chosen."""
        at = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(at)
        elif event.key() == Qt.Key.Key_Delete and at.column() >= _WORDS:
            self.model().setData(at, "")
        else:
            super().keyPressEvent(event)


class QuestionsDialog(ActDialog):
    """Every question of the instrument; only lines that were changed are saved, as one act."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host, _("Questions of accreditation"), _("Save"), width=1180)
        self._asked = program.read(accreditation.questions)
        self.model = QStandardItemModel(0, _WORDS + 1 + len(LETTERS), self)
        titles = [_("Component"), _("No."), _("Question"), *LETTERS]
        self.model.setHorizontalHeaderLabels(titles)
        for one in self._asked:
            self.model.appendRow(_row(one))
        self.grid = Grid()
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(_("Questions of accreditation"))
        self._dress()
        note = _(
            "Type as in a sheet: Enter opens a cell, Tab goes on, Delete empties it. A whole table "
            "is quicker pasted or brought in from a file."
        )
        self.build(Form([]), note)
        self.body.addWidget(self.grid, 1)

    def _dress(self) -> None:
        triggers, head = QAbstractItemView.EditTrigger, self.grid.horizontalHeader()
        self.grid.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self.grid.setMinimumHeight(400)
        side = self.grid.verticalHeader()
        side.hide()
        side.setDefaultSectionSize(theme.ROW_HEIGHT)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((150, 44, 0, *[110] * len(LETTERS))):
            if width:
                self.grid.setColumnWidth(column, width)
        self.grid.setCurrentIndex(self.model.index(0, _WORDS))
        self.grid.setFocus()

    def changed(self) -> list[tuple[str, int, str, list[str]]]:
        """The questions whose text or answers are not as they were."""
        found = []
        for at, one in enumerate(self._asked):
            cells = [
                self.model.item(at, _WORDS + column).text().strip()
                for column in range(1 + len(LETTERS))
            ]
            answers = _without_end(cells[1:])
            if (cells[0], answers) != (one.words, list(one.answers)):
                found.append((one.component, one.number, cells[0], answers))
        return found

    def act(self) -> None:
        """Save them."""
        rows, now = self.changed(), self.program.now()
        if not rows:
            return
        line = self.program.write(lambda session: assessing.word(session, rows, now))
        told = ngettext("{n} question saved", "{n} questions saved", len(rows))
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(told.format(n=number(len(rows))), undo)


def _row(one: Question) -> list[QStandardItem]:
    answers = [*one.answers, *[""] * len(LETTERS)][: len(LETTERS)]
    row = [QStandardItem(text) for text in (area(one.component), str(one.number), one.words)]
    for fixed in row[:_WORDS]:
        fixed.setEditable(False)
    return [*row, *map(QStandardItem, answers)]


def _without_end(answers: list[str]) -> list[str]:
    """Answers up to the last that says something."""
    while answers and not answers[-1]:
        answers = answers[:-1]
    return answers
