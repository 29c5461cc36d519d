"""The daily tasks' place: a tab each for holds, requests, quarantine, reminders and visitors."""

from __future__ import annotations

from typing import Any

from desktop.printing.tabs import TabsScreen
from desktop.program import Program
from desktop.screens.tasks.holds import HoldsPart
from desktop.screens.tasks.quarantine import QuarantinePart
from desktop.screens.tasks.reminders import RemindersPart
from desktop.screens.tasks.requests import RequestsPart
from desktop.screens.tasks.visits import VisitsPart
from desktop.words.language import N_, _


class TasksScreen(TabsScreen):
    """`arrive(part)` opens one: holds, requests, quarantine, reminders, visits; `arrive(("visits",
    day))` the visitors of a day, "2027-01-27", `("quarantine", barcode)` a copy that rests."""

    title = N_("Daily tasks")
    shows = frozenset(
        {
            "Hold",
            "Loan",
            "Item",
            "Patron",
            "Reminder",
            "Visit",
            "Setting",
            "QuarantineRule",
            "WardRequest",
        }
    )

    def __init__(self, program: Program) -> None:
        super().__init__(program, _("Daily tasks"))
        self._begun = False
        self.build(
            {
                "holds": (_("Holds"), HoldsPart(program, self)),
                "requests": (_("Requests"), RequestsPart(program, self)),
                "quarantine": (_("Quarantine"), QuarantinePart(program, self)),
                "reminders": (_("Reminders"), RemindersPart(program, self)),
                "visits": (_("Visitors"), VisitsPart(program, self)),
            }
        )

    def reload(self) -> None:
        """Read every part; the first time the part opens in which something waits."""
        super().reload()
        waiting = [key for key in self.parts if self.counts.get(key)]
        if not self._begun and waiting and not self.counts.get(next(iter(self.parts))):
            self.open_read(waiting[0])
        self._begun = True

    def arrive(self, what: Any) -> None:
        """Open a part, or the day that a visit is missing on, or a copy that rests."""
        part, which = what if isinstance(what, tuple) else (what, "")
        super().arrive(part)
        there = self.parts.get(part)
        if which and isinstance(there, VisitsPart):
            there.show_day(which)
        elif which and isinstance(there, QuarantinePart):
            there.take_scan(which, "copy")
