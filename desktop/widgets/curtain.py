"""Nothing of what was on the screen can be read from the other side of the counter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop import theme
from desktop.words.language import _

_HUMAN = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Idleness(QObject):
    """Calls `rest` once nobody has touched anything for so many minutes; 0 is never."""

    def __init__(self, parent: QObject, minutes: int, rest: Callable[[], object]) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(rest)
        app = QApplication.instance()
        if minutes and app is not None:
            app.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or click begins the time anew."""
        if event.type() in _HUMAN:
            self._timer.start()
        return False


class _Cover(QWidget):
    """Over one open dialog, for the window's curtain lies below it."""

    def __init__(self, box: QDialog, lift: Callable[[], object]) -> None:
        super().__init__(box)
        self._lift = lift
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(box.rect())
        self.raise_()
        self.show()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """The dialog's own shortcuts do nothing unseen."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As on the curtain."""
        if event.key() in (Qt.Key.Key_F12, Qt.Key.Key_Escape):
            self._lift()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click lifts nothing."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing to be read."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sidebar"))
        painter.end()


def draw_all() -> None:
    """F12 inside a dialog, which keeps keys from the window."""
    for window in QApplication.topLevelWidgets():
        for curtain in window.findChildren(Curtain):
            curtain.draw()


class Curtain(QWidget):
    """Covers its window wholly, and every dialog that is open; F12 or Esc lifts it, every
    other key is swallowed.

    `body` is disabled meanwhile, so that its shortcuts do nothing unseen.
    """

    def __init__(self, window: QWidget, body: QWidget, name: str) -> None:
        super().__init__(window)
        self._name, self._host, self._body = name, window, body
        self.asks: Callable[[], bool] = lambda: True
        """Whether it may be lifted: where the library asks who works, a PIN is wanted."""
        self._focus_before: QWidget | None = None
        self._covers: list[_Cover] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The screen is blanked"))
        window.installEventFilter(self)
        self.hide()

    def draw(self) -> None:
        """Cover the window."""
        if self.isVisible():
            return
        self._focus_before = QApplication.focusWidget()
        self._body.setEnabled(False)
        self.setGeometry(self._host.rect())
        self.raise_()
        self.show()
        self.setFocus()
        boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
        self._covers = [_Cover(box, self.lift) for box in boxes if box.isVisible()]

    def lift(self) -> None:
        """Go on where one was, if one may."""
        if not self.asks():
            return
        self.hide()
        for cover in filter(isValid, self._covers):
            cover.hide()
            cover.deleteLater()
        self._covers = []
        self._body.setEnabled(True)
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A scanner's digits must not reach what lies below."""
        if event.key() in (Qt.Key.Key_F12, Qt.Key.Key_Escape):
            self.lift()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click lifts nothing."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The library's name and how to go on."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sidebar"))
        middle = self.rect().toRectF()
        painter.setPen(theme.colour("sidebar_ink"))
        painter.setFont(theme.font(theme.FIGURE_PX, QFont.Weight.DemiBold))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(middle.adjusted(40, 0, -40, -30), flags, self._name)
        painter.setPen(theme.colour("sidebar_muted"))
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.drawText(middle.adjusted(40, 70, -40, 0), flags, _("F12 or Esc to go on"))
        painter.end()
