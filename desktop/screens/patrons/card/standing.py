"""How a patron stands: whether the membership is good, in a word."""

from __future__ import annotations

from datetime import date

from database.patrons.finding import PatronRow
from desktop.widgets.pill import Pill
from desktop.words.language import _, date_plain


def state(patron: PatronRow, today: date) -> Pill:
    """Whether the membership is good, in a word."""
    if patron.is_blocked(today):
        if patron.blocked_until:
            text = _("may not borrow until {day}")
            return Pill(text.format(day=date_plain(patron.blocked_until)), "bad")
        return Pill(_("may not borrow"), "bad")
    if patron.suspended_until and patron.is_suspended(today):
        text = _("may not borrow until {day}")
        return Pill(text.format(day=date_plain(patron.suspended_until)), "bad")
    if patron.ended_on and patron.ended_on <= today:
        return Pill(_("no longer a member"), "bad")
    if patron.valid_until and patron.valid_until < today:
        return Pill(_("ended"), "bad")
    return Pill(_("active"), "good")
