"""Who did what, for whoever keeps the library."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from database import journal
from database.text import chained
from desktop.forms.done.activity import ActivityList
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.widgets.text import label
from desktop.words.language import _


class ActivitySection(Section):
    """Read when it is opened; nothing is changed from here."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "Every change with whoever made it. The lines are chained: one that is changed or "
            "taken out is found by the check."
        )
        super().__init__(screen, _("Record of activity"), hint)
        self.program = program
        self.list: ActivityList | None = None
        self.mark = label("", "small")
        self.body.addWidget(self.mark)
        self.body.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """It is read when it is seen."""
        super().showEvent(event)
        self.load()

    def load(self) -> None:
        """The newest lines, and where the chain stands."""
        if self.list is None:
            if not self.isVisible():
                return
            self.list = ActivityList(self.program, self.owner)
            self.body.insertWidget(2, self.list, 1)
        else:
            self.list.load()
        line, chain = self.program.read(journal.head)
        self.mark.setText(_("Journal up to line {chain}").format(chain=chained.shown(line, chain)))

    def focus_first(self) -> None:
        """The list."""
        if self.list is not None:
            self.list.table.setFocus()
