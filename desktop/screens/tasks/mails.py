"""E-mails on their way: how many wait, which could not be sent, and what to do with those."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from database.library import Session
from database.patrons import mail_queue
from database.patrons.mail_queue import MailRow
from database.text.dates import local_day
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, clock, date_short, ngettext, number
from desktop.words.mail import STATES

_TONES: dict[str, Tone] = {"queued": "info", "failed": "bad", "doubtful": "warn"}


def told(rows: Sequence[MailRow]) -> tuple[str, Tone]:
    """What is to be known of them, "" for nothing."""
    count = {state: sum(one.state == state for one in rows) for state in STATES}
    said = []
    if count["queued"]:
        waiting = ngettext("{n} e-mail waits", "{n} e-mails wait", count["queued"])
        said.append(waiting.format(n=number(count["queued"])))
    if count["failed"]:
        failed = ngettext("{n} was not sent", "{n} were not sent", count["failed"])
        said.append(failed.format(n=number(count["failed"])))
    if count["doubtful"]:
        perhaps = ngettext("{n} was perhaps sent", "{n} were perhaps sent", count["doubtful"])
        said.append(perhaps.format(n=number(count["doubtful"])))
    return " · ".join(said), "warn" if count["failed"] or count["doubtful"] else "info"


class MailsDialog(Dialog):
    """All that was not sent yet; a person decides about what the program cannot."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(host, _("E-mails on their way"), _("Close"), width=760)
        self.cancel_button.hide()
        self._program = program
        hint = _(
            "“Perhaps sent”: the program or the server stopped in the middle. Ask the person "
            "before you send it again."
        )
        self.body.addWidget(label(hint, "small", wrap=True))
        self.table = Table(
            [
                Column(_("State"), "state", kind="pill"),
                Column(_("Name"), "name", stretch=True),
                Column(_("Address"), "address"),
                Column(_("Asked for"), "asked"),
                Column(_("The server said"), "error", optional=True, muted=True),
            ],
            empty=_("Every e-mail was sent."),
            name=_("E-mails on their way"),
        )
        self.table.setMinimumHeight(260)
        self.body.addWidget(self.table)
        for text, act in (
            (_("Do not send"), mail_queue.drop),
            (_("It was sent"), mail_queue.call_sent),
            (_("Send again"), mail_queue.send_again),
        ):
            self.buttons.insertWidget(0, Button(text, self._doing(act)))
        self.reload()

    def _doing(self, act: Callable[[Session, int, datetime], int]) -> Callable[[], None]:
        def do() -> None:
            row = self.table.current()
            if row is None:
                self.say(_("Choose an e-mail in the list first."))
                return
            now = self._program.now()
            if self._program.attempt(self._host(), lambda s: act(s, row["id"], now)) is None:
                self.say(_("It was sent meanwhile, or is being sent."))
            else:
                self.say("")
            self.reload()

        return do

    def _host(self) -> Screen:
        host = self.parent()
        assert isinstance(host, Screen)
        return host

    def reload(self) -> None:
        """Read anew what waits."""
        now = self._program.now()
        rows = self._program.read(lambda s: mail_queue.on_their_way(s, now))
        self.table.set_rows([_row(one) for one in rows])
        self.table.select_first()


def _row(one: MailRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": Pill(_(STATES[one.state]), _TONES[one.state]),
        "name": one.name,
        "address": one.address,
        "asked": f"{date_short(local_day(one.queued_at))} {clock(one.queued_at)}",
        "error": one.error,
    }
