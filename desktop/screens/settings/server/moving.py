"""The way from one file to a server: its address, a test, the move, the proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.library import server_address, shown
from database.moving.relocating import Relocated
from database.refusal import Fault, Refusal
from database.storage import server_look
from database.storage.server_look import Seen
from desktop import background, passwords, pc
from desktop.program import Program
from desktop.running import relocation
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.dialog import confirm
from desktop.widgets.form import Field, Form, SecretField
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words.language import N_, _, counted
from desktop.words.sentences import refusal

PORT = 5432
_STATES = {
    "none": N_("The server answers (PostgreSQL {version}); the database will be made."),
    "empty": N_("The server answers (PostgreSQL {version}); the database is empty, as it should."),
    "library": N_(
        "A library lies in this database (PostgreSQL {version}). Work in it on this PC, or choose "
        "another name for one that moves there."
    ),
    "other": N_("This database belongs to another program; choose another name."),
}


class Moving(QWidget):
    """Work off the window's thread with its progress, and what became of it in one band."""

    def __init__(self, host: Screen, program: Program) -> None:
        super().__init__()
        self.host, self.program = host, program
        self.told, self.progress = Band(), Progress()
        self.open_button = Button(_("Open it now"), self.open_now, kind="primary")
        self.open_button.hide()
        self.task: background.Task | None = None

    def load(self) -> None:
        """Show what there is now."""

    def focus_first(self) -> None:
        """Put the focus where one begins."""

    def open_now(self) -> None:
        """Close this library and open the other in its place."""
        self.program.open_again(self.window())

    def move_to(self, target: str) -> None:
        """Move and prove; the desks wait meanwhile."""

        def work(report: background.Report, stopped: Callable[[], bool]) -> Relocated:
            return relocation.move(self.program, target, report, stopped)

        def done(moved: Relocated) -> None:
            said = _(
                "Moved and proved: {tables} with {rows} are the same in both places "
                "(sum {mark}). From now on this PC opens {where}."
            )
            facts = {"tables": counted("tables", moved.tables), "rows": counted("rows", moved.rows)}
            text = said.format(mark=moved.mark[:12], where=shown(target), **facts)
            self.told.set(text, "good")
            self.open_button.show()
            self.open_button.setFocus()

        self.run(work, done, _("Moving the library"))

    def run(self, work: Any, done: Callable[[Any], object], words: str) -> None:
        """Do some work and tell how it goes; Cancel stops it and leaves nothing behind."""
        self.told.set("")
        self.let(False)
        self.task = background.run(
            work,
            lambda result: isValid(self) and done(result),
            self._failed,
            self.progress.advance,
            self._ended,
        )
        self.progress.start(words, self.task.cancel)

    def let(self, on: bool) -> None:
        """Whether anything may be asked now."""

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self.told.set(refusal(error), "warn")

    def _ended(self) -> None:
        if isValid(self):
            self.progress.finish()
            self.let(True)


class ToServer(Moving):
    """From a file to a server."""

    def __init__(self, host: Screen, program: Program) -> None:
        super().__init__(host, program)
        self.form = Form(
            [
                [
                    Field("host", _("Server"), required=True, width=3, placeholder="192.168.1.10"),
                    Field("port", _("Port"), check=_port_problem),
                ],
                [
                    Field("database", _("Name of the database"), required=True),
                    Field("user", _("User"), required=True),
                    SecretField("password", _("Password")),
                ],
            ]
        )
        self.form.set_values({"port": str(PORT), "database": "selasar"})
        self._arrange()

    def _arrange(self) -> None:
        self.test_button = Button(_("Test the server"), self.test, icon="search")
        self.move_button = Button(_("Move the library there…"), self.ask, kind="primary")
        steps = (
            _("1. Whoever keeps the server installs PostgreSQL and makes a user and a database."),
            _("2. Fill in here what the server is called, and test it."),
            _(
                "3. Close Selasar on every other PC and move the library: it is copied, both are "
                "compared row by row, and the file stays, to be read only."
            ),
            _("4. On each other PC, come here, test the server, and work in the library there."),
        )
        self.use_button = Button(_("Work in it on this PC…"), self.use)
        self.use_button.hide()
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for button in (self.test_button, self.use_button, self.move_button, self.open_button):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for step in steps:
            column.addWidget(label(step, wrap=True))
        column.addWidget(self.form)
        column.addLayout(acts)
        column.addWidget(self.told)
        column.addWidget(self.progress)
        column.addStretch(1)

    def focus_first(self) -> None:
        """The server's name."""
        self.form.focus("host")

    def let(self, on: bool) -> None:
        """The fields and their buttons."""
        for part in (self.form, self.test_button, self.move_button):
            part.setEnabled(on)

    def target(self) -> str:
        """The address that was typed."""
        value = self.form.value
        host, database, user = (str(value(one)).strip() for one in ("host", "database", "user"))
        return server_address(
            host, int(value("port") or PORT), database, user, str(value("password") or "")
        )

    def test(self) -> None:
        """Ask the server, which changes nothing there."""
        self._look(lambda seen: None)

    def ask(self) -> None:
        """Test, ask once more, move."""

        def go_on(seen: Seen) -> None:
            text = _(
                "The library moves to {where}. Selasar must be closed on every other PC. It takes "
                "a few minutes; nobody can lend meanwhile, and Cancel leaves all as it is."
            )
            if seen.is_free and confirm(
                self, _("Move the library?"), text.format(where=shown(self.target())), _("Move it")
            ):
                self.move_to(self.target())

        self._look(go_on)

    def use(self) -> None:
        """Open from now on the library that lies there; the one of this PC stays where it is."""
        text = _(
            "From now on this PC opens the library at {where}. The one that is open now stays "
            "where it is: {here}."
        )
        said = text.format(where=shown(self.target()), here=self.program.library.shown)
        if confirm(self, _("Work in the library on the server?"), said, _("Work in it")):
            self.program.pc.put(pc.LIBRARY, passwords.put_away(self.target()))
            self.open_now()

    def _look(self, then: Callable[[Seen], object]) -> None:
        if not self.form.validate():
            return
        self.use_button.hide()
        target = self.target()

        def done(seen: Seen) -> None:
            said = _(_STATES[seen.state]).format(version=seen.version)
            there = seen.state == "library"
            self.told.set(said, "good" if seen.is_free or there else "warn")
            self.use_button.setVisible(there)
            then(seen)

        self.run(lambda _report, _stopped: server_look.look(target), done, _("Asking the server"))


def _port_problem(typed: str) -> str | None:
    right = not typed or (typed.isdecimal() and 0 < int(typed) < 1 << 16)
    return None if right else _("from 1 to 65535")
