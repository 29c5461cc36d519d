"""Which columns of a list are shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from desktop.widgets.buttons import Button
from desktop.words.language import _


class ColumnsButton(Button):
    """A menu of columns to tick; signal `chosen(names)`."""

    chosen = Signal(object)

    def __init__(self, columns: Sequence[tuple[str, str]], shown: Collection[str]) -> None:
        super().__init__(
            small=True, icon="sliders-horizontal", kind="quiet", tooltip=_("Columns to show")
        )
        self.menu_of = QMenu(self)
        self.offer(columns, shown)
        self.clicked.connect(lambda: self.menu_of.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def offer(self, columns: Sequence[tuple[str, str]], shown: Collection[str]) -> None:
        """Let these columns be ticked, those `shown` are."""
        self.menu_of.clear()
        for name, words in columns:
            action = self.menu_of.addAction(words)
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name in shown)
            action.toggled.connect(lambda _on: self.chosen.emit(self.names()))

    def names(self) -> list[str]:
        """The names ticked."""
        return [action.data() for action in self.menu_of.actions() if action.isChecked()]
