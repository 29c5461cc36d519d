"""The sections of the catalogue: pages that stand beside the list of titles.

A section is a page with a `section` name; its head is `head(self, *buttons)`.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.card import heading
from desktop.widgets.row import Row
from desktop.widgets.tabs import Tabs
from desktop.words.language import N_, _

SECTIONS = {
    "titles": N_("Titles"),
    "lists": N_("Lists"),
    "headings": N_("Headings"),
    "stock": N_("Stocktake"),
    "deposits": N_("Deposits"),
    "serials": N_("Serials"),
}
"""Key and name of each section, in the order of the tabs."""


class Sections(Tabs):
    """The tabs at the head of one section: always on that section, for the page changes."""

    wanted = Signal(str)

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = list(SECTIONS).index(here)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Parts of the catalogue"))
        for name in SECTIONS.values():
            self.addTab(_(name))
        self.setCurrentIndex(self._here)
        self.currentChanged.connect(self._turned)

    def _turned(self, index: int) -> None:
        if index == self._here:
            return
        with QSignalBlocker(self):
            self.setCurrentIndex(self._here)
        self.wanted.emit(list(SECTIONS)[index])


def head(tabs: Sections, *buttons: QWidget) -> Row:
    """The top of a section: the catalogue's name, the tabs, what can be done here."""
    row = heading(_("Catalogue"), *buttons)
    row.setStretch(0, 0)
    row.insertWidget(1, tabs, 0, Qt.AlignmentFlag.AlignBottom)
    row.insertStretch(2, 1)
    return row
