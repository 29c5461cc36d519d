"""What the program does by itself once a day: it forgets whom it should no longer know, as was told
the day before.

A little after the start, and again whenever the day has changed while it stays open; in the
background, and only if anything is due. When it closes, the store is written anew if anybody
was forgotten, before the backup is made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from database.circulation import holds, quarantine
from database.library import Library
from database.policy import clock, drafts, house
from database.privacy import announcing, forgetting, traces
from database.refusal import Fault, Refusal
from desktop import background
from desktop.program import Program
from desktop.running.keeping import backups, leftovers

FIRST_MS = 15_000
EVERY_MS = 10 * 60_000


class Daily(QObject):
    """Lives as long as the program."""

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._done_on: date | None = None
        self.task: background.Task | None = None
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._first.timeout.connect(self.look)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Before the program closes: a batch under way ends, no other begins."""
        self._first.stop()
        self._timer.stop()
        if self.task is not None:
            self.task.cancel()

    def look(self) -> None:
        """Behind the window: let copies that have rested be lent again; forget what is due, once
        a day."""
        now, library = self._program.now(), self._program.library
        if self.task is not None:
            return
        forgets = self._done_on != now.date()
        self._done_on = now.date()

        def work(_report: background.Report, stop: Callable[[], bool]) -> None:
            _release(library, now)
            if forgets:
                _forget(self._program, now, stop)
                _clear(self._program, now)

        self.task = background.run(work, lambda _done: None, _failed, ended=self._ended)

    def _ended(self) -> None:
        self.task = None


def _release(library: Library, now: datetime) -> None:
    """What has rested long enough; what was not fetched in time goes on to the next. By a clock
    nobody doubts: a wrong one would take every hold from whom it waits for."""
    with library.transaction() as session:
        if clock.asked(session, now) is not None:
            return
        quarantine.release_due(session, now)
        holds.expire_due(session, now)
        drafts.drop_before(session, now - timedelta(days=leftovers.DRAFTS_DAYS))


def _forget(program: Program, now: datetime, stop: Callable[[], bool]) -> None:
    """What was told the day before, after a backup; then what is due tomorrow is told."""
    library = program.library
    if program.read(lambda session: announcing.is_time(session, now)):
        forget_after_backup(program, now, cancelled=stop)
    with library.transaction() as session:
        announcing.announce(session, now)


def _quiet(_done: int, _total: int | None = None) -> None:
    pass


def forget_after_backup(
    program: Program,
    now: datetime,
    report: background.Report = _quiet,
    cancelled: background.Stopped = lambda: False,
) -> forgetting.Forgotten:
    """Forget what is due, once a backup was made and proved; a demo has none. Raises Refusal
    CLOCK_DOUBTED, and what keeps a backup from being made: then nothing is forgotten."""
    program.read(lambda session: clock.must_be_sure(session, now))
    demo = program.read(house.profile).demo
    backup = "" if demo else backups.make(program).name
    done = forgetting.run(program.library, now.date(), now, report, cancelled, backup)
    with program.library.transaction() as session:
        announcing.done(session)
    program.library.fold()
    return done


def _clear(program: Program, now: datetime) -> None:
    """What lies beside the library and has had its time; by a clock nobody doubts."""
    if program.read(lambda session: clock.asked(session, now)) is None:
        leftovers.clear(program, now)


def _failed(error: Exception) -> None:
    """Quiet work fails quietly: tomorrow it is tried again; only a mistake of ours is shown."""
    if not isinstance(error, Refusal | Fault):
        raise error
    logging.getLogger("selasar").warning("forgetting: %s", error)


def before_backup(program: Program) -> None:
    """Leave no byte of whom was forgotten in what is about to be copied."""
    today = program.now().date()
    try:
        if traces.wants_compacting(program.library, today):
            traces.compact(program.library, today)
    except (Refusal, Fault) as error:
        _failed(error)
