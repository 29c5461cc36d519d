"""What several tables of the report are made with."""

from __future__ import annotations

from collections.abc import Sequence

from database.reports.counting.guard import JOINED
from database.reports.figures import Month
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Row
from desktop.words.language import _, listed


def sums(rows: Sequence[Sequence[int]]) -> list[int]:
    """Each column's sum."""
    return [sum(column) for column in zip(*rows, strict=True)]


def category(month: Month, code: str) -> str:
    """The name of a kind, or of the kinds counted as one."""
    names = [month.categories.get(one, one) for one in code.split(JOINED)]
    return listed(names) or _("Without category")


def small_numbers(*codes: str) -> list[str]:
    """A word under a table in which kinds stand together."""
    if not any(JOINED in code for code in codes):
        return []
    return [_("Small numbers of patients are counted together with others.")]


def pairs(names: list[tuple[str, int]]) -> list[Row]:
    """Rows of a name and its count."""
    return [[name, count] for name, count in names]


def what_columns(month: Month) -> list[Column]:
    """A quarter or year is no month."""
    when = _("In the period") if month.is_long else _("In the month")
    return [Column(_("What"), figures=False), Column(when)]
