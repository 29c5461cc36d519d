"""The files and links of a title: add, open, remove."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from database.catalogue import digital
from database.refusal import Fault, Refusal, Trouble
from desktop import background
from desktop.pdf import UnreadablePdf
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.titles.reading import ReadingDialog, is_pdf
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.language import _
from desktop.words.sentences import refusal, shorten

_MEGA = 1 << 20


class FilesDialog(Dialog):
    """What belongs to one title; Enter opens it, a PDF here and all else in the system's viewer."""

    def __init__(
        self, parent: QWidget, program: Program, host: Screen, number: int, title: str
    ) -> None:
        name = _("Files and links: {title}").format(title=shorten(title, 60))
        super().__init__(parent, name, _("Open"), cancel_text=_("Close"), width=640)
        self._program, self._host, self._number = program, host, number
        self._task: background.Task | None = None
        self.told = Band()
        self.body.addWidget(self.told)
        self.table = Table(
            [
                Column(_("Name"), "name", stretch=True),
                Column(_("Kind"), _kind, width=90),
                Column(_("Opened"), "uses", kind="number"),
            ],
            on_open=lambda _row: self.try_accept(),
            empty=_("Nothing yet: add a PDF or EPUB, or the address of one."),
            name=_("Files and links"),
        )
        self.table.setMinimumHeight(220)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        self.file_button = Button(
            _("Add a file…"), self.add_file, key="choose_file", small=True, needs="catalogue"
        )
        self.link_button = Button(
            _("Add a link…"), self.add_link, key="", small=True, needs="catalogue"
        )
        self.remove_button = Button(
            _("Remove"), self.remove, key="remove", small=True, needs="catalogue"
        )
        for button in (self.file_button, self.link_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        number = self._number
        rows = self._program.read(lambda session: digital.of_title(session, number))
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.select_first()
            self.table.view.setFocus()  # Enter opens what was just added
        for button in (self.accept_button, self.remove_button):
            button.setEnabled(bool(rows))

    # --- adding

    def add_file(self) -> None:
        """Ask for files and keep them, beside the work: they may be large."""
        kinds = _("PDF and EPUB ({patterns})").format(patterns="*.pdf *.epub")
        found, _kind = QFileDialog.getOpenFileNames(self, _("Add a file…"), "", kinds)
        self.keep([Path(name) for name in found])

    def keep(self, paths: list[Path]) -> None:
        """Keep these files with the title."""
        if not paths or self._task is not None:
            return
        number, now, library = self._number, self._program.now(), self._program.library

        def work(report: Any, cancelled: Any) -> list[int]:
            lines = []
            for done, path in enumerate(paths):
                report(done, len(paths))
                with library.transaction() as session:
                    lines.append(digital.attach_file(session, library.where, number, path, now))
            return lines

        self.told.set(_("Keeping {name}…").format(name=paths[0].name), "info")
        self._task = background.run(work, self._kept, self._failed, ended=self._ended)

    def _kept(self, lines: list[int]) -> None:
        self.told.set("")
        text = _("Kept with the title.")
        self._host.notice.done(text, partial(self._program.undo, self._host, lines[-1]))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            error = Fault(Trouble.FILE_UNREADABLE, where=error.filename or "")
        if not isinstance(error, Refusal | Fault):
            raise error
        self.told.set(refusal(error), "bad")

    def _ended(self) -> None:
        self._task = None
        if isValid(self):
            self.refresh()

    def add_link(self) -> None:
        """Ask for a name and an address."""
        fields = [
            Field("name", _("Name"), placeholder=_("may stay empty")),
            Field("url", _("Address"), required=True, placeholder="https://"),
        ]
        self.box = FormDialog(self, _("Add a link"), _("Add"), fields, {"name": "", "url": ""})
        self.box.accepted.connect(lambda: self.keep_link(**self.box.form.values()))
        self.box.open()

    def keep_link(self, name: str, url: str) -> None:
        """Keep a link with the title."""
        number, now = self._number, self._program.now()
        self._write(
            lambda session: digital.attach_link(session, number, name or "", url, now),
            _("Kept with the title."),
        )

    def remove(self) -> None:
        """Take the chosen one away; it can be taken back."""
        row = self.table.current()
        if row is None:
            return
        now = self._program.now()
        self._write(
            lambda session: digital.remove(session, row.id, now),
            _("Removed: {title}").format(title=row.name),
        )

    def _write(self, act: Any, text: str) -> None:
        try:
            line = self._program.write(act)
        except (Refusal, Fault) as told:
            self.told.set(refusal(told), "bad")
            return
        self.told.set("")
        self._host.notice.done(text, partial(self._program.undo, self._host, line))
        self.refresh()

    # --- opening

    def ready(self) -> bool:
        """Open the chosen one; the box stays, for there may be more to open."""
        row = self.table.current()
        if row is not None:
            self.open_row(row)
        return False

    def open_row(self, row: digital.Digital) -> None:
        """Count it, and show it: a PDF here, all else in the system's viewer."""
        now, where = self._program.now(), self._program.library.where
        try:
            place = self._program.write(
                lambda session: digital.open_place(session, where, row.id, now)
            )
        except (Refusal, Fault) as told:
            self.told.set(refusal(told), "bad")
            return
        self.refresh()
        if row.url or not is_pdf(place):
            self._outside(row, place)
            return

        def work(_report: Any, _cancelled: Any) -> bytes:
            return Path(place).read_bytes()

        self.told.set(_("Opening {name}…").format(name=row.name), "info")
        self._task = background.run(
            work, partial(self._read_here, row, place), self._failed, ended=self._ended
        )

    def _read_here(self, row: digital.Digital, place: str, pdf: bytes) -> None:
        if not isValid(self):
            return
        self.told.set("")
        outside = partial(self._outside, row, place)
        try:
            self.reading = ReadingDialog(self, row.name, pdf, outside)
        except UnreadablePdf:
            outside()  # another viewer may forgive more
            return
        self.reading.open()

    def _outside(self, row: digital.Digital, place: str) -> None:
        target = QUrl(place) if row.url else QUrl.fromLocalFile(place)
        if not QDesktopServices.openUrl(target):
            self.told.set(_("No program on this PC opens {name}.").format(name=row.name), "warn")


def _kind(row: digital.Digital) -> str:
    if row.url:
        return _("link")
    return _("{n} MB").format(n=language.number(max(row.size // _MEGA, 1)))
