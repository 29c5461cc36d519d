"""The program by the clock of the system, which a test moves: `python -m tests.faults.clock_acts
ACT FOLDER`. Says what happened as one line of JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from database.circulation import lending
from database.library import Library
from database.privacy import forgetting
from database.storage import keeping
from desktop import background, pc
from desktop.commands import local_now
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.daily import Daily
from desktop.running.keeping import backups, clock_check
from desktop.widgets.dialog import Dialog
from tests.faults.acts import LIBRARY
from tests.zone import be_in_jakarta

JUMPS = (timedelta(days=3652), timedelta(days=-3652))
"""To the year of a slip, and to that of a dead battery."""
NONE = timedelta(0)


class Moved:
    """The clock of the system as the test's file has it (libfaketime follows its time)."""

    def __init__(self, folder: Path) -> None:
        self._file, self._right = folder / "clock", datetime.now()

    def to(self, away: timedelta) -> None:
        """So far from the right time."""
        moment = (self._right + away).timestamp()
        os.utime(self._file, (moment, moment))


class Hand:
    """Answers each question that comes up, and counts them."""

    def __init__(self, *, yes: bool) -> None:
        self.asked, self._yes = 0, yes
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._press)
        self._timer.start()

    def _press(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, Dialog):
            self.asked += 1
            (box.accept if self._yes else box.reject)()


def forget(program: Program, moved: Moved) -> Any:
    """Somebody of the family borrowed and is due to be forgotten; each start of a day: does it
    open, and whom has the program forgotten by itself."""
    moved.to(timedelta(days=-42))
    with program.library.transaction() as session:
        lending.check_out(session, "M0004", "B000010", program.now())
        lending.check_in(session, "B000010", program.now())
    return [_start(program, moved, away) for away in _FORGETTING]


_FORGETTING = (*JUMPS, *(jump + timedelta(days=1) for jump in JUMPS), timedelta(days=-1), NONE)


def _start(program: Program, moved: Moved, away: timedelta) -> Any:
    moved.to(away)
    hand = Hand(yes=False)
    opens = clock_check.is_right(program)
    daily = Daily(program)
    daily.look()
    background.wait()
    QApplication.processEvents()
    daily.stop()
    return [opens, hand.asked, program.read(forgetting.last_run) is not None]


def keep(program: Program, moved: Moved) -> Any:
    """Backups; after each the names of those that are kept, the newest first."""
    folder = Path(program.pc.get(pc.BACKUPS))
    told = []
    for number in range(12):
        moved.to(NONE if number in (0, 11) else JUMPS[number % 2] + timedelta(days=number))
        backups.make(program)
        held = keeping.existing(folder, backups.identity(program))
        told.append([one.path.name for one in held])
    return told


def run_on(program: Program, moved: Moved) -> Any:
    """The clock is moved while the window stands: how often it was asked about by then."""
    window, hand, told = QWidget(), Hand(yes=True), []
    window.show()
    watch = clock_check.Watch(program, lambda: window)
    for away in (timedelta(hours=1), *JUMPS, NONE):
        moved.to(away)
        watch.look()
        told.append([program.now().year, hand.asked])
    watch.stop()
    return told


ACTS: dict[str, Callable[[Program, Moved], Any]] = {
    "forget": forget, "keep": keep, "run_on": run_on,
}  # fmt: skip


def main() -> None:
    """One act."""
    act, folder = sys.argv[1], Path(sys.argv[2])
    be_in_jakarta()
    _app = QApplication([])
    program = Program(Library.open(folder / LIBRARY), local_now, Pc(folder / "pc.ini"))
    program.pc.put(pc.BACKUPS, str(folder / "backups"))
    told = ACTS[act](program, Moved(folder))
    program.library.close()
    print(json.dumps(told))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main()
