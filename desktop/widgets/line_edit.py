"""A line to type in; it leaves Ctrl+Z to the window when it has nothing to take back, or when an
act that came after the typing is offered to be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from desktop.widgets.buttons import Button
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.text import label


class LineEdit(QLineEdit):
    """A QLineEdit with room for a pill, a quiet word or a button at its right end."""

    undo_offered: ClassVar[int] = 0
    """Which act the notice offers to take back, by a number that rises; 0 for none. What was typed
    before that act is not what Ctrl+Z means then."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._typed_under = 0
        self.textEdited.connect(self._note_typing)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)  # until a field gives it the name of its label
        self._pill = PillLabel(None, self)
        self._side = label("", "small")
        self._side.setParent(self)
        self._side.hide()
        self._button: Button | None = None
        self._escape: Callable[[], bool] | None = None

    def set_button(self, button: Button) -> None:
        """A small button inside the field; its act also has a key."""
        button.setParent(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.resize(button.sizeHint())
        self._button = button
        button.show()
        self._place()

    def on_escape(self, close: Callable[[], bool]) -> None:
        """Esc is this line's as long as `close()` has something to close; else the screen's."""
        self._escape = close

    def set_pill(self, pill: Pill | None) -> None:
        """Show a pill inside the field, or none."""
        self._pill.set_pill(pill)
        self._place()

    def pill(self) -> Pill | None:
        """The pill shown."""
        return self._pill.pill()

    def set_side(self, text: str) -> None:
        """Show a quiet text inside the field: a count, a unit, a key."""
        self._side.setText(text)
        self._side.setVisible(bool(text))
        self._place()

    def side(self) -> str:
        """The quiet text shown."""
        return self._side.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        right = self.width() - (4 if self._button else 10)
        used = 0
        if self._button:
            right -= self._button.width()
            self._button.move(right, (self.height() - self._button.height()) // 2)
            right -= 6
            used += self._button.width()
        for part in (self._side, self._pill):
            if part.isHidden():
                continue
            part.resize(min(part.sizeHint().width(), self.width() // 2), part.sizeHint().height())
            right -= part.width()
            part.move(right, (self.height() - part.height()) // 2)
            right -= 6
            used += part.width() + 6
        self.setTextMargins(0, 0, used, 0)

    def _note_typing(self) -> None:
        self._typed_under = LineEdit.undo_offered

    def _takes_typing_back(self) -> bool:
        offered = LineEdit.undo_offered
        return self.isUndoAvailable() and (not offered or self._typed_under == offered)

    def event(self, event: QEvent) -> bool:
        """Let the window have Ctrl+Z and Ctrl+Y that would do nothing here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and self._escape is not None and self._escape():
                event.accept()
                return True
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self._takes_typing_back()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)
