"""A practice library beside the real one: made-up, marked in red, thrown away by one act.

It lies in a folder of its own with settings of its own, so that no figure, backup or draft of the
library knows of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from database.demo import practice as lessons
from desktop import keys, pc
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.changes import Changes
from desktop.widgets.practice_line import PracticeLine
from desktop.window import MainWindow
from desktop.words.language import N_, _

TASKS = {
    "lend": N_("Lend {barcode} to {number} ({name}): {scan}, card, Enter, book, Enter"),
    "renew": N_("Renew the older loan {older}: {find}, choose its row, {renew}"),
    "return": N_("Take the book back: {back} closes the card, then its code, {barcode}"),
    "undo": N_("That was a mistake: {undo} takes it back"),
    "patron": N_("Enrol somebody you make up: Alt+4, {new}, name, kind, {save}"),
    "title": N_("Add a title: Alt+3, {new}, Tab past the ISBN, its name is enough, {save}"),
    "visitor": N_("Count a visitor at the desk: Alt+2, {visitor}"),
}
_KEYS = ("scan", "find", "renew", "undo", "new", "save", "visitor", "back")


def folder() -> Path:
    """Where it lies."""
    return pc.data_folder() / "practice"


def library(now: Callable[[], datetime]) -> str:
    """The practice library, made where there is none."""
    from database.demo import demo

    where = folder() / "practice.db"
    if not where.exists():
        folder().mkdir(parents=True, exist_ok=True)
        demo.build(str(where), now())
    return str(where)


def made_up(where: Path, settings: Pc, now: Callable[[], datetime], practising: bool) -> str:
    """The practice library, or a demo that is gone with its window. Whatever opens a library
    again shall open this one, never the real one."""
    from database.demo import demo

    if practising:
        found = library(now)
        settings.put(pc.LIBRARY, found)
        return found
    found = str(where / "demo.db")
    demo.build(found, now())
    return found


def throw_away() -> None:
    """All of it, its settings too."""
    shutil.rmtree(folder(), ignore_errors=True)


def mark(where: str, window: MainWindow, program: Program) -> None:
    """Lay the line over a window of the practice library, and over no other."""
    if where == str(folder() / "practice.db"):
        Practice(window, program, lambda: program.open_again(window))


class Practice(QObject):
    """The line over the window, and the lesson: it goes on when what it asks for was done."""

    def __init__(self, window: MainWindow, program: Program, afresh: Callable[[], object]) -> None:
        super().__init__(window)
        self._program = program
        self.at = 0
        self.lesson = program.read(lambda session: lessons.begin(session, program.now()))
        self._steps = self.lesson.steps if self.lesson is not None else ()
        self.line = PracticeLine(self.skip, afresh)
        window.put_above(self.line)
        self._changes = Changes(program.library, lambda _kinds: self.look())
        window.closing.connect(self._changes.stop)
        self._show()

    def look(self) -> None:
        """Go on if what is asked for stands in the library now."""
        lesson = self.lesson
        if lesson is None or not isValid(self.line) or self.at >= len(self._steps):
            return
        done = self._program.read(lambda session: lessons.done(session, lesson))
        if self._steps[self.at] in done:
            self.skip()

    def skip(self) -> None:
        """The next task."""
        self.at = min(self.at + 1, len(self._steps))
        self._show()

    def _show(self) -> None:
        if self.lesson is None or self.at >= len(self._steps):
            text = _("The first lesson is over. Try what you like, or begin anew.")
            self.line.show_task(text, more=False)
            return
        pressed = {name: keys.printed(keys.sequence(name)) for name in _KEYS}
        text = _(TASKS[self._steps[self.at]]).format(**pressed, **asdict(self.lesson))
        place = f"{self.at + 1}/{len(self._steps)}"
        self.line.show_task(f"{place}  {text}", more=True)
