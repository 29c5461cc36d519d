"""A field that hears every key as it comes, with its time: for looking at what a scanner does."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.scan_keys import ENDS, RAW

_SILENCE_MS = 500


@dataclass(frozen=True)
class Heard:
    """What came between two silences. `gaps` are the milliseconds before each key but the first;
    `end` is "enter", "tab" or "" for neither."""

    text: str
    gaps: tuple[float, ...]
    end: str

    @property
    def pace_ms(self) -> int:
        """The usual time from key to key."""
        return round(sorted(self.gaps)[len(self.gaps) // 2]) if self.gaps else 0

    @property
    def slowest_ms(self) -> int:
        """The longest time between two keys."""
        return round(max(self.gaps, default=0))


class KeyListener(QWidget):
    """`heard(Heard)` once nothing has come for half a second; Esc is left to the screen."""

    heard = Signal(object)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder, self._text, self._end = placeholder, "", ""
        self._times: list[float] = []
        self._stamped = True
        self._silence = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._silence.timeout.connect(self._tell)
        self.setProperty(RAW, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the box of the desk."""
        return QSize(420, 54)

    def event(self, event: QEvent) -> bool:
        """Every key is looked at, Tab too; keys with Ctrl or Alt go where they always go."""
        if not isinstance(event, QKeyEvent) or event.key() == Qt.Key.Key_Escape:
            return super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and self._is_ours(event):
            self._hear(event)
            return True
        return super().event(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return event.key() in ENDS or (len(event.text()) == 1 and not self._is_command(event))

    def _is_command(self, event: QKeyEvent) -> bool:
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return bool(event.modifiers() & held) and event.text().isprintable()

    def _hear(self, event: QKeyEvent) -> None:
        if not self._times:
            self._text, self._end = "", ""
        self._stamped = self._stamped and event.timestamp() > 0
        self._times.append(event.timestamp() if self._stamped else time.monotonic() * 1000)
        end = ENDS.get(Qt.Key(event.key()), "")
        if end:
            self._end = self._end or end
        else:
            self._text += event.text()
        self._silence.start()
        self.update()

    def _tell(self) -> None:
        gaps = tuple(b - a for a, b in zip(self._times, self._times[1:], strict=False))
        self._times, self._stamped = [], True
        self.heard.emit(Heard(self._text, gaps, self._end))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field; what came last stands in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.hasFocus()
        painter.setPen(QPen(theme.colour("brand_ink" if on else "edge"), 2 if on else 1))
        painter.setBrush(theme.colour("field"))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.setPen(theme.colour("ink" if self._text else "muted"))
        painter.setFont(theme.font())
        shown = self._text or self._placeholder
        painter.drawText(area.adjusted(14, 0, -14, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
