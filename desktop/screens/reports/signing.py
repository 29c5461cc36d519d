"""What to look at before a report is signed: the checks, and its first page."""

from __future__ import annotations

from desktop.screens.reports.check_list import CheckList
from desktop.screens.reports.paper import Thumbnail
from desktop.widgets.card import Card
from desktop.widgets.one_bar import OneBar
from desktop.words.language import _

WIDE_PX, PAGE_PX = 300, 150


class SigningCard(Card):
    """The checks one below the other; the page below them opens the whole paper."""

    def __init__(self) -> None:
        super().__init__(_("Before signing"))
        self.be_side(WIDE_PX)
        self.setMinimumWidth(0)  # as narrow as its buttons let it be
        self.thumbnail, self.checks = Thumbnail(), CheckList()
        self.thumbnail.setFixedHeight(PAGE_PX)
        self.body.addWidget(OneBar(self.checks), 1)
        self.body.addWidget(self.thumbnail)
