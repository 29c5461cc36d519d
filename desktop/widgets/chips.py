"""Words as chips to read: they flow over lines and take no room when there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.pill import HEIGHT, Pill, draw_pill, pill_width, show_if
from desktop.widgets.text import tip

GAP = 4


class Chips(QWidget):
    """A title's subjects; at most `rows` lines of them, the rest in the tooltip."""

    def __init__(self, rows: int = 2) -> None:
        super().__init__()
        self._rows = rows
        self._words: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_words(self, words: Sequence[str]) -> None:
        """Show these."""
        self._words = list(words)
        self.setToolTip(tip("\n".join(self._words)))
        self.setAccessibleName(", ".join(self._words))
        show_if(self, bool(self._words))
        self._fit()

    def words(self) -> list[str]:
        """What is shown."""
        return list(self._words)

    def _places(self) -> list[tuple[str, float, float, float]]:
        """(word, left, top, width) of each that has room."""
        left, row, placed = 0.0, 0, []
        for word in self._words:
            wide = min(pill_width(word), max(self.width(), 40))
            if left and left + wide > self.width():
                left, row = 0.0, row + 1
            if row == self._rows:
                break
            placed.append((word, left, float(row * (HEIGHT + GAP)), wide))
            left += wide + GAP
        return placed

    def _fit(self) -> None:
        foot = max((top for _word, _left, top, _wide in self._places()), default=0.0)
        self.setFixedHeight(int(foot) + HEIGHT)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow anew."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chip after chip."""
        painter = QPainter(self)
        for word, left, top, wide in self._places():
            draw_pill(painter, Pill(word), left, top + HEIGHT / 2, wide)
        painter.end()
