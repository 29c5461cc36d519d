"""The files that prove something, in a box: opened, added, removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from database.registers import evidence
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.form import Field, Form
from desktop.widgets.table import Column, Table
from desktop.words.language import _

FILES = "PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)"


class EvidenceDialog(ActDialog):
    """Files that prove something: opened, added with a note, removed."""

    def __init__(self, program: Program, host: Screen, owner: str, key: str, title: str) -> None:
        said = _("Evidence: {what}").format(what=title)
        super().__init__(program, host, said, _("Add a file…"), width=640)
        self._owner, self._key = owner, key
        self.table = Table(
            [
                Column(_("File"), "name", stretch=True),
                Column(_("Note"), "note", optional=True),
                Column(_("kB"), lambda one: max(one.size // 1024, 1), kind="number"),
            ],
            on_open=lambda piece: self.open_piece(piece.id),
            empty=_("No file yet. Add a photograph or a PDF."),
            name=said,
        )
        self.table.setMinimumHeight(200)
        self.body.addWidget(self.table)
        self.build(Form([Field("note", _("Note for the file"))]))
        remove = Button(_("Remove"), self.remove, kind="quiet")
        remove.setAutoDefault(False)
        self.buttons.insertWidget(0, remove)
        self.cancel_button.set_text(_("Close"))
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        owner, key = self._owner, self._key
        self.table.set_rows(self.program.read(lambda s: evidence.of(s, owner, key)))

    def ready(self) -> bool:
        """Add a file; the box stays open for the next."""
        path = self.ask_file()
        if path is not None:
            self.add(path)
        return False

    def ask_file(self) -> Path | None:
        """Which file; None for none."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Add a file…"), "", FILES)
        return Path(chosen) if chosen else None

    def add(self, path: Path) -> None:
        """Keep a file with its note."""
        where, note, now = self.program.library.where, self.form.value("note"), self.program.now()
        owner, key = self._owner, self._key
        line = self.program.attempt(
            self.host, lambda s: evidence.attach(s, where, owner, key, path, note, now)
        )
        if line is not None:
            self.form.clear()
            self.host.notice.done(
                _("File added: {name}").format(name=path.name),
                partial(self.program.undo, self.host, line),
            )
        self.refresh()

    def open_piece(self, number_of: int) -> None:
        """Enter: in the viewer of the system."""
        where = self.program.library.where
        place = self.program.attempt(self.host, lambda s: evidence.place(s, where, number_of))
        if place:
            QDesktopServices.openUrl(QUrl.fromLocalFile(place))

    def remove(self) -> None:
        """Take the chosen file away."""
        piece, now = self.table.current(), self.program.now()
        if piece is None:
            return
        line = self.program.attempt(self.host, lambda s: evidence.remove(s, piece.id, now))
        if line is not None:
            self.host.notice.done(
                _("File removed: {name}").format(name=piece.name),
                partial(self.program.undo, self.host, line),
            )
        self.refresh()
