"""The letter about issues that did not come, and noting that it was sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from database.holdings import serial_issues
from database.refusal import Fault, Refusal
from database.registers import outgoing
from desktop import background
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal


class Claims:
    """`open` makes the letter and hands it to `show(pdf, name)`, while `owner` is there."""

    def __init__(
        self, program: Program, host: Screen, owner: QObject, show: Callable[[bytes, str], None]
    ) -> None:
        self._program, self._host, self._owner, self._show = program, host, owner, show
        self._claimed: list[int] = []

    def open(self) -> None:
        """The letter about everything late, made off this thread."""
        now = self._program.now()
        today = now.date()

        def work(report: Any, cancelled: Any) -> tuple[bytes, str, list[int]]:
            from desktop.pages.letters import claims

            target = BytesIO()
            about = outgoing.Letter(claims.PAPER, today.toordinal())
            if self._program.read(lambda session: serial_issues.late(session, today)):
                self._program.write(lambda session: outgoing.once_a_day(session, about, now))
            with self._program.library.reading() as session:
                rows = serial_issues.late(session, today)
                claims.write(target, session, rows, today)
            return target.getvalue(), claims.file_name(today), [row.id for row in rows]

        background.run(work, self._made, self._failed)

    def _made(self, made: tuple[bytes, str, list[int]]) -> None:
        if not isValid(self._owner):
            return
        pdf, name, self._claimed = made
        self._show(pdf, name)
        if self._claimed:
            action = Key("", _("Note as claimed"), self.note)
            told = _("Once the letter is sent, note the issues as claimed.")
            self._host.notice.look(told, action)

    def note(self) -> None:
        """The issues of the letter have been claimed today."""
        ids, now = self._claimed, self._program.now()
        line = self._program.attempt(
            self._host, lambda session: serial_issues.claim(session, ids, now)
        )
        if line:
            text = ngettext("{n} issue noted as claimed", "{n} issues noted as claimed", len(ids))
            undo = partial(self._program.undo, self._host, line)
            self._host.notice.done(text.format(n=len(ids)), undo)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self._host.notice.refused(refusal(error))
