"""The steps of a longer work: 1 Choose file ✓ — 2 Check — 3 Done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.widgets.pill import Pill, PillLabel, Tone
from desktop.widgets.text import label


class Steps(QWidget):
    """Steps in a row: those done are ticked, the one now is blue, the rest are quiet."""

    def __init__(self, names: Sequence[str], at: int = 0) -> None:
        super().__init__()
        self._names = list(names)
        self._pills = [PillLabel() for _name in names]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, pill in enumerate(self._pills):
            if place:
                row.addWidget(label("—", "muted"))
            row.addWidget(pill)
        row.addStretch(1)
        self.set_step(at)

    def set_step(self, at: int, tone_now: Tone = "info", left: Collection[int] = ()) -> None:
        """Be at step `at`, counted from 0; one past the last means all is done. `tone_now` is that
        of the step one is at; one passed with something `left` open has no tick."""
        self._at = at
        for place, (name, pill) in enumerate(zip(self._names, self._pills, strict=True)):
            passed: Tone = "warn" if place in left else "good"
            tone: Tone = passed if place < at else tone_now if place == at else "plain"
            tick = " ✓" if tone == "good" and place < at else ""
            pill.set_pill(Pill(f"{place + 1} {name}{tick}", tone))

    def step(self) -> int:
        """Where we are, from 0."""
        return self._at
