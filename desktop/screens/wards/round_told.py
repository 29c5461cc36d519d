"""A scan of a round as it is listed and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from database.wards.rounds import Entered, RoundRow
from desktop.widgets.pill import Pill, Tone
from desktop.words.language import N_, _, date_short, ngettext, number
from desktop.words.returned import whereto
from desktop.words.sentences import shorten

_ACTS: dict[str, tuple[str, Tone]] = {
    "lent": (N_("lent"), "info"),
    "returned": (N_("returned"), "good"),
    "handed_out": (N_("handed out"), "plain"),
}


@dataclass
class RoundAct:
    """A scan as listed."""

    id: int
    at: datetime
    entered: Entered
    undone: bool = False


def sums(row: RoundRow) -> str:
    """Wards come to and copies lent, in a line."""
    came = ngettext("{n} ward", "{n} wards", row.wards).format(n=number(row.wards))
    lent = ngettext("{n} copy lent", "{n} copies lent", row.lent).format(n=number(row.lent))
    return f"{came} · {lent}"


def act_pill(act: RoundAct) -> Pill:
    """What was done, or that it was undone."""
    if act.undone:
        return Pill(_("undone"), "plain")
    word, tone = _ACTS[act.entered.act]
    return Pill(_(word), tone)


def due_text(act: RoundAct) -> str:
    """When a copy lent is due."""
    done = act.entered.done
    return date_short(done.due_on) if done and done.due_on and act.entered.act == "lent" else ""


def entered_text(done: Entered) -> str:
    """What the notice says of a scan."""
    title, ward = shorten(done.title, 60), done.place.name
    text = {
        "lent": _("Lent: {title} — {ward}"),
        "returned": _("Back from {ward}: {title}"),
        "handed_out": _("Handed out on {ward}: {title}"),
    }[done.act]
    said = text.format(title=title, ward=ward)
    return said + whereto(done.done) if done.done and done.act == "returned" else said
