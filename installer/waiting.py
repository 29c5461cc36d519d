"""What the proofs share: a thing that must hold, now or soon."""

from __future__ import annotations

import time
from collections.abc import Callable


class Failed(Exception):  # noqa: N818 - reads as a sentence where it is told
    """What did not come out as it should, in one line."""


def must(condition: object, what: str) -> None:
    """Go on only if `condition` holds."""
    if not condition:
        raise Failed(what)


def eventually(holds: Callable[[], object], what: str, seconds: float = 120) -> None:
    """Wait until it holds, looking again and again: a slow machine is no failure."""
    until = time.monotonic() + seconds
    while not holds():
        must(time.monotonic() < until, f"not within {seconds:.0f} s: {what}")
        time.sleep(0.4)
