"""How wide the columns of a list are: as wide as their first rows want, as far as there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from desktop.widgets.table_delegate import CellDelegate
from desktop.widgets.table_model import TableModel

_STRETCH_LEAST = 150
_SAMPLE = 40  # rows looked at to find how wide a column wants to be


class ColumnWidths:
    """`measure` when the rows are others, `fit` when the room is another."""

    def __init__(self, view: QTableView, model: TableModel, delegate: CellDelegate) -> None:
        self._view, self._model, self._delegate = view, model, delegate
        self._hidden: set[int] = set()
        self._wanted: list[int] = []

    def hide(self, places: set[int]) -> None:
        """Show all columns but these."""
        self._hidden = places
        self.measure()

    def measure(self) -> None:
        """How wide each column wants to be, judged by the first rows."""
        header = self._view.horizontalHeader()
        self._wanted = []
        for place, column in enumerate(self._model.columns):
            # The head of a hidden column would say that it needs no room.
            self._view.setColumnHidden(place, False)
            wide = column.width or header.sectionSizeHint(place)
            most = _STRETCH_LEAST if column.stretch else 320
            # One that was not chosen to be shown is measured when it is.
            if not column.width and place not in self._hidden:
                for row in range(min(self._model.rowCount(), _SAMPLE)):
                    if wide >= most:
                        break
                    wide = max(wide, self._delegate.wanted(self._model.index(row, place)))
            self._wanted.append(min(wide, most))
        self.fit()

    def fit(self) -> None:
        """Share the room: optional columns give way, those that stretch take what is left."""
        room, columns = self._view.viewport().width(), self._model.columns
        kept = [place for place in range(len(columns)) if place not in self._hidden]
        for place in reversed(list(kept)):
            if columns[place].optional and sum(self._wanted[p] for p in kept) > room:
                kept.remove(place)
        stretching = [place for place in kept if columns[place].stretch]
        spare = max(room - sum(self._wanted[place] for place in kept), 0)
        for place, wide in enumerate(self._wanted):
            self._view.setColumnHidden(place, place not in kept)
            share = spare // len(stretching) if place in stretching else 0
            self._view.setColumnWidth(place, wide + share)
