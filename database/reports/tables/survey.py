"""T7a: how satisfied the readers were who answered."""

from __future__ import annotations

from dataclasses import dataclass

from database.registers import survey
from database.reports.counting.table import Asked, Table


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How many answered, and for each of the nine elements the sum of their answers (1 to 4)."""

    answers: int
    sums: tuple[int, ...]


def count(asked: Asked) -> Satisfaction | None:
    """All answers of the period; None where nobody answered."""
    found = survey.result(asked.session, asked.span.first, asked.span.last)
    if found is None:
        return None
    sums = tuple(round(mean * found.answers) for mean in found.means)
    return Satisfaction(found.answers, sums)


TABLE: Table[Satisfaction | None] = Table("survey", count, None)
