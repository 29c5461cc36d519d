"""The indicators as a report tells them: name, formula and value, made from what was counted."""

from __future__ import annotations

from database.reports.figures import Month
from database.reports.indicators import FORMULAS
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import ReportTable, Row
from desktop.words.language import N_, _, number

NAMES = {
    "visits_per_open_day": N_("Visits per open day"),
    "loans_per_member": N_("Loans per active borrower"),
    "turnover": N_("Turnover of the collection"),
    "recent_share": N_("Titles of the last five years"),
    "active_share": N_("Members who borrowed"),
    "copies_per_staff": N_("Copies for each of the library's staff"),
    "late_share": N_("Late returns"),
    "on_time_share": N_("Literature searches in time"),
    "not_back_share": N_("Not brought back for 100 loans"),
}
PARTS = {
    "visits": N_("visits"),
    "open_days": N_("open days"),
    "loans": N_("loans"),
    "loans_of_members": N_("loans of registered members"),
    "active_borrowers": N_("active borrowers"),
    "members": N_("registered members at the end"),
    "active_members": N_("of these, active borrowers"),
    "copies": N_("copies at the end"),
    "staff": N_("staff of the library"),
    "titles": N_("titles at the end"),
    "recent_titles": N_("of these, published in the last five years"),
    "returned": N_("returned"),
    "returned_late": N_("of these late"),
    "searches_finished": N_("searches finished"),
    "searches_in_time": N_("of these in time"),
    "ended_without_copy": N_("loans ended without the copy"),
}
"""What a formula calls each of `indicators.PARTS`."""


def indicators(month: Month) -> list[ReportTable]:
    """Each with its formula and the counts put into it; none of a report closed before there were
    any."""
    if month.indicators is None:
        return []
    columns = [
        Column(_("Indicator"), figures=False),
        Column(_("Formula"), figures=False),
        Column(_("Value"), fixed=True),
    ]
    rows: list[Row] = [
        [_(name), formula(key, month), value(key, month)] for key, name in NAMES.items()
    ]
    notes = [
        _(
            "Of this period alone, not of a year. Registered members are persons with a valid "
            "card; active borrowers are those who borrowed in the period (ISO 2789). Patients and "
            "their families, who are forgotten within days, are counted in neither."
        )
    ]
    return [ReportTable(_("Indicators"), columns, rows, None, notes)]


def formula(key: str, month: Month) -> str:
    """ "loans of registered members ÷ active borrowers = 195 ÷ 118"; without counts where an older
    program closed the report."""
    one = FORMULAS[key]
    times = f" × {one.times}" if one.times != 1 else ""
    said = f"{_(PARTS[one.part])} ÷ {_(PARTS[one.whole])}{times}"
    part, whole = (month.indicator_parts.get(name) for name in (one.part, one.whole))
    if part is None or whole is None:
        return said
    return f"{said} = {number(part)} ÷ {number(whole)}{times}"


def value(key: str, month: Month) -> str:
    """The value with its unit; a word where there is nothing to divide."""
    found = getattr(month.indicators, key)
    if found is None:
        return _("no data yet")
    percent = FORMULAS[key].times == 100 and key != "not_back_share"
    return f"{number(found, FORMULAS[key].decimals)} {'%' if percent else ''}".strip()
