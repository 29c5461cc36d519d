"""Refusals and faults as one clear sentence each: what happened and what to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from database.refusal import Fault, Reason, Refusal
from database.rights import ROLES, Right
from database.text import own_values
from database.text.dates import local_day
from database.text.names import Suggestion, Why
from desktop.words import files
from desktop.words.acts import act_name
from desktop.words.codes import ITEM_TYPES, STAFF_ROLES, status
from desktop.words.language import N_, _, clock, date_plain, date_short, money
from desktop.words.refusals import FAULTS, REFUSALS

_ABOUT_OTHERS = frozenset({Reason.ALREADY_ON_LOAN, Reason.NUMBER_TAKEN})


def refusal(told: Refusal | Fault, *, discreet: bool = False) -> str:
    """One sentence in the language spoken; a `discreet` one names no reader at all."""
    if isinstance(told, Fault):
        return _(FAULTS[told.trouble]).format_map(_Facts(told.facts))
    facts = _Facts(told.facts)
    if special := _special(told.reason, told.facts):
        if told.facts.get("act"):
            facts["act"] = act_name(told.facts["act"])
        return special.format_map(facts)
    facts.update(_more(told))
    text = REFUSALS[told.reason]
    if told.reason is Reason.PATRON_BLOCKED and told.facts.get("until"):
        text = N_("{patron} may not borrow until {until}: {why}.")
    if discreet:
        facts["patron"], facts["name"] = _("another reader"), _("another reader")
        if told.reason not in _ABOUT_OTHERS:
            facts["patron"] = _("This card")
    elif told.facts.get("audience") in {"patient", "family"}:
        facts["patron"] = _("another reader")
    return _(text).format_map(facts)


def _more(told: Refusal) -> dict[str, str]:
    """What some reasons say beyond their facts."""
    if told.reason is Reason.FILE_OF_OTHER_KIND:
        return {"told": files.unread(str(told.facts.get("kind", "")))}
    if told.reason is Reason.FILE_TOO_LARGE:
        return {"told": files.limit(told.facts)}
    if told.reason is Reason.NOT_PEOPLE:
        return {"told": files.kind_of_list(str(told.facts.get("kind", "")))}
    if told.reason is Reason.NOT_ALLOWED:
        return {"roles": who_may(told.facts["right"])}
    return {}


def _special(reason: Reason, facts: dict[str, Any]) -> str:
    """A sentence that a reason has only with certain facts, or without them."""
    if reason is Reason.ALREADY_ON_LOAN and not facts.get("patron"):
        return _("“{title}” is already on loan; another desk was faster.")
    if reason is Reason.LIBRARY_NEWER and facts.get("version"):
        return _("{where} was made by Selasar {version}; install that version here to open it.")
    if reason is Reason.VALUE_INVALID and not facts.get("field"):
        return _("A value is not possible: too large a number, or a sign that is no letter.")
    if reason is Reason.VERSION_UNTRUE and facts.get("missing"):
        return _("{where} lacks a part of its version ({missing}); restore the last backup.")
    if reason is Reason.NOT_ALLOWED and not facts.get("signed_in"):
        return _("This library asks who works: sign in first.")
    if reason is Reason.SERVER_UNFIT and facts.get("why") == "old":
        return _("The server is PostgreSQL {version}; Selasar needs {oldest} or newer.")
    if reason is Reason.SERVER_UNFIT and facts.get("why") == "encoding":
        return _("The database is kept in {encoding}; make it anew in UTF8.")
    if reason is Reason.CANNOT_UNDO and facts.get("act"):
        return _("It stays: “{act}” ({at}, {who}) stands on it. Undo that first.")
    return ""


def who_may(right: Right) -> str:
    """Those who have a right, in words."""
    return _(" or ").join(_(STAFF_ROLES[role]) for role, rights in ROLES.items() if right in rights)


def overridable(told: Refusal | Fault) -> bool:
    """Whether the desk may go on with a reason."""
    return isinstance(told, Refusal) and told.overridable


class _Facts(dict[str, Any]):
    """Facts as they are read aloud; one that is missing shows as a dash, never as an error."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__({name: _spoken(name, value) for name, value in facts.items()})

    def __missing__(self, name: str) -> str:
        return "–"


_WITH_YEAR = {"at", "now", "newest"}
"""Days that may be of a wrong year."""


def _standing(name: str, value: Any) -> str:
    """What stands in a record now; of the library's own fields their values."""
    if name == "own":
        value = ", ".join(own_values.unpacked(str(value)).values())
    return _spoken("", value)


def _spoken(name: str, value: Any) -> str:
    if isinstance(value, dict):
        now = [_standing(name, stands) for name, (stands, _mine) in value.items()]
        return ", ".join(shorten(text, 60) for text in now)
    if name == "amount":
        return money(int(value))
    if name in _WITH_YEAR and isinstance(value, date):
        hour = f" {clock(value)}" if isinstance(value, datetime) else ""
        day = local_day(value) if isinstance(value, datetime) else value
        return f"{date_plain(day)}{hour}"
    if isinstance(value, datetime):
        return f"{date_short(local_day(value))} {clock(value)}"
    if isinstance(value, date):
        return date_short(value)
    if name == "status":
        return status(str(value))
    if name == "item_type":
        return _(ITEM_TYPES.get(str(value), str(value)))
    if name == "title":
        return shorten(str(value), 70)
    return "–" if value in (None, "") else str(value)


def shorten(text: str, length: int) -> str:
    """At most `length` signs, cut with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


_WHY: dict[Why, str] = {
    Why.LAST: N_("under the last word of the name"),
    Why.SINGLE: N_("one word stays as it is"),
    Why.FAMILY: N_("“{word}” is a family name (marga)"),
    Why.INITIAL: N_("the last word is an initial, so under the word before it"),
    Why.PATRONYMIC: N_("a name with “{word}” stays as written"),
    Why.BALINESE: N_("Balinese: order of birth is no entry word"),
    Why.CHINESE: N_("Chinese: the surname comes first as written"),
    Why.NOBILITY: N_("“{rank}” is a title of birth and follows the comma"),
    Why.ARABIC: N_("Arabic: “{word}” belongs together"),
    Why.PARTICLE: N_("“{word}” goes by the custom of its language"),
    Why.BODY: N_("a body, not a person: filed as a corporate author"),
    Why.CHOSEN: N_("as you chose before"),
}


def name_reason(found: Suggestion) -> str:
    """Why a name is filed so."""
    text = _(_WHY[found.why]).format_map(_Facts(dict(found.facts)))
    dropped = found.facts.get("dropped")
    if not dropped:
        return text
    return _("{reason}; without {titles}").format(reason=text, titles=dropped)
