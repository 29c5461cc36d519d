"""The clock of the PC, looked at before the window opens: an act of a wrong day is hard to mend."""

from __future__ import annotations

from functools import partial

from database.policy import clock
from database.text.dates import local_day
from desktop.program import Program
from desktop.widgets.dialog import confirm
from desktop.words.language import _, date_long


def is_right(program: Program) -> bool:
    """Whether the clock is likely, or the librarian says that it is right."""
    now = program.now()
    newest = program.read(partial(clock.asked, now=now))
    if newest is None:
        return True
    text = _(
        "By the clock of this PC today is {today}; the newest act in this library is of {newest}. "
        "With a wrong clock copies are late that are not, and persons are forgotten too early."
    )
    return confirm(
        None,
        _("Is today {today}?").format(today=date_long(local_day(now))),
        text.format(today=date_long(local_day(now)), newest=date_long(local_day(newest))),
        _("Yes, open"),
        cancel_text=_("No, close"),
        danger=True,
    )
