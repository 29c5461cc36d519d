"""What the pages inside the catalogue have in common."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue import sections
from desktop.screens.catalogue.sections import Sections
from desktop.widgets.notice import NoticeStrip
from desktop.widgets.row import Row
from desktop.words.sentences import shorten


class Page(QWidget):
    """One page of a screen. `host` is the screen: it has the notice strip and the keys.

    A page with a `section` stands beside the list of titles and has `tabs` for its `head`.

    `finished(what)` says that the page is done: the id of a title to show, or None.
    """

    finished = Signal(object)
    section: ClassVar[str] = ""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self.tabs = Sections(self.section) if self.section else None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 8)
        self.column.setSpacing(12)

    def head(self, *buttons: QWidget) -> Row:
        """The top of a section."""
        assert self.tabs is not None
        return sections.head(self.tabs, *buttons)

    def reload(self) -> None:
        """Read anew what is shown."""

    @property
    def notice(self) -> NoticeStrip:
        """The strip of the window."""
        return self.host.notice

    def page_keys(self) -> list[Key]:
        """What can be done by key while this page is shown."""
        return []

    def take_scan(self, code: str, kind: str) -> bool:
        """What this page does with a code scanned anywhere on it, besides its box; see
        `Screen.take_scan`."""
        return False

    def focus_first(self) -> None:
        """Put the focus where work begins."""


def short(title: str) -> str:
    """A title as it fits into a sentence."""
    return shorten(title, 60)
