"""Behind a figure: the rows it was counted from, so that every number can be looked into.

A figure is named by its way through the month's figures: "visits", "circulation.nurse.lent",
"collection.book.hospital.end"; "*" stands for every kind. The `count`s of the rows add up to
the figure. What a patient or relative borrowed is never told, nor who was forgotten.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from database.refusal import Reason, Refusal
from database.reports.counting.spans import Span
from database.reports.counting.table import Line
from database.reports.found import tables
from database.reports.headline import BEHIND


def rows(session: Session, period: str, figure: str, today: date | None = None) -> list[Line]:
    """The rows of a figure, the oldest first; of a period under way up to `today`.

    Raises Refusal MONTH_INVALID, RECORD_GONE (no such figure)."""
    try:
        span = Span.of(period, today)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=period[:20]) from error
    name, *path = figure.split(".")
    if name in BEHIND and not path:
        return BEHIND[name](session, span)
    table = tables().get(name)
    if table is None or table.behind is None:
        raise Refusal(Reason.RECORD_GONE)
    try:
        return table.behind(session, span, path)
    except (KeyError, IndexError, ValueError) as error:
        raise Refusal(Reason.RECORD_GONE) from error
