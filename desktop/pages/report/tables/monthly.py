"""The months of a longer period beside each other."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.monthly import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _, month_long


def _draw(month: Month) -> list[ReportTable]:
    """The months of a longer period beside each other."""
    if not TABLE.of(month):
        return []
    columns = [
        Column(_("Month"), figures=False),
        Column(_("Visits")),
        Column(_("Loans")),
        Column(_("Returned")),
        Column(_("Used in the library")),
        Column(_("New members")),
        Column(_("New titles")),
        Column(_("New copies")),
    ]
    counts = [
        [one.visits, one.loans, one.returned, one.in_house, one.new_members, one.new_titles,
         one.new_copies]
        for one in TABLE.of(month)
    ]  # fmt: skip
    rows: list[Row] = [
        [month_long(one.month), *line] for one, line in zip(TABLE.of(month), counts, strict=True)
    ]
    total: Row = [_("Total"), *(sum(column) for column in zip(*counts, strict=True))]
    return [ReportTable(_("Month by month"), columns, rows, total)]


DRAWING = Drawing(
    130, N_("Month by month"), _draw, {"loans": N_("loans"), "returned": N_("returned")}
)
