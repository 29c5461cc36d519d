"""The figures of a period: standards, accreditation, twelve months, and four tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from database.reports.figures import Month
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.reports import figures
from desktop.screens.reports.accreditation import AccreditationPanel
from desktop.screens.reports.standards import StandardsPanel
from desktop.widgets.card import Card
from desktop.widgets.chart import Chart, year_drawn
from desktop.widgets.tabs import Tabs
from desktop.words.language import _


class NumbersCard(Card):
    """One tab each; `look_behind(part, row, column)` is asked for the rows behind a figure."""

    def __init__(
        self,
        program: Program,
        host: Screen,
        period: str,
        look_behind: Callable[[str, Any, Any], None],
    ) -> None:
        super().__init__(flush=True)
        self._look_behind = look_behind
        self.tabs = self._make_tabs()
        self.chart = Chart(_("Visits and loans, 12 months"))
        self.chart.setContentsMargins(12, 4, 14, 10)
        self.tables = [
            figures.members_table(),
            figures.visits_table(period),
            figures.circulation_table(),
            figures.collection_table(),
        ]
        self._stack = QStackedWidget()
        self.standards = StandardsPanel(program, host)
        self.accreditation = AccreditationPanel(program, host)
        for widget in (self.standards, self.accreditation, self.chart, *self.tables):
            self._stack.addWidget(widget)
        for table, part in zip(self.tables, figures.PARTS, strict=True):
            table.on_cell(partial(look_behind, part))
        self.tabs.currentChanged.connect(self._turn)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 0)
        top.addWidget(self.tabs)
        self.body.addLayout(top)
        self.body.addWidget(self._stack, 1)

    def _make_tabs(self) -> Tabs:
        tabs = Tabs()
        for words in (
            _("Standards"),
            _("Accreditation"),
            _("12 months"),
            _("Members"),
            _("Visits"),
            _("Circulation"),
            _("Collection"),
        ):
            tabs.addTab(words)
        return tabs

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        if self._stack.currentWidget() is self.accreditation:
            self.accreditation.reload()

    def turn_to(self, period: str) -> None:
        """Table 4 has other columns where the period has another length."""
        old, new = self.tables[1], figures.visits_table(period)
        new.on_cell(partial(self._look_behind, "visit_rows"))
        place = self._stack.indexOf(old)
        self._stack.removeWidget(old)
        old.deleteLater()
        self._stack.insertWidget(place, new)
        self.tables[1] = new
        self._stack.setCurrentIndex(self.tabs.currentIndex())

    def reload(self) -> None:
        """Read anew what does not hang on the period, as far as it is in sight."""
        self.standards.reload()
        self._turn(self._stack.currentIndex())

    def show_month(self, month: Month | None) -> None:
        """Fill the tables and the chart; None empties them."""
        figures.fill_tables(self.tables, month)
        points = [(one.month, one.visits, one.loans) for one in month.year] if month else []
        self.chart.show_drawn(*year_drawn(points))
