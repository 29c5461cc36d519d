"""How often something may be tried or sent, remembered in memory alone and of no one by name."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_MOST = 20_000


class Tries:
    """So many tries of a name within so many seconds; a success forgets those before."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._failed: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def may(self, name: str) -> bool:
        """Whether one more may be tried."""
        return len(self._standing(name)) < self._most

    def failed(self, name: str) -> None:
        """One was wrong."""
        with self._lock:
            self._failed.setdefault(name, []).append(self._clock())
            self._failed.move_to_end(name)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def right(self, name: str) -> None:
        """One was right."""
        with self._lock:
            self._failed.pop(name, None)

    def _standing(self, name: str) -> list[float]:
        since = self._clock() - self._seconds
        with self._lock:
            kept = [moment for moment in self._failed.get(name, ()) if moment > since]
            if kept:
                self._failed[name] = kept
            else:
                self._failed.pop(name, None)
        return kept


class OnceADay:
    """Each device once a day: known by a sum that this program alone can make, until it ends."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._day = ""
        self._seen: set[bytes] = set()
        self._lock = Lock()

    def first(self, what: str, device: str, day: str) -> bool:
        """Whether a device does this for the first time on this day."""
        told = "\0".join((what, device, day)).encode()
        sign = hashlib.blake2b(told, key=self._salt, digest_size=12).digest()
        with self._lock:
            if day != self._day or len(self._seen) > _MOST:
                self._day, self._seen = day, set()
            known = sign in self._seen
            self._seen.add(sign)
        return not known
