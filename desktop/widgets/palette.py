"""Ctrl+K: type a few letters of what you want and press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import _
from desktop.widgets.keys import Key
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.popup import PopupFrame
from desktop.widgets.table import Column, Table
from desktop.widgets.table_delegate import fold

_SHOWN = 9


class Palette(PopupFrame):
    """A list of everything that can be done, filtered as one types."""

    def __init__(self, parent: QWidget, actions: Sequence[Key]) -> None:
        super().__init__(parent)
        self._actions = list(actions)
        self.line = LineEdit(_("What do you want to do?"))
        self.list = Table(
            [Column("", "label", stretch=True), Column("", "shown", align="right", muted=True)],
            on_open=lambda _action: self._run(),
            empty=_("Nothing fits these letters"),
        )
        self.list.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.view.horizontalHeader().hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.view.clicked.connect(lambda _index: self._run())
        self.setFixedSize(min(520, parent.width() - 40), min(400, parent.height() - 40))
        self._filter("")

    def open(self) -> None:
        """Show it near the top of its window."""
        self.open_at(QPoint((self.host.width() - self.width()) // 2, 70))
        self.line.setFocus()

    def shown(self) -> list[str]:
        """The labels left by the filter."""
        return [action.label for action in self.list.rows()]

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        self.list.set_rows(
            [act for act in self._actions if all(word in fold(act.label) for word in words)]
        )
        self.list.highlight(words)
        self.list.select_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter runs."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key in steps:
            self.list.step(steps[key])
        else:
            return False
        return True

    def _run(self) -> None:
        action = self.list.current()
        self.dismiss()
        if action is not None:
            action.slot()
