"""How serials and their issues are told of in the lists."""

from __future__ import annotations

from typing import Any

from database.holdings import serial_issues, serials
from desktop.widgets.pill import Pill
from desktop.words import language
from desktop.words.language import _, ngettext


def day_text(day: Any) -> str:
    """A day as it is read; nothing for none."""
    return language.date_plain(day) if day else ""


def next_on(row: serials.SerialRow) -> str:
    """When the next issue is expected."""
    return day_text(row.next_on)


def state(row: serials.SerialRow) -> Pill:
    """How a serial comes in."""
    if row.late:
        return Pill(ngettext("{n} late", "{n} late", row.late).format(n=row.late), "bad")
    if not row.frequency:
        return Pill(_("not set up"), "plain")
    return Pill(_("up to date"), "good")


def held_text(held: serial_issues.Holdings) -> str:
    """ "2019–2027; lacks 2021:3" """
    if not held.years:
        return _("No issue is here yet.")
    years = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in held.years)
    if not held.lacks:
        return _("Holdings: {years}").format(years=years)
    lacks = ", ".join(f"{year}:{number}" for year, number in held.lacks)
    return _("Holdings: {years}; lacks {lacks}").format(years=years, lacks=lacks)
