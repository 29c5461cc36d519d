"""What the pages stand on: the library they read, the clock, where they are, who looks."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from database.library import Library
from database.policy import house
from database.policy.house import ProfileFacts
from database.refusal import Fault
from desktop.web.tries import OnceADay, Tries

_LOOKING = 300.0
"""Seconds after a page for which somebody is taken to be looking still."""
_MOST = 10_000


class Visitors:
    """How many look at the moment: by their address, in memory alone, and never written."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def saw(self, address: str) -> None:
        """Somebody asked for a page."""
        with self._lock:
            self._seen[address] = self._clock()
            self._seen.move_to_end(address)
            while len(self._seen) > _MOST:
                self._seen.popitem(last=False)

    def count(self) -> int:
        """How many looked in the last five minutes."""
        since = self._clock() - _LOOKING
        with self._lock:
            return sum(moment >= since for moment in self._seen.values())


@dataclass
class Place:
    """`library` can only be read. `desk` is the library of the program, through which what readers
    send is written and openings are counted; without one nothing is sent. `address` is what the
    pages are called from outside, "http://10.0.0.5:8080"; "" takes what was asked."""

    library: Library
    now: Callable[[], datetime]
    address: str = ""
    desk: Library | None = None
    visitors: Visitors = field(default_factory=Visitors)
    tries: Tries = field(default_factory=lambda: Tries(5, 900.0))
    once: OnceADay = field(default_factory=OnceADay)
    known: ProfileFacts = field(default_factory=ProfileFacts)
    """Who the library is, as last seen: for the page that says it cannot be reached."""

    def look(self) -> None:
        """See who the library is, where that can be."""
        try:
            with self.library.reading() as session:
                self.known = house.profile(session)
        except Fault as told:
            logging.getLogger("selasar").warning("web: %s", told)
