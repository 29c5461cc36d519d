"""The record of a title as its fields stand: tags, indicators, subfields, to type into."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from database.description import marc, marc_text
from desktop import theme
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.form.tag_rows import INDICATORS, TAG, TEXT, WRONG, TagRows
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.text import Elided, label
from desktop.words.language import _, ngettext


class TagView(QTableView):
    """The rows, opened for typing by Enter."""

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
        self.rows = TagRows()
        self.view = TagView()
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
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in ((TAG, 64), (INDICATORS, 56), (WRONG, 280)):
            view.setColumnWidth(column, width)

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("back", _("Back to the form"), self.leave),
            Key("save", _("Save"), self.save),
            Key("row_add", _("Add row"), self.add),
            Key("row_remove", _("Remove row"), self.remove),
            Key("up", _("Move the row up"), lambda: self.move_row(-1)),
            Key("down", _("Move the row down"), lambda: self.move_row(1)),
        ]

    def focus_first(self) -> None:
        """Into the first cell that may be wanted."""
        self.view.setFocus()

    def open(self, record: marc.Record) -> None:
        """Show a record, saved or not."""
        self.rows.load(record)
        place = next((n for n, row in enumerate(self.rows.rows) if row.tag == "245"), 0)
        self.view.setCurrentIndex(self.rows.index(place, TEXT))
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
        index = self.rows.index(place, TAG)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def remove(self) -> None:
        """The row in hand goes; the leader stays."""
        place = self._place()
        if place:
            self.rows.remove(place)
            self.view.setCurrentIndex(self.rows.index(min(place, len(self.rows.rows) - 1), TEXT))

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
                self.view.setCurrentIndex(self.rows.index(place, TEXT))
                self.notice.refused(_("Not left yet: look at the row marked."))
                return False
        return True
