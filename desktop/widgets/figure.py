"""A number in a frame of its own, with what it counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from desktop.widgets.card import CARD_SIDE, Card
from desktop.widgets.pill import Pill, PillLabel, Tone
from desktop.widgets.text import label, restyle


class Figure(Card):
    """A number, what it counts, perhaps a pill: one of the row of figures on a page."""

    def __init__(
        self, number: str = "", text: str = "", tone: Tone | None = None, pill: Pill | None = None
    ) -> None:
        super().__init__()
        self.number = label("", "figure")
        self.text = label("", "label", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pill = PillLabel()
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self.text, 1)
        under.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        under.addStretch(0)
        self._under = under
        self.body.setSpacing(2)
        self.note = label("", "small", wrap=True)
        self.body.addWidget(self.number)
        self.body.addLayout(under)
        self.body.addWidget(self.note)
        self.note.hide()
        self.body.addStretch(1)
        self._open: Callable[[], object] | None = None
        self.set(number, text, tone, pill)

    def set_open(self, slot: Callable[[], object], hint: str) -> None:
        """Let a double click or Enter open what stands behind the number; `hint` says so."""
        self._open = slot
        self.setToolTip(hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look behind the number."""
        if self._open:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks behind the number."""
        if self._open and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def set(
        self, number: str, text: str, tone: Tone | None = None, pill: Pill | None = None
    ) -> None:
        """Show another figure."""
        self.number.setText(number)
        self.text.setText(text)
        self.setAccessibleName(f"{text}: {number}")
        self._pill.set_pill(pill)
        # A pill stands right behind the words; without one the words may take two lines.
        self.text.setWordWrap(pill is None)
        self._under.setStretch(0, 0 if pill else 1)
        self._under.setStretch(2, 1 if pill else 0)
        restyle(self.number, tone=tone or "")
        self._turn()

    def set_note(self, text: str) -> None:
        """What it is compared with, in grey below; "" takes it away."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A pill that has no room behind the words goes below them."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        pill = self._pill.sizeHint().width() if self._pill.pill() else 0
        words = self.text.fontMetrics().horizontalAdvance(self.text.text())
        room = self.contentsRect().width() - 2 * CARD_SIDE
        way = QBoxLayout.Direction
        below = bool(pill) and words + pill + 8 > room
        self._under.setDirection(way.TopToBottom if below else way.LeftToRight)
