"""The notice strip: what was done and what was refused, in words, covering nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import keys, theme
from desktop.widgets.keys import Key
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.pill import show_if
from desktop.widgets.popup import PopupFrame
from desktop.widgets.text import IconLabel, label, tip
from desktop.words import language
from desktop.words.language import N_, _

NoticeTone = Literal["done", "look", "refused"]
KEPT = 20
STAYS_MS = 20_000

_WORDS = {"done": N_("Done"), "look": N_("Look"), "refused": N_("Refused")}
_ICONS = {"done": "circle-check", "look": "triangle-alert", "refused": "ban"}
_ROLES = {"done": "notice_good", "look": "notice_warn", "refused": "notice_bad"}
_TONES = {"done": "good_ink", "look": "warn_ink", "refused": "bad_ink"}


@dataclass(frozen=True)
class Notice:
    """One thing said, and when."""

    tone: NoticeTone
    text: str
    at: datetime


def _key_of(action: Key) -> str:
    """Undo has its own key; every other step offered has the one for steps."""
    return action.name if action.name == "undo" else "step"


class NoticeStrip(QWidget):
    """Says one thing at a time and remembers the last twenty.

    `told(tone)` is for the sounds. `undo()` runs the undo offered, once.
    """

    told = Signal(str)

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self._now = now or (lambda: datetime.now().astimezone())
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._action: Key | None = None
        self._tone: NoticeTone = "done"
        self._showing = False
        self._offers = 0
        self._icon = IconLabel("circle-check", "notice_good", 20)
        self._word, self._text = label(""), label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = self._plain_button(self.act)
        self._close = self._plain_button(self.clear)
        self._close.setFixedWidth(28)
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close"))
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._hide)
        self._arrange()
        self.setVisible(False)

    def _plain_button(self, slot: Callable[[], object]) -> QPushButton:
        made = QPushButton()
        made.setFlat(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _checked=False: slot())
        return made

    def _arrange(self) -> None:
        self.setMinimumHeight(40)
        self.setMaximumHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(10)
        for part in (self._icon, self._word):
            row.addWidget(part)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)

    def done(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        action: Key | None = None,
    ) -> None:
        """It happened; `undo` is offered as a button and as Ctrl+Z, or else `action`."""
        self._say("done", text, Key("undo", _("Undo"), undo) if undo else action)

    def look(self, text: str, action: Key | None = None) -> None:
        """It happened, and there is something to know."""
        self._say("look", text, action)

    def refused(self, text: str, action: Key | None = None) -> None:
        """It did not happen; `action` is the next step, with its key."""
        self._say("refused", text, action)

    def _say(self, tone: NoticeTone, text: str, action: Key | None) -> None:
        self._kept.appendleft(Notice(tone, text, self._now()))
        self._tone, self._action = tone, action
        self._offer_undo(action)
        self._icon.set_icon(_ICONS[tone], _ROLES[tone])
        self._word.setText(_(_WORDS[tone]))
        self._text.setText(text)
        self._text.setToolTip(tip(text))
        self._say_action(action)
        self._dress()
        self._showing = True
        show_if(self, True)
        self.updateGeometry()
        self._announce(f"{self._word.text()}: {text}")
        if tone == "refused":
            self._timer.stop()
        else:
            self._timer.start()
        self.told.emit(tone)

    def _offer_undo(self, action: Key | None) -> None:
        self._offers += 1
        offered = action is not None and action.name == "undo"
        LineEdit.undo_offered = self._offers if offered else 0

    def _announce(self, text: str) -> None:
        """Said aloud by a screen reader wherever the focus is: the strip never takes it."""
        self.setAccessibleDescription(text)
        told = QAccessibleAnnouncementEvent(self, text)
        told.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(told)

    def _say_action(self, action: Key | None) -> None:
        self._button.setVisible(action is not None)
        if action:
            text = f"{action.label} ({keys.printed(keys.sequence(_key_of(action)))})"
            self._button.setText(text.replace("&", "&&"))

    def _dress(self) -> None:
        worn = theme.colours()
        self._word.setStyleSheet(f"color: {getattr(worn, _ROLES[self._tone])}; font-weight: 600")
        self._text.setStyleSheet(f"color: {worn.notice_ink}")
        self._button.setStyleSheet(
            f"color: {worn.notice_action}; font-weight: 600; border: none; padding: 6px 8px"
        )
        self._close.setStyleSheet("border: none")
        self._close.setIcon(theme.icon("x", "notice_ink"))

    def add(self, text: str, alone: str = "") -> None:
        """Say something more behind what was just said; `alone`, a whole sentence, where nothing
        was."""
        if not self._showing or not self._kept:
            self._say("done", alone or text, None)
            return
        said = self._kept[0]
        whole = f"{said.text} · {text}"
        self._kept[0] = Notice(said.tone, whole, said.at)
        self._text.setText(whole)
        self._text.setToolTip(tip(whole))
        self._announce(text)
        self.updateGeometry()

    def text(self) -> str:
        """What the strip says now; empty when it is not shown."""
        return self._text.text() if self._showing else ""

    def tone(self) -> NoticeTone:
        """How the last thing was said."""
        return self._tone

    def action(self) -> Key | None:
        """What is offered."""
        return self._action

    def kept(self) -> list[Notice]:
        """The last twenty, newest first."""
        return list(self._kept)

    def act(self) -> bool:
        """Do what is offered, once; False if nothing is."""
        action, self._action = self._action, None
        if action is None:
            return False
        self._hide()
        action.slot()
        return True

    def step(self) -> bool:
        """Take the step offered; undoing has its own key."""
        return self._action is not None and self._action.name != "undo" and self.act()

    def undo(self) -> bool:
        """Take the last act back, if it can be."""
        if self._action is not None and self._action.name == "undo":
            return self.act()
        return False

    def clear(self) -> None:
        """Say nothing and offer nothing."""
        self._action = None
        self._hide()

    def _hide(self) -> None:
        self._timer.stop()
        self._showing = False
        self._offer_undo(None)
        self.setVisible(False)

    def keep_room(self, keep: bool) -> None:
        """Keep the strip's room free while it says nothing, so that nothing jumps."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(keep)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dark rounded ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("notice"))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        edge = QRectF(0, 8, 4, self.height() - 16)
        painter.setBrush(QColor(getattr(theme.colours(), _ROLES[self._tone])))
        painter.drawRoundedRect(edge, 2, 2)
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The list of the last twenty."""
        self.show_kept()

    def show_kept(self) -> PopupFrame:
        """Open the list of the last twenty above the strip's place."""
        popup = PopupFrame(self)
        fill_kept(popup, self.kept())
        popup.adjustSize()
        corner = self.mapTo(self.window(), QPoint(0, -8))
        popup.open_at(corner - QPoint(0, popup.height()))
        return popup


def fill_kept(popup: QFrame, notices: list[Notice]) -> None:
    """One row a notice: icon, time, text."""
    column = QVBoxLayout(popup)
    column.setContentsMargins(16, 12, 16, 14)
    column.addWidget(label(_("Last notices"), "cardTitle"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    column.addLayout(grid)
    if not notices:
        column.addWidget(label(_("Nothing yet"), "muted"))
    for row, notice in enumerate(notices):
        grid.addWidget(IconLabel(_ICONS[notice.tone], _TONES[notice.tone], 16), row, 0)
        grid.addWidget(label(language.clock(notice.at), "muted"), row, 1)
        grid.addWidget(_kept_text(notice), row, 2)


def _kept_text(notice: Notice) -> QLabel:
    text = label(notice.text, "fine")
    text.setMaximumWidth(560)
    text.setToolTip(tip(notice.text))
    return text
