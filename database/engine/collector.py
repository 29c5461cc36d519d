"""Python's cycle collector, held back where a great many values live for a short while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Within: no collecting but by `tidy`. Else it looks through all that lives, again and again,
    while the values of a thousand records are made: a quarter of the time of an import."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def tidy() -> None:
    """Collect what was made since the last time; call it when most of that is gone already."""
    gc.collect(0)


def keep() -> None:
    """What lives now lives until the program ends: it is not looked through any more. Looking
    through a started window, its screens and libraries takes a tenth of a second each time."""
    gc.freeze()
