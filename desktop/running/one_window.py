"""One window a library and person: a second start raises the first and is gone.

Two windows of one library on one screen confuse: a scan goes to whichever is in front. The first
listens on a local socket of this person; the second says it is there.
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 2000
"""How long a window of this PC may take to answer; one that hangs is not waited for."""
_ANY_PROCESS = -1


def name_of(where: str) -> str:
    """What the windows of a library, a file or a server's address, are called on this PC."""
    place = where if "://" in where else str(Path(where).absolute())
    whose = str(Path.home())
    return f"selasar-{blake2b(f'{whose}|{place}'.encode(), digest_size=12).hexdigest()}"


def raised(where: str) -> bool:
    """Whether a window of this library stood already; it is in front now."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(where))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    _let_it_come_to_the_front()
    socket.write(b"raise")
    socket.waitForBytesWritten(PATIENCE_MS)
    # The answer may have come while we wrote; waiting would be for another one.
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(PATIENCE_MS)
    socket.disconnectFromServer()
    return answered


def _let_it_come_to_the_front() -> None:
    """Windows lets only the program in front bring another there."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


class FirstWindow(QObject):
    """Listens for a second start of the program on the same library; `window` is the one that
    is raised then."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._met)
        self.window: QWidget | None = None
        name = name_of(where)
        # A program that was killed leaves its socket behind; nobody answered on it.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def _met(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"here")
            socket.flush()
        if self.window is not None:
            to_the_front(self.window)

    def stop(self) -> None:
        """Listen no longer."""
        self._server.close()


def to_the_front(window: QWidget) -> None:
    """As it was, but seen."""
    window.setWindowState(
        (window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
    )
    window.show()
    window.raise_()
    window.activateWindow()
