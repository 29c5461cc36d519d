"""What stands in relation with a heading, and the question which other one shall."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from database.catalogue import heading_relations
from database.catalogue.heading_list import Row
from database.catalogue.heading_relations import BROADER, NARROWER, RELATED, Other
from database.library import Session
from desktop.program import Program
from desktop.screens.catalogue.headings.panels import OtherPanel
from desktop.widgets.buttons import FilterButton
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
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
    table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    table.hide()
    return table


def show(table: Table, others: list[Other]) -> None:
    """As high as its few rows; none take no room."""
    table.set_rows(others)
    table.setVisible(bool(others))
    high = table.view.horizontalHeader().minimumHeight()
    high += table.view.verticalHeader().defaultSectionSize() * min(len(others), SEEN_ROWS)
    # On the view itself, so that a page with one bar for all may give it more.
    table.view.setFixedHeight(high + 2)


class RelatePanel(OtherPanel):
    """Signals: `wanted(heading id, relation)`, `left`."""

    wanted = Signal(int, str)

    def __init__(self, program: Program) -> None:
        hint, name = _("Which other heading?"), _("Headings to relate")
        super().__init__(program, _("Relate headings"), hint, name)
        self.relation = FilterButton(
            _("The other one is"), [(name, _(words)) for name, words in NAMES.items()]
        )
        self.lay_out(_("Relate"), above=[self.relation])

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

    def left_out(self, session: Session, heading: Row) -> set[int]:
        """Those that stand in relation with it already, too."""
        return {heading.id, *(one.id for one in heading_relations.of(session, heading.id))}

    def taken(self, row: Row) -> None:
        """Relate it."""
        self.wanted.emit(row.id, self.relation.value())
