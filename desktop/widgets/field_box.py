"""One field of a form: its label, its input, and what is said of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.fields import CheckBox, Field, UnreadableError
from desktop.widgets.inputs import LineInput
from desktop.widgets.offer import Offer
from desktop.widgets.text import Elided, label, restyle

_GAP = 8
TAKES = "takes"
"""The property of an input that says which codes are scanned into it."""


class FieldBox(QWidget):
    """A field with its label above and, in the label's row, what is wrong with it; where that has
    no room there, it stands below the field, whole."""

    changed = Signal(str)
    left = Signal(str)

    def __init__(self, spec: Field, alone: bool) -> None:
        super().__init__()
        self.spec = spec
        made: Any = spec.build()
        self.input = made
        self.input.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.input.setAccessibleName(spec.label)
        self.input.setToolTip(spec.help)
        self.input.setProperty(TAKES, spec.takes)
        self._left = False
        self.quiet = False
        """Whether the focus is led elsewhere just now, by no act of who types."""
        self._said = ""
        self._error, self._below = label("", "error"), label("", "error", wrap=True)
        self._below.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._headed = not (alone and isinstance(spec, CheckBox))
        if self._headed:
            column.addLayout(self._head())
        column.addWidget(self.input)
        column.addWidget(self._below)
        self.hint = Elided("", "small")
        column.addWidget(self.hint)
        if not spec.hinted:
            self.hint.hide()
        self.offer = Offer()
        column.addWidget(self.offer)
        column.addStretch(1)
        self.input.edited.connect(self._edited)
        self.input.left.connect(self._leave)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        is_check = isinstance(self.spec, CheckBox)
        text = "" if is_check else self.spec.label + (" *" if self.spec.required else "")
        self.name = name = label(text, "label")
        name.setToolTip(self.spec.hover or self.spec.label)
        name.setBuddy(self.input)
        name.setMinimumWidth(0)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self._error)
        return row

    def value(self) -> Any:
        """The value, None where what is typed cannot be read."""
        try:
            return self.spec.read(self.input.raw())
        except UnreadableError:
            return None

    def set_value(self, value: Any) -> None:
        """Show a value without calling it typed or wrong."""
        self._left = False
        self.input.blockSignals(True)
        self.input.set_raw(self.spec.write(value))
        self.input.blockSignals(False)
        self.say("")

    def problem(self) -> str | None:
        """What is wrong, whether shown or not."""
        return self.spec.problem(self.input.raw())

    def judge(self) -> None:
        """From now on say what is wrong as soon as it is."""
        self._left = True
        self.say(self.problem() or "")

    def say(self, text: str) -> None:
        """Show `text` beside the label, or nothing."""
        self._said = text
        self._show_said()
        self.input.setAccessibleDescription(text)
        restyle(self.input, wrong="true" if text else "false")

    def said(self) -> str:
        """What is shown as wrong."""
        return self._said

    def _show_said(self) -> None:
        wanted = self._error.fontMetrics().horizontalAdvance(self._said)
        beside = self.width() - self.name.sizeHint().width() - _GAP if self._headed else 0
        fits = wanted <= beside
        self._error.setText(self._said if fits else "")
        self._below.setText("" if fits else self._said)
        self._below.setVisible(not fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room now, or no more."""
        super().resizeEvent(event)
        self._show_said()

    def _edited(self) -> None:
        if self._left or self._said:
            self.say(self.problem() or "")
        self.changed.emit(self.spec.key)

    def _leave(self) -> None:
        """Write what was typed as it is shown everywhere, then judge it."""
        if isinstance(self.input, LineInput) and self.problem() is None:
            neat = self.spec.write(self.value())
            if neat != self.input.raw():
                self.input.blockSignals(True)
                self.input.set_raw(neat)
                self.input.blockSignals(False)
        if not self.quiet:
            self.judge()
        self.left.emit(self.spec.key)
