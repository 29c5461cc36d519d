"""Import behind, once the window stands, what the first title form, label or paper would wait
for on the GUI thread."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable

from PySide6.QtCore import QTimer

from database.engine import collector
from desktop import background

AFTER_MS = 1500
"""From the window's first paint: whoever scans at once is not held up."""

_WAITED_FOR = ("reportlab.platypus", "pypdfium2", "barcode", "isbnlib", "stdnum.isbn")


def later(ours: Callable[[], None]) -> None:
    """Begin in a moment; `ours` imports what is of the house. Says nothing when it is done."""
    QTimer.singleShot(AFTER_MS, lambda: background.run(_importing(ours), _done, _failed))


def now(ours: Callable[[], None]) -> None:
    """The same at once, on this thread: for who measures what comes after."""
    _importing(ours)(lambda *_told: None, lambda: False)
    _done(None)


def _importing(
    ours: Callable[[], None],
) -> Callable[[background.Report, Callable[[], bool]], None]:
    def work(_report: background.Report, cancelled: Callable[[], bool]) -> None:
        for name in _WAITED_FOR:
            if not cancelled():
                importlib.import_module(name)
        if not cancelled():
            ours()

    return work


def _done(_nothing: None) -> None:
    """Whoever needs it finds it imported; it stays until the end."""
    collector.keep()


def _failed(error: Exception) -> None:
    # Who needs it will meet the same and be told.
    logging.getLogger(__name__).warning("not imported ahead", exc_info=error)
