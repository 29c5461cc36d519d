"""The list every screen uses: columns in, rows in, a selection that survives a reload."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.column_widths import ColumnWidths
from desktop.widgets.empty import Empty
from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill
from desktop.widgets.table_delegate import CellDelegate, fold
from desktop.widgets.table_model import Bar, Cell, Column, TableModel
from desktop.widgets.table_view import TableView
from desktop.widgets.text import label

__all__ = ["Bar", "Cell", "Column", "Pill", "Table"]

_KEPT = 100  # rows selected that are looked for again after a reload


class Table(QWidget):
    """A read-only list. `on_open(row)` at Enter or double click, `on_select(row or None)`.

    `on_sort(name, down)` is asked when the head of a sortable column is clicked: upwards,
    downwards, then ("", False) for the list's own order. Sorting is the reader's work.

    `tall` rows hold two lines a cell. A `whole` one is as high as its rows, for a page that scrolls
    as one.

    `ending` is told as the last rows come into sight, for lists read piece by piece.
    """

    ending = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        on_open: Callable[[Any], object] | None = None,
        on_select: Callable[[Any | None], object] | None = None,
        *,
        empty: str = "",
        empty_action: Key | None = None,
        many: bool = False,
        id_key: str = "id",
        name: str = "",
        on_sort: Callable[[str, bool], object] | None = None,
        tall: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__()
        self._on_sort, self._sort = on_sort, ("", False)
        self._on_open, self._on_select = on_open, on_select
        self._model = TableModel(columns, id_key)
        self.view = TableView(self._model, many=many)
        self.view.setAccessibleName(name)
        self._delegate = CellDelegate(self._model, self.view)
        self.view.setItemDelegate(self._delegate)
        if tall:
            self._delegate.row_height = theme.TALL_ROW_HEIGHT
            self.view.verticalHeader().setDefaultSectionSize(theme.TALL_ROW_HEIGHT)
        self._widths = ColumnWidths(self.view, self._model, self._delegate)
        self._empty = Empty(empty, empty_action)
        self._footer = label("", "small")
        self._chosen: list[Any] = []
        self._quiet, self._whole, self._first_wanted = False, whole, False
        self._arrange()
        self._widths.measure()
        self._connect()
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.view.resized.connect(self._widths.fit)
        self.view.opened.connect(self._open)
        self.view.doubleClicked.connect(lambda _index: self._open())
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self._model.dataChanged.connect(lambda *_: self._tell())
        if self._on_sort:
            header = self.view.horizontalHeader()
            header.setSectionsClickable(True)
            header.sectionClicked.connect(self.sort_by_column)
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedLayout()
        # First: a stack that is on no page yet would show its first widget as a window.
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column.addWidget(self._footer)
        self._footer.setContentsMargins(10, 6, 10, 6)
        self._footer.hide()

    def set_rows(self, rows: Sequence[Any], footer: str = "") -> None:
        """Show `rows`; what was selected stays selected if it is still there."""
        before = self.kept_ids()
        self._model.set_rows(rows)
        self._widths.measure()
        first = [0] if self._first_wanted and len(rows) else []
        self._first_wanted = False
        self._select(self._model.find(set(before) - {None}) or first)
        self._footer.setText(footer)
        self._footer.setVisible(bool(footer))
        if self._whole:
            self._grow()
        seen = bool(len(rows)) or not self._empty.text()
        self._stack.setCurrentIndex(0 if seen else 1)
        # Tab would be caught by a proxy that is hidden.
        self.setFocusProxy(self.view if seen else None)  # type: ignore[arg-type]
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure in the dress that is worn now: a heading is measured in its own letters."""
        super().showEvent(event)
        self._widths.measure()

    def _grow(self) -> None:
        rows = max(self._model.rowCount(), 1)
        head = self.view.horizontalHeader().minimumHeight()
        self.setFixedHeight(head + rows * self._delegate.row_height + 2)

    def kept_ids(self) -> list[Any]:
        """The rows that are looked for again when others are shown: those selected, of very
        many only the first, for each is looked for by itself."""
        return self.selected_ids() if self.selected_count() <= _KEPT else self._first_ids()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show more rows below those shown."""
        if rows:
            self._model.add_rows(rows)

    def _scrolled(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        if value >= bar.maximum() - 4 * bar.pageStep() and bar.maximum() > 0:
            self.ending.emit()

    def sort_by_column(self, place: int) -> None:
        """What a click on a head does."""
        column = self._model.columns[place]
        if not column.sortable or self._on_sort is None:
            return
        if self._sort[0] != column.name:
            self.show_sort(column.name, False)
        elif not self._sort[1]:
            self.show_sort(column.name, True)
        else:
            self.show_sort("", False)
        self._on_sort(*self._sort)

    def show_sort(self, name: str, down: bool) -> None:
        """Mark the column the rows are sorted by."""
        self._sort = (name, down)
        self._model.show_sort(name, down)

    def sort(self) -> tuple[str, bool]:
        """The name of the column sorted by, "" for none, and whether downwards."""
        return self._sort

    def columns(self) -> list[Column]:
        """All columns, shown or not."""
        return list(self._model.columns)

    def set_columns(self, columns: Sequence[Column], names: Collection[str]) -> None:
        """Have other columns, and show those named and all without a name."""
        chosen = self.kept_ids()
        self._quiet = True
        self._model.set_columns(columns)
        self._quiet = False
        self.show_columns(names)
        self._select(self._model.find(set(chosen) - {None}))

    def show_columns(self, names: Collection[str]) -> None:
        """Show those named and all without a name, as far as there is room."""
        columns = enumerate(self._model.columns)
        hidden = {place for place, one in columns if one.name and one.name not in names}
        self._widths.hide(hidden)

    def rows(self) -> list[Any]:
        """The rows shown."""
        return [self._model.row(index) for index in range(self._model.rowCount())]

    def count(self) -> int:
        """How many rows are shown."""
        return self._model.rowCount()

    def spans(self) -> list[tuple[int, int]]:
        """First and last row of each stretch selected, from top to bottom."""
        selection = self.view.selectionModel().selection()
        parts = (selection.at(place) for place in range(selection.count()))
        return sorted({(one.top(), one.bottom()) for one in parts})

    def _places(self) -> list[int]:
        return sorted({at for top, bottom in self.spans() for at in range(top, bottom + 1)})

    def _first_ids(self) -> list[Any]:
        return [self._model.id_of(top) for top, _bottom in self.spans()[:1]]

    def selected_count(self) -> int:
        """How many rows are selected, without reading any of them."""
        return sum(bottom - top + 1 for top, bottom in self.spans())

    def selected_ids(self) -> list[Any]:
        """Ids of the selected rows, from top to bottom."""
        return [self._model.id_of(place) for place in self._places()]

    def selected(self) -> list[Any]:
        """The selected rows, from top to bottom."""
        return [self._model.row(place) for place in self._places()]

    def current(self) -> Any | None:
        """The one selected row, or the first of several."""
        first = self.spans()[:1]
        return self._model.row(first[0][0]) if first else None

    def current_column(self) -> Column:
        """The column of the cell the cursor is in."""
        return self._model.columns[max(self.view.currentIndex().column(), 0)]

    def on_cell(self, slot: Callable[[Any, Column], object]) -> None:
        """Let Enter or a double press open the cell: `slot(row, column)`."""
        self._on_open = lambda row: slot(row, self.current_column())
        self._delegate.cells = True

    def select_ids(self, ids: Iterable[Any]) -> None:
        """Select these rows, scroll to the first of them and tell `on_select`."""
        self._select(self._model.find(set(ids)))
        self._tell()

    def select_first(self) -> None:
        """Select the first row; where none is there yet, that of the rows that come next."""
        self._first_wanted = not self._model.rowCount()
        self._select([] if self._first_wanted else [0])
        self._tell()

    def step(self, rows: int) -> None:
        """Select the row so many rows further on, as the arrows would."""
        if self.count():
            now = next(iter(self._places()), 0)
            self._select([min(max(now + rows, 0), self.count() - 1)])
            self._tell()

    def _select(self, places: list[int]) -> None:
        picked = QItemSelection()
        for place in places:
            left = self._model.index(place, 0)
            picked.select(left, self._model.index(place, len(self._model.columns) - 1))
        selection = self.view.selectionModel()
        self._quiet = True
        if places:
            first = self._model.index(places[0], 0)
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        if places:
            self.view.scrollTo(self._model.index(places[0], 0))

    def _tell(self) -> None:
        """Tell of a selection once, and only when it is another one."""
        many = self.selected_count() > _KEPT
        chosen = [self.spans(), *self._first_ids()] if many else self.selected_ids()
        if self._quiet or chosen == self._chosen:
            return
        self._chosen = chosen
        if self._on_select:
            self._on_select(self.current())

    def _open(self) -> None:
        row = self.current()
        if row is not None and self._on_open:
            self._on_open(row)

    def highlight(self, words: list[str]) -> None:
        """Mark these words where they begin a word in text columns."""
        self._delegate.words = [fold(word) for word in words if word]
        self.view.viewport().update()

    def set_empty(self, text: str) -> None:
        """Say something else when there are no rows."""
        self._empty.set_text(text)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, as the eye reads it."""
        index: QModelIndex = self._model.index(row, column)
        return index.data() or ""
