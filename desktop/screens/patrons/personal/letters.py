"""Letters of clearance: that a person has nothing of the library any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

from PySide6.QtWidgets import QWidget

from database import journal
from database.circulation import clearance
from database.circulation.clearance import Letter
from database.library import Session
from database.patrons.finding import PatronRow
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.patrons.personal.asking import ask_purpose, tell_open
from desktop.words.language import _

Paper = Callable[[bytes, str], object]


class ClearanceLetters:
    """Asked for over `owner`; `show_paper(pdf, name)` shows a letter to be printed or kept."""

    def __init__(self, program: Program, host: Screen, owner: QWidget, show_paper: Paper) -> None:
        self._program, self._host = program, host
        self._owner, self._show_paper = owner, show_paper

    def write(self, patron: PatronRow) -> None:
        """A new letter, or what stands against it."""
        now = self._program.now()
        matters = self._program.read(lambda s: clearance.open_matters(s, patron.id))
        if matters:
            tell_open(self._owner, _("No clearance letter yet"), matters, now.date())
            return
        purpose = ask_purpose(self._owner, patron)
        if purpose is None:
            return

        def act(session: Session) -> tuple[Letter, int]:
            letter = clearance.issue(session, patron.id, purpose, now)
            return letter, journal.line_about(session, "clearance.issued", letter.id)

        made = self._program.attempt(self._host, act)
        if made is None:
            return
        letter, line = made
        text = _("Letter {number} written; the card is inactive now.")
        undo = partial(self._program.undo, self._host, line)
        self._host.notice.done(text.format(number=letter.number), undo=undo)
        self.show(letter)

    def show(self, letter: Letter) -> None:
        """A letter written before looks the same again: number, day and signature."""
        from desktop.pages.letters import clearance as page

        target = BytesIO()
        with self._program.library.reading() as session:
            page.write(target, session, letter)
        self._show_paper(target.getvalue(), page.file_name(letter))
