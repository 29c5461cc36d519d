"""What is written, told where the window can hear it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from database.library import Library


class Changes(QObject):
    """Brings `library.changed` onto the GUI thread, from whichever thread it was told."""

    told = Signal(object)

    def __init__(self, library: Library, hear: Callable[[frozenset[str]], None]) -> None:
        super().__init__()
        self._hear, self._library, self._tell = hear, library, self.told.emit
        self.told.connect(self._pass_on, Qt.ConnectionType.AutoConnection)
        library.changed.append(self._tell)

    def stop(self) -> None:
        """Hear no more."""
        self._library.changed.remove(self._tell)

    def _pass_on(self, kinds: Any) -> None:
        self._hear(kinds)
