"""The satisfaction of readers (Peraturan Menteri PANRB 14/2017): nine elements, answered 1 to 4.

The index is the mean of the nine elements, each weighing the same (1/9), times 25: 25 to 100. It is
always told with its number of answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from database.refusal import Reason, Refusal
from database.registers import registers

REGISTER = "survey"
ELEMENTS = tuple(f"score_{number}" for number in range(1, 10))
BEST = 4
_GRADES = ((88.31, "A"), (76.61, "B"), (65.0, "C"), (25.0, "D"))
"""From which converted value a grade is given (table of the regulation's annex)."""


@dataclass(frozen=True, slots=True)
class Result:
    """What so many answers come to: the mean of each element, 1 to 4, and the index."""

    answers: int
    means: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Of the nine elements."""
        return sum(self.means) / len(self.means)

    @property
    def index(self) -> float:
        """25 to 100."""
        return round(self.mean * 25, 2)

    @property
    def grade(self) -> str:
        """A to D."""
        return next(grade for least, grade in _GRADES if self.index >= least)


def answer(session: Session, scores: Sequence[int], now: datetime) -> int:
    """One reader's nine answers; the journal line. Raises Refusal VALUE_INVALID."""
    if len(scores) != len(ELEMENTS):
        raise Refusal(Reason.VALUE_INVALID, field="score")
    values = dict(zip(ELEMENTS, scores, strict=True))
    return registers.add(session, REGISTER, {"day": now.date(), "people": 1, **values}, now)


def result(session: Session, first: date, last: date) -> Result | None:
    """Of all answers of these days, each line by how many answered; None where nobody did."""
    lines = [one.values for one in registers.entries(session, REGISTER, first, last)]
    people = sum(one["people"] for one in lines)
    if not people:
        return None
    sums = [sum(one[key] * one["people"] for one in lines) for key in ELEMENTS]
    return Result(people, tuple(total / people for total in sums))
