"""One of a few, asked for in a popup: its figure takes it, or arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.popup import PopupFrame
from desktop.widgets.text import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDE_PX, _MOST_ROWS = 300, 12


class ChoicePopup(PopupFrame):
    """`take(code)` is called once; nothing is where Esc closes it."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        options: Sequence[tuple[str, str]],
        chosen: str,
        take: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self._take, self._codes = take, [code for code, _name in options]
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setFont(theme.font(figures=True))
        for place, (_code, name) in enumerate(options, start=1):
            self.list.addItem(f"{place}  {name}" if place < 10 else f"    {name}")
        self.list.setCurrentRow(self._codes.index(chosen) if chosen in self._codes else 0)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._choose(self.list.currentRow()))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(title, "strong"))
        column.addWidget(self.list)
        self.setFixedWidth(_WIDE_PX)
        self.setFocusProxy(self.list)

    def open_at(self, corner: QPoint) -> None:
        """As high as its rows, whose height is known once it wears its dress."""
        self.list.ensurePolished()
        few = min(len(self._codes), _MOST_ROWS)
        rows = sum(self.list.sizeHintForRow(row) for row in range(few))
        self.list.setFixedHeight(rows + 2 * self.list.frameWidth())
        self.adjustSize()
        super().open_at(corner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A figure or Enter takes; the rest is the list's, and Esc the popup's."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _ENTER:
            self._choose(self.list.currentRow())
            return True
        if event.text() and event.text() in "123456789":
            self._choose(int(event.text()) - 1)
            return True
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._codes):
            self.dismiss()
            self._take(self._codes[row])
