"""Home: today's figures, what waits, twelve months; in an empty library, what to do first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.holdings import item_list
from database.library import Session
from database.reports import overview
from database.reports.figures import MonthPoint
from desktop import pc
from desktop.asking import Asker
from desktop.program import Program
from desktop.running import look_around
from desktop.running.keeping import backups
from desktop.screen import Key, Screen
from desktop.screens.home import waiting
from desktop.screens.home.first_steps import FirstStepsList
from desktop.widgets.card import Card, heading
from desktop.widgets.chart import Chart, year_drawn
from desktop.widgets.figure import Figure
from desktop.widgets.table import Column, Table
from desktop.words.language import N_, _, number

AFTER_FIRST_PAINT_MS = 120


class HomeScreen(Screen):
    """Opens with the program."""

    title = N_("Home")
    shows = frozenset(
        (
            "Loan",
            "Visit",
            "Biblio",
            "Item",
            "Patron",
            "Profile",
            "Hold",
            "RegisterEntry",
            "Calendar",
        )
    )

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self._asker = Asker(program, self, self)
        self._names = ("visitors", "lent", "overdue", "due", "labels")
        self.figures = {name: Figure() for name in self._names}
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        column.addLayout(heading(self._greeting()))
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for name in self._names:
            tiles.addWidget(self.figures[name], 1)
        column.addLayout(tiles)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._waiting(), 13)
        row.addWidget(self._year(), 9)
        column.addLayout(row, 1)

    def _greeting(self) -> str:
        hour = self.program.now().hour
        if hour < 11:
            return _("Good morning")
        return _("Good day") if hour < 15 else _("Good afternoon")

    def _waiting(self) -> Card:
        self.waiting_card = Card(_("Waiting for you"), flush=True)
        self.first_steps = FirstStepsList(self.leave_for.emit)
        self.waiting = Table(
            [
                Column(_("When"), "when", kind="pill"),
                Column(_("What"), "what", stretch=True),
                Column(_("Where"), "where", muted=True),
            ],
            on_open=self._go,
            empty=_("Nothing waits. Scan a card (F2) to lend."),
            name=_("Waiting for you"),
        )
        self.waiting_card.body.addWidget(self.first_steps)
        self.waiting_card.body.addWidget(self.waiting)
        return self.waiting_card

    def _year(self) -> Card:
        card = Card(_("Visits and loans, 12 months"))
        self.chart = Chart(_("Visits and loans, 12 months"))
        card.body.addWidget(self.chart)
        return card

    def keys(self) -> list[Key]:
        """To try without harm; all else is reached from the lines."""
        return [Key("", _("Practise on made-up data…"), look_around.start)]

    def _go(self, row: Any) -> None:
        self.leave_for.emit(row["place"], row["go"])

    def reload(self) -> None:
        """Read today's figures, what waits and the year."""
        day = self.program.now().date()
        today = self.program.read(lambda session: overview.today(session, day))
        unlabelled = self.program.read(item_list.count_unlabelled)
        self.figures["visitors"].set(number(today.visitors), _("visitors today"))
        returned = _("lent · {returned} returned").format(returned=number(today.returned))
        self.figures["lent"].set(number(today.lent), returned)
        late = "bad" if today.overdue else None
        self.figures["overdue"].set(number(today.overdue), _("overdue"), late)  # type: ignore[arg-type]
        due = "warn" if today.due_today else None
        self.figures["due"].set(number(today.due_today), _("due today"), due)  # type: ignore[arg-type]
        self.figures["labels"].set(number(unlabelled), _("copies without a label"))
        self._show_waiting(unlabelled)
        # The chart comes after the first paint: counting a year takes longer than a day.
        QTimer.singleShot(AFTER_FIRST_PAINT_MS, self, self.show_year)

    def _show_waiting(self, unlabelled: int) -> None:
        day = self.program.now().date()
        steps = self.program.read(lambda session: overview.first_steps(session, day))
        self.first_steps.show_steps(steps, bool(self.program.pc.get(pc.BACKUPS_TOO)))
        self.waiting_card.set_title(_("Waiting for you") if steps.over else _("First steps"))
        self.waiting.setVisible(steps.over or (steps.titles and steps.patrons))
        now = self.program.now()
        failed = backups.trouble(self.program)
        rows = self.program.read(lambda s: waiting.rows(s, now, unlabelled, failed))
        self.waiting.set_rows([{**row, "id": at} for at, row in enumerate(rows)])

    def show_year(self) -> None:
        """The twelve months up to now, counted off this thread."""
        month = f"{self.program.now():%Y-%m}"

        def counted(session: Session) -> tuple[MonthPoint, ...]:
            return overview.twelve_months(session, month)

        self._asker.ask(counted, self._show_year)

    def _show_year(self, points: tuple[MonthPoint, ...]) -> None:
        months = [(one.month, one.visits, one.loans) for one in points]
        self.chart.show_drawn(*year_drawn(months))
