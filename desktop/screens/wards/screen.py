"""The wards' place: the overview, a round being entered, or the paper for a round."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from database.wards import rounds
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.wards.dialogs import BeginRound
from desktop.screens.wards.overview import Overview
from desktop.screens.wards.round_entry import RoundEntry
from desktop.words.language import N_


class WardsScreen(Screen):
    """Alt+5. A round that was begun goes on after a restart."""

    title = N_("Wards")
    shows = frozenset({"Loan", "Patron", "Item", "WardRequest", "WardRound", "RoundPlan"})

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.overview = Overview(program, self, self.begin_round, self.show_sheet)
        self.entry = RoundEntry(program, self)
        self.paper = PaperView(program, self)
        self._stack = QStackedWidget()
        for page in (self.overview, self.entry, self.paper):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.addWidget(self._stack)
        self.paper.closed.connect(self.show_overview)
        self.entry.finished.connect(self.show_overview)

    def keys(self) -> list[Key]:
        """Those of the page in sight."""
        page: Any = self._stack.currentWidget()
        found: list[Key] = page.keys()
        return found

    def reload(self) -> None:
        """Read anew what is in sight."""
        self.overview.reload()
        if self._stack.currentWidget() is self.entry:
            self.entry.reload()

    def focus_first(self) -> None:
        """Where work begins on the page in sight."""
        page: Any = self._stack.currentWidget()
        if page is not self.paper:
            page.focus_first()

    def arrive(self, what: Any) -> None:
        """("ward", id) shows a ward; "round" goes on with a round."""
        if what == "round":
            self.begin_round()
        elif isinstance(what, tuple) and what[0] == "ward":
            self.show_overview()
            self.overview.pick(int(what[1]))

    def _turn_to(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self.renew_keys()
        self.focus_first()

    def show_overview(self) -> None:
        """Back to the wards."""
        self.overview.reload()
        self._turn_to(self.overview)

    def begin_round(self) -> None:
        """Go on with the round that is open, or ask when the new one is or was."""
        standing = self.program.read(rounds.open_one)
        if standing is not None:
            self.enter_round(standing.id)
            return
        dialog = BeginRound(self.program, self)
        dialog.accepted.connect(lambda: self.enter_round(dialog.number))
        dialog.open()

    def enter_round(self, number: int) -> None:
        """Scan what the round did."""
        self.entry.show_round(number)
        self._turn_to(self.entry)

    def show_sheet(self) -> None:
        """The sheet that goes with the trolley."""
        from desktop.pages.slips import round_sheet

        target, now = BytesIO(), self.program.now()
        chosen = self.overview.chosen_for_sheet()
        self.program.read(lambda session: round_sheet.write(target, session, chosen, now))
        self.paper.show_paper(target.getvalue(), round_sheet.file_name(now.date()))
        self._turn_to(self.paper)
