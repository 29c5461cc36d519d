"""Words as chips in a field: subjects, additional authors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit

from desktop import theme
from desktop.widgets.completion import by_keys
from desktop.widgets.pill import HEIGHT, Pill, draw_pill, pill_width
from desktop.words.language import _

GAP, SIDE = 4, 8


class _Line(QLineEdit):
    erase = Signal()
    take = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the word; Backspace in the empty line takes the last chip away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.take.emit()
            event.accept()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erase.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TagsInput(QFrame):
    """Chips that flow over lines, and a line to type one more."""

    edited = Signal()
    left = Signal()

    def __init__(
        self, placeholder: str = "", suggest: Callable[[str], list[str]] | None = None
    ) -> None:
        super().__init__()
        self._tags: list[str] = []
        self._areas: list[QRectF] = []
        self._suggest = suggest
        self.line = _Line(self)
        self._hint = placeholder or _("type to add…")
        self.line.setPlaceholderText(self._hint)
        self.line.setStyleSheet(
            "border: none; background: transparent; padding: 0; min-height: 22px; max-height: 22px"
        )
        self.line.take.connect(self._take)
        self.line.erase.connect(lambda: self._remove(len(self._tags) - 1))
        self.line.left.connect(self._leave)
        self.setFocusProxy(self.line)
        self.setFixedHeight(theme.FIELD_HEIGHT)
        if suggest:
            self._offer()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - as Qt calls it
        """The line that takes the focus is what is read out."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _offer(self) -> None:
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._look_up)
        by_keys(self.line, completer)
        completer.activated.connect(lambda _text: self._take(), Qt.ConnectionType.QueuedConnection)

    def _look_up(self, text: str) -> None:
        if self._suggest and text.strip():
            self._known.setStringList(self._suggest(text.strip()))

    def raw(self) -> list[str]:
        """The words, in their order."""
        return list(self._tags)

    def set_raw(self, raw: list[str]) -> None:
        """Show these words."""
        self._tags = list(raw)
        self._flow()
        self.edited.emit()

    def _take(self) -> None:
        word = self.line.text().strip()
        self.line.clear()
        if word and word not in self._tags:
            self._tags.append(word)
            self._flow()
            self.edited.emit()

    def _leave(self) -> None:
        """A word typed and not taken is not lost."""
        self._take()
        self.left.emit()

    def _remove(self, place: int) -> None:
        if 0 <= place < len(self._tags):
            del self._tags[place]
            self._flow()
            self.edited.emit()

    def _flow(self) -> None:
        """Lay the chips in rows and grow as high as they need."""
        left, top, self._areas = float(SIDE), 7.0, []
        for tag in self._tags:
            wide = min(pill_width(tag) + 14, max(self.width() - 2 * SIDE, 40))
            if left + wide > self.width() - SIDE and left > SIDE:
                left, top = float(SIDE), top + HEIGHT + GAP
            self._areas.append(QRectF(left, top, wide, HEIGHT))
            left += wide + GAP
        wanted = QFontMetricsF(theme.font()).horizontalAdvance(self._hint) + 6
        if left + min(wanted, 90) > self.width() - SIDE and left > SIDE:
            left, top = float(SIDE), top + HEIGHT + GAP
        room = self.width() - SIDE - left
        self.line.setGeometry(int(left) + 2, int(top) - 1, int(room), 22)
        # Half a hint beside the chips says less than none.
        self.line.setPlaceholderText(self._hint if room >= wanted or not self._tags else "")
        self.setFixedHeight(int(top) + HEIGHT + 7)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Flow anew when the width changes."""
        if event.type() == QEvent.Type.Resize:
            self._flow()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the cross of a chip takes it away."""
        for place, area in enumerate(self._areas):
            if area.contains(QPointF(event.position())):
                if event.position().x() > area.right() - 20:
                    self._remove(place)
                return
        self.line.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field's frame, its chips and their crosses."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.line.hasFocus()
        painter.setPen(theme.colour("brand_ink" if on else "edge"))
        painter.setBrush(theme.colour("field"))
        frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        for tag, area in zip(self._tags, self._areas, strict=False):
            self._paint_chip(painter, tag, area)
        painter.end()

    def _paint_chip(self, painter: QPainter, tag: str, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("plain"))
        painter.drawRoundedRect(area, HEIGHT / 2, HEIGHT / 2)
        draw_pill(painter, Pill(tag), area.left(), area.center().y(), area.width() - 14)
        cross = QRectF(area.right() - 19, area.center().y() - 6, 12, 12)
        theme.paint_icon(painter, cross, "x", "plain_ink")
