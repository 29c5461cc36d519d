"""How whoever is to be reminded stands in a list: what about, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from database.circulation.reminder_list import Person
from database.text import phones
from desktop.words.language import N_, _, date_plain, number

KINDS = {"overdue": N_("overdue"), "due": N_("due soon"), "hold": N_("ready")}
HEADS = (
    N_("Name"),
    N_("Number"),
    N_("Unit"),
    N_("Phone"),
    N_("About"),
    N_("Copies"),
    N_("Day"),
    N_("Next"),
    N_("Written to"),
)
_ROMAN = ("I", "II", "III")
_BY_NAME = frozenset({"staff", "student"})


def nameable(people: Sequence[Person]) -> list[Person]:
    """Who may stand in a list by name: staff and students, never patients or their families."""
    return [one for one in people if one.audience in _BY_NAME]


def cells(one: Person, today: date) -> tuple[str, ...]:
    """A line of the list, as `HEADS`."""
    return (
        one.name,
        one.number,
        one.unit,
        phones.shown(one.telephone),
        _(KINDS[one.kind]),
        number(len(one.copies)),
        date_plain(one.day),
        coming(one, today),
        date_plain(one.sent_on) if one.sent_on else "",
    )


def coming(one: Person, today: date) -> str:
    """What this person gets next, and from when."""
    if one.letter_on is None:
        return _("reminder") if one.reachable and not one.reminded else ""
    letter = _("letter {level}").format(level=_ROMAN[one.level - 1])
    if one.letter_on <= today:
        return letter
    return _("{letter} from {day}").format(letter=letter, day=date_plain(one.letter_on))
