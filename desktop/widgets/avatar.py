"""The initials of a person or place, where a photograph would be."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme


class Avatar(QWidget):
    """The initials of a person or place on a quiet ground; no photograph is needed."""

    def __init__(self, name: str = "", side: int = 60) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Another name."""
        self._initials = initials(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded square with two letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_initials(painter, self.rect().toRectF(), self._initials)
        painter.end()


def initials(name: str) -> str:
    """The first letters of the first two words."""
    words = [word for word in name.replace(",", " ").split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in words[:2])


def draw_initials(painter: QPainter, area: QRectF, letters: str) -> None:
    """Letters on a quiet ground, where a photograph would be."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("info"))
    painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
    painter.setPen(theme.colour("info_ink"))
    painter.setFont(theme.font(int(area.width() * 0.36), QFont.Weight.DemiBold))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters)
