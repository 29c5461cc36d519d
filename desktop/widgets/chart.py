"""Shows a drawing that was made as SVG, as large as its place allows."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget


class Chart(QWidget):
    """The same picture as on paper, scaled with its sides in proportion."""

    def __init__(self, svg: bytes = b"", description: str = "") -> None:
        super().__init__()
        self._renderer = QSvgRenderer()
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.set_svg(svg, description)

    def set_svg(self, svg: bytes, description: str = "") -> None:
        """Show another drawing; `description` says it to those who cannot see it."""
        if svg:
            self._renderer.load(QByteArray(svg))
        self._has = bool(svg)
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        """What the drawing itself wants."""
        return self._renderer.defaultSize() if self._has else QSize(320, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if not self._has:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(self.contentsRect()))
        painter.end()
