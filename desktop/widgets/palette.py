"""Ctrl+K: type a few letters of what you want and press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.language import _
from desktop.widgets.keys import Key
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.popup import PopupFrame
from desktop.widgets.table_delegate import fold

_SHOWN = 9


class Palette(PopupFrame):
    """A list of everything that can be done, filtered as one types."""

    def __init__(self, parent: QWidget, actions: Sequence[Key]) -> None:
        super().__init__(parent)
        self._actions = list(actions)
        self.line = LineEdit(_("What do you want to do?"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._run())
        self.setFixedSize(min(520, parent.width() - 40), min(400, parent.height() - 40))
        self._filter("")

    def open(self) -> None:
        """Show it near the top of its window."""
        self.open_at(QPoint((self.host.width() - self.width()) // 2, 70))
        self.line.setFocus()

    def shown(self) -> list[str]:
        """The labels left by the filter."""
        return [self._actions_shown[row].label for row in range(len(self._actions_shown))]

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        self._actions_shown = [
            action for action in self._actions if all(word in fold(action.label) for word in words)
        ]
        self.list.clear()
        for action in self._actions_shown:
            hint = f"   {action.shown}" if action.sequence else ""
            self.list.addItem(QListWidgetItem(action.label + hint))
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter runs."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key in steps:
            last = self.list.count() - 1
            self.list.setCurrentRow(min(max(self.list.currentRow() + steps[key], 0), last))
        else:
            return False
        return True

    def _run(self) -> None:
        row = self.list.currentRow()
        self.dismiss()
        if 0 <= row < len(self._actions_shown):
            self._actions_shown[row].slot()
