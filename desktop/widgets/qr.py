"""A QR code on the screen, black on white whatever the scheme, so that every phone reads it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_QUIET = 4


class Qr(QWidget):
    """`show_text("")` shows nothing."""

    def __init__(self, side: int = 230) -> None:
        super().__init__()
        self._side = side
        self._rows: list[bytes] = []
        self.setFixedSize(side, side)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def show_text(self, text: str) -> None:
        """Write `text` as a code."""
        self._rows = []
        if text:
            import segno  # late: needed for the first reminder only

            self._rows = [bytes(row) for row in segno.make(text, error="l", micro=False).matrix]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole dots for each module: nothing is blurred."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        modules = len(self._rows) + 2 * _QUIET
        dots = max(int(self._side * self.devicePixelRatioF() / modules), 1)
        one = dots / self.devicePixelRatioF()
        start = (self._side - one * len(self._rows)) / 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    square = QRectF(start + x * one, start + y * one, one, one)
                    painter.fillRect(square, Qt.GlobalColor.black)
        painter.end()
