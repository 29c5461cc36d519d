"""Table 5a: circulation by category."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.circulation import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import category, nothing_lent, small_numbers, sums
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _


def _draw(month: Month) -> list[ReportTable]:
    columns = [
        Column(_("Category"), figures=False),
        Column(_("Lent")),
        Column(_("Renewed")),
        Column(_("Returned")),
        Column(_("Of these late")),
        Column(_("Used in the library")),
    ]
    counts = [
        [row.lent, row.renewed, row.returned, row.returned_late, row.used_in_house]
        for row in TABLE.of(month)
    ]
    rows: list[Row] = [
        [category(month, row.category), *numbers]
        for row, numbers in zip(TABLE.of(month), counts, strict=True)
    ]
    total: Row | None = [_("Total"), *sums(counts)] if counts else None
    notes = [
        _(
            "Loans are counted per copy by the date of lending; a renewal is not counted as a "
            "new loan. Late: returned after the due date. Used in the library: read on the spot "
            "and not lent."
        ),
        *small_numbers(*(row.category for row in TABLE.of(month))),
    ]
    heading, nothing = _("Table 5a. Circulation by category"), nothing_lent()
    return [ReportTable(heading, columns, rows, total, notes, nothing=nothing)]


DRAWING = Drawing(
    50,
    N_("Table 5"),
    _draw,
    {
        "lent": N_("lent"),
        "renewed": N_("renewed"),
        "returned": N_("returned"),
        "returned_late": N_("returned late"),
        "used_in_house": N_("read here"),
    },
)
