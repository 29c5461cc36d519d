"""Moving to another PC: a folder written here, and read there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.refusal import Fault, Refusal
from database.rights import Right
from database.storage.copies import Contents
from desktop import background, pc
from desktop.program import Program
from desktop.running import another_pc
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words.language import _, counted
from desktop.words.sentences import refusal


class AnotherPcPart(QWidget):
    """Out into a folder; in from one, and opened at once."""

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__()
        self.owner, self.program = screen, program
        self.told, self.progress = Band(), Progress()
        self.pack_button = Button(_("Prepare the move…"), self.pack, icon="log-out")
        self.unpack_button = Button(_("From another PC…"), self.unpack, icon="upload")
        self.open_button = Button(_("Open it now"), self.open_now, kind="primary")
        hint = _(
            "One folder with the library, its files, the choices of this PC and a guide: written "
            "here, copied to the new PC and chosen there."
        )
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for button in (self.pack_button, self.unpack_button, self.open_button):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("Moving to another PC"), "cardTitle"))
        column.addWidget(label(hint, "muted", wrap=True))
        column.addWidget(self.told)
        column.addWidget(self.progress)
        column.addLayout(acts)
        self.open_button.hide()
        self.pack_button.setVisible(program.library.is_file)

    def pack(self) -> None:
        """Ask where to, and write the folder there."""
        if not self.program.allows(self.owner, Right.EXPORT):
            return
        chosen = QFileDialog.getExistingDirectory(self, _("Prepare the move…"), str(pc.documents()))
        if chosen:
            self.pack_into(Path(chosen))

    def pack_into(self, where: Path) -> None:
        """A new folder in `where`, shown once it is whole."""
        folder = where / _("Selasar moves {day}").format(day=f"{self.program.now():%Y-%m-%d %H.%M}")

        def done(contents: Contents) -> None:
            said = _("Ready: {counts}. The guide lies in {folder}.")
            self.told.set(said.format(counts=_counts(contents), folder=folder), "good")
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        self._work(_("Preparing the move"), lambda: another_pc.pack(self.program, folder), done)

    def unpack(self) -> None:
        """Ask for the folder that the other PC wrote."""
        chosen = QFileDialog.getExistingDirectory(self, _("From another PC…"), str(pc.documents()))
        if chosen:
            self.unpack_from(Path(chosen))

    def unpack_from(self, folder: Path) -> None:
        """The library made anew here; the one that stands open is left as it is."""

        def done(made: tuple[Path, Contents]) -> None:
            said = _("Brought over and proved: {counts}, in {file}.")
            self.told.set(said.format(counts=_counts(made[1]), file=made[0]), "good")
            self.open_button.show()
            self.open_button.setFocus()

        self._work(
            _("Bringing the library over"),
            lambda: another_pc.unpack(folder, self.program.pc, pc.data_folder()),
            done,
        )

    def open_now(self) -> None:
        """Close this library and open the other in its place."""
        self.program.open_again(self.window())

    def _work(self, words: str, work: Any, done: Any) -> None:
        self.told.set("")
        self._busy(True)
        self.progress.start(words)

        def finished(result: Any) -> None:
            if isValid(self):
                self._busy(False)
                done(result)

        def failed(error: Exception) -> None:
            if not isinstance(error, Refusal | Fault):
                raise error
            if isValid(self):
                self._busy(False)
                self.told.set(refusal(error), "warn")

        background.run(lambda _report, _stopped: work(), finished, failed)

    def _busy(self, busy: bool) -> None:
        for button in (self.pack_button, self.unpack_button):
            button.setEnabled(not busy)
        if not busy:
            self.progress.finish()


def _counts(contents: Contents) -> str:
    told = (
        ("titles", contents.titles),
        ("copies", contents.items),
        ("patrons", contents.patrons),
        ("open loans", contents.open_loans),
    )
    return ", ".join(counted(what, count) for what, count in told)
