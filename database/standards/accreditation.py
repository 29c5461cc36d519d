"""The library's own assessment for accreditation: scores, what they come to, what would help most.

A component's score is the sum of its answers divided by (its questions x 5), times its weight;
one without answers scores 0. The instrument is data (resources/standards/accreditation-*.toml);
the questions are typed in or brought in. A self-assessment only says passed or not: the
predicate is what the score would be worth.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.schema import AssessmentQuestion
from database.standards import files
from database.standards.files import Component, Instrument

BEST = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the library's score, None where it is not answered; `gain` is what the
    best answer would add to the whole."""

    component: str
    number: int
    words: str
    answers: tuple[str, ...]
    score: int | None
    note: str
    gain: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A component as it stands: answered questions, points of its weight."""

    component: Component
    answered: int
    points: float


@dataclass(frozen=True, slots=True)
class Result:
    """The whole: 0 to 100, the predicate it would be worth ("" for none), whether it passes."""

    total: float
    predicate: str
    years: int
    passed: bool
    standings: tuple[Standing, ...]


def instrument() -> Instrument:
    """The instrument in force, by which the library assesses itself."""
    return next(one for one in files.instruments().values() if one.in_force)


def questions(session: Session) -> list[Question]:
    """Every question of the instrument, in its order; those not typed in have no words."""
    rows = session.execute(
        select(AssessmentQuestion.__table__).where(
            AssessmentQuestion.instrument == instrument().code
        )
    )
    kept = {(row.component, row.number): row for row in rows}
    return [
        _question(one, number, kept.get((one.code, number)))
        for one in instrument().components
        for number in range(1, one.questions + 1)
    ]


def _question(component: Component, number: int, row: Any) -> Question:
    worth = component.weight / (component.questions * BEST)
    if row is None:
        return Question(component.code, number, "", (), None, "", worth * BEST)
    return Question(
        component.code,
        number,
        row.words,
        tuple(json.loads(row.answers)),
        row.score,
        row.note,
        worth * (BEST - (row.score or 0)),
    )


def result(asked: Sequence[Question]) -> Result:
    """What the scores come to."""
    standings = []
    for one in instrument().components:
        scores = [each.score for each in asked if each.component == one.code and each.score]
        points = sum(scores) / (one.questions * BEST) * one.weight
        standings.append(Standing(one, len(scores), round(points, 2)))
    total = sum(
        one.weight
        * sum(each.score or 0 for each in asked if each.component == one.code)
        / (one.questions * BEST)
        for one in instrument().components
    )
    bound = next((one for one in instrument().bounds if total >= one.least - 1e-9), None)
    return Result(
        round(total, 2),
        bound.predicate if bound else "",
        bound.years if bound else 0,
        total >= instrument().least - 1e-9,
        tuple(standings),
    )


def gaps(asked: Sequence[Question]) -> list[Question]:
    """What would bring the most points, the most first."""
    open_ = [one for one in asked if one.gain > 0]
    return sorted(open_, key=lambda one: (-round(one.gain, 6), one.component, one.number))
