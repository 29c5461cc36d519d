"""State pills: a word on a ground of its tone, in tables and on pages alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.text import tip

Tone = Literal["good", "warn", "bad", "info", "plain"]
HEIGHT, PADDING = 20, 9


@dataclass(frozen=True)
class Pill:
    """What a pill says and how it looks; a state is never told by colour alone. `more` is said
    where the mouse rests on it."""

    text: str
    tone: Tone = "plain"
    more: str = ""


def pill_font() -> QFont:
    """Small and half bold."""
    return theme.font(theme.HEADER_PX, QFont.Weight.DemiBold)


def pill_width(text: str) -> float:
    """How wide the whole pill for `text` is."""
    return QFontMetricsF(pill_font()).horizontalAdvance(text) + 2 * PADDING


def draw_pill(painter: QPainter, pill: Pill, left: float, middle: float, room: float) -> float:
    """Draw `pill` from `left`, centred on `middle`, no wider than `room`; return its width."""
    width = min(pill_width(pill.text), room)
    if width < 2 * PADDING:
        return 0
    area = QRectF(left, middle - HEIGHT / 2, width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(pill.tone))
    painter.drawRoundedRect(area, HEIGHT / 2, HEIGHT / 2)
    painter.setPen(theme.colour(f"{pill.tone}_ink"))
    painter.setFont(pill_font())
    inner = width - 2 * PADDING + 1
    text = QFontMetricsF(pill_font()).elidedText(pill.text, Qt.TextElideMode.ElideRight, inner)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a part of a page; one that is on no page yet must not become a window."""
    if widget.parentWidget() is not None or not wanted:
        widget.setVisible(wanted)
    else:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)


class PillLabel(QWidget):
    """A pill on a page; without a pill it takes no room."""

    def __init__(self, pill: Pill | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pill = pill
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_pill(pill)

    def pill(self) -> Pill | None:
        """What is shown."""
        return self._pill

    def set_pill(self, pill: Pill | None) -> None:
        """Show another pill, or none."""
        self._pill = pill
        show_if(self, pill is not None)
        self.setToolTip(tip(pill.text) if pill else "")
        self.setAccessibleName(pill.text if pill else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        text = self._pill.text if self._pill else ""
        return QSize(int(pill_width(text)) + 1, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed; then its word ends in an ellipsis."""
        return QSize(min(self.sizeHint().width(), 40), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours now worn."""
        if self._pill:
            painter = QPainter(self)
            draw_pill(painter, self._pill, 0, self.height() / 2, self.width())
            painter.end()
