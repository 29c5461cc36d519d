"""T8: what was held, by day."""

from __future__ import annotations

from dataclasses import dataclass

from database.registers import registers
from database.reports.counting.table import Asked, Table


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity; `day` is written "2026-10-05"."""

    day: str
    title: str
    kind: str
    partner: str
    men: int
    women: int


def count(asked: Asked) -> tuple[ActivityRow, ...]:
    """What was held in the month, by day."""
    session, span = asked.session, asked.span
    lines = registers.entries(session, "activity", span.first, span.last)
    return tuple(
        ActivityRow(
            one.values["day"].isoformat(),
            one.values["title"],
            one.values["kind"],
            one.values["partner"] or "",
            one.values["men"] or 0,
            one.values["women"] or 0,
        )
        for one in reversed(lines)
    )


TABLE: Table[tuple[ActivityRow, ...]] = Table("activities", count, ())
