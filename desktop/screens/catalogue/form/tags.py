"""The record of a title as its fields stand: tags, indicators, subfields, to type into."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from database.description import marc, marc_text
from database.description.marc_text import LEADER, Problem, Row
from desktop import theme
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.text import Elided, label
from desktop.words.language import N_, _, ngettext

Index = QModelIndex | QPersistentModelIndex
_TAG, _INDICATORS, _TEXT, _WRONG = range(4)
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


class _Rows(QAbstractTableModel):
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
        if role == Qt.ItemDataRole.ToolTipRole and column >= _TEXT:
            return row.text if column == _TEXT else self._cell(index.row(), _WRONG)
        if role == Qt.ItemDataRole.ForegroundRole and column == _WRONG:
            return theme.colour("bad_ink" if self.problems[index.row()] else "muted")
        return None

    def _cell(self, place: int, column: int) -> str:
        row = self.rows[place]
        if column == _TAG:
            return row.tag
        if column == _INDICATORS:
            return row.indicators.replace(" ", "#")
        if column == _TEXT:
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
        if index.column() == _TAG:
            row = replace(row, tag=text.strip())
            row = replace(row, indicators="" if row.is_control else row.indicators or "  ")
        elif index.column() == _INDICATORS:
            row = replace(row, indicators=text.replace("#", " ").ljust(2))
        else:
            row = replace(row, text=text)
        self.rows[place], self.fields[place] = row, None
        self._told()
        return True

    def _told(self) -> None:
        self._judge()
        if self.rows:
            last = self.index(len(self.rows) - 1, _WRONG)
            self.dataChanged.emit(self.index(0, 0), last)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.rows[index.row()]
        closed = (
            index.column() == _WRONG
            or (index.column() == _TAG and row.tag == LEADER)
            or (index.column() == _INDICATORS and row.is_control)
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


class _View(QTableView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell for typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class TagsPage(Page):
    """`open` a record first. Signals: `taken(record, save)` goes back to the form with what
    is typed here, to be saved there or not."""

    taken = Signal(object, bool)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.rows = _Rows()
        self.view = _View()
        back, save, add, remove, up, down = self.page_keys()
        self.column.addLayout(
            heading(
                _("Record by tags"),
                Button.of(add),
                Button.of(remove),
                Button.of(back),
                Button.of(save, kind="primary"),
            )
        )
        self._title = Elided("", "small")
        self.column.addWidget(self._title)
        card = Card(flush=True)
        card.body.addWidget(self.view)
        self.column.addWidget(card, 1)
        told = _(
            "Enter or typing changes a cell · {up} and {down} move a row · $a begins a subfield"
        )
        words = told.format(up=up.shown, down=down.shown)
        self.column.addWidget(label(words, "small", wrap=True))
        self._dress()
        self.rows.dataChanged.connect(lambda *_args: self._say())

    def _dress(self) -> None:
        view = self.view
        view.setModel(self.rows)
        view.setAccessibleName(_("Record by tags"))
        view.setShowGrid(False)
        view.setStyleSheet("QTableView::item { padding-left: 7px }")
        view.setTabKeyNavigation(True)
        view.setWordWrap(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        view.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        side = view.verticalHeader()
        side.hide()
        side.setDefaultSectionSize(theme.ROW_HEIGHT)
        header = view.horizontalHeader()
        header.setFixedHeight(30)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_TAG, 64), (_INDICATORS, 56), (_WRONG, 280)):
            view.setColumnWidth(column, width)

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("Esc", _("Back to the form"), self.leave),
            Key("Ctrl+S", _("Save"), self.save),
            Key("Ctrl+Ins", _("Add row"), self.add),
            Key("Ctrl+Del", _("Remove row"), self.remove),
            Key("Alt+Up", _("Move the row up"), lambda: self.move_row(-1)),
            Key("Alt+Down", _("Move the row down"), lambda: self.move_row(1)),
        ]

    def focus_first(self) -> None:
        """Into the first cell that may be wanted."""
        self.view.setFocus()

    def open(self, record: marc.Record) -> None:
        """Show a record, saved or not."""
        self.rows.load(record)
        place = next((n for n, row in enumerate(self.rows.rows) if row.tag == "245"), 0)
        self.view.setCurrentIndex(self.rows.index(place, _TEXT))
        self._say()

    def _say(self) -> None:
        wrong = sum(bool(one) for one in self.rows.problems)
        text = ngettext("{n} row to look at", "{n} rows to look at", wrong).format(n=wrong)
        title = self.rows.record().get("245", "a")
        self._title.set_text(f"{title} · {text}" if wrong else title)

    def _place(self) -> int:
        return max(self.view.currentIndex().row(), 0)

    def add(self) -> None:
        """A new row below the one in hand, its tag to be typed."""
        place = self._place() + 1
        self.rows.add(place)
        index = self.rows.index(place, _TAG)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def remove(self) -> None:
        """The row in hand goes; the leader stays."""
        place = self._place()
        if place:
            self.rows.remove(place)
            self.view.setCurrentIndex(self.rows.index(min(place, len(self.rows.rows) - 1), _TEXT))

    def move_row(self, by: int) -> None:
        """The row in hand goes up or down; the leader stays first."""
        place = self._place()
        to = place + by
        if place and 0 < to < len(self.rows.rows):
            self.rows.swap(place, to)
            self.view.setCurrentIndex(self.rows.index(to, self.view.currentIndex().column()))

    def leave(self) -> None:
        """Back to the form with what stands here."""
        if self._sound():
            self.taken.emit(self.rows.record(), False)

    def save(self) -> None:
        """Save as the form would."""
        if self._sound():
            self.taken.emit(self.rows.record(), True)

    def _sound(self) -> bool:
        """Rows that are no fields would be lost: go to the first of them instead."""
        self.view.setFocus()  # closes a cell that is being typed into
        for place, found in enumerate(self.rows.problems):
            if marc_text.SERIOUS.intersection(found):
                self.view.setCurrentIndex(self.rows.index(place, _TEXT))
                self.notice.refused(_("Not left yet: look at the row marked."))
                return False
        return True
