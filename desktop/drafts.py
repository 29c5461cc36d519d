"""What was typed into a form and not saved, kept through a restart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

PAUSE_MS = 300


class Typed(Protocol):
    """A form, or what speaks like one."""

    @property
    def changed(self) -> SignalInstance:
        """Told for what people type."""

    def draft(self) -> dict[str, Any]:
        """What was typed and not saved; empty if nothing was."""

    def restore(self, draft: dict[str, Any]) -> None:
        """Put a draft back as if it had just been typed."""


class Store(Protocol):
    """Where drafts are kept."""

    def read(self, name: str) -> str:
        """What was typed, as JSON; "" for nothing."""

    def keep(self, name: str, text: str) -> None:
        """Keep it, or with "" drop it."""


class Draft(QObject):
    """Keeps what stands unsaved in `form` under the name of the record shown, where that `may`
    be kept at all."""

    def __init__(
        self, form: Typed, store: Store, name: str = "", may: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(form if isinstance(form, QObject) else None)
        self._form, self._store, self._name, self._may = form, store, name, may
        self._kept = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        form.changed.connect(lambda *_: self._timer.start())

    def keep(self) -> None:
        """Keep it now; nothing unsaved keeps nothing."""
        self._timer.stop()
        draft = self._form.draft() if self._name and self._may() else {}
        self._put(json.dumps(draft) if draft else "")

    def show(self, name: str) -> None:
        """From now on the form shows the record `name`, as it is saved."""
        self._timer.stop()
        if name != self._name:
            self._name, self._kept = name, self._store.read(name) if name else ""

    def begin(self, name: str = "") -> bool:
        """From now on the form shows the record `name`; True if a draft of it was put back."""
        self._timer.stop()
        self._name = name or self._name
        self._kept = self._store.read(self._name)
        if not self._kept:
            return False
        self._form.restore(json.loads(self._kept))
        return bool(self._form.draft())

    def drop(self) -> None:
        """What was typed is saved, or no longer wanted."""
        self._timer.stop()
        self._put("")

    def _put(self, text: str) -> None:
        if self._name and text != self._kept:
            self._store.keep(self._name, text)
            self._kept = text
