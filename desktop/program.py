"""What every screen is given: the open library, the clock, this PC's settings, one way to act."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from database.library import Library, Session
from database.policy import drafts
from database.refusal import Fault, Refusal
from database.rights import Right
from desktop.acts import Acts
from desktop.pc import Pc
from desktop.screen import Screen
from desktop.widgets.keys import Key
from desktop.words.sentences import refusal

T = TypeVar("T")


class Drafts:
    """What was typed at this desk and is not saved yet, kept in the library."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def read(self, name: str) -> str:
        """What was typed, "" for nothing."""
        return self._program.read(lambda s: drafts.read(s, self._program.library.desk, name))

    def keep(self, name: str, text: str) -> None:
        """Keep it, or with "" drop it. A library that cannot be written keeps no draft: that is
        told when it is saved."""
        library, now = self._program.library, self._program.now()
        try:
            with library.transaction() as session:
                drafts.keep(session, library.desk, name, text, now)
        except Fault as told:
            logging.getLogger("selasar").warning("draft: %s", told)


class Door(Protocol):
    """The catalogue on the network, which this program may serve beside its window."""

    @property
    def address(self) -> str:
        """What it answers at on this PC; "" while it is closed."""

    @property
    def trouble(self) -> str:
        """Why it could not be opened; "" where it was, or nobody tried."""

    def open(self) -> None:
        """Serve, as this PC's settings say; what keeps it from that is its `trouble`."""

    def stop(self) -> None:
        """Serve no more."""

    def looking(self) -> int:
        """How many look at it now."""


@dataclass
class Program:
    """Wired once at the start; no global holds it."""

    library: Library
    now: Callable[[], datetime]
    pc: Pc
    acts: Acts = field(init=False)
    drafts: Drafts = field(init=False)
    door: Door | None = field(default=None, init=False)
    again: bool = field(default=False, init=False)
    """Whether the program, once its window has closed, opens the library that this PC names."""

    def __post_init__(self) -> None:
        self.acts = Acts(self.library, lambda: self.now())
        self.drafts = Drafts(self)

    def open_again(self, window: QWidget) -> None:
        """Close the window, and open what this PC's settings name as the library."""
        if window.close():
            self.again = True

    def read(self, question: Callable[[Session], T]) -> T:
        """Ask the library in a short read: `question(session)`."""
        with self.library.reading() as session:
            return question(session)

    def write(
        self,
        act: Callable[[Session], T],
        again: Callable[[Session], object] | None = None,
        *,
        long: bool = False,
    ) -> T:
        """One change, one transaction: `act(session)`; Ctrl+Z takes it back, Ctrl+Y does it
        `again`. A `long` one goes in pieces. Refusals and faults come out of it."""
        return self.acts.write(act, again, long=long)

    def attempt(
        self, screen: Screen, act: Callable[[Session], T], action: Key | None = None
    ) -> T | None:
        """`write`, with a no told in the notice strip; None then."""
        try:
            return self.write(act)
        except (Refusal, Fault) as told:
            screen.notice.refused(refusal(told), action)
            return None

    def allows(self, screen: Screen, right: Right) -> bool:
        """Whether whoever works here may do what leaves no line in the journal, such as taking a
        list out of the house, or somebody who may allows it; a no is told."""
        try:
            return self.acts.allows(right)
        except Refusal as told:
            screen.notice.refused(refusal(told))
            return False

    def undo(self, screen: Screen, line: int) -> None:
        """Take back the act of a journal line and say so."""
        self.acts.undo(screen, line)
