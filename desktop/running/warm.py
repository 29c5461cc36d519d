"""Import behind, once the window stands, what the first title form, label or paper would wait
for on the GUI thread."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable

from PySide6.QtCore import QTimer

from desktop import background

AFTER_MS = 1500
"""From the window's first paint: whoever scans at once is not held up."""

_WAITED_FOR = ("reportlab.platypus", "pypdfium2", "barcode", "isbnlib", "stdnum.isbn")


def later() -> None:
    """Begin in a moment; says nothing when it is done."""
    QTimer.singleShot(AFTER_MS, _begin)


def _begin() -> None:
    background.run(_import, lambda _nothing: None, _failed)


def _import(_report: background.Report, cancelled: Callable[[], bool]) -> None:
    for name in _WAITED_FOR:
        if not cancelled():
            importlib.import_module(name)


def _failed(error: Exception) -> None:
    # Who needs it will meet the same and be told.
    logging.getLogger(__name__).warning("not imported ahead", exc_info=error)
