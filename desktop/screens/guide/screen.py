"""The first start: one card in the middle, where one left off."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.library import Session
from database.policy import settings
from database.refusal import Fault, Refusal
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.guide.steps import Step, make_steps
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.form import Form
from desktop.widgets.meter import Meter
from desktop.widgets.one_bar import OneBar
from desktop.widgets.text import label
from desktop.words.language import N_, _
from desktop.words.sentences import refusal

CARD_PX = 744
_RING_PX = 2
CARD_MOST_PX = 520
"""So that the card does not jump from step to step; in a low window its middle scrolls, and the
buttons stay in sight."""


class GuideScreen(Screen):
    """Stands in Home's place until it is done. `finished` when it is."""

    title = N_("Home")
    finished = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.steps: list[Step] = make_steps(program, self.leave_for.emit)
        self.at = 0
        self._bars = [Meter() for _step in self.steps]
        self._count = label("", "muted")
        self.back_button = Button(_("Back"), self.back)
        self.skip_button = Button(_("Skip"), self.skip)
        self.next_button = Button(_("Next"), self.next, key="next", kind="primary")
        self._arrange()
        kept = program.read(lambda session: settings.get(session, settings.GUIDE_STEP))
        self.show_step(min(max(kept, 0), len(self.steps) - 1))

    def _arrange(self) -> None:
        card = Card()
        card.setFixedWidth(CARD_PX)
        card.setMaximumHeight(CARD_MOST_PX)
        card.layout().setContentsMargins(32, 20, 32, 20)  # type: ignore[union-attr]
        bars = QHBoxLayout()
        bars.setSpacing(6)
        for bar in self._bars:
            bars.addWidget(bar)
        bars.addSpacing(6)
        bars.addWidget(self._count)
        holder = QWidget()
        holder.setObjectName("scrolled")
        pages = QVBoxLayout(holder)
        pages.setContentsMargins(0, 0, _RING_PX, 0)
        for step in self.steps:
            pages.addWidget(step)
            self._enter_goes_on(step)
        self.middle = OneBar(holder)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.skip_button)
        foot.addWidget(self.next_button)
        card.body.setSpacing(14)
        card.body.addLayout(bars)
        card.body.addWidget(self.middle, 1)
        card.body.addLayout(foot)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row, 1000)
        column.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from a box or a choice, as it does from the last field of a form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next()
        else:
            super().keyPressEvent(event)

    def _enter_goes_on(self, step: Step) -> None:
        forms = step.findChildren(Form)
        for form, after in pairwise(forms):
            form.ended.connect(after.focus_first)
        for form in forms[-1:]:
            form.ended.connect(self.next)

    def keys(self) -> list[Key]:
        """Going on and back."""
        return [
            Key("next", _("Next"), self.next),
            Key("earlier", _("Back"), self.back),
        ]

    def focus_first(self) -> None:
        """The first field, or the button that goes on."""
        if self.steps[self.at].part is None:
            self.next_button.setFocus()
        self.steps[self.at].begin()

    def may_leave(self) -> bool:
        """Closing loses nothing: drafts are kept."""
        for step in self.steps:
            step.keep()
        return True

    def show_step(self, at: int) -> None:
        """Be at step `at`, counted from 0."""
        self.at = at
        for place, step in enumerate(self.steps):
            step.setVisible(at == place)
        for place, bar in enumerate(self._bars):
            bar.set(1.0 if place <= at else 0.0)
        last = at == len(self.steps) - 1
        self.middle.verticalScrollBar().setValue(0)
        count = _("{n} of {total}").format(n=at + 1, total=len(self.steps))
        self._count.setText(count)
        self.back_button.setVisible(at > 0)
        self.skip_button.setVisible(not last)
        self.skip_button.set_text(_("Skip all") if at == 0 else _("Skip"))
        self.next_button.set_text(_("To Home") if last else _("Begin") if at == 0 else _("Next"))
        self.focus_first()

    def next(self) -> None:
        """Save this step and go on; where one is, is kept with it."""
        step = self.steps[self.at]
        if not step.ready():
            return
        try:
            self.program.write(lambda session: self._go_on(session, step))
        except (Refusal, Fault) as told:
            self.notice.refused(refusal(told))
            return
        step.saved()
        self._arrive()

    def _go_on(self, session: Session, step: Step) -> None:
        step.save(session)
        self._remember(session, self.at + 1)

    def skip(self) -> None:
        """Go on without saving; what was typed stays until one comes back."""
        self.steps[self.at].keep()
        target = len(self.steps) if self.at == 0 else self.at + 1
        if self.program.attempt(self, lambda session: self._remember(session, target)):
            self._arrive(target)

    def back(self) -> None:
        """One step back; what was typed stays."""
        self.steps[self.at].keep()
        target = max(self.at - 1, 0)
        if self.program.attempt(self, lambda session: self._remember(session, target)):
            self.show_step(target)

    def _remember(self, session: Session, at: int) -> bool:
        if at >= len(self.steps):
            settings.put(session, settings.GUIDE_DONE, True)
        else:
            settings.put(session, settings.GUIDE_STEP, at)
        return True

    def _arrive(self, at: int | None = None) -> None:
        target = self.at + 1 if at is None else at
        if target >= len(self.steps):
            self.finished.emit()
        else:
            self.show_step(target)
