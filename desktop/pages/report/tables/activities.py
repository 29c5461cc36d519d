"""Table 8: activities and cooperation."""

from __future__ import annotations

from datetime import date

from database.reports.figures import Month
from database.reports.tables.activities import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _, date_plain
from desktop.words.register_words import word


def _draw(month: Month) -> list[ReportTable]:
    columns = [
        Column(_("Date"), fixed=True),
        Column(_("Activity"), figures=False),
        Column(_("Kind"), figures=False),
        Column(_("Partner"), figures=False),
        Column(_("Men"), fixed=True),
        Column(_("Women"), fixed=True),
    ]
    rows: list[Row] = [
        [
            date_plain(date.fromisoformat(one.day)),
            one.title,
            word(one.kind),
            one.partner,
            one.men,
            one.women,
        ]
        for one in TABLE.of(month)
    ]
    total: Row | None = [
        "",
        _("Total"),
        "",
        "",
        sum(one.men for one in TABLE.of(month)),
        sum(one.women for one in TABLE.of(month)),
    ]
    nothing = _("No activity was held in the period.")
    return [
        ReportTable(
            _("Table 8. Activities and cooperation"),
            columns,
            rows,
            total if rows else None,
            nothing=nothing,
        )
    ]


DRAWING = Drawing(100, N_("Table 8"), _draw, {})
