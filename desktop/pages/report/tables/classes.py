"""Table 2: the collection by class."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.classes import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import last_day, no_copies, sums
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _
from desktop.words.titles import class_group


def _draw(month: Month) -> list[ReportTable]:
    columns = [Column(_("Class"), figures=False), Column(_("Titles")), Column(_("Copies"))]
    counts = [[row.titles, row.copies] for row in TABLE.of(month)]
    rows: list[Row] = [
        [class_group(row.class_group), *numbers]
        for row, numbers in zip(TABLE.of(month), counts, strict=True)
    ]
    total: Row | None = [_("Total"), *sums(counts)] if counts else None
    notes = [
        _("State on {day}.").format(day=last_day(month)),
        _(
            "Class 610 is split into 610 to 619 because a "
            "hospital library holds most of its books there; 600 is the rest of that class."
        ),
    ]
    heading, nothing = _("Table 2. Collection by class"), no_copies()
    return [ReportTable(heading, columns, rows, total, notes, nothing=nothing)]


DRAWING = Drawing(20, N_("Table 2"), _draw, {"titles": N_("titles"), "copies": N_("copies")})
