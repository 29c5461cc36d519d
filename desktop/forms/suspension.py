"""Letting somebody borrow again before the days without lending are over."""

from __future__ import annotations

from collections.abc import Callable

from database.circulation import sanctions
from database.patrons.finding import PatronRow
from database.refusal import Reason
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Field, Form
from desktop.words.language import _, date_plain


class LiftDialog(ActDialog):
    """Asks why; `line` is the journal line of what was done, None for nothing."""

    wrong = {Reason.WHY_MISSING: "reason"}

    def __init__(self, program: Program, host: Screen, patron: PatronRow) -> None:
        super().__init__(program, host, _("Lift suspension"), _("Lift"), width=460)
        self.line: int | None = None
        self._patron_id = patron.id
        text = _("{name} returned late and may not borrow until {day}.")
        day = date_plain(patron.suspended_until) if patron.suspended_until else ""
        form = Form([Field("reason", _("Reason"), required=True)])
        self.build(form, text.format(name=patron.name, day=day))
        self.form.focus("reason")

    def act(self) -> None:
        """Lift it."""
        reason, now = self.form.values()["reason"] or "", self.program.now()
        self.line = self.program.write(lambda s: sanctions.lift(s, self._patron_id, reason, now))


def lift(program: Program, host: Screen, patron: PatronRow, undo: Callable[[int], object]) -> bool:
    """Ask, do, and say so; whether it was done."""
    if not patron.is_suspended(program.now().date()):
        host.notice.look(_("{name} is not suspended.").format(name=patron.name))
        return False
    dialog = LiftDialog(program, host, patron)
    dialog.exec()
    line = dialog.line
    if line is None:
        return False
    host.notice.done(_("{name} may borrow again").format(name=patron.name), undo=lambda: undo(line))
    return True
