"""The one read-only model behind every list: columns are values, rows are plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.widgets.lazy_rows import LazyRows
from desktop.widgets.pill import Pill, Tone
from desktop.words import language

Kind = Literal["text", "number", "date", "money", "pill"]
Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True)
class Bar:
    """A cell that is a filled bar."""

    fraction: float
    tone: Tone | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of more than its text: a grey note or a pill behind it, or bold; `second` stands
    below it in the rows of a `tall` table."""

    text: str
    note: str = ""
    pill: Pill | None = None
    strong: bool = False
    second: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its title, where its value is, how it is shown, how wide it is.

    `key` is the name in the row (of a mapping or an object) or a function of the row.
    `optional` columns, the last first, give way where the table is too narrow for all.
    A column with a `name` can be chosen and, where it is `sortable`, sorted by.
    """

    title: str
    key: str | Callable[[Any], Any]
    kind: Kind = "text"
    width: int | None = None
    stretch: bool = False
    align: Literal["left", "right", "center"] | None = None
    strong: bool = False
    muted: bool = False
    optional: bool = False
    name: str = ""
    sortable: bool = False

    def value(self, row: Any) -> Any:
        """The value of this column in `row`."""
        return self.key(row) if callable(self.key) else field(row, self.key)

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Figures stand right, the rest left, unless said otherwise."""
        side = self.align or ("right" if self.kind in ("number", "money") else "left")
        flags = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "right": Qt.AlignmentFlag.AlignRight,
            "center": Qt.AlignmentFlag.AlignHCenter,
        }
        return flags[side] | Qt.AlignmentFlag.AlignVCenter


def field(row: Any, key: str) -> Any:
    """`key` of a mapping or of an object; None where it is missing."""
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key, None)


def shown(value: Any, kind: Kind = "text") -> str:
    """A value as the eye reads it, in the language now spoken."""
    if value is None or isinstance(value, Bar):
        return ""
    if isinstance(value, Pill):
        return value.text
    if isinstance(value, Cell):
        parts = (value.text, value.note, value.pill.text if value.pill else "", value.second)
        return "  ".join(part for part in parts if part)
    if isinstance(value, datetime):
        return language.moment(value)
    if isinstance(value, date):
        return language.date_short(value)
    return _shown_number(value, kind)


def _shown_number(value: Any, kind: Kind) -> str:
    if kind == "money":
        return language.money(value)
    if kind == "number" and isinstance(value, int | float):
        return language.number(value, 0 if isinstance(value, int) else 1)
    return str(value)


def spoken(title: str, text: str, value: Any = None) -> str:
    """A cell as a screen reader says it: its heading first, and what a bar shows as a share."""
    if isinstance(value, Bar):
        text = f"{language.number(round(100 * value.fraction))} %"
    return f"{title}: {text}" if title and text else text or title


class TableModel(QAbstractTableModel):
    """Gives a view the cells it is just painting; filtering and sorting is the reader's work."""

    def __init__(self, columns: Sequence[Column], id_key: str = "id") -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._id_key = id_key
        self._rows: Sequence[Any] = ()
        self._sorted: tuple[str, bool] = ("", False)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns of the rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def show_sort(self, name: str, down: bool) -> None:
        """Mark the head of the column the rows are sorted by."""
        self._sorted = (name, down)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        if isinstance(self._rows, LazyRows):
            self._rows.arrived = lambda start, length: None
        self._rows = rows
        if isinstance(rows, LazyRows):
            rows.arrived = self._arrived
        self.endResetModel()

    def _arrived(self, start: int, length: int) -> None:
        """Rows that were blank are there."""
        if length:
            last = self.index(start + length - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(start, 0), last)

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show more rows below those shown."""
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows = [*self._rows, *rows]
        self.endInsertRows()

    def row(self, index: int) -> Any:
        """The row as it was given."""
        return self._rows[index]

    def id_of(self, index: int) -> Any:
        """What identifies a row through reloads; the row's place if it names nothing, None
        where it is not read yet."""
        row = self._rows[index]
        if row is None:
            return None
        found = field(row, self._id_key)
        return index if found is None else found

    def find(self, ids: set[Any]) -> list[int]:
        """Where the rows of these ids are now."""
        if isinstance(self._rows, LazyRows):
            return self._rows.find(ids)
        places: list[int] = []
        for index in range(len(self._rows) if ids else 0):
            if self.id_of(index) in ids:
                places.append(index)
                if len(places) == len(ids):
                    break
        return places

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text for eyes, tooltips and screen readers; the value itself for the delegate."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role not in (Qt.ItemDataRole.DisplayRole, CELL_ROLE, _SPOKEN):
            return None
        row = self._rows[index.row()]
        if row is None:
            return None
        value = column.value(row)
        if role == CELL_ROLE:
            return value
        text = shown(value, column.kind)
        return spoken(column.title, text, value) if role == _SPOKEN else text

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._head(self.columns[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self.columns[section].alignment
        return None

    def _head(self, column: Column) -> str:
        name, down = self._sorted
        if not column.name or column.name != name:
            return column.title
        return f"{column.title} {'↓' if down else '↑'}"
