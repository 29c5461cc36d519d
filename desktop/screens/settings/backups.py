"""Backups: where they go, one now, and a library made anew out of one."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout
from shiboken6 import isValid

from database.engine.whole_file import write_whole
from database.library import Library
from database.refusal import Fault, Refusal, Trouble
from database.storage import keeping, mirrored
from database.storage.restoring import Trial
from database.text.dates import local_day
from desktop import background, pc
from desktop.file_names import safe
from desktop.pages.letters import backup_papers
from desktop.program import Program
from desktop.running.keeping import backups
from desktop.running.keeping.restoring import RestoreBox
from desktop.screen import Screen
from desktop.screens.settings.another_pc import AnotherPcPart
from desktop.screens.settings.leaving import LeavingPart
from desktop.screens.settings.second_place import SecondPlacePart
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, separator
from desktop.widgets.form import Field, Form
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.window import MainWindow
from desktop.words.language import _, clock, date_long
from desktop.words.sentences import refusal


class BackupsSection(Section):
    """Copies are proved by opening them; restoring never writes over a library."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "A copy is made when you close the program, and every two hours while you work. Kept "
            "are the last {days} daily, {weeks} weekly and {months} monthly ones."
        ).format(days=keeping.DAILY, weeks=keeping.WEEKLY, months=keeping.MONTHLY)
        super().__init__(screen, _("Backups"), hint)
        self.program = program
        self.form = Form([[Field("folder", _("Folder"), read_only=True, width=4)]])
        self.trouble, self.cloud = Band(), Band()
        self.last = label("", "small", wrap=True)
        self.progress = Progress()
        self.backup_button = Button(
            _("Back up now"), self.back_up, icon="database-backup", kind="primary"
        )
        self.restore_button = Button(
            _("Restore from a backup…"), self.choose_backup, icon="history"
        )
        self.back_button = Button(_("Back to the library before"), self.go_back)
        self.second = SecondPlacePart(screen, program)
        self.another_pc = AnotherPcPart(screen, program)
        self.leaving = LeavingPart(screen, program)
        self._arrange()

    def _arrange(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.backup_button)
        acts.addWidget(Button(_("Choose another folder…"), self.choose_folder))
        acts.addWidget(self.last, 1)
        again = QHBoxLayout()
        again.setSpacing(10)
        for button in (self.restore_button, self.back_button):
            again.addWidget(button)
        again.addStretch(1)
        hint = _(
            "A backup becomes a new library; the one you work with is never touched. Try one out "
            "once a year: the sheet of it is evidence for accreditation."
        )
        for part in (self.form, self.trouble, self.cloud):
            self.body.addWidget(part)
        self.body.addLayout(acts)
        self.body.addWidget(self.progress)
        self.body.addWidget(separator())
        self.body.addWidget(self.second)
        self.body.addWidget(separator())
        self.body.addWidget(label(_("Restore"), "cardTitle"))
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.body.addLayout(again)
        for below in (self.another_pc, self.leaving):
            self.body.addWidget(separator())
            self.body.addWidget(below)
        self.body.addStretch(1)

    def load(self) -> None:
        """Where, and when the last one was made."""
        folder = pc.backup_folder(self.program.pc)
        self.form.set_values({"folder": str(folder)})
        self.trouble.set(backups.trouble(self.program), "bad")
        self.cloud.set(_cloud(folder, self.program.library), "warn")
        moment = backups.last(self.program)
        self.last.setText(_last(moment) if moment else _("No backup in this folder yet."))
        before = self.program.pc.get(pc.BEFORE_RESTORE)
        self.back_button.setVisible(bool(before) and Path(before).exists())
        self.second.load()

    def choose_folder(self) -> None:
        """Another one of this PC."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Choose another folder…"), str(pc.backup_folder(self.program.pc))
        )
        if chosen:
            self.program.pc.put(pc.BACKUPS, chosen)
            self.load()

    # --- a backup now

    def back_up(self) -> None:
        """One backup, off the GUI thread."""
        self.backup_button.setEnabled(False)
        self.progress.start(_("Backing up"))

        def work(report: background.Report, _stopped: background.Stopped) -> Path:
            return backups.make(self.program, report)

        def ended() -> None:
            if isValid(self):
                self.backup_button.setEnabled(True)
                self.progress.finish()
                self.load()
                window = self.window()
                if isinstance(window, MainWindow):
                    window.status_line.refresh()

        background.run(work, self._backed_up, self._tell, self.progress.advance, ended)

    def _backed_up(self, path: Path) -> None:
        if isValid(self):
            self.owner.notice.done(_("Backed up and proved: {file}").format(file=path))

    def _tell(self, error: Any) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self.owner.notice.refused(refusal(error))

    # --- restoring

    def restore_box(self) -> RestoreBox:
        """Which backup, what is in it, and the trial of it."""
        library = self.program.library
        where = library.where if library.is_file else str(pc.data_folder() / "library.db")
        known = backups.identity(self.program)
        box = RestoreBox(
            self.window(), self.program.pc, where, self.program.now, known, library
        )  # fmt: skip
        box.sheet_wanted = self.save_sheet
        return box

    def choose_backup(self) -> None:
        """Restore one, and work with it from now on."""
        box = self.restore_box()
        box.exec()
        if box.restored is not None:
            self.program.open_again(self.window())

    def go_back(self) -> None:
        """Work again with the library that was left as it was when a backup was restored."""
        settings = self.program.pc
        before, now = settings.get(pc.BEFORE_RESTORE), self.program.library.where
        settings.put(pc.LIBRARY, before)
        settings.put(pc.BEFORE_RESTORE, now)
        self.program.open_again(self.window())

    def save_sheet(self, backup: Path, trial: Trial) -> None:
        """The evidence of a trial as a file, opened."""
        now = self.program.now()
        where = self.second.ask_path(pc.documents() / safe(backup_papers.trial_name(now), ".pdf"))
        if where is None:
            return
        made = BytesIO()
        with self.program.library.reading() as session:
            backup_papers.write_trial(made, session, backup, trial, now)
        try:
            write_whole(where, made.getvalue())
        except OSError:
            self._tell(Fault(Trouble.FILE_UNWRITABLE, where=str(where)))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(where)))

    def focus_first(self) -> None:
        """The one filled button."""
        self.backup_button.setFocus()


def _last(moment: datetime) -> str:
    text = _("Last backup {day}, {time}")
    return text.format(day=date_long(local_day(moment)), time=clock(moment))


def _cloud(folder: Path, library: Library) -> str:
    """That a service takes patients' names out of the house, "" where none does."""
    if name := mirrored.service(folder):
        return _(
            "{service} mirrors this folder: the names of patients in the backups go out of the "
            "house. Choose another folder, such as one on a stick."
        ).format(service=name)
    if library.is_file and (name := mirrored.service(Path(library.where))):
        return _(
            "The library itself lies in a folder that {service} mirrors: it may be damaged by it. "
            "Restore the newest backup into another place and open that."
        ).format(service=name)
    return ""
