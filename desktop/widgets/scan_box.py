"""The box a scanner types into; what it read is told at Enter, one code after the other."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from desktop import keys, theme
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.text import IconLabel, label

RING = 3
EVERYTHING = frozenset({"copy", "patron", "isbn", "ours", "foreign"})
COPIES = frozenset({"copy", "ours", "foreign"})


class ScanBox(QFrame):
    """Signals: `scanned(code)` for each line scanned or typed, `typed(text)` at every key."""

    scanned = Signal(str)
    typed = Signal(str)

    def __init__(
        self,
        placeholder: str = "",
        *,
        compact: bool = False,
        hint: str = "scan",
        wants: frozenset[str] = EVERYTHING,
    ) -> None:
        super().__init__()
        self._compact = compact
        self.wants = wants
        """The kinds of code that belong here when they are scanned elsewhere on the screen."""
        self.setProperty("compact", "true" if compact else "false")
        self._waiting: deque[str] = deque()
        self._busy = False
        self.line = LineEdit(placeholder)
        self.line.setAccessibleName(placeholder)
        self.line.returnPressed.connect(self._take)
        self.line.textEdited.connect(self.typed)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        row = QHBoxLayout(self)
        side = 10 if compact else 18
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(8 if compact else 12)
        row.addWidget(IconLabel("scan-barcode", "muted", 16 if compact else 26))
        row.addWidget(self.line, 1)
        row.addWidget(label(keys.sequence(hint), "small"))

    def sizeHint(self) -> QSize:
        """Big on the desk, small in the top bar."""
        return QSize(220, 32) if self._compact else QSize(420, 54)

    def minimumSizeHint(self) -> QSize:
        """Never too narrow for a code."""
        return QSize(160, self.sizeHint().height())

    def text(self) -> str:
        """What is typed and not yet sent."""
        return self.line.text()

    def _take(self) -> None:
        """Empty the box before telling, and tell in order even if telling takes its time."""
        code = self.line.text().strip()
        self.line.setText("")
        if code:
            self.take(code)

    def take(self, code: str) -> None:
        """A code that was scanned while something else had the focus; what is typed here stays."""
        self._waiting.append(code)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                self.scanned.emit(self._waiting.popleft())
        finally:
            self._busy = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw the ring as the focus comes and goes; a Tab behind a code ends it as Enter does."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Tab or not self.line.text().strip():
            return False
        self._take()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the frame is a click into the box."""
        self.line.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a soft ring around it while it listens."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 0.5 if self._compact else RING + 0.5
        area = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        listening = self.line.hasFocus()
        if listening and not self._compact:
            self._paint_ring(painter)
        painter.setBrush(theme.colour("field"))
        edge = QPen(theme.colour("brand_ink" if listening else "edge"), 2 if listening else 1)
        painter.setPen(edge)
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ring"))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, theme.RADIUS + RING, theme.RADIUS + RING)
