"""Type a few letters of what you want and press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop.widgets.finder import Finder
from desktop.widgets.keys import Key
from desktop.widgets.table import Column
from desktop.widgets.table_delegate import fold
from desktop.words.language import _


class Palette(Finder):
    """A list of everything that can be done, filtered as one types."""

    def __init__(self, parent: QWidget, actions: Sequence[Key]) -> None:
        self._actions = list(actions)
        super().__init__(
            parent,
            _("What do you want to do?"),
            [Column("", "label", stretch=True), Column("", "shown", align="right", muted=True)],
            self._fitting,
            lambda action: action.slot(),
            empty=_("Nothing fits these letters"),
        )
        self.list.view.horizontalHeader().hide()
        self.setFixedSize(min(520, parent.width() - 40), min(400, parent.height() - 40))
        self._filter("")

    def open(self) -> None:
        """Show it near the top of its window."""
        self.open_at(QPoint((self.host.width() - self.width()) // 2, 70))
        self.line.setFocus()

    def shown(self) -> list[str]:
        """The labels left by the filter."""
        return [action.label for action in self.list.rows()]

    def _fitting(self, text: str) -> list[Key]:
        words = fold(text).split()
        return [act for act in self._actions if all(word in fold(act.label) for word in words)]
