"""The box to search in: tells what is typed once the fingers rest."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.widgets.line_edit import LineEdit

PAUSE_MS = 120


class _Line(LineEdit):
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes into the list."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The magnifier stands inside the field."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme.paint_icon(painter, QRectF(11, (self.height() - 16) / 2, 16, 16), "search", "muted")
        painter.end()


class SearchBox(QWidget):
    """Signals: `searched(text)` 120 ms after the last key or at once at Enter, `down`."""

    searched = Signal(str)
    down = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = _Line(placeholder)
        self.line.setStyleSheet("padding-left: 34px")
        self.line.setAccessibleName(placeholder)
        row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self.line.textChanged.connect(lambda _text: self._timer.start())
        self.line.returnPressed.connect(self._tell)
        self.line.down.connect(self.down)
        self.line.on_escape(self._empty)

    def _empty(self) -> bool:
        """Esc empties the box before it leaves the page."""
        there = bool(self.line.text())
        self.line.clear()
        return there

    def text(self) -> str:
        """What is searched for, without blanks around it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Search for `text` at once."""
        self.line.setText(text)
        self._tell()

    def set_side(self, text: str) -> None:
        """The quiet text at the right: how many were found."""
        self.line.set_side(text)

    def _tell(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text())
