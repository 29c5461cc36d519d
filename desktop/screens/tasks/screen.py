"""The daily tasks' place: a tab each for holds, quarantine, reminders and visitors."""

from __future__ import annotations

from desktop.printing.tabs import TabsScreen
from desktop.program import Program
from desktop.screens.tasks.holds import HoldsPart
from desktop.screens.tasks.quarantine import QuarantinePart
from desktop.screens.tasks.reminders import RemindersPart
from desktop.screens.tasks.visits import VisitsPart
from desktop.words.language import N_, _


class TasksScreen(TabsScreen):
    """`arrive(part)` opens one: holds, quarantine, reminders, visits."""

    title = N_("Daily tasks")
    shows = frozenset(
        {"Hold", "Loan", "Item", "Patron", "Reminder", "Visit", "Setting", "QuarantineRule"}
    )

    def __init__(self, program: Program) -> None:
        super().__init__(program, _("Daily tasks"))
        self.build(
            {
                "holds": (_("Holds"), HoldsPart(program, self)),
                "quarantine": (_("Quarantine"), QuarantinePart(program, self)),
                "reminders": (_("Reminders"), RemindersPart(program, self)),
                "visits": (_("Visitors"), VisitsPart(program, self)),
            }
        )
