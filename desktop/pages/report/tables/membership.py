"""Table 3: members."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.tables.membership import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import category, small_numbers, sums
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _


def _draw(month: Month) -> list[ReportTable]:
    columns = [
        Column(_("Category"), figures=False),
        Column(_("At start")),
        Column(_("Joined")),
        Column(_("Ended")),
        Column(_("At end")),
        Column(_("Male")),
        Column(_("Female")),
    ]
    counts = [
        [row.start, row.joined, row.ended, row.end, row.male, row.female] for row in TABLE.of(month)
    ]
    rows: list[Row] = [
        [category(month, row.category), *numbers]
        for row, numbers in zip(TABLE.of(month), counts, strict=True)
    ]
    total: Row | None = [_("Total"), *sums(counts)] if counts else None
    notes = [
        _(
            "Members whose membership is valid. Members at the start + joined − ended = members "
            "at the end. Ended: expired or closed. Men and women are those among the members at "
            "the end whose sex has been recorded."
        ),
        *small_numbers(*(row.category for row in TABLE.of(month))),
    ]
    nothing = _("Nobody was a member in the period.")
    return [ReportTable(_("Table 3. Members"), columns, rows, total, notes, nothing=nothing)]


DRAWING = Drawing(
    30,
    N_("Table 3"),
    _draw,
    {
        "start": N_("at the start"),
        "joined": N_("newly joined"),
        "ended": N_("membership ended"),
        "end": N_("at the end"),
        "male": N_("men"),
        "female": N_("women"),
    },
)
