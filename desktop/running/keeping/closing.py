"""The last backup is seen: the window stays until it is made, or until somebody says that it may
go without one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from database.policy import house
from database.refusal import Fault, Refusal
from desktop import background
from desktop.program import Program
from desktop.running.keeping import backups
from desktop.widgets.buttons import Kind
from desktop.widgets.dialog import Dialog, choose
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words.language import _
from desktop.words.sentences import refusal


class ClosingBox(Dialog):
    """Shows the backup under way; closes by itself."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, _("Closing Selasar"), _("Close"), width=460)
        self.error: Exception | None = None
        self.progress = Progress()
        self.body.addWidget(label(_("The work is saved. A backup is made and proved."), wrap=True))
        self.body.addWidget(self.progress)
        self.accept_button.hide()
        self.cancel_button.hide()

    def work(self, program: Program) -> Exception | None:
        """Make it; what went wrong, if anything did."""
        self.error = None
        self.progress.start(_("Backing up"))

        def work(report: background.Report, _stopped: background.Stopped) -> None:
            from desktop.running.daily import before_backup

            before_backup(program)
            backups.make(program, report)

        background.run(work, lambda _done: None, self._keep, self.progress.advance, self.accept)
        self.exec()
        return self.error

    def _keep(self, error: Exception) -> None:
        self.error = error

    def reject(self) -> None:
        """Esc ends no backup: it is a matter of seconds."""


def keep(program: Program, window: QWidget | None, end: Callable[[], object]) -> bool:
    """Let running work `end`, back up in sight, and say whether the window may go."""
    if program.read(house.profile).demo:
        return True
    end()
    while (error := ClosingBox(window).work(program)) is not None:
        if not isinstance(error, Refusal | Fault):
            raise error
        text = _("{why} Without a backup nothing is lost yet; the library itself is saved.")
        answers: list[tuple[str, Kind]] = [
            (_("Try again"), "primary"),
            (_("Close without a backup"), "outlined"),
        ]
        told = text.format(why=refusal(error))
        if choose(window, _("The backup could not be made"), told, answers) != 0:
            return True
    return True
