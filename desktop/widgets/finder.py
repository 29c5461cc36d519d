"""A box to type into over a list that follows it: arrows move, Enter takes, Esc closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.line_edit import LineEdit
from desktop.widgets.popup import PopupFrame
from desktop.widgets.table import Column, Table
from desktop.widgets.table_delegate import fold

_PAGE = 9


class Finder(PopupFrame):
    """`find(text)` gives the rows; `take(row)` is called once the popup is gone."""

    def __init__(
        self,
        parent: QWidget,
        placeholder: str,
        columns: Sequence[Column],
        find: Callable[[str], Sequence[Any]],
        take: Callable[[Any], object],
        *,
        empty: str = "",
    ) -> None:
        super().__init__(parent)
        self._find, self._take_row = find, take
        self.line = LineEdit(placeholder)
        self.line.setAccessibleName(placeholder)
        self.list = Table(columns, on_open=lambda _row: self._take(), empty=empty)
        self.list.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.view.clicked.connect(lambda _index: self._take())

    def _filter(self, text: str) -> None:
        self.list.set_rows(self._find(text))
        self.list.highlight(fold(text).split())
        self.list.select_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter takes."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _PAGE,
            Qt.Key.Key_PageUp: -_PAGE,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in steps:
            self.list.step(steps[key])
        else:
            return False
        return True

    def _take(self) -> None:
        row = self.list.current()
        self.dismiss()
        if row is not None:
            self._take_row(row)
