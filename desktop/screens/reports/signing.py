"""What to look at before a report is signed: its first page, and the checks."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.screens.reports.check_list import CheckList
from desktop.screens.reports.paper import Thumbnail
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.pages import scrolled
from desktop.widgets.text import label
from desktop.words.language import _


class SigningCard(Card):
    """The thumbnail at the left, the checks at the right, what can be made of it below."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self.thumbnail, self.checks = Thumbnail(), CheckList()
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label(_("Before signing"), "cardTitle"))
        right.addWidget(scrolled(self.checks), 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.thumbnail, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self.body.addLayout(Flow(*buttons, gap=6))
