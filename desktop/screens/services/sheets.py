"""Sheets of the survey typed in: nine figures a sheet, nothing else to press."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from database.registers import survey
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.text import label
from desktop.words import survey as words
from desktop.words.language import _, ngettext, number


class SheetsDialog(Dialog):
    """1 to 4 fill a sheet from the top; with the ninth it is kept and the next one begins."""

    def __init__(self, program: Program, host: Screen) -> None:
        title = _("Type in sheets of the survey")
        super().__init__(host, title, _("Finished"), width=640)
        self.program, self.host = program, host
        self.cancel_button.hide()
        self._scores: list[int] = []
        self.kept = 0
        hint = _(
            "Press the figure marked on the sheet, 1 to 4, question by question; Backspace takes "
            "the last one back. The ninth keeps the sheet."
        )
        self.body.addWidget(label(hint, "muted", wrap=True))
        grid = QGridLayout()
        self.marks = []
        for at in range(len(survey.ELEMENTS)):
            mark = label("–", "strong")
            self.marks.append(mark)
            grid.addWidget(label(f"{at + 1}. {words.question(at)}"), at, 0)
            grid.addWidget(mark, at, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        self.told = Band()
        self.body.addWidget(self.told)
        self.accept_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A figure, or one back."""
        typed = event.text()
        if typed in ("1", "2", "3", "4"):
            self.take(int(typed))
        elif event.key() == Qt.Key.Key_Backspace:
            self._scores = self._scores[:-1]
            self._show()
        else:
            super().keyPressEvent(event)

    def take(self, score: int) -> None:
        """One answer; the ninth keeps the sheet."""
        self._scores.append(score)
        if len(self._scores) == len(survey.ELEMENTS):
            scores, now = tuple(self._scores), self.program.now()
            line = self.program.attempt(self.host, lambda s: survey.answer(s, scores, now))
            if line is not None:
                self.kept += 1
                told = ngettext("{n} sheet kept", "{n} sheets kept", self.kept)
                told = told.format(n=number(self.kept))
                self.told.set(told, "good")
                self.host.notice.done(told, partial(self.program.undo, self.host, line))
            self._scores = []
        self._show()

    def _show(self) -> None:
        for at, mark in enumerate(self.marks):
            mark.setText(number(self._scores[at]) if at < len(self._scores) else "–")
