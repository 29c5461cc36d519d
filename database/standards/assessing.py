"""Answering an accreditation instrument: scores, the texts of its questions, and a file of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.exchange import found, pasted
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import AssessmentQuestion
from database.standards.accreditation import BEST, instrument


def answer(
    session: Session,
    component: str,
    number: int,
    score: int | None,
    note: str,
    now: datetime,
) -> int:
    """Score a question 1 to 5 (None takes the score away); returns the journal line.

    Raises Refusal RECORD_GONE (no such question), VALUE_INVALID.
    """
    code = instrument().code
    _must_exist(component, number)
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


def _must_exist(component: str, number: int) -> None:
    known = {one.code: one.questions for one in instrument().components}
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
) -> int:
    """Type the texts of questions: (component, number, text, answers a to e); returns the line.

    Raises Refusal RECORD_GONE.
    """
    code, before = instrument().code, []
    for component, number, text, answers in rows:
        _must_exist(component, number)
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


def bring_in(session: Session, path: Path, now: datetime) -> tuple[int, int]:
    """Questions from a CSV or XLSX file (component, number, text, a to e); the journal line and
    how many came. A first line of headings is passed over.

    Raises Refusal FILE_MISSING, FILE_EMPTY, NOT_A_TABLE (no line of it is a question).
    """
    return take(session, found.rows_of(path), str(path), now)


def paste(session: Session, text: str, now: datetime) -> tuple[int, int]:
    """The same out of a table that was copied. Raises Refusal VALUE_INVALID (`table`)."""
    try:
        return take(session, pasted.rows_of(text), "", now)
    except Refusal as told:
        raise Refusal(Reason.VALUE_INVALID, field="table") from told


def take(
    session: Session, rows: Iterable[Sequence[str]], named: str, now: datetime
) -> tuple[int, int]:
    """The same out of rows of cells. Raises Refusal NOT_A_TABLE, told of the file `named`."""
    names = {one.name.casefold(): one.code for one in instrument().components}
    names |= {one.code: one.code for one in instrument().components}
    counts = {one.code: one.questions for one in instrument().components}
    taken = []
    for row in rows:
        cells = [*row, "", "", ""]
        component = names.get(cells[0].strip().casefold(), "")
        if component and cells[1].isdecimal() and 1 <= int(cells[1]) <= counts[component]:
            answers = [cell for cell in cells[3:8] if cell]
            taken.append((component, int(cells[1]), cells[2], answers))
    if not taken:
        raise Refusal(Reason.NOT_A_TABLE, path=named)
    return word(session, taken, now), len(taken)


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
