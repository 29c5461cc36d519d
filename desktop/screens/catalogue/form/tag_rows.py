"""The rows of a record as they are typed: tag, indicators, subfields, and what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from database.description import marc, marc_text
from database.description.marc_text import LEADER, Problem, Row
from desktop import theme
from desktop.words.language import N_, _

TAG, INDICATORS, TEXT, WRONG = range(4)

Index = QModelIndex | QPersistentModelIndex

_HEADS = (N_("Tag"), N_("Ind."), N_("Contents"), N_("What is wrong here"))
PROBLEMS: dict[Problem, str] = {
    Problem.LEADER: N_("the leader has 24 signs"),
    Problem.TAG: N_("a tag has three figures"),
    Problem.INDICATORS: N_("indicators are figures, letters or #"),
    Problem.NO_SUBFIELD: N_("begin with a subfield: $a …"),
    Problem.CODE: N_("a subfield code is a small letter or figure"),
    Problem.EMPTY: N_("a subfield without text"),
    Problem.FIXED: N_("008 has 40 signs"),
    Problem.REPEATED: N_("this tag may stand only once"),
    Problem.ISBN: N_("wrong check digit in the ISBN"),
    Problem.UNLINKED: N_("880 needs $6 with the tag it belongs to"),
    Problem.NO_TITLE: N_("a title (245 $a) is missing"),
}


class TagRows(QAbstractTableModel):
    """Rows as typed; a row nobody touched keeps the field it came from."""

    def __init__(self) -> None:
        super().__init__()
        self.leader = ""
        self.rows: list[Row] = []
        self.fields: list[marc.Field | None] = []
        self.problems: list[list[Problem]] = []

    def load(self, record: marc.Record) -> None:
        """Show a record."""
        self.beginResetModel()
        self.rows = marc_text.rows(record)
        self.fields = [None, *record.fields]
        self._judge()
        self.endResetModel()

    def record(self) -> marc.Record:
        """The record as it stands."""
        fields = [
            kept if kept is not None else marc_text.field_of(row)
            for row, kept in zip(self.rows[1:], self.fields[1:], strict=True)
        ]
        return marc.Record(self.rows[0].text, fields)

    def _judge(self) -> None:
        self.problems = marc_text.problems(self.rows)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(_HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._cell(index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole and column >= TEXT:
            return row.text if column == TEXT else self._cell(index.row(), WRONG)
        if role == Qt.ItemDataRole.ForegroundRole and column == WRONG:
            return theme.colour("bad_ink" if self.problems[index.row()] else "muted")
        return None

    def _cell(self, place: int, column: int) -> str:
        row = self.rows[place]
        if column == TAG:
            return row.tag
        if column == INDICATORS:
            return row.indicators.replace(" ", "#")
        if column == TEXT:
            return row.text
        linked = marc_text.linked_tag(row)
        told = [_(PROBLEMS[one]) for one in self.problems[place]]
        if linked and not told:
            return _("other script of {tag}").format(tag=linked)
        return "; ".join(told)

    def setData(  # noqa: N802 - Qt's own name
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        place, text = index.row(), str(value)
        if role != Qt.ItemDataRole.EditRole or text == self._cell(place, index.column()):
            return False
        row = self.rows[place]
        if index.column() == TAG:
            row = replace(row, tag=text.strip())
            row = replace(row, indicators="" if row.is_control else row.indicators or "  ")
        elif index.column() == INDICATORS:
            row = replace(row, indicators=text.replace("#", " ").ljust(2))
        else:
            row = replace(row, text=text)
        self.rows[place], self.fields[place] = row, None
        self._told()
        return True

    def _told(self) -> None:
        self._judge()
        if self.rows:
            last = self.index(len(self.rows) - 1, WRONG)
            self.dataChanged.emit(self.index(0, 0), last)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.rows[index.row()]
        closed = (
            index.column() == WRONG
            or (index.column() == TAG and row.tag == LEADER)
            or (index.column() == INDICATORS and row.is_control)
        )
        return flags if closed else flags | Qt.ItemFlag.ItemIsEditable

    def add(self, place: int) -> None:
        """An empty row at a place."""
        self.beginInsertRows(QModelIndex(), place, place)
        self.rows.insert(place, Row("", "  ", "$a "))
        self.fields.insert(place, None)
        self._judge()
        self.endInsertRows()
        self._told()

    def remove(self, place: int) -> None:
        """A row goes; the leader stays."""
        self.beginRemoveRows(QModelIndex(), place, place)
        del self.rows[place], self.fields[place]
        self._judge()
        self.endRemoveRows()
        self._told()

    def swap(self, one: int, other: int) -> None:
        """Two rows change places."""
        rows, fields = self.rows, self.fields
        rows[one], rows[other] = rows[other], rows[one]
        fields[one], fields[other] = fields[other], fields[one]
        self._told()
