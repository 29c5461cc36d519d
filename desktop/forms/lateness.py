"""How late a loan is, as a pill: the number that its fine is made of, the other in the tooltip."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from database.patrons.finding import PatronLoan
from database.policy.lateness import Late
from desktop.widgets.pill import Pill
from desktop.words.language import _, date_short, ngettext, number


def due_pill(loan: PatronLoan, late: Mapping[int, Late], today: date) -> Pill | None:
    """What is to be said of a due day; None where it lies ahead. `late` is by the loan's id."""
    one, day = late.get(loan.id), date_short(loan.due_on)
    if one is None:
        return Pill(_("due today"), "warn") if loan.due_on == today else None
    if not one.days:
        return Pill(_("{day} · was due").format(day=day), "warn", beside(one))
    text = ngettext("{day} · {n} day late", "{day} · {n} days late", one.days)
    return Pill(text.format(day=day, n=number(one.days)), "bad", beside(one))


def beside(one: Late) -> str:
    """The other count, where it is another."""
    if one.by_calendar:
        return _("every day of the calendar counts")
    if one.calendar == one.days:
        return ""
    text = ngettext(
        "open days; by the calendar {n} day", "open days; by the calendar {n} days", one.calendar
    )
    return text.format(n=number(one.calendar))
