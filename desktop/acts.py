"""Ctrl+Z and Ctrl+Y: this program's acts one after the other, in all rooms.

Only what was done here: an act of another desk is never taken by a key. What is done again goes
through the rules again, which may say no by now.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal

from database import journal
from database.library import Library, Session
from database.refusal import Fault, Reason, Refusal
from database.rights import Right, SignedIn
from desktop import background
from desktop.screen import Screen
from desktop.words.acts import act_name
from desktop.words.language import _
from desktop.words.sentences import refusal, shorten

if TYPE_CHECKING:
    from database.undo import Undone

T = TypeVar("T")
DEPTH = 100
"""Acts remembered; the list of acts reaches further back."""


@dataclass(frozen=True, slots=True)
class Act:
    """The first journal line of a change, and how it is done again."""

    line: int
    again: Callable[[Session], Any]
    long: bool = False


class Acts(QObject):
    """What was done and what was taken back since the program began. Signal: `taken_back(lines)`,
    the journal lines of each undo."""

    taken_back = Signal(object)

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._library, self._now = library, now
        self.answers: Callable[[Refusal], SignedIn | None] = lambda told: None
        """Who answers for an act that its doer may not do, asked once for each."""
        self._done: deque[Act] = deque(maxlen=DEPTH)
        self._undone: list[Act] = []

    def write(
        self,
        act: Callable[[Session], T],
        again: Callable[[Session], Any] | None = None,
        *,
        long: bool = False,
    ) -> T:
        """Carry out one change. `again` does it again, where `act` itself reads what may be
        another by then. A `long` one lets the desks go on."""
        done, line = self._carry_out(act, long)
        if line is not None:
            self._done.append(Act(line, again or act, long))
            # Another way was taken: what was taken back before it is not done again any more.
            self._undone.clear()
        return done

    def _carry_out(self, act: Callable[[Session], T], long: bool) -> tuple[T, int | None]:
        """What it gave, and its first journal line."""
        if long:
            from database import undo

            lines: list[int | None] = []

            def noted(session: Session) -> T:
                done = act(session)
                lines.append(session.info.get("act"))
                return done

            return undo.in_pieces(self._library, noted, self._now()), lines[0]

        def carry_out() -> tuple[T, int | None]:
            with self._library.transaction() as session:
                return act(session), session.info.get("act")

        return self._allowed(carry_out)

    def _allowed(self, work: Callable[[], T]) -> T:
        """Do it, once more by the rights of whoever answers for it where they are wanting."""
        try:
            return work()
        except Refusal as told:
            if told.reason is not Reason.NOT_ALLOWED or not _on_window_thread():
                raise
            account = self.answers(told)
            if account is None:
                raise
        with self._library.answered_by(account):
            return work()

    def allows(self, right: Right) -> bool:
        """Whether whoever works here has the right, or somebody who has it allows this once: for
        what leaves no line in the journal. Raises Refusal NOT_ALLOWED."""
        if self._library.may(right):
            return True
        told = Refusal(Reason.NOT_ALLOWED, right=right, signed_in=True)
        if self.answers(told) is None:
            raise told
        return True

    def begin_anew(self) -> None:
        """Somebody else works here now: the keys reach no act of the one before."""
        self._done.clear()
        self._undone.clear()

    def undo(self, screen: Screen, line: int) -> None:
        """Take back the act of a journal line and say so."""
        self._take_back(screen, self._act_of(line))

    def take_back(
        self,
        line: int,
        done: Callable[[Undone], object],
        refused: Callable[[Refusal | Fault], object],
    ) -> None:
        """Take back the act of a journal line, whoever did it; one of them is called with what
        came of it, later where it takes long."""
        self._carry_back(self._act_of(line), done, refused)

    def _act_of(self, line: int) -> Act:
        with self._library.reading() as session:
            told = journal.read(session, line)
        first = (told.act_id if told else None) or line
        return next((one for one in self._done if one.line == first), Act(first, once))

    def undo_last(self, screen: Screen) -> None:
        """Ctrl+Z with nothing offered: the newest act of this program that stands."""
        from database import undo

        while self._done:
            act = self._done[-1]
            with self._library.reading() as session:
                stands = bool(undo.standing(session, act.line))
            if stands:
                self._take_back(screen, act)
                return
            self._done.pop()
        screen.notice.look(refusal(Refusal(Reason.NOTHING_TO_UNDO)))

    def redo(self, screen: Screen) -> None:
        """Ctrl+Y: do again what was taken back last."""
        if not self._undone:
            screen.notice.look(_("There is nothing to do again."))
            return
        act = self._undone.pop()

        def done(line: int | None) -> None:
            if line is not None:
                self._done.append(Act(line, act.again, act.long))
            screen.notice.done(_("Done again."), lambda: self.undo_last(screen))

        def work() -> int | None:
            return self._carry_out(act.again, act.long)[1]

        self._run(work, act.long, done, lambda told: screen.notice.refused(refusal(told)))

    def _take_back(self, screen: Screen, act: Act) -> None:
        def done(found: Undone) -> None:
            screen.notice.done(undone(found.title or act_name(found.action)))

        if self._carry_back(act, done, lambda told: screen.notice.refused(refusal(told))):
            screen.notice.look(_("Taking it back; this may take a while…"))

    def _carry_back(
        self,
        act: Act,
        done: Callable[[Undone], object],
        refused: Callable[[Refusal | Fault], object],
    ) -> bool:
        """Whether it goes on behind."""
        from database import undo

        now, library = self._now(), self._library
        with library.reading() as session:
            long = any(map(undo.is_long, undo.standing(session, act.line)))

        def take_back() -> Undone:
            with library.transaction(long=long) as session:
                return undo.undo_act(session, act.line, now)

        def work() -> Undone:
            return self._allowed(take_back)

        def told(found: Undone) -> None:
            self._forget(act)
            if act.again is not once:
                self._undone.append(act)
            self.taken_back.emit(found.lines)
            done(found)

        def stays(told: Refusal | Fault) -> None:
            # It stands in the way of nothing that was done before it.
            if isinstance(told, Refusal):
                self._forget(act)
            refused(told)

        self._run(work, long, told, stays)
        return long

    @staticmethod
    def _run(
        work: Callable[[], T],
        long: bool,
        done: Callable[[T], object],
        refused: Callable[[Refusal | Fault], object],
    ) -> None:
        """Here, or off this thread where it may take long."""

        def failed(error: Exception) -> None:
            if not isinstance(error, Refusal | Fault):
                raise error
            refused(error)

        if long:
            background.run(lambda _report, _stop: work(), done, failed)
            return
        try:
            found = work()
        except (Refusal, Fault) as told:
            refused(told)
            return
        done(found)

    def _forget(self, act: Act) -> None:
        self._done = deque((one for one in self._done if one is not act), maxlen=DEPTH)


def _on_window_thread() -> bool:
    app = QCoreApplication.instance()
    return app is not None and app.thread() is QThread.currentThread()


def once(_session: Session) -> None:
    """Given as `again` where an act cannot be done again: what it read is another by then, or
    another desk did it."""


def undone(title: str) -> str:
    """What is said of an act that was taken back."""
    if not title:
        return _("Undone.")
    return _("Undone: {title}").format(title=shorten(title, 60))
