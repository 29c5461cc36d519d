"""The clock of the PC, looked at before the window opens and while it stands: an act of a wrong
day is hard to mend."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from database.policy import clock
from database.text.dates import local_day
from desktop.program import Program
from desktop.widgets.dialog import confirm
from desktop.words.language import _, date_long

EVERY_MS = 10 * 60_000
JUMP = timedelta(days=1)
"""A clock moved by more while the program runs is asked about."""


def is_right(program: Program) -> bool:
    """Whether the clock is likely, or the librarian says that it is right."""
    now = program.now()
    newest = program.read(partial(clock.asked, now=now))
    if newest is None:
        return True
    text = _(
        "By the clock of this PC today is {today}; the newest act in this library is of {newest}. "
        "With a wrong clock copies are late that are not, and persons are forgotten too early."
    )
    told = text.format(today=date_long(local_day(now)), newest=date_long(local_day(newest)))
    return _is_today(None, now, told, _("Yes, open"))


def _is_today(parent: QWidget | None, now: datetime, text: str, accept_text: str) -> bool:
    return confirm(
        parent,
        _("Is today {today}?").format(today=date_long(local_day(now))),
        text,
        accept_text,
        cancel_text=_("No, close"),
        danger=True,
    )


def _since_start() -> float:
    """Seconds of a clock that nobody sets, and that goes on while the PC sleeps."""
    # Linux' monotonic clock stands still in sleep, those of Windows and macOS do not.
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Watch(QObject):
    """Asks when the clock was moved while the program runs; a no closes the window."""

    def __init__(
        self,
        program: Program,
        window: Callable[[], QWidget],
        steady: Callable[[], float] = _since_start,
    ) -> None:
        super().__init__()
        self._program, self._window, self._steady = program, window, steady
        self._begin()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def _begin(self) -> None:
        self._then, self._steady_then = self._program.now(), self._steady()

    def look(self) -> None:
        """Hold the clock against the one that nobody sets."""
        now = self._program.now()
        due = self._then + timedelta(seconds=self._steady() - self._steady_then)
        if abs(now - due) <= JUMP:
            return
        self._timer.stop()
        text = _(
            "The clock of this PC was moved: it says {today}, and it should be {due}. With a wrong "
            "clock copies are late that are not, and persons are forgotten too early."
        )
        told = text.format(today=date_long(local_day(now)), due=date_long(local_day(due)))
        if _is_today(self._window(), now, told, _("Yes, go on")):
            self._begin()
        else:
            # Where something still keeps it open, it is asked again.
            self._window().close()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
