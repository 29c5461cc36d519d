"""How wide the columns of a list are: as wide as their first rows want, as far as there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from desktop.widgets.table_delegate import CellDelegate
from desktop.widgets.table_model import TableModel

_STRETCH_LEAST = 150
_MOST, _LITTLE = 200, 40
_TEXT_LEAST = 76
_FIGURES = ("number", "money", "date")
_SAMPLE = 40  # rows looked at to find how wide a column wants to be


class ColumnWidths:
    """`measure` when the rows are others, `fit` when the room is another."""

    def __init__(self, view: QTableView, model: TableModel, delegate: CellDelegate) -> None:
        self._view, self._model, self._delegate = view, model, delegate
        self._hidden: set[int] = set()
        self._wanted: list[int] = []
        self._whole: list[int] = []
        self._filled: list[int] = []

    def hide(self, places: set[int]) -> None:
        """Show all columns but these."""
        self._hidden = places
        self.measure()

    def measure(self) -> None:
        """How wide each column wants to be, judged by the first rows."""
        header = self._view.horizontalHeader()
        self._wanted, self._whole, self._filled = [], [], []
        for place, column in enumerate(self._model.columns):
            # The head of a hidden column would say that it needs no room.
            self._view.setColumnHidden(place, False)
            least = header.sectionSizeHint(place)
            filled = self._content(place, least)
            whole = max(filled, column.width or 0)
            self._filled.append(filled)
            most = _STRETCH_LEAST if column.stretch else _MOST
            if column.width:
                # A width that was asked for gives way to its heading and to figures, not to words.
                most = whole if column.kind in _FIGURES else max(column.width, least)
            if whole - most <= _LITTLE and not column.stretch:
                most = whole  # a few letters more are worth more than a dash
            self._wanted.append(min(whole, max(most, least)))
            self._whole.append(whole)
        self.fit()

    def _content(self, place: int, wide: int) -> int:
        """How wide a column must be to show all of its first rows. One that was not chosen to be
        shown is measured when it is."""
        rows = 0 if place in self._hidden else min(self._model.rowCount(), _SAMPLE)
        cells = (self._delegate.wanted(self._model.index(row, place)) for row in range(rows))
        return max([wide, *cells])

    def _given_up(self, kept: list[int], room: int) -> dict[int, int]:
        """By how much words and pills are cut where the columns have no room together: no column
        and no figure stands beyond the edge for a sentence that its tooltip tells whole."""
        given = dict.fromkeys(range(len(self._wanted)), 0)
        lack = sum(self._wanted[place] for place in kept) - room
        header = self._view.horizontalHeader()
        for place in sorted(kept, key=lambda at: -self._wanted[at]):
            if lack <= 0 or self._model.columns[place].kind in _FIGURES:
                continue
            least = max(header.sectionSizeHint(place), _TEXT_LEAST)
            given[place] = -min(max(self._wanted[place] - least, 0), lack)
            lack += given[place]
        return given

    def fit(self) -> None:
        """Share the room: optional columns give way; what is left goes to those that are cut, and
        then to those that stretch."""
        room, columns = self._view.viewport().width(), self._model.columns
        kept = [place for place in range(len(columns)) if place not in self._hidden]
        for place in reversed(list(kept)):
            if columns[place].optional and sum(self._wanted[p] for p in kept) > room:
                kept.remove(place)
        stretching = [place for place in kept if columns[place].stretch]
        spare = max(room - sum(self._wanted[place] for place in kept), 0)
        given = self._given_up(kept, room)
        # What the list is about first, then the smallest lack: most columns become whole by it.
        lacks = {at: (not columns[at].stretch, self._whole[at] - self._wanted[at]) for at in kept}
        for place in sorted(kept, key=lambda at: lacks[at]):
            more = min(self._whole[place] - self._wanted[place], spare)
            given[place] += more
            spare -= more
        if not spare:
            self._even_out(kept, given)
        for place, wide in enumerate(self._wanted):
            self._view.setColumnHidden(place, place not in kept)
            share = spare // len(stretching) if place in stretching else 0
            self._view.setColumnWidth(place, wide + given[place] + share)

    def _even_out(self, kept: list[int], given: dict[int, int]) -> None:
        """A column that was given more than its rows fill lends it to one that would be whole."""
        over = {at: max(self._wanted[at] + given[at] - self._filled[at], 0) for at in kept}
        for place in sorted(kept, key=lambda at: self._filled[at] - self._wanted[at] - given[at]):
            lack = self._filled[place] - self._wanted[place] - given[place]
            if not 0 < lack <= sum(over.values()):
                continue
            given[place] += lack
            for other in sorted(over, key=lambda at: -over[at]):
                lent = min(over[other], lack)
                given[other] -= lent
                over[other] -= lent
                lack -= lent
