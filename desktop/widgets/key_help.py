"""The keys of this screen and of every screen, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.text import label


class KeyGrid(QWidget):
    """Groups of keys, one below the other."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[Key]]]) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._row = 0
        for title, keys in groups:
            shown = [key for key in keys if key.sequence]
            if shown:
                self._fill(title, shown)
        self._grid.setRowStretch(self._row, 1)

    def _fill(self, title: str, keys: Sequence[Key]) -> None:
        self._grid.addWidget(label(title, "cardTitle"), self._row, 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        for row, key in enumerate(keys, start=self._row + 1):
            self._grid.addWidget(PillLabel(Pill(key.shown)), row, 0, top)
            self._grid.addWidget(label(key.label, wrap=True), row, 1)
        self._row += len(keys) + 1
