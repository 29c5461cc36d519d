"""A no at the desk: why, and the next step with its key."""

from __future__ import annotations

from collections.abc import Callable

from database.refusal import Fault, Reason, Refusal
from database.reports import acts
from desktop.screen import Key
from desktop.screens.desk.host import Desk
from desktop.screens.desk.loans import DeskLoans
from desktop.screens.desk.money import DeskMoney
from desktop.words.language import _, ngettext
from desktop.words.sentences import overridable, refusal

_WAITED_FOR = frozenset({Reason.ALREADY_ON_LOAN, Reason.ON_HOLD})


class Refusals:
    """What was just refused can be allowed for a reason, or waited for with a hold.

    `ask_reason` asks beside the open patron; with none a dialog asks.
    """

    def __init__(
        self, desk: Desk, loans: DeskLoans, money: DeskMoney, ask_reason: Callable[[], None]
    ) -> None:
        self._desk, self._loans, self._money = desk, loans, money
        self._ask = ask_reason
        self._pending: Callable[[str], None] | None = None
        self._wanted = ""

    def forget(self) -> None:
        """The transaction is over."""
        self._pending, self._wanted = None, ""

    def wait_for(self, code: str) -> None:
        """F10 holds this copy's title for the open patron."""
        self._wanted = code

    def take_wanted(self) -> str:
        """The code of the copy that could not be lent and may be waited for; asked once."""
        wanted, self._wanted = self._wanted, ""
        return wanted

    def refuse(
        self, told: Refusal | Fault, code: str, again: Callable[[str], None] | None = None
    ) -> None:
        """Say no, with what can be done about it; `again` does it all the same for a reason."""
        text = refusal(told)
        out = isinstance(told, Refusal) and told.reason in _WAITED_FOR
        self._wanted = code if out and self._desk.patron else ""
        if self._wanted:
            text = _("{why} F10 places a hold.").format(why=text)
        if isinstance(told, Refusal) and overridable(told) and again is not None:
            text += self._how_often(told.reason)
        self._desk.notice.refused(text, self._next_step(told, code, again))
        self._desk.focus_first()

    def _how_often(self, reason: Reason) -> str:
        """So often this was passed in this month; who did, and why, the list of acts tells."""
        program = self._desk.program
        begin = program.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        count = program.read(lambda session: acts.passed_since(session, begin, reason))
        if not count:
            return ""
        text = ngettext(
            "Allowed {n} time this month (Ctrl+H).", "Allowed {n} times this month (Ctrl+H).", count
        )
        return " " + text.format(n=count)

    def _next_step(
        self, told: Refusal | Fault, code: str, again: Callable[[str], None] | None
    ) -> Key | None:
        """What can be done about a no, with its key."""
        loans, leave_for = self._loans, self._desk.leave_for
        if overridable(told) and again is not None:
            return Key("step", _("Allow once…"), lambda: self._ask_why(again))
        if not isinstance(told, Refusal):
            return None
        found = self._money.next_step(told, code)
        if found is not None:
            return found
        if told.reason is Reason.ALREADY_ON_LOAN and self._desk.patron:
            return Key("step", _("Take back and lend"), lambda: loans.take_back_and_lend(code))
        if told.reason is Reason.ALREADY_YOURS:
            return Key("step", _("Take back"), lambda: loans.take_back(code))
        if told.reason in {Reason.UNKNOWN_CODE, Reason.UNKNOWN_ITEM}:
            return Key("step", _("Look in Catalogue"), lambda: leave_for.emit("catalogue", code))
        return None

    def _ask_why(self, does: Callable[[str], None]) -> None:
        from desktop.screens.desk import why

        self._pending = does
        if self._desk.patron:
            self._ask()
        else:
            self.allow(why.ask(self._desk))

    def allow(self, reason: str) -> None:
        """Do what was refused, for a reason; an empty one does nothing."""
        pending, self._pending = self._pending, None
        if pending and reason.strip():
            pending(reason.strip())
        self._desk.focus_first()
