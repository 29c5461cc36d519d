"""The bar at the head of the window: whose library this is, and a small box to scan in."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.widgets.scan_box import ScanBox
from desktop.widgets.text import Elided, label
from desktop.words.language import _


class TopBar(QFrame):
    """`scan_box` is for screens that have no box of their own."""

    def __init__(self, library_name: str, side: int) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setFixedHeight(44)
        self.scan_box = ScanBox(_("Scan here"), compact=True)
        self.scan_box.setMinimumWidth(220)
        self.scan_box.setMaximumWidth(300)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, side, 1)
        row.setSpacing(8)
        row.addWidget(label("Selasar", "strong"))
        row.addWidget(Elided(library_name, "muted"), 1)
        row.addWidget(self.scan_box)
