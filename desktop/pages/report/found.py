"""The tables of the report in their order, each found beside what counts it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module

from database.reports import found
from database.reports.figures import Month
from desktop.pages.report import tables as room
from desktop.pages.report.table import Drawing, ReportTable
from desktop.words.language import _


@cache
def drawings() -> dict[str, Drawing]:
    """Every table's drawing by the table's name, in their order on paper.

    Raises ModuleNotFoundError for a table that is counted and not drawn.
    """
    declared = {name: import_module(f"{room.__name__}.{name}").DRAWING for name in found.tables()}
    return dict(sorted(declared.items(), key=lambda one: one[1].place))


def tables_of(month: Month) -> list[ReportTable]:
    """Tables 1 to 10, every one of them; what an older program did not count yet is told so."""
    return [
        table if name in month.tables else replace(table, nothing=_not_counted())
        for name, one in drawings().items()
        for table in one.draw(month)
    ]


def _not_counted() -> str:
    return _("The program that closed this report did not count it yet.")
