"""The places of the program down the left side; only icons where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.text import Elided

WIDE, NARROW = 184, 56


@dataclass(frozen=True)
class Entry:
    """One place in the sidebar."""

    key: str
    title: str
    icon: str
    shortcut: str
    at_bottom: bool = False


class _Entry(QAbstractButton):
    """Icon, name, key."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.narrow = False
        self.setCheckable(True)
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(30)
        self.setMaximumHeight(38)

    def sizeHint(self) -> QSize:
        return QSize(120, 38)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as it presses every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Only the icon; the name is then in the tooltip."""
        self.narrow = narrow
        self.setToolTip(f"{self.entry.title} · {self.entry.shortcut}" if narrow else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF()
        self._paint_ground(painter, area)
        left = (area.width() - 18) / 2 if self.narrow else 10.0
        icon = QRectF(left, (area.height() - 18) / 2, 18, 18)
        theme.paint_icon(painter, icon, self.entry.icon, "sidebar_ink")
        if not self.narrow:
            self._paint_words(painter, area)
        painter.end()

    def _paint_ground(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sidebar_on"))
        if self.underMouse() and not self.isChecked():
            painter.setOpacity(0.45)
        if self.isChecked() or self.underMouse():
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.setOpacity(1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("sidebar_ink"), 1.5))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        hint = theme.font(theme.SMALL_PX)
        painter.setFont(hint)
        painter.setPen(theme.colour("sidebar_muted"))
        right = area.adjusted(0, 0, -10, 0)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, self.entry.shortcut)
        used = painter.fontMetrics().horizontalAdvance(self.entry.shortcut) + 16
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        painter.setFont(theme.font(theme.TEXT_PX, weight))
        painter.setPen(theme.colour("sidebar_ink"))
        room = area.adjusted(38, 0, -used, 0)
        cut = painter.fontMetrics().elidedText(
            self.entry.title, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, middle, cut)


class Sidebar(QWidget):
    """Signal `chosen(key)`; `select` shows where we are."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._buttons = {entry.key: _Entry(entry) for entry in entries}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 10)
        column.setSpacing(2)
        for bottom in (False, True):
            if bottom:
                column.addStretch(1)
            for key, button in self._buttons.items():
                if button.entry.at_bottom is bottom:
                    column.addWidget(button)
                    button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        self._line = QWidget()
        self._line.setFixedHeight(9)
        self._who, self._note = Elided(), Elided()
        for part in (self._line, self._who, self._note):
            column.addWidget(part)
        for text in (self._who, self._note):
            text.setContentsMargins(10, 0, 0, 0)
        self.set_user("", "")
        self.set_narrow(False)

    def set_user(self, name: str, note: str) -> None:
        """Who works here, at the foot."""
        self._who.set_text(name)
        self._note.set_text(note)
        self._show_user()

    def _show_user(self) -> None:
        style = f"color: {theme.colours().sidebar_muted}; font-size: {theme.HEADER_PX}px"
        for part in (self._line, self._who, self._note):
            part.setVisible(bool(self._who.full_text()) and not self._narrow)
            part.setStyleSheet(style)

    _narrow = False

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or icons with their names."""
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        for button in self._buttons.values():
            button.set_narrow(narrow)
        self._show_user()

    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def select(self, key: str) -> None:
        """Show that we are at this place."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def selected(self) -> str:
        """Where we are."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dark green ground, and a hairline above who works here."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sidebar"))
        if self._line.isVisible():
            line = self._line.geometry()
            painter.fillRect(line.left(), line.center().y(), line.width(), 1, self._line_colour())
        painter.end()

    @staticmethod
    def _line_colour() -> object:
        return theme.colour("sidebar_on")
