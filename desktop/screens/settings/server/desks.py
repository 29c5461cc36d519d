"""A library on a server: the users its desks connect as, and the way back to one file."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from database.library import server_parts
from database.refusal import Fault, Refusal
from database.storage import server_roles
from desktop import pc
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.server.moving import PORT, Moving
from desktop.widgets.buttons import Button
from desktop.widgets.card import separator
from desktop.widgets.dialog import confirm
from desktop.widgets.form import Field
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _
from desktop.words.sentences import refusal

_LETTERS = "abcdefghijkmnopqrstuvwxyz23456789"
"""Of a password that somebody types once, off a paper: none that looks like another."""


class OnServer(Moving):
    """The users that desks connect as, and the way back to one file."""

    def __init__(self, host: Screen, program: Program) -> None:
        super().__init__(host, program)
        self.where = label("", wrap=True)
        self.table = Table(
            [Column(_("User of the server"), "name", stretch=True)],
            on_open=self.renew,
            empty=_("No user for desks yet: every PC connects as the owner."),
            name=_("Users of the server"),
        )
        self.back_button = Button(_("Back to one file…"), self.ask_back, icon="log-out")
        acts, back = QHBoxLayout(), QHBoxLayout()
        for row, buttons in (
            (acts, (Button(_("Add a user for a desk…"), self.add, kind="primary"),
                    Button(_("Another password…"), self.renew_chosen, small=True),
                    Button(_("Remove"), self.remove, small=True))),
            (back, (self.back_button, self.open_button)),
        ):  # fmt: skip
            row.setSpacing(10)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
        hint = _(
            "A desk's user lends, takes back and catalogues; it can't take a line out of the "
            "record of activity, nor change the tables. Keep the owner's password on one PC alone: "
            "that one opens a new version first."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.where, label(hint, "muted", wrap=True)):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(acts)
        column.addWidget(separator())
        column.addLayout(back)
        column.addWidget(self.told)
        column.addWidget(self.progress)

    def load(self) -> None:
        """Where the library lies, who has it open, and the users of desks."""
        library = self.program.library
        here = ", ".join(map(str, library.other_programs())) or _("no other PC")
        text = _("The library lies at {where}. Open there now: {desks}.")
        self.where.setText(text.format(where=library.shown, desks=here))
        names = server_roles.listed(library.engine)
        self.table.set_rows([{"id": name, "name": name} for name in names])

    def let(self, on: bool) -> None:
        """The way back."""
        self.back_button.setEnabled(on)

    # --- users of desks

    def add(self) -> None:
        """A new one, with a password that is shown once."""
        self._ask({"name": f"meja_{len(self.table.rows()) + 1}"}, _("Add"))

    def renew(self, row: Any) -> None:
        """Another password for one there is."""
        self._ask({"name": row["name"]}, _("Save"))

    def renew_chosen(self) -> None:
        """For the one that is chosen."""
        for row in self.table.selected()[:1]:
            self.renew(row)

    def _ask(self, values: dict[str, str], verb: str) -> None:
        hint = _(
            "Small letters and figures. The password is shown once, with the address to type on "
            "the other PC."
        )
        fields = [Field("name", _("User"), required=True)]
        box = FormDialog(self, _("A user for a desk"), verb, fields, values, hint=hint)
        if box.exec():
            self.make(str(box.form.value("name")).strip())

    def make(self, name: str) -> None:
        """Make the user and show what its PC needs."""
        library = self.program.library
        password = "-".join("".join(secrets.choice(_LETTERS) for _n in range(5)) for _m in range(4))
        try:
            server_roles.make(library.engine, library.where, name, password)
        except (Refusal, Fault) as told:
            self.told.set(refusal(told), "warn")
            return
        self.load()
        self.show_needs(name, password)

    def show_needs(self, name: str, password: str) -> None:
        """What to type on the other PC, to be copied or written down."""
        text = needed(self.program.library.where, name, password)
        if confirm(self, _("On the other PC"), text, _("Copy"), cancel_text=_("Close")):
            QGuiApplication.clipboard().setText(text)

    def remove(self) -> None:
        """Its PC can't connect any more."""
        library = self.program.library
        for row in self.table.selected()[:1]:
            text = _("The PC that connects as {name} can't open the library any more.")
            said = text.format(name=row["name"])
            if not confirm(self, _("Remove this user?"), said, _("Remove"), danger=True):
                return
            try:
                server_roles.drop(library.engine, library.where, row["name"])
            except (Refusal, Fault) as told:
                self.told.set(refusal(told), "warn")
            self.load()

    # --- back

    def ask_back(self) -> None:
        """Where the file is to lie."""
        usual = str(pc.data_folder() / "library.db")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Back to one file…"), usual, "Selasar (*.db)"
        )
        text = _(
            "The library is copied into {file} and compared. The server keeps its own as it is; "
            "close Selasar on every other PC first, and lend nothing there any more."
        )
        if chosen and confirm(self, _("Back to one file?"), text.format(file=chosen), _("Move it")):
            self.move_to(str(Path(chosen)))


def needed(where: str, name: str, password: str) -> str:
    """What to do on another PC, with what is typed there."""
    host, port, database = server_parts(where)
    return _(
        "1. Install Selasar, of the same version, and start it.\n"
        "2. Settings, Several PCs: server {host}, port {port}, database {database}.\n"
        "3. User {user}, password {password}\n"
        "4. “Test the server”, then “Work in it on this PC”. The password stays in the keyring of "
        "that PC's system."
    ).format(host=host, port=port or PORT, database=database, user=name, password=password)
