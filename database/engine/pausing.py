"""A long act in short transactions: after each piece it may let the desks go on.

What is done so far is committed with its journal line, so an act that was stopped half-way is one
act to take back. In an ordinary transaction nothing pauses and all of it is one piece.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

T = TypeVar("T")
HELD = 0.05
"""Seconds after which a long act lets go of the library. A scan waits for one piece at most, and
a person notices a tenth of a second."""
GAP = 0.006
"""Seconds a file stays free between two pieces: whoever waits looks every two milliseconds. A
server hands its lock to whoever asked first."""


class Cancelled(Exception):  # noqa: N818 - an outcome, not an error
    """Somebody stopped a long act."""


class Pauses:
    """What an act's session needs to pause: when it took the library, and what must be done once
    a piece of it stands."""

    def __init__(self, session: Session, committed: Callable[[], None]) -> None:
        self._session, self._committed = session, committed
        self._since: float | None = None
        event.listen(session, "after_begin", self._began)

    def _began(self, *_about: object) -> None:
        self._since = time.monotonic()

    def due(self) -> bool:
        """Whether the library has been held long enough."""
        return self._since is not None and time.monotonic() - self._since > HELD

    def holds(self) -> bool:
        """Whether the library is held now."""
        return self._since is not None

    def take(self) -> None:
        """Commit what there is and let others go first."""
        self._session.commit()
        self._since = None
        self._committed()
        if self._session.get_bind().dialect.name == "sqlite":
            time.sleep(GAP)


class Pace:
    """So many records a piece that one takes about as long as the library may be held, on the
    machine and at the moment it runs; all `most` at once where nothing pauses."""

    FIRST, LEAST = 50, 10

    def __init__(self, session: Session, most: int) -> None:
        self._most = most
        self._piece = self.FIRST if is_long(session) else 0

    def parts(self, records: list[T]) -> Iterator[list[T]]:
        """The records piece by piece; what is done with one is timed until the next is asked."""
        at = 0
        while at < len(records):
            part = records[at : at + (self._piece or self._most)]
            at += len(part)
            begun = time.monotonic()
            yield part
            if self._piece:
                took = max(time.monotonic() - begun, 1e-4)
                wanted = int(len(part) * HELD / took) if HELD > 0 else self.FIRST
                self._piece = min(max(wanted, self.LEAST), 2 * self._piece, self._most)


def is_long(session: Session) -> bool:
    """Whether the act of this session may pause."""
    return "pauses" in session.info


def pause(session: Session, before: Callable[[], None] = lambda: None) -> bool:
    """Let others go on where a long act has held the library long enough; whether it did.

    `before()` brings the act's journal line up to what is done. After a pause nothing that was
    read before holds for sure.
    """
    pauses: Pauses | None = session.info.get("pauses")
    return pauses is not None and pauses.due() and _take(pauses, before)


def let_go(session: Session, before: Callable[[], None] = lambda: None) -> bool:
    """The same before what takes long and needs no library, such as waiting for a file's next
    records, however short it was held."""
    pauses: Pauses | None = session.info.get("pauses")
    return pauses is not None and pauses.holds() and _take(pauses, before)


def _take(pauses: Pauses, before: Callable[[], None]) -> bool:
    before()
    pauses.take()
    return True
