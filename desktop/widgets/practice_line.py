"""The red line over a practice library, and what its lesson asks for just now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.widgets.buttons import Button
from desktop.widgets.text import Elided, label
from desktop.words.language import _


class PracticeLine(QFrame):
    """Nothing done under it is counted anywhere; `skip` goes on, `afresh` begins anew."""

    def __init__(self, skip: Callable[[], object], afresh: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("practiceLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.task = Elided("")
        self.skip_button = Button(_("Skip"), skip, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(label(_("PRACTICE · nothing here is counted"), "strong"))
        row.addWidget(self.task, 1)
        row.addWidget(self.skip_button)
        row.addWidget(Button(_("Begin anew"), afresh, small=True))

    def show_task(self, text: str, *, more: bool) -> None:
        """What is asked for; with `more` it may be skipped."""
        self.task.set_text(text)
        self.setAccessibleName(text)
        self.skip_button.setVisible(more)
