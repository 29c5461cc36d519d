"""Table 4: visits by category and week, or month."""

from __future__ import annotations

from calendar import monthrange

from database.policy.calendar import period_months
from database.reports.figures import Month
from database.reports.tables.visit_rows import TABLE, VisitRow
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import category, small_numbers, sums
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _, month_short, number


def _draw(month: Month) -> list[ReportTable]:
    titles = _parts_of(month.month)
    columns = [
        Column(_("Category"), figures=False),
        *(Column(title) for title in titles),
        Column(_("Total")),
    ]
    counts = [_week_counts(row, len(titles)) for row in TABLE.of(month)]
    rows: list[Row] = [
        [category(month, row.category), *numbers]
        for row, numbers in zip(TABLE.of(month), counts, strict=True)
    ]
    total: Row | None = [_("Total"), *sums(counts)] if counts else None
    notes = [
        _(
            "A visit is each arrival, also of one person twice a day; groups are counted per "
            "person. The average uses the days on which the library was open."
        ),
        *small_numbers(*(row.category for row in TABLE.of(month))),
    ]
    heading = _("Table 4. Visits by category and week")
    if len(period_months(month.month)) > 1:
        heading = _("Table 4. Visits by category and month")
    nothing = _("No visit was counted in the period.")
    return [ReportTable(heading, columns, rows, total, notes, _opening(month), nothing)]


def _parts_of(period: str) -> list[str]:
    """The weeks of a month, or the months of a longer period."""
    months = period_months(period)
    if len(months) > 1:
        return [month_short(one) for one in months]
    days = monthrange(*map(int, period.split("-")))[1]
    spans = [(1, 7), (8, 14), (15, 21), (22, 28), (29, days)][: 5 if days > 28 else 4]
    return [_("Days {first}–{last}").format(first=a, last=b) for a, b in spans]


def _week_counts(row: VisitRow, weeks: int) -> list[int]:
    return [*row.weeks[:weeks], row.total]


def _opening(month: Month) -> str:
    """Open days, the average and the busiest hour; "no data yet" for what is not known."""
    average, hour = month.visits_per_open_day, month.busiest_hour
    unknown = _("no data yet")
    span = _("{first}:00–{last}:00")
    return _("Open days: {days}.  Average per open day: {average}.  Busiest hour: {hour}.").format(
        days=number(month.open_days),
        average=unknown if average is None else number(average, 1),
        hour=unknown if hour is None else span.format(first=f"{hour:02}", last=f"{hour + 1:02}"),
    )


DRAWING = Drawing(40, N_("Table 4"), _draw, {"weeks": N_("week"), "total": N_("in all")})
