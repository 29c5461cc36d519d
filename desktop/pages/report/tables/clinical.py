"""Table 7: clinical services."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.clinical import TABLE, ClinicalServices
from desktop.pages.report.pieces import pairs, what_columns
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _, number


def _draw(month: Month) -> list[ReportTable]:
    one = TABLE.of(month)
    rows = _rows(one) if one else []
    notes = [_("In time: handed over by the day it was wanted.")] if rows else []
    nothing = _("No clinical service was recorded up to now.")
    heading = _("Table 7. Clinical services")
    return [ReportTable(heading, what_columns(), rows, None, notes, nothing=nothing)]


def _rows(one: ClinicalServices) -> list[Row]:
    return [
        *pairs([(_("Literature searches"), one.searches)]),
        [_("Hours of work on them"), number(one.minutes / 60, 2)],
        *pairs([(_("Finished"), one.finished), (_("Of these in time"), one.on_time)]),
        *pairs(
            [
                (_("Interlibrary loans asked for"), one.requested),
                (_("Interlibrary loans supplied"), one.supplied),
                (_("Reference questions"), one.questions),
                (_("User trainings"), one.trainings),
                (_("People trained"), one.trained),
                (_("Uses of the discussion room"), one.room_uses),
            ]
        ),
    ]


DRAWING = Drawing(90, N_("Table 7"), _draw, {})
