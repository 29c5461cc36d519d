"""Lending, taking back and renewing at the desk: the act, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog

from database.circulation import desk_mending, lending
from database.circulation.lending import Done
from database.refusal import NOTHING, Allowed, Fault, Refusal
from desktop.screens.desk.host import Desk
from desktop.screens.desk.rows import returned_text
from desktop.widgets.form import DateField
from desktop.widgets.form_dialog import FormDialog
from desktop.words.language import _, date_short
from desktop.words.sentences import shorten


class DeskLoans:
    """Each act is one transaction; a no goes to the desk, with a way to do it all the same
    for a reason where there is one. A reason answers one no, and the next is told in its turn."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lend(self, code: str, allowed: Allowed = NOTHING) -> None:
        """Lend a copy to the open patron."""
        desk = self._desk
        assert desk.patron is not None
        number, now = desk.patron.number, desk.program.now()
        try:
            done = desk.program.write(
                lambda session: lending.check_out(session, number, code, now, allowed)
            )
        except (Refusal, Fault) as told:
            desk.refuse(told, code, again(told, allowed, lambda more: self.lend(code, more)))
            return
        self.tell_lent(done)

    def tell_lent(self, done: Done) -> None:
        """Say what was lent, to whom and until when."""
        text = _("Lent: {title} — {patron}, due {day}").format(
            title=shorten(done.title, 60),
            patron=done.patron,
            day=date_short(done.due_on),  # type: ignore[arg-type]
        )
        self._desk.tell(done, text)

    def take_back(self, code: str, allowed: Allowed = NOTHING) -> None:
        """Take a copy back from whoever has it."""
        desk, now = self._desk, self._desk.program.now()
        try:
            done = desk.program.write(lambda s: lending.check_in(s, code, now, allowed))
        except (Refusal, Fault) as told:
            desk.refuse(told, code, again(told, allowed, lambda more: self.take_back(code, more)))
            return
        desk.tell(done, returned_text(done) + desk.owed_by(done))

    def take_back_and_lend(self, code: str) -> None:
        """Take a copy back from another and lend it to the open patron."""
        self.take_back(code)
        if self._desk.notice.tone() == "done":
            self.lend(code)

    def renew(self) -> None:
        """Renew the loan chosen in the list."""
        row = self._desk.chosen()
        if row is None:
            self._desk.notice.look(_("Choose a loan below to renew it."))
            return
        self._renew(row["barcode"])

    def _renew(self, barcode: str, allowed: Allowed = NOTHING) -> None:
        desk, now = self._desk, self._desk.program.now()
        try:
            done = desk.program.write(lambda session: lending.renew(session, barcode, now, allowed))
        except (Refusal, Fault) as told:
            desk.refuse(
                told, barcode, again(told, allowed, lambda more: self._renew(barcode, more))
            )
            return
        text = _("Renewed: {title}, due {day}")
        said = text.format(title=shorten(done.title, 60), day=date_short(done.due_on))  # type: ignore[arg-type]
        desk.tell(done, said + desk.owed_by(done))

    def pick_due(self) -> None:
        """The chosen loan is due on a day that is picked."""
        row = self._desk.chosen()
        if row is None:
            self._desk.notice.look(_("Choose a loan below, then pick its day."))
            return
        day = self._ask_day()
        if day is not None:
            self._due_on(row["barcode"], day)
        self._desk.focus_first()

    def _ask_day(self) -> date | None:
        fields = [DateField("day", _("Due on"), required=True)]
        dialog = FormDialog(self._desk, _("Due on which day?"), _("Save"), fields, {})
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        found: date | None = dialog.form.value("day") if accepted else None
        return found

    def _due_on(self, barcode: str, day: date, allowed: Allowed = NOTHING) -> None:
        desk, now = self._desk, self._desk.program.now()
        try:
            done = desk.program.write(
                lambda s: desk_mending.pick_due(s, barcode, day, now, allowed)
            )
        except (Refusal, Fault) as told:
            more = again(told, allowed, lambda given: self._due_on(barcode, day, given))
            desk.refuse(told, barcode, more)
            return
        text = _("Due on {day} now: {title}")
        shown = date_short(done.due_on)  # type: ignore[arg-type]
        desk.tell(done, text.format(day=shown, title=shorten(done.title, 60)))


def again(
    told: Refusal | Fault, allowed: Allowed, act: Callable[[Allowed], None]
) -> Callable[[str], None]:
    """The same act once more, this no answered by the reason it is called with."""

    def answered(reason: str) -> None:
        assert isinstance(told, Refusal)
        act({**allowed, told.reason: reason})

    return answered
