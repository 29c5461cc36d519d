"""A long table and the notes below it: neither a row or two nor the notes alone go over to the
next page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reportlab.platypus import Flowable, Paragraph, Table

LEAST_OVER = 3
"""Rows that go over to the next page together."""
_AS_HIGH_AS_NEEDED = 0xFFFFFF


class WithNotes(Flowable):  # type: ignore[misc]
    """A table that may be parted between its rows, and paragraphs that stay with its end."""

    def __init__(self, table: Table, notes: Sequence[Paragraph]) -> None:
        super().__init__()
        self._table, self._notes = table, list(notes)
        self._high, self._notes_high = 0.0, 0.0

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """How much room all of it takes."""
        self.width, self._high = self._table.wrap(wide, _AS_HIGH_AS_NEEDED)
        self._notes_high = sum(_height(note, wide) for note in self._notes)
        return self.width, self._high + self._notes_high

    def split(self, wide: float, high: float) -> list[Flowable]:
        """What stands on this page, and the rest; nothing where no row of it has room."""
        self.wrap(wide, high)
        head = self._table.repeatRows
        tops = list(accumulate(self._table._rowHeights))
        rows = len(tops) - head
        fit = sum(top <= high for top in tops) - head
        here = min(fit, rows - LEAST_OVER)
        if here < LEAST_OVER:
            return []
        first, *rest = self._table.split(wide, tops[head + here - 1] + 0.1)
        return [first, *(WithNotes(one, self._notes) for one in rest)]

    def draw(self) -> None:
        """The table, the notes below it."""
        self._table.drawOn(self.canv, 0, self._notes_high)
        at = self._notes_high
        for note in self._notes:
            high = _height(note, self.width)
            note.drawOn(self.canv, 0, at - high + note.getSpaceAfter())
            at -= high


def _height(note: Paragraph, wide: float) -> float:
    _wide, high = note.wrap(wide, _AS_HIGH_AS_NEEDED)
    return float(high + note.getSpaceBefore() + note.getSpaceAfter())
