"""What stands behind the tables of a report: its months, indicators, the standards, the
literacy index, the last stocktake."""

from __future__ import annotations

from collections.abc import Sequence

from database.reports.figures import Month
from database.reports.period_annex import Annex, IndexFigure, LastStocktake, Standing
from database.standards.standards import Finding
from desktop.pages.drawing.tables import Column
from desktop.pages.report import formulas
from desktop.pages.report.table import ReportTable, Row
from desktop.words.language import _, money, number
from desktop.words.register_words import area, unit


def annexes(month: Month, annex: Annex) -> list[ReportTable]:
    """What stands behind the tables of a report."""
    return [
        *formulas.indicators(month),
        *standards(annex),
        *_literacy_index(annex.literacy),
        *_stocktake(annex.stocktake),
    ]


def standards(annex: Annex) -> list[ReportTable]:
    """What the library has reached, item by item; beside it a number of the regulation only where
    somebody has confirmed it from its text."""
    if not annex.standards:
        return []
    confirmed = any(one.verified and one.threshold is not None for one in annex.standards)
    columns = [
        Column(_("Part"), figures=False),
        Column(_("Item"), figures=False),
        Column(_("Reached"), fixed=True),
    ]
    if confirmed:
        columns += [Column(_("Standard"), fixed=True), Column(_("Result"), fixed=True)]
    rows: list[Row] = []
    before = ""
    for one in annex.standards:
        name = area(one.area)
        row = ["" if name == before else name, one.name, _ours(one)]
        rows.append([*row, _wanted(one), verdict(one)] if confirmed else row)
        before = name
    if not confirmed:
        return [ReportTable(_("What the library has reached"), columns, rows)]
    heading = _("The library and the standard: {edition}").format(edition=annex.edition)
    notes = [_("A dash: the number has not been confirmed from the text of the regulation.")]
    return [ReportTable(heading, columns, rows, None, notes)]


def _plain(value: float | int) -> str:
    """No more decimals than say something: 8,5 and not 8,50."""
    most = 5 if abs(value) < 0.1 else 2 if abs(value) < 10 else 1
    decimals = next(n for n in range(most + 1) if round(value, n) == round(value, most))
    return number(value, decimals)


def _ours(one: Standing) -> str:
    return "–" if one.value is None else f"{_plain(one.value)} {unit(one.unit)}".strip()


def _wanted(one: Standing) -> str:
    if one.threshold is None or not one.verified:
        return "–"
    sign = "≥" if one.operator == ">=" else "≤"
    return f"{sign} {_plain(one.threshold)} {unit(one.unit)}".strip()


def verdict(one: Standing) -> str:
    """In words; nothing is passed or failed by a number that nobody has confirmed."""
    if one.value is None:
        return _("not recorded yet")
    if one.threshold is None or not one.verified:
        return "–"
    return _("met") if one.met else gap_in_words(one)


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
