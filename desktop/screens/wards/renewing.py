"""Renewing what lies on a ward, one loan after the other, told in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from database import undo
from database.circulation import lending
from database.circulation.lending import Done
from database.library import Session
from database.refusal import Fault, Refusal
from desktop.program import Program
from desktop.screen import Screen
from desktop.words.language import _, date_short, ngettext, number
from desktop.words.sentences import refusal


def renew(program: Program, host: Screen, barcodes: Sequence[str]) -> None:
    """Each in a transaction of its own: what one is refused does not keep the others."""
    done: list[Done] = []
    refused: list[str] = []
    now = program.now()
    for barcode in barcodes:
        try:
            done.append(program.write(lambda s, one=barcode: lending.renew(s, one, now)))  # type: ignore[misc]
        except (Refusal, Fault) as told:
            refused.append(refusal(told))
    if not barcodes:
        host.notice.look(_("Nothing is out on this ward."))
    elif not done:
        host.notice.refused(_others(refused))
    else:
        _tell(program, host, done, refused)


def _tell(program: Program, host: Screen, done: Sequence[Done], refused: Sequence[str]) -> None:
    text = ngettext("{n} loan renewed", "{n} loans renewed", len(done)).format(n=number(len(done)))
    days = {one.due_on for one in done if one.due_on}
    if len(days) == 1:
        text += ", " + _("due {day}").format(day=date_short(days.pop()))
    if refused:
        text += " · " + _others(refused)
    host.notice.done(text, lambda: _take_back(program, host, [one.line for one in done]))


def _others(refused: Sequence[str]) -> str:
    if len(refused) == 1:
        return refused[0]
    text = ngettext("{n} not: {first}", "{n} not: {first}", len(refused))
    return text.format(n=number(len(refused)), first=refused[0])


def _take_back(program: Program, host: Screen, lines: Sequence[int]) -> None:
    def act(session: Session) -> bool:
        for line in reversed(lines):
            undo.undo(session, line, program.now())
        return True

    if program.attempt(host, act):
        host.notice.done(_("Undone."))
