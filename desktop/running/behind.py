"""What goes on behind the window: begun once it stands, for none of it is waited for at the start,
and what it reads is a tenth of the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from desktop import background
from desktop.program import Program
from desktop.window import MainWindow

SOON_MS = 150


class Runs(Protocol):
    """What goes on beside the window."""

    def stop(self) -> None:
        """Begin nothing more."""


class Behind:
    """`stop` ends all of it, begun or not; `door` makes the way in for readers."""

    def __init__(
        self,
        program: Program,
        window: Callable[[], MainWindow],
        door: Callable[[Program], Runs],
    ) -> None:
        self._program, self._window, self._door = program, window, door
        self._runs: list[Runs] = []
        self._timer = QTimer(singleShot=True, interval=SOON_MS)
        self._timer.timeout.connect(self.begin)
        self._timer.start()

    def begin(self) -> None:
        """Forgetting, e-mail, the look at the file, backups, the clock, the door for readers."""
        from desktop.running.daily import Daily
        from desktop.running.keeping.clock_check import Watch
        from desktop.running.keeping.health import Health
        from desktop.running.keeping.keeper import Keeper
        from desktop.running.mailing import Mailing

        program = self._program
        self._runs = [Daily(program), Mailing(program), Health(program, self._window)]
        self._runs += [Keeper(program), Watch(program, self._window), self._door(program)]

    def stop(self) -> None:
        """Begin nothing more, and wait for what is under way."""
        self._timer.stop()
        for one in self._runs:
            one.stop()
        background.wait()
