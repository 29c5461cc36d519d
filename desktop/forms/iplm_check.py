"""What the form of the literacy index (IPLM) still lacks, and where each thing is entered."""

from __future__ import annotations

from typing import Any

from database.library import Session
from database.policy import house
from database.standards import iplm
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import N_, _, number
from desktop.words.register_words import REGISTERS

SCHOOLS = frozenset({"C", "D", "G", "W"})
"""Columns of schools alone; a hospital leaves them empty."""
_LATER = frozenset({"AQ"})
"""The link to the folder, known once it lies somewhere."""
_REGISTERS = {
    "E": "population", "Q": "digital_holding", "R": "digital_holding", "U": "digital_holding",
    "V": "digital_holding", "X": "budget", "Y": "budget", "Z": "staff", "AA": "staff",
    "AB": "training", "AC": "budget", "AD": "activity", "AI": "e_resource", "AJ": "e_resource",
    "AK": "activity", "AL": "cooperation", "AM": "service", "AN": "document", "AO": "document",
    "AP": "budget",
}  # fmt: skip
_OTHERS: dict[str, tuple[str, Any, str]] = {
    **dict.fromkeys(("O", "P", "S", "T"), ("catalogue", "", N_("Catalogue"))),
    **dict.fromkeys(("AG", "AH"), ("desk", ("", ""), N_("Circulation"))),
    **dict.fromkeys(("AE", "AF"), ("tasks", "visits", N_("Daily tasks"))),
}
_PROFILE: tuple[str, Any, str] = ("settings", "library", N_("Settings: Library"))


def place_of(column: str) -> tuple[str, Any, str]:
    """The place, what to open there, and what it is called."""
    if column in _REGISTERS:
        name = _REGISTERS[column]
        return "services", name, REGISTERS[name]
    return _OTHERS.get(column, _PROFILE)


class IplmDialog(Dialog):
    """Columns that are empty first; Enter leads to where one is entered. The verb goes on."""

    def __init__(self, program: Program, host: Screen, year: int) -> None:
        title = _("IPLM {year}: what is still missing").format(year=year)
        super().__init__(host, title, _("Make the folder…"), width=860)
        self.host = host
        today = program.now().date()
        self.cells = program.read(lambda session: _cells(session, year, today))
        missing = sum(not one["known"] for one in self.cells)
        text = _(
            "{n} of {all} columns are empty. The form takes an empty column; nought only what was "
            "counted."
        )
        told = text.format(n=number(missing), all=number(len(self.cells)))
        if not missing:
            told = _("Every column of the form has something.")
        self.body.addWidget(label(told, "muted", wrap=True))
        self.table = Table(
            [
                Column(_("Column"), "column", width=76),
                Column(_("What the form asks"), "name", stretch=True),
                Column(_("Value"), "shown", width=150),
                Column("", "state", kind="pill", width=120),
                Column(_("Entered in"), "where", width=180),
            ],
            on_open=lambda _row: self.go(),
            name=title,
        )
        self.table.setMinimumHeight(360)
        self.table.set_rows(self.cells)
        self.table.select_first()
        self.body.addWidget(self.table)
        go = Button(_("To where it is entered"), self.go)
        self.buttons.insertWidget(0, go)

    def go(self) -> None:
        """To where the chosen column is entered."""
        row = self.table.current()
        if row is not None:
            place, what, _name = place_of(row["column"])
            self.reject()
            self.host.leave_for.emit(place, what)


def _cells(session: Session, year: int, today: Any) -> list[dict[str, Any]]:
    from desktop.pages.report import iplm_folder

    figures = iplm.figures(session, year, today)
    found = iplm_folder.cells_of(session, house.profile(session), figures, year)
    asked = [one for one in found if one.column not in SCHOOLS | _LATER]
    rows = [_row(one.column, one.name, one.value) for one in asked]
    return sorted(rows, key=lambda row: row["known"])


def _row(column: str, name: str, value: Any) -> dict[str, Any]:
    known = value not in (None, "")
    shown = number(value) if isinstance(value, int) else str(value or "")
    return {
        "id": column,
        "column": column,
        "name": name,
        "shown": shown,
        "known": known,
        "state": None if known else Pill(_("missing"), "warn"),
        "where": _(place_of(column)[2]),
    }
