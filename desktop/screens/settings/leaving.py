"""Everything out of the library, in open formats: into a folder, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.refusal import Fault, Refusal
from database.rights import Right
from database.storage.leaving import Left
from desktop import __version__, background, pc
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import confirm
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words import leaving as words
from desktop.words.language import _
from desktop.words.sentences import refusal


class LeavingPart(QWidget):
    """Says what will be in the folder before it writes, and afterwards what it wrote."""

    def __init__(self, host: Screen, program: Program) -> None:
        super().__init__()
        self.host, self.program = host, program
        self.button = Button(_("Export everything…"), self.ask, icon="log-out")
        self.progress = Progress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        hint = _(
            "Everything in open formats (MARCXML, CSV, JSON), for another program or for another "
            "Selasar library, also from a file to a server and back."
        )
        column.addWidget(label(_("Everything out"), "cardTitle"))
        column.addWidget(label(hint, "muted", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.progress)

    def ask(self) -> None:
        """Where to, and whether everything may be written there."""
        if not self.program.allows(self.host, Right.EXPORT):
            return
        where = self.ask_folder()
        if where is None:
            return
        folder = where / f"Selasar {self.program.now():%Y-%m-%d %H.%M}"
        text = _("A new folder is written: {folder}").format(folder=folder)
        if self.agreed(f"{words.before()}\n\n{text}"):
            self.write(folder)

    def ask_folder(self) -> Path | None:
        """The folder in which a new one is made; None for nowhere."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Export everything…"), str(pc.documents())
        )
        return Path(chosen) if chosen else None

    def agreed(self, text: str) -> bool:
        """Whether somebody who knows what will be written wants it."""
        return confirm(self, _("Export everything?"), text, _("Export"))

    def write(self, folder: Path) -> None:
        """Off the GUI thread; the desks work on meanwhile."""
        library, now = self.program.library, self.program.now()
        texts = words.Texts()

        def work(report: background.Report, stopped: Callable[[], bool]) -> Left:
            return library.leave(folder, texts, __version__, now, report, stopped)

        def done(left: Left) -> None:
            if isValid(self):
                self._tell(left, folder)

        self.button.setEnabled(False)
        task = background.run(work, done, self._failed, self.progress.advance, self._ended)
        self.progress.start(_("Exporting everything"), task.cancel)

    def _tell(self, left: Left, folder: Path) -> None:
        place = QUrl.fromLocalFile(str(folder))
        action = Key("", _("Open folder"), lambda: QDesktopServices.openUrl(place))
        told = words.written(left, str(folder))
        tell = self.host.notice.look if left.missing else self.host.notice.done
        tell(told, action=action)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self.host.notice.refused(refusal(error))

    def _ended(self) -> None:
        if isValid(self):
            self.button.setEnabled(True)
            self.progress.finish()
