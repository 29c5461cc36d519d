"""The tabs of a place: all of them in sight, never behind arrows."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar, QWidget


class Tabs(QTabBar):
    """It asks for as much room as its tabs need, so that what stands beside it gives way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
