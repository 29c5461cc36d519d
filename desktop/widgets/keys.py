"""A key and what it does: one value feeds the shortcut, the button's hint, F1 and Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True)
class Key:
    """One thing a person can do here; `sequence` may be empty for what has no key."""

    sequence: str
    label: str
    slot: Callable[[], object]

    @property
    def shown(self) -> str:
        """The key as keyboards in Indonesia have it printed: Ctrl+S, F2, Esc."""
        return QKeySequence(self.sequence).toString(QKeySequence.SequenceFormat.PortableText)
