"""Table 9: late and lost."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.late import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import last_day
from desktop.pages.report.table import Drawing, ReportTable
from desktop.words.language import N_, _


def _draw(month: Month) -> list[ReportTable]:
    one = TABLE.of(month)
    end, lost = _("Late at the end"), _("Lost in the period")
    text = _("Copies still lent on {day} and due before it, by calendar days since they were due.")
    notes = [text.format(day=last_day(month))]
    columns = [
        Column(_("1–7 days"), end),
        Column(_("8–30 days"), end),
        Column(_("more than 30 days"), end),
        Column(lost),
    ]
    return [
        ReportTable(
            _("Table 9. Late and lost"),
            columns,
            [[one.week, one.month, one.longer, one.lost]] if one else [],
            None,
            notes,
        )
    ]


DRAWING = Drawing(110, N_("Table 9"), _draw, {"lost": N_("lost")})
