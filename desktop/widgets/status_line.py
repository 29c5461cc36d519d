"""The line at the foot of the window: is the data safe, how much is there, what time is it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.text import Elided, label
from desktop.words import language
from desktop.words.language import _

HALF_MINUTE_MS = 30_000
COUNTED = frozenset({"Biblio", "Item"})


@dataclass(frozen=True)
class Status:
    """What the line says: a dot that is good, warn or bad, why, and the counts."""

    dot: Literal["good", "warn", "bad"] = "good"
    text: str = ""
    counts: str = ""


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(10, 10)
        self.tone = "good"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self.tone}_dot"))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class StatusLine(QFrame):
    """Asks `status()` and `now()` every half minute and whenever told to `refresh`."""

    history_wanted = Signal()

    def __init__(
        self, status: Callable[[], Status], now: Callable[[], datetime], demo: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._status, self._now = status, now
        self._dot = _Dot()
        self._text, self._counts, self._clock = Elided("", "small"), label("", "small"), label("")
        self._clock.setProperty("look", "small")
        self.demo = PillLabel(Pill(_("Demo: made-up data"), "warn") if demo else None)
        self.history = Button("", self.history_wanted.emit, icon="history", kind="quiet")
        self.history.setToolTip(_("Last notices"))
        self.history.setAccessibleName(_("Last notices"))
        self.history.setFixedHeight(22)
        self.history.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrange()
        timer = QTimer(self, interval=HALF_MINUTE_MS)
        timer.timeout.connect(self.refresh)
        timer.start()
        self.refresh()

    def _arrange(self) -> None:
        self.setFixedHeight(27)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self._text, 3)
        row.addWidget(self._counts)
        row.addStretch(1)
        row.addWidget(self.demo)
        row.addWidget(self.history)
        row.addWidget(self._clock)

    def changed(self, kinds: frozenset[str]) -> None:
        """Records of these kinds were written: count again if they are counted here. Not after
        each loan: counting a large collection takes longer than lending."""
        if kinds & COUNTED:
            self.refresh()

    def refresh(self) -> None:
        """Ask again and show."""
        status, now = self._status(), self._now().astimezone()
        self._dot.tone = status.dot
        self._dot.update()
        self._text.set_text(status.text)
        self._text.setMaximumWidth(self._text.sizeHint().width() + 16)
        self._counts.setText(status.counts)
        self._clock.setText(f"{language.date_short(now.date())} · {language.clock(now)}")

    def clock_text(self) -> str:
        """Date and time, as the eye reads them."""
        return self._clock.text()

    def status_text(self) -> str:
        """The words beside the dot."""
        return self._text.full_text()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the counts out where there is no room."""
        self._counts.setVisible(not narrow)
