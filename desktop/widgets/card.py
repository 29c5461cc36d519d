"""Cards: the white frames that hold one thing each, and what often stands in them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.pill import Tone, show_if
from desktop.widgets.row import Row
from desktop.widgets.text import Elided, label, restyle

CARD_SIDE = 16
_LEAST_SHARE = 0.65


def heading(title: str, *buttons: QWidget, note: str = "") -> Row:
    """The top of a page: its title at the left, what can be done at the right."""
    row = Row()
    name = Elided(title, "title")
    name.setObjectName("pageTitle")
    name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    name.setMinimumHeight(theme.FIELD_HEIGHT)
    row.addWidget(name, 1)
    if note:
        row.addWidget(label(note, "muted"))
    for button in buttons:
        row.addWidget(button)
    return row


class Card(QFrame):
    """A frame with an optional title row; put what it holds into `body`.

    `flush` lets a table reach the edges.
    """

    def __init__(
        self, title: str = "", *buttons: QWidget, note: str = "", flush: bool = False
    ) -> None:
        super().__init__()
        self._wide = 0
        whole = QVBoxLayout(self)
        side = 1 if flush else CARD_SIDE
        whole.setContentsMargins(side, 1 if flush and not title else 12, side, side)
        whole.setSpacing(8)
        self._title, self._note = label("", "cardTitle"), Elided("", "muted")
        if title or buttons:
            whole.addLayout(self._head(14 if flush else 0, buttons))
        self.set_title(title, note)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole.addLayout(self.body, 1)

    def be_side(self, wide: int) -> None:
        """Stand beside something larger, about so wide; in a narrow window it gives way down to
        two thirds, so that no page has to be pushed sideways."""
        self._wide = wide
        self.setMaximumWidth(wide)
        self.setMinimumWidth(round(wide * _LEAST_SHARE))

    def sizeHint(self) -> QSize:
        """As its contents ask, or as wide as it was told."""
        hint = super().sizeHint()
        return QSize(self._wide, hint.height()) if self._wide else hint

    def _head(self, side: int, buttons: tuple[QWidget, ...]) -> Row:
        head = Row(gap=8)
        head.setContentsMargins(side, 0, side, 0)
        head.addWidget(self._title)
        self._note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head.addWidget(self._note, 1)
        for button in buttons:
            head.addWidget(button)
        return head

    def set_title(self, title: str, note: str = "") -> None:
        """Title in bold, note beside it in grey."""
        self._title.setText(title)
        self._note.set_text(note)


class Band(QFrame):
    """A sentence on a ground of its tone, for what must be known before acting.

    A `narrow` one keeps to one line, and to a quieter second one: a page with words that wrap
    asks for the height it would like, not for the least.
    """

    def __init__(
        self, text: str = "", tone: Tone = "info", *buttons: QWidget, narrow: bool = False
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        self._text: QLabel = Elided() if narrow else label("", wrap=True)
        self._second = Elided("", "small")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._text)
        column.addWidget(self._second)
        row.addLayout(column, 1)
        for button in buttons:
            row.addWidget(button)
        self.set(text, tone)

    def set(self, text: str, tone: Tone = "info", second: str = "") -> None:
        """Say something else; with no text it takes no room."""
        if isinstance(self._text, Elided):
            self._text.set_text(text)
        else:
            self._text.setText(text)
        self._second.set_text(second)
        show_if(self._second, bool(second))
        show_if(self, bool(text))
        restyle(self, tone=tone)
        # The words' colour follows the frame's tone; they are looked at apart.
        for words in (self._text, self._second):
            restyle(words)

    def text(self) -> str:
        """What it says."""
        return self._text.full_text() if isinstance(self._text, Elided) else self._text.text()


def separator() -> QLabel:
    """A hairline across a card."""
    line = QLabel()
    line.setFixedHeight(1)
    line.setProperty("look", "line")
    return line
