"""A small drawing of a label sheet: click the first label that is still there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.pages.labels.sheets import Sheet
from desktop.words.language import _

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SheetPicture(QWidget):
    """`chosen(cell)` when another first cell is clicked or reached with the arrows."""

    chosen = Signal(int)

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet, self._start, self._count = sheet, 1, 0
        self.setFixedHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Click the first label to print on"))
        self.setAccessibleName(_("First label"))

    def set(self, sheet: Sheet, start: int, count: int) -> None:
        """Show `count` labels on `sheet` from cell `start`."""
        self._sheet, self._start, self._count = sheet, min(start, sheet.count), count
        self.setAccessibleDescription(str(self._start))
        self.update()

    def start(self) -> int:
        """The first cell, from 1."""
        return self._start

    def cell_area(self, cell: int) -> QRectF:
        """Where a cell is drawn."""
        sheet, scale, paper = self._sheet, self._scale(), self._paper()
        left, top = sheet.cell(cell)
        return QRectF(
            paper.left() + left * scale,
            paper.top() + top * scale,
            sheet.label_width * scale,
            sheet.label_height * scale,
        )

    def _scale(self) -> float:
        sheet = self._sheet
        return min((self.width() - 4) / sheet.paper_width, (self.height() - 4) / sheet.paper_height)

    def _paper(self) -> QRectF:
        wide, high = (
            self._sheet.paper_width * self._scale(),
            self._sheet.paper_height * self._scale(),
        )
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def step(self, cells: int) -> None:
        """So many cells further on, as the arrows do."""
        self._choose(self._start + cells)

    def _choose(self, cell: int) -> None:
        if 1 <= cell <= self._sheet.count and cell != self._start:
            self.set(self._sheet, cell, self._count)
            self.chosen.emit(cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The cell under the mouse is the first."""
        for cell in range(1, self._sheet.count + 1):
            if self.cell_area(cell).contains(event.position()):
                self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from cell to cell."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.step(step[0] + step[1] * self._sheet.columns)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, cells, those to be printed on filled, the first numbered."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("brand_ink" if self.hasFocus() else "edge"), 1))
        painter.setBrush(theme.colour("field"))
        painter.drawRoundedRect(self._paper(), 3, 3)
        last = self._start + self._count - 1
        for cell in range(1, self._sheet.count + 1):
            used = self._start <= cell <= last
            painter.setPen(QPen(theme.colour("brand_ink" if used else "line"), 1))
            painter.setBrush(theme.colour("selection" if used else "surface"))
            area = self.cell_area(cell).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(area, 2, 2)
            if cell in (self._start, min(last, self._sheet.count)):
                painter.setFont(theme.font(theme.HEADER_PX))
                painter.setPen(theme.colour("brand_ink"))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(cell))
        painter.end()
