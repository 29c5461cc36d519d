"""A bar filled by a fraction."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.pill import Tone

_DOTS = {"good": "good_dot", "warn": "warn_dot", "bad": "bad_dot"}


class Meter(QWidget):
    """A bar filled by a fraction: 3 of 5 loans, 64 of 100 square metres."""

    def __init__(self, fraction: float = 0, tone: Tone | None = None) -> None:
        super().__init__()
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(fraction, tone)

    def set(self, fraction: float, tone: Tone | None = None) -> None:
        """Fill it otherwise."""
        self._fraction, self._tone = fraction, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and filling."""
        painter = QPainter(self)
        draw_meter(painter, self.rect().toRectF(), self._fraction, self._tone)
        painter.end()


def draw_meter(painter: QPainter, area: QRectF, fraction: float, tone: Tone | None) -> None:
    """Draw a filled bar into `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = area.height() / 2
    painter.setBrush(theme.colour("plain"))
    painter.drawRoundedRect(area, radius, radius)
    wide = area.width() * min(max(fraction, 0), 1)
    if wide > 0:
        painter.setBrush(theme.colour(_DOTS.get(tone or "", "brand_ink")))
        painter.setClipRect(QRectF(area.left(), area.top(), wide, area.height()))
        painter.drawRoundedRect(area, radius, radius)
    painter.restore()
