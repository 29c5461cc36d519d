"""Questions to the library while the hand goes on: off the GUI thread, the newest one only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from database.library import Session
from database.refusal import Fault, Refusal
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.words.sentences import refusal

T = TypeVar("T")


class Asker:
    """Asks for what `owner` shows. A question asked anew drops the answer to the older one;
    with `many`, so many may be under way, as for the pages of a list that is scrolled.

    An answer that is there at once is given at once, before `ask` returns: nothing flickers.
    A fault is told in the strip of `screen`; nothing comes after the owner is gone.
    """

    def __init__(self, program: Program, screen: Screen, owner: QObject, many: int = 1) -> None:
        self._program, self._screen, self._owner, self._many = program, screen, owner, many
        self._tasks: list[tuple[background.Task, Callable[[], object]]] = []

    def ask(
        self,
        question: Callable[[Session], T],
        done: Callable[[T], object],
        dropped: Callable[[], object] = lambda: None,
    ) -> None:
        """`done(question(session))` on this thread, or `dropped()` where newer ones came."""

        def work(_report: background.Report, _cancelled: Callable[[], bool]) -> T:
            return self._program.read(question)

        def answer(result: T) -> None:
            if isValid(self._owner):
                done(result)

        self._tasks = [one for one in self._tasks if not one[0].over]
        while len(self._tasks) >= self._many:
            oldest, forget = self._tasks.pop(0)
            oldest.cancel()
            forget()
        self._tasks.append((background.soon(work, answer, self._failed), dropped))

    def drop(self) -> None:
        """No answer is wanted any more."""
        for task, dropped in self._tasks:
            if not task.over:
                task.cancel()
                dropped()
        self._tasks.clear()

    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(not task.over for task, _dropped in self._tasks)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self._owner):
            self._screen.notice.refused(refusal(error))
