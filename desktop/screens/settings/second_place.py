"""The second place of backups, such as a stick, and the passphrase they are sealed with there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from database.engine.whole_file import write_whole
from database.refusal import Fault, Trouble
from database.storage import mirrored, sealing
from desktop import pc
from desktop.file_names import safe
from desktop.pages.letters import backup_papers
from desktop.program import Program
from desktop.running.keeping import backup_places
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field, Form
from desktop.widgets.text import label
from desktop.words.language import _
from desktop.words.sentences import refusal


class PassphraseBox(Dialog):
    """A new passphrase: printed first, then typed off the sheet, so that the sheet is right."""

    def __init__(self, program: Program, host: Screen, save: Callable[[str], bool]) -> None:
        super().__init__(host, _("A passphrase for the backups"), _("It is in the safe"), width=560)
        self.program, self._save = program, save
        self.passphrase = sealing.new_passphrase()
        text = _(
            "What leaves this PC is sealed with these words. Save the sheet, print it and lay it "
            "into the safe: the program keeps the words nowhere, and without them nobody opens the "
            "backups on the stick."
        )
        self.shown = label(self.passphrase, "title")
        self.form = Form([[Field("again", _("Type the words off the sheet"), required=True)]])
        self.body.addWidget(label(text, wrap=True))
        self.body.addWidget(self.shown)
        self.body.addWidget(Button(_("Save the sheet…"), self.save_sheet, icon="printer"))
        self.body.addWidget(self.form)

    def save_sheet(self) -> None:
        """As a PDF; then the words are typed off it."""
        if self._save(self.passphrase):
            self.shown.setText("• • •")
            self.form.focus("again")

    def ready(self) -> bool:
        """Only with the words as they stand on the sheet."""
        if sealing.tidy(str(self.form.value("again") or "")) == self.passphrase:
            return True
        self.say(_("These are not the words of the sheet; look at each letter."))
        return False


class SecondPlacePart(QWidget):
    """Where it is, whether it is there, and whether what lies there is sealed."""

    def __init__(self, host: Screen, program: Program) -> None:
        super().__init__()
        self.host, self.program = host, program
        self.told = Band()
        self.place_button = Button(
            _("Choose the second place…"), self.choose, icon="database-backup"
        )
        self.key_button = Button(_("Seal with a passphrase…"), self.make_key, icon="lock")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        hint = _("A stick or another disk: whatever happens to this PC, that one is left.")
        column.addWidget(label(_("The second place"), "cardTitle"))
        column.addWidget(label(hint, "muted", wrap=True))
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.place_button, self.key_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def load(self) -> None:
        """How things stand."""
        settings = self.program.pc
        chosen, there = settings.get(pc.BACKUPS_TOO), backup_places.second(settings)
        sealed = backup_places.key(settings) is not None
        self.key_button.setVisible(bool(chosen))
        self.key_button.set_text(_("A new passphrase…") if sealed else _("Seal with a passphrase…"))
        if not chosen:
            text = _("There is no second place yet; if this PC fails, its backups fail with it.")
            self.told.set(text, "warn")
        elif there is None:
            text = _("{folder} is not there now; it is written to as soon as it is put in.")
            self.told.set(text.format(folder=chosen), "info")
        elif not sealed:
            text = _("{folder} is there; backups go there readable by whoever finds the stick.")
            self.told.set(text.format(folder=there), "warn")
        else:
            text = _("{folder} is there; backups go there sealed.")
            self.told.set(text.format(folder=there), "good")

    def choose(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Choose the second place…"), str(pc.documents())
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, folder: Path) -> None:
        """From now on backups go there, too."""
        if name := mirrored.service(folder):
            text = _("{service} mirrors this folder: names would go out of the house.")
            self.host.notice.refused(text.format(service=name))
            return
        try:
            backup_places.choose_second(self.program.pc, folder)
        except OSError:
            self.host.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(folder))))
            return
        self.load()

    def make_key(self) -> None:
        """A passphrase, proved by typing it, and a key that it opens."""
        box = PassphraseBox(self.program, self.host, self.save_sheet)
        if box.exec():
            self.use(box.passphrase)

    def use(self, passphrase: str) -> None:
        """Seal with it from the next backup on; what lies there already stays as it is."""
        backup_places.keep_key(self.program.pc, sealing.new_key(passphrase))
        self.load()
        self.host.notice.done(_("The next backups in the second place are sealed."))

    def save_sheet(self, passphrase: str) -> bool:
        """The sheet as a file, opened to be printed; False where it was not written."""
        now = self.program.now()
        usual = pc.documents() / safe(backup_papers.key_name(now), ".pdf")
        where = self.ask_path(usual)
        if where is None:
            return False
        made = BytesIO()
        with self.program.library.reading() as session:
            backup_papers.write_key(made, session, passphrase, now)
        try:
            write_whole(where, made.getvalue())
        except OSError:
            self.host.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(where))))
            return False
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(where)))
        return True

    def ask_path(self, usual: Path) -> Path | None:
        """Where the sheet goes; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the sheet…"), str(usual), "PDF (*.pdf)"
        )
        return Path(chosen) if chosen else None
