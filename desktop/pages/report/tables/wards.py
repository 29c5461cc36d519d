"""Table 6: services for patients."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.wards import TABLE
from desktop.pages.report.pieces import pairs, what_columns
from desktop.pages.report.table import Drawing, ReportTable
from desktop.words.language import N_, _


def _draw(month: Month) -> list[ReportTable]:
    one = TABLE.of(month)
    rows = one and [
        (_("Rounds with the trolley"), one.rounds),
        (_("Wards come to"), one.wards),
        (_("Copies lent on rounds"), one.lent),
        (_("Leaflets handed out"), one.leaflets),
        (_("Free reading matter handed out"), one.free),
        (_("Given to readers who went home"), one.given),
        (_("Not brought back from the wards"), one.lost),
    ]
    notes = [
        _(
            "A round that comes to several wards is one round. What is handed out for good is "
            "counted by the copy. No reader is named or counted here."
        )
    ]
    return [
        ReportTable(
            _("Table 6. Services for patients"),
            what_columns(),
            pairs(rows or []),
            None,
            notes if rows else [],
            nothing=_("No round with the trolley and no hand-out was recorded up to now."),
        )
    ]


DRAWING = Drawing(80, N_("Table 6"), _draw, {})
