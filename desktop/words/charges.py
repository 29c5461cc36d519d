"""What a patron is charged for, in words."""

from __future__ import annotations

from desktop.words.language import N_, _, ngettext, number

KINDS = {
    "overdue": N_("Late return"),
    "replacement": N_("Replacement of a lost copy"),
    "damage": N_("Damage"),
}


def units(days: int, weeks: int) -> str:
    """What a charge was counted by: "9 days", or "2 begun weeks"; "" for none."""
    if weeks:
        return ngettext("{n} begun week", "{n} begun weeks", weeks).format(n=number(weeks))
    return ngettext("{n} day", "{n} days", days).format(n=number(days)) if days else ""


def rate(unit: str, amount: str) -> str:
    """What a rule takes: "Rp 500 a day"."""
    text = _("{amount} a begun week") if unit == "week" else _("{amount} a day")
    return text.format(amount=amount)
