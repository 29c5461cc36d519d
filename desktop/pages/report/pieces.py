"""What several tables of the report are made with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from database.policy.calendar import period_bounds
from database.reports.counting.guard import JOINED
from database.reports.figures import Month
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Row
from desktop.words.language import _, date_long, listed, period_long


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


def what_columns() -> list[Column]:
    """A word, and how many of it there were."""
    return [Column(_("What"), figures=False), Column(_("In the period"))]


def no_copies() -> str:
    """Why the tables of the collection have no rows."""
    return _("The collection had no copy in the period.")


def nothing_lent() -> str:
    """Why the tables of loans have no rows."""
    return _("Nothing was lent in the period.")


def last_day(month: Month) -> str:
    """The day up to which a period is counted, for a sentence: "31 Oktober 2026"."""
    until = date.fromisoformat(month.until) if month.until else period_bounds(month.month)[1]
    return date_long(until)


def period_within(period: str) -> str:
    """A period within a sentence: months are names, "year" and "quarter" are not."""
    name = period_long(period)
    return name if len(period) == 7 and "Q" not in period else name[:1].lower() + name[1:]
