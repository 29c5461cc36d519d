"""A long table and the notes below it: neither a row or two nor the notes alone go over to the
next page, and what goes over stands under the table's title again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph, Table

from desktop.pages.drawing.paper import style
from desktop.pages.drawing.scripts import drawn
from desktop.words.language import _

LEAST_OVER = 3
"""Rows that go over to the next page together."""
_AS_HIGH_AS_NEEDED = 0xFFFFFF


class LongTable(Flowable):  # type: ignore[misc]
    """A table that may be parted between its rows, and paragraphs that stay with its end. Its
    title stands above it already; `begun`, it is drawn here, as the title of what goes on."""

    def __init__(
        self, title: str, table: Table, notes: Sequence[Paragraph] = (), *, begun: bool = False
    ) -> None:
        super().__init__()
        self._title, self._table, self._notes = title, table, list(notes)
        self._above = [_again(title)] if begun else []
        self._high, self._above_high, self._notes_high = 0.0, 0.0, 0.0

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """How much room all of it takes."""
        self.width, self._high = self._table.wrap(wide, _AS_HIGH_AS_NEEDED)
        self._above_high = sum(_height(one, wide) for one in self._above)
        self._notes_high = sum(_height(note, wide) for note in self._notes)
        return self.width, self._above_high + self._high + self._notes_high

    def split(self, wide: float, high: float) -> list[Flowable]:
        """What stands on this page, and the rest; nothing where no row of it has room."""
        self.wrap(wide, high)
        head = self._table.repeatRows
        tops = list(accumulate(self._table._rowHeights))
        rows = len(tops) - head
        fit = sum(top <= high - self._above_high for top in tops) - head
        here = min(fit, rows - LEAST_OVER)
        if here < LEAST_OVER:
            return []
        first, *rest = self._table.split(wide, tops[head + here - 1] + 0.1)
        for one in rest:
            _carry(first, one, head)
        begun = LongTable(self._title, first, begun=bool(self._above))
        return [begun, *(LongTable(self._title, one, self._notes, begun=True) for one in rest)]

    def draw(self) -> None:
        """The table, the notes below it, its title above what goes on."""
        for one in self._above:
            one.drawOn(self.canv, 0, self._notes_high + self._high + one.getSpaceAfter())
        self._table.drawOn(self.canv, 0, self._notes_high)
        at = self._notes_high
        for note in self._notes:
            high = _height(note, self.width)
            note.drawOn(self.canv, 0, at - high + note.getSpaceAfter())
            at -= high


def _carry(before: Table, after: Table, head: int) -> None:
    """What is said once for several rows is said again where they go on."""
    named = [row[0] for row in before._cellvalues[head:] if row[0]]
    first = after._cellvalues[head]
    if named and not first[0]:
        after._cellvalues[head] = [named[-1], *first[1:]]


def continued(title: str) -> str:
    """The title of what goes on; said once, however often it goes on."""
    text = _("{title} (continued)")
    return title if title.endswith(text.format(title="")) else text.format(title=title)


def _again(title: str) -> Paragraph:
    """A title that was read before: neither a mark to jump to nor said again."""
    return Paragraph(escape(drawn(continued(title))), style("heading"))


def _height(note: Paragraph, wide: float) -> float:
    _wide, high = note.wrap(wide, _AS_HIGH_AS_NEEDED)
    return float(high + note.getSpaceBefore() + note.getSpaceAfter())
