"""One window a library and person: a second start raises the first and is gone.

Two windows of one library on one screen confuse: a scan goes to whichever is in front. The first
listens at a pipe of this person's; the second says it is there.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from hashlib import blake2b
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

PATIENCE_S = 2.0
"""How long a window of this PC may take to answer; one that hangs is not waited for."""
RAISE, HERE = b"raise", b"here"
_ANY_PROCESS = -1


def name_of(where: str) -> str:
    """What the windows of a library, a file or a server's address, are called on this PC."""
    place = where if "://" in where else str(Path(where).absolute())
    whose = str(Path.home())
    return f"selasar-{blake2b(f'{whose}|{place}'.encode(), digest_size=12).hexdigest()}"


def address_of(where: str) -> str:
    """Where they hear of each other; the standard library tells a pipe from a socket by it."""
    folder = r"\\.\pipe" if sys.platform == "win32" else tempfile.gettempdir()
    return os.path.join(folder, name_of(where))  # noqa: PTH118 - no path of a file on Windows


def raised(where: str) -> bool:
    """Whether a window of this library stood already; it is in front now."""
    with suppress(OSError, EOFError), Client(address_of(where)) as first:
        _let_it_come_to_the_front()
        first.send_bytes(RAISE)
        return first.poll(PATIENCE_S) and first.recv_bytes(len(HERE)) == HERE
    return False


def _let_it_come_to_the_front() -> None:
    """Windows lets only the program in front bring another there."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


class FirstWindow(QObject):
    """Listens for a second start of the program on the same library; `window` is the one that
    is raised then. A window for readers stands beside the librarian's, and `listens` to nobody."""

    _asked = Signal(object)

    def __init__(self, where: str, *, listens: bool = True) -> None:
        super().__init__()
        self.window: QWidget | None = None
        self._address = address_of(where)
        self._listener: Listener | None = None
        # The window answers by itself: one that hangs must not be taken for one that is there.
        self._asked.connect(self._answer)
        self._thread = Thread(target=self._listen, daemon=True)
        if listens:
            with suppress(OSError):
                self._listener = self._begun()
                self._thread.start()

    def _begun(self) -> Listener:
        if sys.platform != "win32":
            # A program that was killed leaves its socket behind; nobody answered on it.
            Path(self._address).unlink(missing_ok=True)
        return Listener(self._address)

    def _listen(self) -> None:
        with suppress(OSError):
            while (listener := self._listener) and (second := listener.accept()):
                if self._listener is not None:
                    self._hear(second)

    def _hear(self, second: Connection) -> None:
        """Here, not in the window's thread: who calls and then says nothing is waited for."""
        with suppress(OSError, EOFError):
            if second.poll(PATIENCE_S) and second.recv_bytes(len(RAISE)) == RAISE:
                self._asked.emit(second)
                return
        second.close()

    def _answer(self, second: Connection) -> None:
        with suppress(OSError), second:
            second.send_bytes(HERE)
            if self.window is not None:
                to_the_front(self.window)

    def stop(self) -> None:
        """Listen no longer."""
        listener, self._listener = self._listener, None
        if listener is not None:
            # Who waits for a second start is woken by one.
            with suppress(OSError), Client(self._address):
                self._thread.join(PATIENCE_S)
            listener.close()

    def __enter__(self) -> FirstWindow:
        """While it stands."""
        return self

    def __exit__(self, *_error: object) -> None:
        """It is gone."""
        self.stop()


def to_the_front(window: QWidget) -> None:
    """As it was, but seen."""
    window.setWindowState(
        (window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
    )
    window.show()
    window.raise_()
    window.activateWindow()
