"""What every form about the house can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from database.library import Session
from desktop.program import Program


class Part(QWidget):
    """Subclasses fill in `load`, `check`, `save`, `draft` and `restore`.

    `changed` is told for what people type.
    """

    changed = Signal(str)

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program

    def load(self) -> None:
        """Show what the library holds."""

    def check(self) -> bool:
        """Whether it can be saved; what is wrong is shown beside its field."""
        return True

    def save(self, session: Session) -> None:
        """Write what stands here. Raises Refusal; nothing is kept then."""

    def draft(self) -> dict[str, Any]:
        """What was typed and not saved; empty if nothing was."""
        return {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put a draft back as if it had just been typed."""

    def is_dirty(self) -> bool:
        """Whether something was typed since it was loaded."""
        return bool(self.draft())

    def focus_first(self) -> None:
        """Put the focus where one begins to type."""
