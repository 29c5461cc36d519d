"""Closing a round of stocktaking: the number of its minutes, and what it makes of the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from database.holdings import stock_balance, stocktake
from database.holdings.stock_balance import Round
from database.registers import outgoing
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Field
from desktop.widgets.form_dialog import FormDialog
from desktop.words import language
from desktop.words.language import _, ngettext


class RoundClosing:
    """`ask` over `owner`; `told()` is called when the round was closed or opened again."""

    def __init__(
        self, program: Program, host: Screen, owner: QWidget, told: Callable[[], None]
    ) -> None:
        self._program, self._host, self._owner, self._told = program, host, owner, told

    def ask(self, chosen: Round) -> None:
        """Ask for the number of the minutes; say what closing does."""
        if chosen.closed_at is not None:
            return
        today, number = self._program.now().date(), chosen.id
        usual, counted = self._program.read(
            lambda session: (
                outgoing.proposed(session, stocktake.PAPER, today),
                stock_balance.figures(session, number),
            )
        )
        text = ngettext(
            "{n} copy was not found and is lost from today.",
            "{n} copies were not found and are lost from today.",
            counted.missing,
        )
        self.box = FormDialog(
            self._owner,
            _("Close the round?"),
            _("Close the round"),
            [Field("minutes", _("Number of the minutes"), required=True)],
            {"minutes": usual},
            hint=text.format(n=language.number(counted.missing)),
            kind="danger",
        )
        self.box.accepted.connect(lambda: self._close(chosen, self.box.form.value("minutes")))
        self.box.open()

    def _close(self, chosen: Round, minutes: str) -> None:
        now = self._program.now()
        line = self._program.attempt(
            self._host, lambda session: stocktake.close(session, chosen.id, minutes, now)
        )
        if line:
            text = _("Closed: {title}").format(title=chosen.name)
            self._host.notice.done(text, lambda: self._reopen(line))
            self._told()

    def _reopen(self, line: int) -> None:
        self._program.undo(self._host, line)
        self._told()
