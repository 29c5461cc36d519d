"""Looking for a newer version where the library says, when asked; a backup before it is set up."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.policy import settings
from database.refusal import Fault, Refusal
from desktop import __version__, background, pc
from desktop.program import Program
from desktop.running import updates
from desktop.running.keeping import backups
from desktop.running.updates import Release
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.dialog import confirm
from desktop.widgets.form import Field, Form
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import _
from desktop.words.sentences import refusal


class UpdatesPart(QWidget):
    """Address, look, what is new, set it up."""

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__()
        self.owner, self.program = screen, program
        self.found: Release | None = None
        self._task: background.Task | None = None
        hint = _("A folder of the house or a web page; nothing is looked for by itself.")
        self.form = Form(
            [[Field("address", _("Where updates are announced"), placeholder=hint, width=4)]]
        )
        self.form.left.connect(lambda _key: self._keep())
        self.look_button = Button(_("Look for an update"), self.look, kind="primary")
        self.stick_button = Button(_("From a stick…"), self.from_stick)
        self.install_button = Button(_("Back up and set it up"), self.install, kind="primary")
        self.told, self.progress = Band(), Progress()
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for button in (self.look_button, self.stick_button, self.install_button):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("Updates"), "cardTitle"))
        column.addWidget(self.form)
        column.addWidget(self.told)
        column.addWidget(self.progress)
        column.addLayout(acts)
        self.install_button.hide()

    def load(self) -> None:
        """The address that the library keeps."""
        if not self.form.is_dirty():
            address = self.program.read(lambda session: settings.get(session, settings.UPDATES))
            self.form.set_values({"address": address})

    def _address(self) -> str:
        return str(self.form.value("address") or "").strip()

    def _keep(self) -> None:
        address, now = self._address(), self.program.now()
        self.program.attempt(
            self.owner,
            lambda session: settings.change(session, settings.UPDATES, address, now),
        )
        self.form.mark_clean()

    def look(self) -> None:
        """At the library's address."""
        self._keep()
        if not self._address():
            self.owner.notice.look(_("Say first where updates are announced."))
            self.form.focus("address")
            return
        self.look_at(self._address())

    def from_stick(self) -> None:
        """A setup that somebody brought, with its announcement beside it."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("From a stick…"), str(pc.documents()), "Setup (*.exe *.deb)"
        )
        if chosen:
            self.look_at(chosen)

    def look_at(self, place: str) -> None:
        """Off this thread; what is found is told."""
        self._begin(_("Looking for an update"))
        self._task = background.run(
            lambda report, cancelled: updates.look(place), self._show, self._failed
        )

    def _begin(self, words: str) -> None:
        self.told.set("")
        self.install_button.hide()
        self.progress.start(words, self._stop)
        for button in (self.look_button, self.stick_button):
            button.setEnabled(False)

    def _end(self) -> None:
        self._task = None
        self.progress.finish()
        for button in (self.look_button, self.stick_button):
            button.setEnabled(True)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _show(self, release: Release) -> None:
        if not isValid(self):
            return
        self._end()
        if not release.is_newer:
            said = _("This is the newest: {version}. Announced is {other}.")
            self.told.set(said.format(version=__version__, other=release.version), "good")
            return
        self.found = release
        lines = release.news.get(language.current()) or release.news.get("en") or ()
        head = _("Version {version} is there:").format(version=release.version)
        self.told.set("\n".join([head, *(f"• {line}" for line in lines)]), "info")
        self.install_button.show()
        self.install_button.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self._end()
            self.told.set(refusal(error), "warn")

    def install(self) -> None:
        """A backup, the setup fetched and proved, then started; this program ends for it."""
        release, program = self.found, self.program
        if release is None or not self._others_know(release):
            return
        folder = pc.data_folder() / "Updates"

        def work(report: background.Report, cancelled: background.Stopped) -> Path:
            setup = updates.fetch(release, folder, report, cancelled)
            backups.make(program)
            return setup

        self._begin(_("Fetching version {version}").format(version=release.version))
        self._task = background.run(work, self._start, self._failed, self.progress.advance)

    def _others_know(self, release: Release) -> bool:
        """Where other PCs have the library open, they are named before it is upgraded."""
        others = [
            desk
            for desk in self.program.library.other_programs()
            if updates.numbers(desk.version) < updates.numbers(release.version)
        ]
        if not others:
            return True
        said = _(
            "The library is also open at: {desks}. Once all are closed and this PC opens it with "
            "version {version}, those need that version, too. Set it up there the same day."
        )
        return confirm(
            self,
            _("Other PCs have an older version"),
            said.format(desks=", ".join(map(str, others)), version=release.version),
            _("Set it up here"),
        )

    def _start(self, setup: Path) -> None:
        if not isValid(self):
            return
        self._end()
        if updates.install(setup):
            self.window().close()
            return
        self.told.set(
            _("Proved and backed up. Open {file} to set it up.").format(file=setup), "good"
        )
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(setup.parent)))
