"""A screen: one place of the program, that knows what it shows and what its keys do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.buttons import Button, MenuButton
from desktop.widgets.keys import Key
from desktop.widgets.notice import NoticeStrip
from desktop.widgets.scan_box import ScanBox

__all__ = ["Key", "Screen"]


class Screen(QWidget):
    """Subclasses set `title` and `shows`, build themselves once and fill in `reload`.


    A hidden screen only notes that it is stale and reloads when it is shown. A screen
    that has its own big box sets `scan_box`; F2 then goes there. `leave_for(place, what)`
    asks the window to go to another place and hand `what` to its `arrive`.
    """

    title: ClassVar[str] = ""
    shows: ClassVar[frozenset[str]] = frozenset()

    leave_for = Signal(str, object)

    may: Callable[[str], bool] = staticmethod(lambda right: True)
    """Whether whoever works here has a right: set by the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.scan_box: ScanBox | None = None
        self._notice: NoticeStrip | None = None
        self._stale = True
        self._shortcuts: list[QShortcut] = []

    @property
    def notice(self) -> NoticeStrip:
        """Where to say what was done; the window's strip, or one of its own when alone."""
        if self._notice is None:
            self._notice = NoticeStrip()
        return self._notice

    def attach(self, notice: NoticeStrip) -> None:
        """Called by the window before the screen is first shown."""
        self._notice = notice
        self.renew_keys()

    def reload(self) -> None:
        """Read anew what is shown."""

    def changed(self, kinds: frozenset[str]) -> None:
        """Records of these kinds were written: reload now if seen, else when next shown."""
        if not kinds & self.shows:
            return
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def is_stale(self) -> bool:
        """Whether it will reload when next shown."""
        return self._stale

    def _reload(self) -> None:
        self._stale = False
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Reload what grew stale while hidden, then give the focus to the main thing."""
        super().showEvent(event)
        self._deny()
        if self._stale:
            self._reload()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where work begins here."""
        if self.scan_box is not None:
            self.scan_box.line.setFocus()

    def arrive(self, what: Any) -> None:
        """Called when another place sent the person here: open, search or show `what`."""

    def begin(self) -> None:
        """Turn to the part that opens first: it offers what `desktop.keys` says of this place."""

    def box_in_sight(self) -> ScanBox | None:
        """The box that is scanned into just now, if this screen shows one."""
        if self.scan_box is not None:
            return self.scan_box
        shown = (box for box in self.findChildren(ScanBox) if box.isVisibleTo(self))
        return next((box for box in shown if box.isEnabled()), None)

    def take_scan(self, code: str, kind: str) -> bool:
        """Do what this screen does with a code that was scanned anywhere on it ("copy", "patron",
        "isbn", "ours" or "foreign"); False where it belongs to the desk."""
        box = self.box_in_sight()
        if box is None or kind not in box.wants:
            return False
        box.take(code)
        return True

    def keys(self) -> list[Key]:
        """What can be done here by key; also feeds F1 and Ctrl+K."""
        return []

    def offered(self) -> list[Key]:
        """Of `keys()` those that whoever works here may do."""
        return [key for key in self.keys() if not key.needs or self.may(key.needs)]

    def _deny(self) -> None:
        for button in self.findChildren(Button):
            if button.needs and not self.may(button.needs):
                button.deny()
            if isinstance(button, MenuButton):
                button.let(self.may)

    def renew_keys(self) -> None:
        """Make the shortcuts of what is `offered`; call again if that changed."""
        self._deny()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        for key in self.offered():
            # Enter is heard by what has the focus: a list opens, a button is pressed.
            if key.sequence and key.name != "open":
                shortcut = QShortcut(key.sequence, self)
                shortcut.activated.connect(lambda slot=key.slot: slot())
                self._shortcuts.append(shortcut)

    def may_leave(self) -> bool:
        """Whether the program may close now; ask here about what is not saved."""
        return True
