"""What was typed into a form and not saved, kept on this PC through a restart."""

from __future__ import annotations

import json
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

from desktop.pc import Pc

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


class Draft(QObject):
    """Keeps what stands unsaved in `form` under a name; the name changes with the record."""

    def __init__(self, form: Typed, pc: Pc, name: str = "") -> None:
        super().__init__(form if isinstance(form, QObject) else None)
        self._form, self._pc, self._name = form, pc, name
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        form.changed.connect(lambda *_: self._timer.start())

    def keep(self) -> None:
        """Keep it now; nothing unsaved keeps nothing."""
        self._timer.stop()
        if self._name:
            draft = self._form.draft()
            self._pc.keep_draft(self._name, json.dumps(draft) if draft else "")

    def begin(self, name: str = "") -> bool:
        """From now on the form shows the record `name`; True if a draft of it was put back."""
        self._timer.stop()
        self._name = name or self._name
        kept = self._pc.draft(self._name)
        if not kept:
            return False
        self._form.restore(json.loads(kept))
        return bool(self._form.draft())

    def drop(self) -> None:
        """What was typed is saved, or no longer wanted."""
        self._timer.stop()
        if self._name:
            self._pc.keep_draft(self._name, "")
