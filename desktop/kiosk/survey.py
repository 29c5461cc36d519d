"""The survey on the readers' screen: nine questions, four big answers each, by touch or by keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.refusal import Fault, Refusal
from database.registers import survey
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.text import label, restyle
from desktop.words import survey as words
from desktop.words.language import _, number
from desktop.words.sentences import refusal

HIGH_PX = 96


class KioskSurvey(QWidget):
    """Signal `used` at every answer. Nothing is kept of who answers, and nothing before the ninth
    answer; 1 to 4 answer, Backspace goes back."""

    used = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scores: list[int] = []
        self.step = label("", "kioskSmall")
        self.asked = label("", "kioskTold", wrap=True)
        self.buttons = [
            Button("", partial(self.answer, score)) for score in range(1, survey.BEST + 1)
        ]
        self.back_button = Button(_("One back"), self.go_back, kind="quiet")
        self._arrange()
        self.begin()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card()
        card.body.setSpacing(24)
        card.body.addWidget(self.step)
        card.body.addWidget(self.asked)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in self.buttons:
            button.setMinimumHeight(HIGH_PX)
            row.addWidget(button, 1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        card.body.addLayout(foot)
        column.addWidget(card, 1)

    def begin(self) -> None:
        """For the next reader."""
        self._scores = []
        self._show()

    def answer(self, score: int) -> None:
        """1 to 4; the ninth answer is kept with those before it."""
        self.used.emit()
        if len(self._scores) >= len(survey.ELEMENTS):
            self.begin()
            return
        self._scores.append(score)
        if len(self._scores) < len(survey.ELEMENTS):
            self._show()
            return
        scores, now = tuple(self._scores), self.program.now()
        try:
            self.program.write(lambda session: survey.answer(session, scores, now))
        except (Refusal, Fault) as told:
            self._tell(refusal(told, discreet=True), "bad")
            return
        self._tell(_("Thank you. Your answers help us to serve better."), "good")

    def go_back(self) -> None:
        """The question before."""
        self.used.emit()
        if self._scores and len(self._scores) < len(survey.ELEMENTS):
            self._scores.pop()
            self._show()

    def _show(self) -> None:
        at, whole = len(self._scores), len(survey.ELEMENTS)
        told = _("Question {n} of {all}. Nobody sees who answers.")
        self.step.setText(told.format(n=number(at + 1), all=number(whole)))
        self.asked.setText(words.question(at))
        restyle(self.asked, tone="")
        for place, (button, text) in enumerate(
            zip(self.buttons, words.answers(at), strict=True), start=1
        ):
            button.set_text(f"{place}  {text}")
            button.show()
        self.back_button.setVisible(at > 0)

    def _tell(self, text: str, tone: str) -> None:
        self.step.setText("")
        self.asked.setText(text)
        restyle(self.asked, tone=tone)
        for button in [*self.buttons, self.back_button]:
            button.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 answer; Backspace goes back."""
        typed = event.text()
        if typed in ("1", "2", "3", "4"):
            self.answer(int(typed))
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        else:
            super().keyPressEvent(event)
