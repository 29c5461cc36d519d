"""What this program is, where its files are, and what others' work is in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from desktop import __version__, pc
from desktop.printing import output
from desktop.program import Program
from desktop.running import about
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.screens.settings.updates import UpdatesPart
from desktop.widgets.buttons import Button
from desktop.widgets.card import separator
from desktop.widgets.form import Field, Form
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _

_TABLE_PX = 220


class AboutSection(Section):
    """Version, places, help from afar, licences."""

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            _("Selasar {version}").format(version=__version__),
            _("A program for small special libraries. Free, under the MIT licence."),
        )
        self.program = program
        self.form = Form(
            [
                [Field("library", _("Library file or server"), read_only=True, width=4)],
                [Field("files", _("Files of this PC"), read_only=True, width=4)],
                [Field("others", _("Open at the same time at"), read_only=True, width=4)],
            ]
        )
        self.updates = UpdatesPart(screen, program)
        self.copy_button = Button(_("Copy information for help"), self.copy_help)
        self.open_button = Button(_("Open folder"), self.open_folder)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.copy_button)
        acts.addWidget(self.open_button)
        acts.addStretch(1)
        self.table = Table(
            [
                Column(_("Part"), "name", stretch=True),
                Column(_("Licence"), "licence", width=260),
                Column(_("Made by"), "author", width=260, muted=True, optional=True),
            ],
            empty=" ",
            name=_("Parts and licences"),
        )
        self.table.view.setMinimumHeight(_TABLE_PX)
        self.body.addWidget(self.form)
        self.body.addLayout(acts)
        self.body.addWidget(separator())
        self.body.addWidget(self.updates)
        self.body.addWidget(separator())
        self.body.addWidget(label(_("Parts and licences"), "cardTitle"))
        self.body.addWidget(self.table, 1)

    def load(self) -> None:
        """Where things are."""
        others = self.program.library.other_programs()
        self.form.set_values(
            {
                "library": _place(self.program),
                "files": str(pc.data_folder()),
                "others": ", ".join(map(str, others)) or _("no other PC"),
            }
        )
        self.updates.load()
        self.table.set_rows(list(about.parts()))

    def copy_help(self) -> None:
        """For a letter to whoever helps; it names nobody."""
        QGuiApplication.clipboard().setText(about.help_text(self.program, len(output.printers())))
        said = _("Copied: versions and sizes, no names. Paste it into your letter.")
        self.owner.notice.done(said)

    def open_folder(self) -> None:
        """Where the files of this PC are."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(pc.data_folder())))

    def focus_first(self) -> None:
        """What one comes here for."""
        self.copy_button.setFocus()


def _place(program: Program) -> str:
    library = program.library
    return str(Path(library.where).absolute()) if library.is_file else library.shown
