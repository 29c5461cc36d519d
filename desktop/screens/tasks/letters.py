"""Writing letters of reminder: numbered, shown as one paper, told with Undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from database.circulation import reminders
from database.circulation.reminder_list import Person
from database.library import Session
from database.refusal import Fault, Refusal
from desktop.printing.tabs import Tab
from desktop.words.language import ngettext, number
from desktop.words.sentences import refusal


def write(tab: Tab, people: Sequence[Person]) -> None:
    """A letter to each, as one act; `tab` shows them and says so."""
    from desktop.pages.letters import reminder_letter

    now = tab.program.now()
    target = BytesIO()

    def act(session: Session) -> int:
        sent, line = reminders.mark_letters(session, people, now)
        pairs = [(who, one.number) for who, one in zip(people, sent, strict=True)]
        reminder_letter.write(target, session, pairs, now.date())
        return line

    try:
        line = tab.program.write(act)
    except (Refusal, Fault) as told:
        tab.host.notice.refused(refusal(told))
        return
    tab.paper.emit(target.getvalue(), reminder_letter.file_name(now.date()), "paper")
    text = ngettext("{n} letter written", "{n} letters written", len(people))
    undo = partial(tab.program.undo, tab.host, line)
    tab.host.notice.done(text.format(n=number(len(people))), undo)
