"""The list of patrons, narrowed by what is typed and by a few filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.patrons import finding
from database.patrons.finding import PatronFilter, PatronRow
from database.patrons.membership import Category
from database.policy.calendar import month_bounds
from database.text.words import words
from desktop.program import Program
from desktop.widgets.buttons import FilterButton, toggle
from desktop.widgets.card import Card
from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain, ngettext, number

LIMIT = 200


class PatronList(QWidget):
    """`chosen(id)` when another patron is selected, `several(ids)` when more than one is,
    `opened` at Enter on one. `bar` is what narrows the list, to stand above it."""

    chosen = Signal(int)
    several = Signal(list)
    opened = Signal()

    def __init__(self, program: Program, enrol: Callable[[], object]) -> None:
        super().__init__()
        self.program = program
        self._filter = PatronFilter()
        self.search_box = SearchBox(_("Name, number, unit or staff number…"))
        self.kind = FilterButton(_("Kind"), [("", _("all"))])
        self.borrowing = toggle(_("Still borrowing"), lambda on: self._narrow(with_loans=on))
        self.ending = toggle(_("Ends this month"), self._only_ending)
        self.table = self._make_table(enrol)
        self._arrange()
        self.search_box.searched.connect(self._search)
        self.search_box.down.connect(self.enter)
        self.kind.chosen.connect(lambda code: self._narrow(category=code))

    def _make_table(self, enrol: Callable[[], object]) -> Table:
        return Table(
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column(_("Number"), "number", optional=True),
                Column(_("Kind"), "category", muted=True, optional=True),
                Column(_("Valid"), "valid", kind="pill"),
            ],
            on_open=lambda row: self.opened.emit(),
            on_select=self._tell,
            empty=self._empty_text(),
            empty_action=Key("new", _("New patron"), enrol, needs="patrons"),
            many=True,
            name=_("Patrons"),
        )

    def _arrange(self) -> None:
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.search_box, 1)
        for button in (self.kind, self.borrowing, self.ending):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)

    def offer(self, kinds: Sequence[Category]) -> None:
        """The kinds one can narrow the list to."""
        self.kind.set_options([("", _("all")), *((one.code, one.name) for one in kinds)])

    def reload(self) -> None:
        """Read the list anew; what is selected stays selected."""
        wanted, today = self._filter, self.program.now().date()
        total, rows = self.program.read(lambda s: finding.search(s, wanted, LIMIT))
        more = total - len(rows)
        footer = _("{n} more; refine the search").format(n=number(more)) if more else ""
        self.table.set_empty(self._empty_text())
        self.table.highlight(list(words(wanted.typed)))
        self.table.set_rows([_row(one, today) for one in rows], footer)
        found = ngettext("{n} patron", "{n} patrons", total).format(n=number(total))
        self.search_box.set_side(found)

    def _tell(self, row: Any) -> None:
        if self.table.selected_count() > 1:
            self.several.emit(self.table.selected_ids())
        elif row is not None:
            self.chosen.emit(row["id"])

    def _empty_text(self) -> str:
        if self._filter != PatronFilter():
            return _("Nobody fits. Try fewer letters or take a filter away.")
        return _("No patrons yet. Enrol the first one: name and kind are enough.")

    def _search(self, typed: str) -> None:
        self._narrow(typed=typed)

    def _narrow(self, **changes: Any) -> None:
        wanted = replace(self._filter, **changes)
        if wanted != self._filter:
            self._filter = wanted
            self.reload()
        if wanted != PatronFilter() and self.table.current() is None:
            self.table.select_first()

    def _only_ending(self, on: bool) -> None:
        month = month_bounds(f"{self.program.now():%Y-%m}")
        self._narrow(ends_between=month if on else None)

    def enter(self) -> None:
        """Put the focus on the list, on its first row if none is chosen."""
        if self.table.current() is None:
            self.table.select_first()
        self.table.setFocus()

    def pick(self, patron_id: int) -> None:
        """Select a patron, taking away the search and the filters if they hide them."""
        if patron_id not in [row["id"] for row in self.table.rows()]:
            self._show_all()
        self.table.select_ids([patron_id])

    def _show_all(self) -> None:
        for button in (self.borrowing, self.ending):
            button.setChecked(False)
        self.kind.choose("")
        self.search_box.line.clear()
        self._filter = PatronFilter()
        self.reload()


def _row(patron: PatronRow, today: date) -> dict[str, Any]:
    return {
        "id": patron.id,
        "name": patron.name,
        "number": patron.number,
        "category": patron.category_name,
        "valid": validity(patron, today),
    }


def validity(patron: PatronRow, today: date) -> Any:
    """The end of a membership: a date, amber when near, red when past."""
    until = patron.valid_until
    if (patron.ended_on and patron.ended_on <= today) or (until and until < today):
        return Pill(_("ended"), "bad")
    if until is None:
        return Pill(_("without end"), "plain")
    soon = (until - today).days <= 31
    return Pill(date_plain(until), "warn") if soon else date_plain(until)
