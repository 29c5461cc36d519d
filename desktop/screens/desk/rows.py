"""What the desk's two lists and its notices say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from database.circulation import hold_lists
from database.circulation.lending import Done
from database.patrons import finding
from database.patrons.finding import PatronRow
from database.policy.lateness import Late
from desktop.forms.lateness import due_pill
from desktop.program import Program
from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill
from desktop.words.language import N_, _, date_short, ngettext
from desktop.words.returned import whereto
from desktop.words.sentences import shorten

ACTS = {
    "lent": (N_("Lent"), "good"),
    "returned": (N_("Returned"), "info"),
    "renewed": (N_("Renewed"), "good"),
    "picked": (N_("Due day picked"), "info"),
    "used": (N_("Read here"), "plain"),
    "moved": (N_("Moved"), "info"),
    "lost": (N_("Lost"), "bad"),
    "given": (N_("Given away"), "plain"),
    "found": (N_("Found"), "good"),
    "damaged": (N_("To repair"), "warn"),
}


@dataclass
class Act:
    """A line of the list of this transaction."""

    id: int
    moment: datetime
    done: Done
    undone: bool = False


def returned_text(done: Done) -> str:
    """What the notice says of a return."""
    else_where = whereto(done)
    if else_where:
        text = _("Returned: {title}").format(title=shorten(done.title, 60)) + else_where
    else:
        text = _("Returned: {title} — shelf {shelf}").format(
            title=shorten(done.title, 60), shelf=done.shelf or "–"
        )
    if done.late_days:
        late = ngettext("{n} open day late", "{n} open days late", done.late_days)
        if done.by_calendar:
            late = ngettext("{n} day late", "{n} days late", done.late_days)
        text += " · " + late.format(n=done.late_days)
    return text


def ready_for(program: Program, patron: PatronRow) -> list[str]:
    """What lies ready for whoever opens a transaction: it is to be handed over first."""
    held = program.read(lambda session: hold_lists.of_patron(session, patron.id))
    text = _("Ready for {name}: {title} · {copy}, until {day}.")
    return [
        text.format(
            name=patron.name,
            title=shorten(one.title, 40),
            copy=one.copy,
            day=date_short(one.ready_until),
        )
        for one in held
        if one.ready_until is not None
    ]


def slip_key(done: Done, leave_for: Callable[[str, str], object]) -> Key:
    """To where the slip for a copy that is laid ready, or rests, is printed."""
    if done.until is not None:
        return Key("step", _("Label"), lambda: leave_for("tasks", "quarantine"))
    return Key("step", _("Hold slip"), lambda: leave_for("tasks", "holds"))


def hand_row(loan: finding.PatronLoan, today: date, late: Mapping[int, Late]) -> dict[str, Any]:
    """A loan in hand; a late one says by how much."""
    due = due_pill(loan, late, today) or Pill(date_short(loan.due_on), "plain")
    return {
        "id": loan.id,
        "title": loan.title,
        "barcode": loan.barcode,
        "due": due,
        "renewals": loan.renewals,
    }


def act_row(act: Act) -> dict[str, Any]:
    """One line of the list; what was undone stays, and says so."""
    word, tone = ACTS[act.done.act]
    due = date_short(act.done.due_on) if act.done.due_on and act.done.act != "returned" else ""
    return {
        "id": act.id,
        "time": act.moment.strftime("%H.%M.%S"),
        "act": Pill(_("Undone"), "plain") if act.undone else Pill(_(word), tone),  # type: ignore[arg-type]
        "title": act.done.title,
        "barcode": act.done.barcode,
        "due": "" if act.undone else due,
    }
