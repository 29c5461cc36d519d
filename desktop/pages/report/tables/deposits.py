"""Table 10: deposits of the dinas."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.deposits import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _


def _draw(month: Month) -> list[ReportTable]:
    columns = [
        Column(_("Batch"), figures=False),
        Column(_("Received")),
        Column(_("Returned")),
        Column(_("Lost")),
        Column(_("Here")),
        Column(_("Of these lent")),
    ]
    rows: list[Row] = [
        [one.name or _("In no batch"), one.received, one.returned, one.lost, one.here, one.lent]
        for one in TABLE.of(month)
    ]
    total: Row = [_("Total"), *(sum(one) for one in zip(*(row[1:] for row in rows), strict=True))]
    notes = [
        _(
            "Received = returned + lost + here. Of a batch all its copies are counted, of those in "
            "no batch the ones that were here in the period."
        )
    ]
    return [
        ReportTable(
            _("Table 10. Deposits of the dinas"),
            columns,
            rows,
            total if len(rows) > 1 else None,
            notes if rows else [],
            nothing=_("The library has no deposit of the dinas."),
        )
    ]


DRAWING = Drawing(
    120, N_("Table 10"), _draw, {"returned": N_("returned"), "lost": N_("lost"), "lent": N_("lent")}
)
