"""The history of a copy in words: when, what, what it was and became."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from database.holdings import item_history, item_list
from database.text.dates import local_day
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.page import short
from desktop.widgets.dialog import Dialog
from desktop.widgets.pill import Pill
from desktop.widgets.table import Cell, Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.codes import CONDITIONS, ITEM_TYPES, OWNERSHIPS, SOURCES, STATUSES
from desktop.words.language import N_, _

EVENTS = {
    "item.added": N_("Added"),
    "item.saved": N_("Changed"),
    "item.cancelled": N_("Removed"),
    "item.moved": N_("Moved"),
    "item.repair": N_("To repair"),
    "item.back": N_("Back in service"),
    "item.missing": N_("Not found"),
    "item.found": N_("Found again"),
    "item.lost": N_("Lost"),
    "item.withdrawn": N_("Weeded"),
    "item.given_back": N_("Given back to the owner"),
    "item.used": N_("Read in the library"),
    "loan.checked_out": N_("Lent"),
    "loan.renewed": N_("Renewed"),
    "loan.returned": N_("Returned"),
}
_FIELDS = {
    "barcode": N_("Barcode"),
    "accession_number": N_("Accession number"),
    "call_number": N_("Call number"),
    "volume": N_("Volume"),
    "item_type": N_("Kind of copy"),
    "location": N_("Location or shelf"),
    "ownership": N_("Owner"),
    "source": N_("How acquired"),
    "supplier": N_("Supplier or giver"),
    "invoice": N_("Invoice"),
    "price": N_("Price"),
    "accessioned_on": N_("Accession date"),
    "status": N_("State of the copy"),
    "status_until": N_("Until"),
    "condition": N_("Condition"),
    "minutes": N_("Minutes"),
    "withdrawn_reason": N_("Reason"),
    "note": N_("Note"),
}
_WORDS = {
    "status": STATUSES,
    "ownership": OWNERSHIPS,
    "source": SOURCES,
    "item_type": ITEM_TYPES,
    "condition": CONDITIONS,
}


class History(Dialog):
    """Everything that happened to one copy, the newest first; nobody's name."""

    def __init__(self, program: Program, host: Screen, row: item_list.ItemRow) -> None:
        title = _("History of copy {barcode}").format(barcode=row.barcode)
        super().__init__(host, title, _("Close"), width=860)
        self.cancel_button.hide()
        self.body.addWidget(label(short(row.title), "muted", wrap=True))
        self.table = Table(
            [
                Column(_("When"), "at", kind="date"),
                Column(_("What"), _what, width=210),
                Column(_("Change"), changes, stretch=True),
                Column(_("By"), "actor", optional=True, muted=True),
            ],
            empty=_("Nothing has happened to this copy yet."),
            name=_("History"),
        )
        self.table.setMinimumHeight(340)
        self.table.set_rows(program.read(lambda session: item_history.history(session, row.id)))
        self.body.addWidget(self.table, 1)
        self.table.view.setFocus()


def _what(event: item_history.Event) -> Cell:
    told = _(EVENTS.get(event.action, event.action))
    return Cell(told, pill=Pill(_("undone"), "plain") if event.undone else None)


def changes(event: item_history.Event) -> str:
    """ "Location: Shelf 1 → Shelf 3; ..."; for a loan until when."""
    if event.day is not None:
        return _("until {day}").format(day=language.date_plain(event.day))
    parts = [
        _("{field}: {before} → {after}").format(
            field=_(name), before=_told(key, event.before[key]), after=_told(key, event.after[key])
        )
        for key, name in _FIELDS.items()
        if key in event.before and key in event.after
    ]
    return "; ".join([*parts, event.reason] if event.reason else parts)


def _told(key: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if key in _WORDS:
        return _(_WORDS[key].get(str(value), str(value)))
    if key == "price":
        return language.money(value)
    if key == "accessioned_on":
        return language.date_plain(date.fromisoformat(value))
    if key == "status_until":
        return language.date_plain(local_day(datetime.fromisoformat(value)))
    return str(value)
