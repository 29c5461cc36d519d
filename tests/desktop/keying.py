"""Keys by their meaning, so that a test says what is pressed for and not which key it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from desktop import keys


def combo(name: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """The key of a meaning, and what is held with it."""
    found = QKeySequence(keys.sequence(name))[0]
    return found.key(), found.keyboardModifiers()
