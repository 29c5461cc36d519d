"""What stands behind the tables of a report: its months, indicators, the standards, the
literacy index, the last stocktake."""

from __future__ import annotations

from collections.abc import Sequence

from database.reports.figures import Indicators, Month
from database.reports.period_annex import Annex, IndexFigure, LastStocktake, Standing
from database.standards.standards import Finding
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import ReportTable, Row
from desktop.words.language import N_, _, money, number
from desktop.words.register_words import area, unit

_INDICATORS = (
    ("visits_per_open_day", N_("Visits per open day"), N_("visits ÷ open days"), "", 1),
    ("loans_per_member", N_("Loans per active member"),
     N_("loans of staff and students ÷ those of them who borrowed"), "", 2),
    ("turnover", N_("Turnover of the collection"), N_("loans ÷ copies at the end"), "", 3),
    ("recent_share", N_("Titles of the last five years"),
     N_("titles published in the last five years ÷ titles at the end"), "%", 1),
    ("active_share", N_("Active members"),
     N_("of the staff and students who were members at the end, those who borrowed"), "%", 1),
    ("copies_per_staff", N_("Copies for each of the staff"), N_("copies ÷ staff"), "", 1),
    ("late_share", N_("Late returns"), N_("returned late ÷ returned"), "%", 1),
    ("on_time_share", N_("Literature searches in time"),
     N_("finished in time ÷ finished"), "%", 1),
    ("not_back_share", N_("Not brought back for 100 loans"),
     N_("ended without the copy × 100 ÷ loans"), "", 2),
)  # fmt: skip


def annexes(month: Month, annex: Annex) -> list[ReportTable]:
    """What stands behind the tables of a report."""
    return [
        *indicators(month.indicators),
        *standards(annex),
        *_literacy_index(annex.literacy),
        *_stocktake(annex.stocktake),
    ]


def indicators(found: Indicators | None) -> list[ReportTable]:
    """Each with its formula; a dash where nothing can be said."""
    if found is None:
        return []
    columns = [
        Column(_("Indicator"), figures=False),
        Column(_("Formula"), figures=False),
        Column(_("Value"), fixed=True),
    ]
    rows: list[Row] = []
    for key, name, formula, sign, decimals in _INDICATORS:
        value = getattr(found, key)
        said = _("no data yet") if value is None else number(value, decimals)
        rows.append([_(name), _(formula), f"{said} {sign}".strip() if value is not None else said])
    notes = [_("Of this period alone, not of a year. Members are persons with a valid card.")]
    return [ReportTable(_("Indicators"), columns, rows, None, notes)]


def standards(annex: Annex) -> list[ReportTable]:
    """How the library stands to the standard in force; an unverified number never decides."""
    if not annex.standards:
        return []
    columns = [
        Column(_("Part"), figures=False),
        Column(_("Item"), figures=False),
        Column(_("Ours"), fixed=True),
        Column(_("Standard"), fixed=True),
        Column(_("Result"), fixed=True),
    ]
    rows: list[Row] = []
    before = ""
    for one in annex.standards:
        name = area(one.area)
        rows.append(
            ["" if name == before else name, one.name, _ours(one), _wanted(one), verdict(one)]
        )
        before = name
    notes = [
        _(
            "“Not verified yet”: nobody has confirmed this number from the text of the regulation; "
            "it is shown and decides nothing."
        )
    ]
    heading = _("The library and the standard: {edition}").format(edition=annex.edition)
    return [ReportTable(heading, columns, rows, None, notes)]


def _plain(value: float | int) -> str:
    decimals = 5 if abs(value) < 0.1 else 2 if abs(value) < 10 else 1
    return number(value, 0 if float(value).is_integer() else decimals)


def _ours(one: Standing) -> str:
    return "–" if one.value is None else f"{_plain(one.value)} {unit(one.unit)}".strip()


def _wanted(one: Standing) -> str:
    if one.threshold is None:
        return "–"
    sign = "≥" if one.operator == ">=" else "≤"
    return f"{sign} {_plain(one.threshold)} {unit(one.unit)}".strip()


def verdict(one: Standing) -> str:
    """In words, never a pass or a fail from an unverified number."""
    if one.value is None:
        return _("not recorded yet")
    if one.threshold is None:
        return _("no number known")
    if not one.verified:
        return _("not verified yet")
    if one.met:
        return _("met")
    return gap_in_words(one)


def gap_in_words(one: Standing | Finding) -> str:
    """What is missing, or too much: titles rather than percent of them."""
    text = _("{n} {unit} too many") if one.operator == "<=" else _("{n} {unit} short")
    if one.lacking is not None:
        return text.format(n=number(one.lacking), unit=unit("titles"))
    return text.format(n=_plain(one.gap or 0), unit=unit(one.unit)).replace("  ", " ")


def _literacy_index(figures: Sequence[IndexFigure]) -> list[ReportTable]:
    """The 28 figures of the form; empty is not nought."""
    if not figures:
        return []
    columns = [
        Column(_("Column"), figures=False, fixed=True),
        Column(_("Figure"), figures=False),
        Column(_("Value"), fixed=True),
    ]
    rows: list[Row] = [
        [one.column, one.name, "–" if one.value is None else _index_value(one)] for one in figures
    ]
    notes = [_("A dash: nothing was recorded that the figure could be made of.")]
    return [ReportTable(_("Literacy index (IPLM): the 28 figures"), columns, rows, None, notes)]


def _index_value(one: IndexFigure) -> str:
    assert one.value is not None
    return money(int(one.value)) if one.column in _MONEY else _plain(one.value)


_MONEY = frozenset({"W", "X", "Y", "AC", "AP"})


def _stocktake(one: LastStocktake | None) -> list[ReportTable]:
    """What the last stocktake found."""
    if one is None:
        return []
    columns = [Column(_("What"), figures=False), Column(_("Copies"), fixed=True)]
    rows: list[Row] = [
        [_("Recorded"), one.recorded],
        [_("Found"), one.found],
        [_("On loan"), one.on_loan],
        [_("In quarantine"), one.quarantine],
        [_("In repair"), one.repair],
        [_("Missing"), one.missing],
    ]
    heading = _("Last stocktake: {name}").format(name=one.name)
    return [ReportTable(heading, columns, rows)]
