"""The library's own assessment for accreditation: scores, what they come to, what would help most.

A component's score is the sum of its answers divided by (its questions x 5), times its weight;
one without answers scores 0. The instrument is data (resources/standards/accreditation-*.toml);
the questions are typed in or brought in. A self-assessment only says passed or not: the
predicate is what the score would be worth.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.exchange import sheet
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import AssessmentQuestion
from resources import FOLDER

CURRENT = "accreditation-2022"
BEST = 5


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the instrument: how many questions, and their weight in the whole."""

    code: str
    name: str
    weight: float
    questions: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A predicate, the least score for it, and for how many years it holds."""

    predicate: str
    least: float
    years: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as its file tells it."""

    code: str
    edition: str
    verified: bool
    source: str
    formula: str
    least: float
    bounds: tuple[Bound, ...]
    components: tuple[Component, ...]


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


@cache
def instrument(code: str = CURRENT) -> Instrument:
    """An instrument by its code."""
    read = tomllib.loads((FOLDER / "standards" / f"{code}.toml").read_text(encoding="utf-8"))
    about, scoring = read["standard"], read["scoring"]
    return Instrument(
        about["code"],
        about["edition"],
        about["verified"],
        about["source"],
        scoring["formula"],
        float(scoring["pass"]),
        tuple(Bound(**one) for one in read["bound"]),
        tuple(Component(**one) for one in read["component"]),
    )


def questions(session: Session, code: str = CURRENT) -> list[Question]:
    """Every question of the instrument, in its order; those not typed in have no words."""
    rows = session.execute(
        select(AssessmentQuestion.__table__).where(AssessmentQuestion.instrument == code)
    )
    kept = {(row.component, row.number): row for row in rows}
    return [
        _question(one, number, kept.get((one.code, number)))
        for one in instrument(code).components
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


def result(asked: Sequence[Question], code: str = CURRENT) -> Result:
    """What the scores come to."""
    standings = []
    for one in instrument(code).components:
        scores = [each.score for each in asked if each.component == one.code and each.score]
        points = sum(scores) / (one.questions * BEST) * one.weight
        standings.append(Standing(one, len(scores), round(points, 2)))
    total = sum(
        one.weight
        * sum(each.score or 0 for each in asked if each.component == one.code)
        / (one.questions * BEST)
        for one in instrument(code).components
    )
    bound = next((one for one in instrument(code).bounds if total >= one.least - 1e-9), None)
    return Result(
        round(total, 2),
        bound.predicate if bound else "",
        bound.years if bound else 0,
        total >= instrument(code).least - 1e-9,
        tuple(standings),
    )


def gaps(asked: Sequence[Question]) -> list[Question]:
    """What would bring the most points, the most first."""
    open_ = [one for one in asked if one.gain > 0]
    return sorted(open_, key=lambda one: (-round(one.gain, 6), one.component, one.number))


# --- answering ------------------------------------------------------------------------------


def answer(
    session: Session,
    component: str,
    number: int,
    score: int | None,
    note: str,
    now: datetime,
    code: str = CURRENT,
) -> int:
    """Score a question 1 to 5 (None takes the score away); returns the journal line.

    Raises Refusal RECORD_GONE (no such question), VALUE_INVALID.
    """
    _must_exist(code, component, number)
    if score is not None and not 1 <= score <= BEST:
        raise Refusal(Reason.VALUE_INVALID, field="score")
    before = _row(session, code, component, number)
    _put(session, code, component, number, {"score": score, "note": note.strip()})
    return journal.write(
        session,
        "assessment.scored",
        "AssessmentQuestion",
        None,
        now,
        instrument=code,
        component=component,
        number=number,
        before=[before.score, before.note],
    )


def _must_exist(code: str, component: str, number: int) -> None:
    known = {one.code: one.questions for one in instrument(code).components}
    if not 1 <= number <= known.get(component, 0):
        raise Refusal(Reason.RECORD_GONE)


def _row(session: Session, code: str, component: str, number: int) -> Any:
    """The stored question, made empty where there was none."""
    found = session.execute(
        select(AssessmentQuestion.__table__).where(*_named(code, component, number))
    ).one_or_none()
    if found is not None:
        return found
    session.execute(
        insert(AssessmentQuestion).values(
            instrument=code, component=component, number=number, words="", answers="[]", note=""
        )
    )
    return _row(session, code, component, number)


def _named(code: str, component: str, number: int) -> tuple[Any, ...]:
    return (
        AssessmentQuestion.instrument == code,
        AssessmentQuestion.component == component,
        AssessmentQuestion.number == number,
    )


def _put(session: Session, code: str, component: str, number: int, values: dict[str, Any]) -> None:
    session.execute(
        update(AssessmentQuestion).where(*_named(code, component, number)).values(**values)
    )


def word(
    session: Session,
    rows: Sequence[tuple[str, int, str, Sequence[str]]],
    now: datetime,
    code: str = CURRENT,
) -> int:
    """Type the texts of questions: (component, number, text, answers a to e); returns the line.

    Raises Refusal RECORD_GONE.
    """
    before = []
    for component, number, text, answers in rows:
        _must_exist(code, component, number)
        old = _row(session, code, component, number)
        before.append([component, number, old.words, old.answers])
        kept = json.dumps(list(answers), ensure_ascii=False)
        _put(session, code, component, number, {"words": text.strip(), "answers": kept})
    return journal.write(
        session,
        "assessment.worded",
        "AssessmentQuestion",
        None,
        now,
        instrument=code,
        before=before,
    )


def bring_in(session: Session, path: Path, now: datetime, code: str = CURRENT) -> tuple[int, int]:
    """Questions from a CSV or XLSX file (component, number, text, a to e); the journal line and
    how many came. A first line of headings is passed over.

    Raises Refusal FILE_MISSING, FILE_EMPTY, NOT_A_TABLE (no line of it is a question).
    """
    names = {one.name.casefold(): one.code for one in instrument(code).components}
    names |= {one.code: one.code for one in instrument(code).components}
    counts = {one.code: one.questions for one in instrument(code).components}
    found = []
    for row in sheet.read(path):
        cells = [*row, "", "", ""]
        component = names.get(cells[0].strip().casefold(), "")
        if component and cells[1].isdecimal() and 1 <= int(cells[1]) <= counts[component]:
            answers = [cell for cell in cells[3:8] if cell]
            found.append((component, int(cells[1]), cells[2], answers))
    if not found:
        raise Refusal(Reason.NOT_A_TABLE, path=str(path))
    return word(session, found, now, code), len(found)


def _unscore(session: Session, line: Line, _now: datetime) -> None:
    facts = line.facts
    score, note = facts["before"]
    values = {"score": score, "note": note}
    _put(session, facts["instrument"], facts["component"], facts["number"], values)


def _unword(session: Session, line: Line, _now: datetime) -> None:
    for component, number, words, answers in line.facts["before"]:
        _put(
            session,
            line.facts["instrument"],
            component,
            number,
            {"words": words, "answers": answers},
        )


INVERSES: Inverses = {
    "assessment.scored": _unscore,
    "assessment.worded": _unword,
}
