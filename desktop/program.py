"""What every screen is given: the open library, the clock, this PC's settings, one way to act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from database.library import Library, Session
from database.refusal import Fault, Reason, Refusal
from desktop import background
from desktop.pc import Pc
from desktop.screen import Screen
from desktop.widgets.keys import Key
from desktop.words.language import _
from desktop.words.sentences import refusal, shorten

T = TypeVar("T")


@dataclass
class Program:
    """Wired once at the start; no global holds it."""

    library: Library
    now: Callable[[], datetime]
    pc: Pc

    def read(self, question: Callable[[Session], T]) -> T:
        """Ask the library in a short read: `question(session)`."""
        with self.library.reading() as session:
            return question(session)

    def write(self, act: Callable[[Session], T]) -> T:
        """One change, one transaction: `act(session)`. Refusals and faults come out of it."""
        with self.library.transaction() as session:
            return act(session)

    def attempt(
        self, screen: Screen, act: Callable[[Session], T], action: Key | None = None
    ) -> T | None:
        """`write`, with a no told in the notice strip; None then."""
        try:
            return self.write(act)
        except (Refusal, Fault) as told:
            screen.notice.refused(refusal(told), action)
            return None

    def undo(self, screen: Screen, line: int) -> None:
        """Take back one act and say so."""
        # It knows every act there is; the first window does not wait for that.
        from database import undo

        found = self.read(lambda session: undo.next_one(session, self.now(), frozenset(), line))
        if found is not None and undo.is_long(found):
            self._undo_behind(screen, line)
            return
        done = self.attempt(screen, lambda session: undo.undo(session, line, self.now()))
        if done:
            screen.notice.done(_undone(done.title))

    def _undo_behind(self, screen: Screen, line: int) -> None:
        """Take back a great act off this thread, and say so when it is done."""
        from database import undo

        now, library = self.now(), self.library

        def work(_report: background.Report, _cancelled: Callable[[], bool]) -> undo.Undone:
            with library.transaction() as session:
                return undo.undo(session, line, now)

        def failed(error: Exception) -> None:
            if not isinstance(error, Refusal | Fault):
                raise error
            screen.notice.refused(refusal(error))

        screen.notice.look(_("Taking it back; this may take a while…"))
        background.run(work, lambda done: screen.notice.done(_undone(done.title)), failed)

    def undo_last(self, screen: Screen) -> None:
        """Ctrl+Z with nothing offered: the newest act of today that belongs to this place."""
        from database import undo

        kinds, mine = screen.undoes, tuple(self.library.written)
        found = self.read(lambda session: undo.next_one(session, self.now(), kinds, mine=mine))
        if found is not None and undo.is_long(found):
            self._undo_behind(screen, found.id)
            return
        try:
            done = self.write(lambda session: undo.undo_last(session, self.now(), kinds, mine))
        except (Refusal, Fault) as told:
            if isinstance(told, Refusal) and told.reason is Reason.NOTHING_TO_UNDO:
                screen.notice.look(refusal(told))
            else:
                screen.notice.refused(refusal(told))
            return
        screen.notice.done(_undone(done.title))


def _undone(title: str) -> str:
    if not title:
        return _("Undone.")
    return _("Undone: {title}").format(title=shorten(title, 60))
