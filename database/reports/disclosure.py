"""What leaves the house says nothing of single patients.

A table with a count of patients from 1 to below the library's small number shows them together
with their families; where that is still small, together with the public. Rows are merged, never
blanked, so nothing can be computed back from totals; each table decides for itself, for each
counts something else. On the screen and for the library itself the figures stay true.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.reports.counting.guard import Guard
from database.reports.figures import Month
from database.reports.found import tables
from database.schema import Unit


def for_outside(month: Month, by: Guard) -> Month:
    """The month as it may leave the house."""
    for table in tables().values():
        if table.outside is not None:
            month = table.outside(month, by)
    return month


def unit_names(session: Session) -> dict[str, str]:
    """How each sensitive unit is called outside the house: by its group, or not at all."""
    rows = session.execute(select(Unit.name, Unit.report_group).where(Unit.sensitive))
    return {row.name: row.report_group for row in rows}


def unit_outside(unit: str, names: Mapping[str, str]) -> str:
    """A unit's name as it may leave the house; `names` are `unit_names`."""
    return names.get(unit, unit)
