"""The keys of this screen and of every screen, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.popup import PopupFrame
from desktop.widgets.text import label
from desktop.words.language import _


class KeyHelp(PopupFrame):
    """Groups of keys, side by side; Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget, groups: Sequence[tuple[str, Sequence[Key]]]) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 16)
        column.addWidget(label(_("Keys"), "title"))
        inner = QWidget()
        inner.setObjectName("scrolled")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for side, (title, keys) in enumerate(group for group in groups if group[1]):
            self._fill(grid, side * 3, title, keys)
        for gap in (2, 5):
            grid.setColumnMinimumWidth(gap, 28)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        column.addWidget(scroll)
        wanted = inner.sizeHint()
        self.resize(
            min(wanted.width() + 60, parent.width() - 40),
            min(wanted.height() + 90, parent.height() - 40),
        )

    def open(self) -> None:
        """Show it in the middle of its window."""
        self.open_at(self.host.rect().center() - self.rect().center())

    def _fill(self, grid: QGridLayout, column: int, title: str, keys: Sequence[Key]) -> None:
        grid.addWidget(label(title, "cardTitle"), 0, column, 1, 2)
        shown = [key for key in keys if key.sequence]
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        for row, key in enumerate(shown, start=1):
            grid.addWidget(PillLabel(Pill(key.shown)), row, column, top)
            grid.addWidget(label(key.label), row, column + 1, top)
        grid.setRowStretch(100, 1)
