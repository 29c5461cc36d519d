"""Beneath the titles found: what the catalogues of partners have for the same words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from database.neighbours import finding
from database.neighbours.finding import Beside
from desktop.asking import Asker
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.text import Elided
from desktop.words.language import _, ngettext, number

_NAMED = 4


class BesideLine(QWidget):
    """Hidden where no partner has anything; `opened()` shows the titles."""

    def __init__(self, program: Program, host: Screen, opened: Callable[[], object]) -> None:
        super().__init__()
        self._asker = Asker(program, host, self)
        self.told = Elided("", "muted")
        self.button = Button(_("Show them…"), opened, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(10)
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        self.hide()

    def ask(self, words: str) -> None:
        """Look for the words of the search; without words there is nothing to look for."""
        if not words.strip():
            self._asker.drop()
            self.hide()
            return
        self._asker.ask(lambda session: finding.beside(session, words), self._tell)

    def _tell(self, found: Beside) -> None:
        self.setVisible(bool(found.count))
        if not found.count:
            return
        first, rest = found.libraries[:_NAMED], found.libraries[_NAMED:]
        named = " · ".join(f"{name} {number(count)}" for name, count in first)
        if rest:
            named += " · " + ngettext("{n} other", "{n} others", len(rest)).format(n=len(rest))
        count = number(found.count) + ("+" if found.bounded else "")
        text = ngettext("{n} title of partners", "{n} titles of partners", found.count)
        self.told.set_text(f"{text.format(n=count)}: {named}")
