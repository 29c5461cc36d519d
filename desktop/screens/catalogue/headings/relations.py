"""What stands in relation with a heading, and the question which other one shall."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from database.catalogue import heading_list, heading_relations
from database.catalogue.heading_list import Filter, Row
from database.catalogue.heading_relations import BROADER, NARROWER, RELATED, Other
from desktop.program import Program
from desktop.screens.catalogue.headings.panels import CANDIDATES, buttons, with_list
from desktop.widgets.buttons import FilterButton
from desktop.widgets.card import Card
from desktop.widgets.pill import Pill
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import N_, _

NAMES = {BROADER: N_("broader"), NARROWER: N_("narrower"), RELATED: N_("related")}
SEEN_ROWS = 4
"""Rows of the list beside a heading; more are scrolled to."""


def relations_table(open_one: Any) -> Table:
    """The headings in relation with the one chosen: Enter goes there."""
    table = Table(
        [
            Column(_("Relation"), lambda one: Pill(_(NAMES[one.relation]), "info"), kind="pill"),
            Column(_("Heading"), "name", stretch=True),
        ],
        on_open=open_one,
        name=_("Broader, narrower and related headings"),
    )
    table.hide()
    return table


def show(table: Table, others: list[Other]) -> None:
    """As high as its few rows; none take no room."""
    table.set_rows(others)
    table.setVisible(bool(others))
    high = table.view.horizontalHeader().height()
    high += table.view.verticalHeader().defaultSectionSize() * min(len(others), SEEN_ROWS)
    table.setFixedHeight(high + 2)


class RelatePanel(Card):
    """Signals: `wanted(heading id, relation)`, `left`."""

    wanted = Signal(int, str)
    left = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__(_("Relate headings"))
        self._program = program
        self._heading: Row | None = None
        self._says = label("", "small", wrap=True)
        self.relation = FilterButton(
            _("The other one is"), [(name, _(words)) for name, words in NAMES.items()]
        )
        self.search = SearchBox(_("Which other heading?"))
        self.search.searched.connect(self._find)
        self.table = Table(
            [
                Column(_("Heading"), with_list, stretch=True),
                Column(_("Titles"), "titles", kind="number"),
            ],
            on_open=lambda _row: self.accept(),
            empty=_("No other heading of this kind has these words."),
            name=_("Headings to relate"),
        )
        self.search.down.connect(self.table.view.setFocus)
        self.search.line.returnPressed.connect(self.table.view.setFocus)
        for part in (self._says, self.relation, self.search):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(buttons(_("Relate"), self.accept, self.left.emit))

    def ask(self, heading: Row) -> None:
        """Ask which other heading of its kind stands in relation with `heading`."""
        self._heading = heading
        told = _(
            "What is to “{name}” broader, narrower or related? A search for the broader heading "
            "also finds the titles of the narrower."
        )
        self._says.setText(told.format(name=heading.name))
        self.relation.choose(NARROWER)
        self.search.set_text("")
        self._find("")
        self.search.line.setFocus()

    def _find(self, text: str) -> None:
        heading = self._heading
        if heading is None:
            return
        wanted = Filter(heading.kind)

        def read(session: Any) -> list[Row]:
            known = {one.id for one in heading_relations.of(session, heading.id)} | {heading.id}
            found = heading_list.find(session, text, wanted, CANDIDATES)
            return [row for row in found.rows if row.id not in known]

        self.table.set_rows(self._program.read(read))
        self.table.select_first()

    def accept(self) -> None:
        """Relate the one chosen."""
        row = self.table.current()
        if row is not None:
            self.wanted.emit(row.id, self.relation.value())
