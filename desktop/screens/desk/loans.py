"""Lending, taking back and renewing at the desk: the act, and what is told of it."""

from __future__ import annotations

from database.circulation import lending
from database.refusal import Fault, Refusal
from desktop.screens.desk.host import Desk
from desktop.screens.desk.rows import returned_text
from desktop.words.language import _, date_short
from desktop.words.sentences import shorten


class DeskLoans:
    """Each act is one transaction; a no goes to the desk, with a way to do it all the same
    for a reason where there is one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lend(self, code: str, override: str = "") -> None:
        """Lend a copy to the open patron."""
        desk = self._desk
        assert desk.patron is not None
        number, now = desk.patron.number, desk.program.now()
        try:
            done = desk.program.write(
                lambda session: lending.check_out(session, number, code, now, override)
            )
        except (Refusal, Fault) as told:
            desk.refuse(told, code)
            return
        text = _("Lent: {title} — {patron}, due {day}").format(
            title=shorten(done.title, 60),
            patron=done.patron,
            day=date_short(done.due_on),  # type: ignore[arg-type]
        )
        desk.tell(done, text)

    def take_back(self, code: str, override: str = "") -> None:
        """Take a copy back from whoever has it."""
        desk, now = self._desk, self._desk.program.now()
        try:
            done = desk.program.write(lambda s: lending.check_in(s, code, now, override))
        except (Refusal, Fault) as told:
            desk.refuse(told, code, lambda reason: self.take_back(code, reason))
            return
        desk.tell(done, returned_text(done) + desk.owed_by(done))

    def take_back_and_lend(self, code: str) -> None:
        """Take a copy back from another and lend it to the open patron."""
        self.take_back(code)
        if self._desk.notice.tone() == "done":
            self.lend(code)

    def renew(self) -> None:
        """Renew the loan chosen in the list."""
        row = self._desk.hand.current()
        if row is None:
            self._desk.notice.look(_("Choose a loan below to renew it."))
            return
        self._renew(row["barcode"])

    def _renew(self, barcode: str, override: str = "") -> None:
        desk, now = self._desk, self._desk.program.now()
        try:
            done = desk.program.write(
                lambda session: lending.renew(session, barcode, now, override)
            )
        except (Refusal, Fault) as told:
            desk.refuse(told, barcode, lambda reason: self._renew(barcode, reason))
            return
        text = _("Renewed: {title}, due {day}")
        desk.tell(done, text.format(title=shorten(done.title, 60), day=date_short(done.due_on)))  # type: ignore[arg-type]
