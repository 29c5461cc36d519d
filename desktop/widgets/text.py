"""Words on a page: labels with a look of the style sheet, and text that elides itself."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop import theme


def label(text: str = "", look: str = "", wrap: bool = False) -> QLabel:
    """Plain text in one of the looks: muted, small, strong, label, error, title, cardTitle."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


def point(mark: str, text: str) -> QHBoxLayout:
    """A line of a list: what wraps stands below its own words, not below the mark."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label(mark), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, wrap=True), 1)
    return row


def tip(text: str) -> str:
    """Text for a tooltip, which takes no plain text: "<b>" in a title would be markup."""
    if not GuiQt.mightBeRichText(text):
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet look at them again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


_LEAST_LETTERS = 6


class Elided(QLabel):
    """One line that ends in an ellipsis when it is too long, whole in its tooltip."""

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if look:
            self.setProperty("look", look)
        self._full = ""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self._cut()

    def full_text(self) -> str:
        """What would be read if there were room."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(self.contentsRect().width(), 0)
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room)
        if shown != self._full and len(shown) <= _LEAST_LETTERS:
            shown = ""  # two letters and dots say less than nothing; the tooltip tells it whole
        self.setText(shown)
        self.setToolTip(tip(self._full) if shown != self._full else "")

    def sizeHint(self) -> QSize:
        """As wide as the whole text would like to be."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """It can always be narrower."""
        return QSize(0, self.fontMetrics().height() + 2)


class IconLabel(QWidget):
    """An icon that follows the scheme."""

    def __init__(self, name: str, role: str = "muted", side: int = 18) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setFixedSize(side, side)

    def set_icon(self, name: str, role: str) -> None:
        """Another icon or colour."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours now worn."""
        painter = QPainter(self)
        theme.paint_icon(painter, self.rect().toRectF(), self._name, self._role)
        painter.end()
