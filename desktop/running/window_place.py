"""Where the window stood is where it opens again, as far as there still is a screen."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QWidget

from desktop import pc
from desktop.pc import Pc

FRAME_PX = 48
"""Room for a title bar."""
_SEEN_PX = 120
"""How much of the title bar must be on a screen, so that the window can be taken hold of."""


def show(window: QWidget, settings: Pc) -> None:
    """Where it was, else in its usual size; whole where the screen has no room for its frame."""
    kept = QByteArray.fromBase64(settings.get(pc.WINDOW).encode())
    if not kept.isEmpty() and window.restoreGeometry(kept) and _is_seen(window):
        window.show()
        return
    show_usual(window)


def show_usual(window: QWidget) -> None:
    """In its usual size, in full where the screen has no room for its frame beside it."""
    screen = window.screen().availableGeometry()
    size = window.size()
    if screen.width() <= size.width() or screen.height() <= size.height() + FRAME_PX:
        window.showMaximized()
        return
    if not _is_seen(window):
        window.move(screen.topLeft())
    window.show()


def keep(window: QWidget, settings: Pc) -> None:
    """For the next start."""
    told = bytes(window.saveGeometry().toBase64().data()).decode()
    settings.put(pc.WINDOW, told)


def _is_seen(window: QWidget) -> bool:
    """Whether enough of its upper edge lies on a screen that there is today."""
    at = window.geometry()
    for screen in window.screen().virtualSiblings():
        common = screen.availableGeometry().intersected(at)
        if common.width() >= _SEEN_PX and abs(common.top() - at.top()) <= FRAME_PX:
            return True
    return False


def close_later(close: Callable[[], object]) -> None:
    """SELASAR_QUIT_AFTER=seconds closes the window by itself: for `installer.smoke` only, which
    checks that a frozen program starts and ends cleanly."""
    seconds = os.environ.get("SELASAR_QUIT_AFTER", "")
    if seconds.isdecimal():
        QTimer.singleShot(int(seconds) * 1000, close)
