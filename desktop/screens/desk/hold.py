"""A hold placed at the desk: at once for the copy just refused, else by asking for the title."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from database.circulation import hold_lists, holds
from database.circulation.holds import Placed
from database.library import Session
from database.refusal import Reason
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Field, Form
from desktop.words.language import _
from desktop.words.sentences import shorten


def place(session: Session, number: str, typed: str, now: Any) -> Placed:
    """A hold on the title meant by what was typed."""
    return holds.place(session, number, hold_lists.find_title(session, typed), now)


def tell(host: Screen, placed: Placed, undo: Callable[[int], object]) -> None:
    """What was done, and who comes before."""
    text = _("Held: {title} — {patron}, number {n} in the queue").format(
        title=shorten(placed.title, 60), patron=placed.patron, n=placed.queue
    )
    host.notice.done(text, partial(undo, placed.line))


def place_or_ask(
    program: Program, host: Screen, number: str, wanted: str, undo: Callable[[int], object]
) -> None:
    """At once where both are known, else by asking."""
    if not (number and wanted):
        HoldDialog(program, host, number, undo).open()
        return
    now = program.now()
    placed = program.attempt(host, lambda session: place(session, number, wanted, now))
    if placed is not None:
        tell(host, placed, undo)
    host.focus_first()


class HoldDialog(ActDialog):
    """For whom, and which title: a scan of its code, its ISBN, or words."""

    wrong = {
        Reason.UNKNOWN_PATRON: "patron",
        Reason.NOT_ONE_TITLE: "title",
        Reason.RECORD_GONE: "title",
    }

    def __init__(
        self, program: Program, host: Screen, number: str, undo: Callable[[int], object]
    ) -> None:
        super().__init__(program, host, _("Place a hold"), _("Hold"), width=480)
        self._undo = undo
        form = Form(
            [
                Field("patron", _("Patron's number"), required=True, takes="patron"),
                Field(
                    "title",
                    _("Title"),
                    required=True,
                    placeholder=_("ISBN, a copy's code or words of the title"),
                    takes="copy isbn",
                ),
            ]
        )
        form.set_values({"patron": number, "title": ""})
        self.build(form, _("When a copy comes back it is laid ready, and the desk is told."))
        form.focus("title" if number else "patron")
        self.accept_button.setDefault(True)

    def act(self) -> None:
        """Place it and say so."""
        values, now = self.form.values(), self.program.now()
        placed = self.program.write(
            lambda session: place(session, values["patron"], values["title"], now)
        )
        tell(self.host, placed, self._undo)
