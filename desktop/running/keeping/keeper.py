"""A backup every two hours while anything changes, and when a known stick is put in: behind the
work, which does not wait for it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from database.library import Session
from database.policy import house, settings
from database.refusal import Fault, Refusal
from database.storage import copies, keeping
from desktop import background, pc
from desktop.program import Program
from desktop.running.keeping import backup_places, backups

EVERY_MS = 60_000
AFTER = timedelta(hours=2)
AGAIN = timedelta(minutes=30)
"""After one that failed: a full disk does not empty itself by the minute."""


class Keeper(QObject):
    """Looks by itself once a minute; `look` does so at once."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self.task: background.Task | None = None
        self._not_before = program.now()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        if not program.read(house.profile).demo:
            self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Begin what is due, off this thread."""
        program = self._program
        if self.task is not None or program.now() < self._not_before:
            return

        def work(_report: background.Report, _stopped: background.Stopped) -> None:
            if is_due(program):
                backups.make(program)
            elif (missing := wanted_by_second(program)) is not None:
                held = missing.held or copies.look_into(missing.path)
                backups.make_second(program, missing.path, held)

        self.task = background.run(work, lambda _done: None, self._failed, ended=self._ended)

    def _failed(self, error: Exception) -> None:
        """Noted already, for the status line and Home; only a mistake of ours is shown."""
        self._not_before = self._program.now() + AGAIN
        if not isinstance(error, Refusal | Fault):
            raise error

    def _ended(self) -> None:
        self.task = None


def is_due(program: Program) -> bool:
    """Whether anything was done since the newest backup, and that is two hours old."""
    known, line = program.read(_known), program.read(_line)
    found = keeping.existing(pc.backup_folder(program.pc), known) if known else []
    if not found:
        return line > 0
    newest = found[0]
    noted = newest.held.line if newest.held else 0
    aged = not timedelta() <= program.now() - newest.at < AFTER
    return aged and line != noted


def wanted_by_second(program: Program) -> keeping.Backup | None:
    """The newest backup, if the second place is there and has it not."""
    folder, known = backup_places.second(program.pc), program.read(_known)
    if folder is None or not known:
        return None
    here = keeping.existing(pc.backup_folder(program.pc), known)
    there = {one.serial for one in keeping.existing(folder, known)}
    return here[0] if here and here[0].serial not in there else None


def _known(session: Session) -> str:
    return settings.get(session, settings.LIBRARY_ID)


def _line(session: Session) -> int:
    return copies.held(session.connection()).line
