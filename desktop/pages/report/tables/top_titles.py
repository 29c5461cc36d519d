"""Table 5c: titles lent most often."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.top_titles import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import nothing_lent
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _, number


def _draw(month: Month) -> list[ReportTable]:
    columns = [Column(_("No."), fixed=True), Column(_("Title"), figures=False), Column(_("Loans"))]
    rows: list[Row] = [
        [number(place), row.title, row.loans] for place, row in enumerate(TABLE.of(month), start=1)
    ]
    notes = [_("All copies of a title together.")]
    heading, nothing = _("Table 5c. Titles lent most often"), nothing_lent()
    return [ReportTable(heading, columns, rows, None, notes if rows else [], nothing=nothing)]


DRAWING = Drawing(70, N_("Titles lent most"), _draw, {"loans": N_("loans")})
