"""Backups: where they go, one now, and a library made anew out of one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout
from shiboken6 import isValid

from database.library import Library, restore
from database.policy import settings
from database.refusal import Fault, Refusal
from database.storage import copies, mirrored
from database.storage.copies import Contents
from database.text.dates import local_day
from desktop import background, pc
from desktop.program import Program
from desktop.running import backups
from desktop.screen import Screen
from desktop.screens.settings.another_pc import AnotherPcPart
from desktop.screens.settings.leaving import LeavingPart
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, separator
from desktop.widgets.form import Field, Form, NumberField
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words.language import _, clock, date_long, number
from desktop.words.sentences import refusal

MOST_KEPT = 999


class BackupsSection(Section):
    """Copies are proved by opening them; restoring never writes over a library."""

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            _("Backups"),
            _("A copy is made each time you close the program. Keep one outside this PC."),
        )
        self.program = program
        self._chosen: Path | None = None
        self._restored = ""
        self.form = Form(
            [
                [
                    Field("folder", _("Folder"), read_only=True, width=4),
                    NumberField("kept", _("How many are kept"), required=True, check=_amount),
                ]
            ]
        )
        self.form.changed.connect(lambda _key: self._keep_amount())
        self.cloud = Band()
        self.last = label("", "small", wrap=True)
        self.progress = Progress()
        self.backup_button = Button(
            _("Back up now"), self.back_up, icon="database-backup", kind="primary"
        )
        self.found = Band()
        self.restore_button = Button(_("Restore into a new file…"), self.restore_chosen)
        self.open_button = Button(_("Open it now"), self.open_restored)
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
        choose = Button(_("Choose a backup…"), self.choose_backup, icon="history")
        for button in (choose, self.restore_button, self.open_button):
            again.addWidget(button)
        again.addStretch(1)
        hint = _("A backup becomes a new library; the one you work with is never touched.")
        self.body.addWidget(self.form)
        self.body.addWidget(self.cloud)
        self.body.addLayout(acts)
        self.body.addWidget(self.progress)
        self.body.addWidget(separator())
        self.body.addWidget(label(_("Restore"), "cardTitle"))
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.body.addWidget(self.found)
        self.body.addLayout(again)
        self.body.addWidget(separator())
        self.body.addWidget(self.another_pc)
        self.body.addWidget(separator())
        self.body.addWidget(self.leaving)
        self.body.addStretch(1)
        self.restore_button.hide()
        self.open_button.hide()

    def load(self) -> None:
        """Where, how many, and when the last one was made."""
        kept = self.program.read(lambda s: settings.get(s, settings.BACKUPS_KEPT))
        folder = pc.backup_folder(self.program.pc)
        if self.form.value("kept") != kept:  # or the cursor would jump while one types
            self.form.set_values({"kept": kept})
        self.form.set_values({"folder": str(folder)})
        self.cloud.set(_cloud(folder, self.program.library), "warn")
        moment = backups.last(self.program)
        self.last.setText(_last(moment) if moment else _("No backup in this folder yet."))

    def _keep_amount(self) -> None:
        if self.form.errors():
            return
        kept, now = int(self.form.value("kept")), self.program.now()
        self.program.attempt(
            self.owner, lambda s: settings.change(s, settings.BACKUPS_KEPT, kept, now)
        )
        self.form.mark_clean()

    def choose_folder(self) -> None:
        """Such as a USB stick."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Choose another folder…"), str(pc.backup_folder(self.program.pc))
        )
        if chosen:
            self.program.pc.put(pc.BACKUPS, chosen)
            self.load()

    # --- a backup now

    def back_up(self) -> None:
        """One backup, off the GUI thread."""
        self._work(_("Backing up"), lambda: backups.make(self.program), self._backed_up)

    def _backed_up(self, path: Path) -> None:
        self.load()
        self.owner.notice.done(_("Backed up and proved: {file}").format(file=path))

    def _work(self, words: str, work: Any, done: Any) -> None:
        self._busy(True)
        self.progress.start(words)

        def finished(result: Any) -> None:
            if isValid(self):
                self._busy(False)
                done(result)

        def failed(error: Exception) -> None:
            if isValid(self):
                self._busy(False)
                self._tell(error)

        background.run(lambda report, cancelled: work(), finished, failed)

    def _busy(self, busy: bool) -> None:
        for button in (self.backup_button, self.restore_button, self.open_button):
            button.setEnabled(not busy)
        if not busy:
            self.progress.finish()

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.owner.notice.refused(refusal(error))

    # --- restoring

    def choose_backup(self) -> None:
        """Ask for a file and show what is in it."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a backup…"), str(pc.backup_folder(self.program.pc)), "*.db"
        )
        if chosen:
            self.look_into(Path(chosen))

    def look_into(self, path: Path) -> None:
        """Prove a backup and say what it holds, before anything is restored."""
        self._chosen = None
        self.restore_button.hide()
        self.open_button.hide()
        self.found.set("")
        self._work(
            _("Looking into the backup"),
            lambda: copies.verify(path),
            lambda contents: self._show_contents(path, contents),
        )

    def _show_contents(self, path: Path, contents: Contents) -> None:
        self._chosen = path
        made = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        text = _(
            "{file}, made {day} {time}: {titles} titles, {items} copies, {patrons} patrons, "
            "{open} open loans. What happened since then is not in it."
        )
        self.found.set(
            text.format(
                file=path.name,
                day=date_long(local_day(made)),
                time=clock(made),
                titles=number(contents.titles),
                items=number(contents.items),
                patrons=number(contents.patrons),
                open=number(contents.open_loans),
            ),
            "info",
        )
        self.restore_button.show()

    def restore_chosen(self) -> None:
        """Ask where the new library goes, and make it."""
        usual = pc.data_folder() / f"library-{self.program.now():%Y%m%d-%H%M}.db"
        target = self.ask_target(usual)
        if target is not None and self._chosen is not None:
            source = self._chosen
            self._work(
                _("Restoring"),
                lambda: restore(source, target),
                lambda contents: self._offer(target),
            )

    def ask_target(self, usual: Path) -> Path | None:
        """Where to; None for nowhere. An existing file is refused later, never replaced."""
        usual.parent.mkdir(parents=True, exist_ok=True)
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _("Restore into a new file…"),
            str(usual),
            "*.db",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return Path(chosen) if chosen else None

    def _offer(self, target: Path) -> None:
        self._restored = str(target)
        self.found.set(_("Restored and proved: {file}").format(file=target), "good")
        self.restore_button.hide()
        self.open_button.show()
        self.open_button.setFocus()

    def open_restored(self) -> None:
        """Work with the restored library from now on."""
        self.program.pc.put(pc.LIBRARY, self._restored)
        self.program.open_again(self.window())

    def focus_first(self) -> None:
        """The one filled button."""
        self.backup_button.setFocus()


def _amount(kept: int) -> str | None:
    return None if 1 <= kept <= MOST_KEPT else _("from 1 to 999")


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
