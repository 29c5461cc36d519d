"""A quiet offer below a field: what could stand there instead, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.keys import Key
from desktop.widgets.pill import show_if
from desktop.widgets.text import Elided


class Offer(QWidget):
    """Says nothing and takes no room until `show_offer`."""

    def __init__(self) -> None:
        super().__init__()
        self._offer, self._why = Elided("", "strong"), Elided("", "small")
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self._offer, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._row)
        column.addWidget(self._why)
        self._buttons: list[Button] = []
        show_if(self, False)

    def show_offer(self, offer: str, why: str = "", keys: tuple[Key, ...] = ()) -> None:
        """Say what is offered, below it why, beside it `keys`; with no offer be gone."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()  # until it is deleted nothing lays it out
            button.deleteLater()
        self._buttons = [Button.of(key, small=True) for key in keys]
        for button in self._buttons:
            # A click leaves the focus in the field: the offer stands until it is answered.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._row.addWidget(button)
        self._offer.set_text(offer)
        self._why.set_text(why)
        show_if(self, bool(offer))

    def texts(self) -> tuple[str, str]:
        """What is offered and why."""
        return self._offer.full_text(), self._why.full_text()
