"""Cards: the white frames that hold one thing each, and what often stands in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets.pill import Pill, PillLabel, Tone, show_if
from desktop.widgets.text import Elided, label, restyle

_DOTS = {"good": "good_dot", "warn": "warn_dot", "bad": "bad_dot"}


CARD_SIDE = 16


def heading(title: str, *buttons: QWidget, note: str = "") -> QHBoxLayout:
    """The top of a page: its title at the left, what can be done at the right."""
    row = QHBoxLayout()
    row.setSpacing(10)
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

    def _head(self, side: int, buttons: tuple[QWidget, ...]) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(side, 0, side, 0)
        head.setSpacing(8)
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
        self.body.addWidget(self.number)
        self.body.addLayout(under)
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
        self._pill.set_pill(pill)
        # A pill stands right behind the words; without one the words may take two lines.
        self.text.setWordWrap(pill is None)
        self._under.setStretch(0, 0 if pill else 1)
        self._under.setStretch(2, 1 if pill else 0)
        restyle(self.number, tone=tone or "")
        self._turn()

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


class Meter(QWidget):
    """A bar filled by a fraction: 3 of 5 loans, 64 of 100 square metres."""

    def __init__(self, fraction: float = 0, tone: Tone | None = None) -> None:
        super().__init__()
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(fraction, tone)

    def set(self, fraction: float, tone: Tone | None = None) -> None:
        """Fill it otherwise."""
        self._fraction, self._tone = fraction, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and filling."""
        painter = QPainter(self)
        draw_meter(painter, self.rect().toRectF(), self._fraction, self._tone)
        painter.end()


def draw_meter(painter: QPainter, area: QRectF, fraction: float, tone: Tone | None) -> None:
    """Draw a filled bar into `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = area.height() / 2
    painter.setBrush(theme.colour("plain"))
    painter.drawRoundedRect(area, radius, radius)
    wide = area.width() * min(max(fraction, 0), 1)
    if wide > 0:
        painter.setBrush(theme.colour(_DOTS.get(tone or "", "brand_ink")))
        painter.setClipRect(QRectF(area.left(), area.top(), wide, area.height()))
        painter.drawRoundedRect(area, radius, radius)
    painter.restore()


class Avatar(QWidget):
    """The initials of a person or place on a quiet ground; no photograph is needed."""

    def __init__(self, name: str = "", side: int = 60) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Another name."""
        self._initials = initials(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded square with two letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_initials(painter, self.rect().toRectF(), self._initials)
        painter.end()


def initials(name: str) -> str:
    """The first letters of the first two words."""
    words = [word for word in name.replace(",", " ").split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in words[:2])


def draw_initials(painter: QPainter, area: QRectF, letters: str) -> None:
    """Letters on a quiet ground, where a photograph would be."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("info"))
    painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
    painter.setPen(theme.colour("info_ink"))
    painter.setFont(theme.font(int(area.width() * 0.36), QFont.Weight.DemiBold))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letters)


def separator() -> QLabel:
    """A hairline across a card."""
    line = QLabel()
    line.setFixedHeight(1)
    line.setProperty("look", "line")
    return line
