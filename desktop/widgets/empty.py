"""The empty state: what there is not, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.keys import Key
from desktop.widgets.text import IconLabel, label


class Empty(QWidget):
    """A quiet sentence in the middle, perhaps with the button that ends the emptiness.

    `other` is a second way out of it.
    """

    def __init__(
        self, text: str, action: Key | None = None, icon: str = "inbox", other: Key | None = None
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._text = label(text, "muted", wrap=True)
        self._text.setAlignment(middle)
        column.addStretch(1)
        column.addWidget(IconLabel(icon, "muted", 28), 0, middle)
        column.addWidget(self._text)
        for way in (action, other):
            if way:
                column.addWidget(Button.of(way), 0, middle)
        column.addStretch(2)

    def set_text(self, text: str) -> None:
        """Another sentence: nothing found is not the same as nothing there."""
        self._text.setText(text)

    def text(self) -> str:
        """What it says."""
        return self._text.text()
