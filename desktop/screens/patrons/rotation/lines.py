"""The lines of a rotation: how each is shown, and those that are not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from database.patrons.list_changes import OWN
from database.patrons.rotation import TAKEN, Line, Outcome
from database.text import phones
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.words.codes import outcome
from desktop.words.language import N_, _, date_plain
from desktop.words.sentences import shorten

_FIELDS = {"unit": N_("unit"), "phone": N_("phone"), "email": N_("e-mail")}
_TONES: dict[Outcome, Tone] = {
    Outcome.NEW: "good",
    Outcome.RENEWED: "info",
    Outcome.CHANGED: "info",
    Outcome.STANDS: "plain",
}


def line_row(line: Line) -> dict[str, Any]:
    """A line as it is listed."""
    until = line.facts.valid_until
    return {
        "position": line.position,
        "name": line.facts.name or "–",
        "staff_number": line.facts.staff_number,
        "institution": line.facts.institution,
        "until": date_plain(until) if until else "",
        "outcome": Pill(said(line), _TONES.get(line.outcome, "bad")),
    }


def _field(name: str) -> str:
    """What changes; a field of the library's own is called by the word it is kept under."""
    return _(_FIELDS[name]) if name in _FIELDS else name.removeprefix(OWN).replace("-", " ")


def said(line: Line) -> str:
    """What becomes of a line, and what will be otherwise of whom it means."""
    values = {name: phones.shown(value) for name, value in line.changes}
    told = [f"{_field(name)} → {shorten(value, 24)}" for name, value in values.items()]
    if line.outcome is Outcome.CHANGED:
        return ", ".join(told)
    return ", ".join([outcome(line.outcome, line.detail), *told])


def lines_table() -> Table:
    """The list of what each line will do."""
    return Table(
        [
            Column(_("Line"), "position", align="right"),
            Column(_("Name"), "name", stretch=True, strong=True),
            Column(_("Student number"), "staff_number", optional=True),
            Column(_("Home institution"), "institution", optional=True, muted=True),
            Column(_("Until"), "until"),
            Column(_("What will be"), "outcome", kind="pill"),
        ],
        empty=_("Paste a list at the left, or open a file. Every line is looked at first."),
        id_key="position",
        name=_("What each line will do"),
    )


def not_taken(lines: Sequence[Line], table: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines that are not taken, each with its reason, below the head of `table`."""
    rest = [line for line in lines if line.outcome not in TAKEN]
    wide = max((len(line.cells) for line in rest), default=0)
    named = bool(lines) and lines[0].position > 1
    head = list(table[0]) if named else []
    rows = [[*head, *[""] * (wide - len(head)), _("Reason")]] if head else []
    return rows + [
        [*line.cells, *[""] * (wide - len(line.cells)), outcome(line.outcome, line.detail)]
        for line in rest
    ]
