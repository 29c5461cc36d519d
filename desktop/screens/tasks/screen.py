"""The daily tasks' place: a tab each for holds, quarantine, reminders and visitors."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.forms.paper_view import PaperView
from desktop.language import N_, _
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.tasks.holds import HoldsPart
from desktop.screens.tasks.part import TaskPart
from desktop.screens.tasks.quarantine import QuarantinePart
from desktop.screens.tasks.reminders import RemindersPart
from desktop.screens.tasks.visits import VisitsPart
from desktop.widgets.card import heading


class TasksScreen(Screen):
    """`arrive(part)` opens one: holds, quarantine, reminders, visits."""

    title = N_("Daily tasks")
    shows = frozenset({
        "Hold", "Loan", "Item", "Patron", "Reminder", "Visit", "Setting", "QuarantineRule",
    })  # fmt: skip
    undoes = frozenset({"Hold", "Item", "Reminder", "Visit"})

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.parts: dict[str, TaskPart] = {
            "holds": HoldsPart(program, self),
            "quarantine": QuarantinePart(program, self),
            "reminders": RemindersPart(program, self),
            "visits": VisitsPart(program, self),
        }
        self._names = {
            "holds": _("Holds"), "quarantine": _("Quarantine"), "reminders": _("Reminders"),
            "visits": _("Visitors"),
        }  # fmt: skip
        self._arrange()

    def _arrange(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Daily tasks"))
        self.paper = PaperView(self)
        self.paper.closed.connect(self._close_paper)
        self._stack = QStackedWidget()
        for key, part in self.parts.items():
            self.tabs.addTab(self._names[key])
            self._stack.addWidget(part)
            part.paper.connect(self._show_paper)
            place = self.tabs.count() - 1
            part.counted.connect(lambda n, place=place, key=key: self._count(place, key, n))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 8)
        self._whole = QStackedWidget()
        whole.addWidget(self._whole)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = heading(_("Daily tasks"))
        head.setStretch(0, 0)
        head.insertWidget(1, self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._whole.addWidget(page)
        self._whole.addWidget(self.paper)
        self.tabs.currentChanged.connect(self._turn)

    def part(self) -> TaskPart:
        """The one in sight."""
        return list(self.parts.values())[self._stack.currentIndex()]

    def _count(self, place: int, key: str, waiting: int) -> None:
        name = self._names[key]
        counted = _("{name} {n}").format(name=name, n=waiting) if waiting else name
        self.tabs.setTabText(place, counted)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.part().reload()
        self.renew_keys()
        self.part().focus_first()

    def _show_paper(self, pdf: bytes, name: str) -> None:
        self.paper.show_paper(pdf, name)
        self._whole.setCurrentWidget(self.paper)
        self.renew_keys()

    def _close_paper(self) -> None:
        self._whole.setCurrentIndex(0)
        self.renew_keys()
        self.part().focus_first()

    def keys(self) -> list[Key]:
        """Those of the part in sight, or of the paper that is looked at."""
        if self._whole.currentWidget() is self.paper:
            return self.paper.keys()
        return self.part().keys()

    def reload(self) -> None:
        """Read every part, for their tabs count what waits."""
        for part in self.parts.values():
            part.reload()

    def focus_first(self) -> None:
        """Where work begins in the part in sight."""
        if self._whole.currentIndex() == 0:
            self.part().focus_first()

    def arrive(self, what: Any) -> None:
        """Open a part by its name."""
        if what in self.parts:
            self.tabs.setCurrentIndex(list(self.parts).index(what))
