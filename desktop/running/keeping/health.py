"""Whether the library's file is whole, looked at beside the work: after the start and each day.

A broken page lets lending go on until somebody needs what stood on it; each backup made meanwhile
would be refused, and the last good one grow older.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from database.refusal import Fault, Trouble
from database.storage import checks
from desktop import background
from desktop.program import Program
from desktop.window import MainWindow
from desktop.words.language import _

FIRST_MS = 20_000
EVERY_MS = 24 * 3_600_000


class Health(QObject):
    """Looks by itself; `window()` is told what is wrong."""

    def __init__(self, program: Program, window: Callable[[], MainWindow]) -> None:
        super().__init__()
        self._program, self._window = program, window
        self._timer = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._timer.timeout.connect(self.look)
        if program.library.is_file:
            self._timer.start()

    def look(self) -> None:
        """Once, off this thread."""
        library = self._program.library

        def work(_report: background.Report, _stopped: background.Stopped) -> bool:
            with library.reading() as session:
                return checks.is_damaged(session)

        background.run(work, self._looked, self._failed)
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _looked(self, damaged: bool) -> None:
        if damaged:
            self._tell()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        if error.trouble is Trouble.DAMAGED:
            self._tell()

    def _tell(self) -> None:
        said = _(
            "The library's file is damaged. What was lent today may be written down on paper; "
            "under Settings, Backups, restore the newest backup and open it."
        )
        self._window().current().notice.refused(said)
