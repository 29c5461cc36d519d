"""Numbers of the standards and questions of accreditation, typed once and given to others as a
file (JSON, UTF-8).

`selasar-thresholds/1`: `schema`, `library`, `made_on`, and `thresholds`, each with `standard`,
`indicator`, `name`, `value`, `article`, `verified_by` (who read it in the regulation, and of which
library) and `verified_on` (a day, ISO 8601). `selasar-questions/1`: `schema`, `library`, `made_on`,
`instrument`, and `questions`, each with `component`, `number`, `words` and `answers` (a to e).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from database import journal
from database.engine.whole_file import write_whole
from database.journal import Inverses, Line
from database.policy import house
from database.refusal import Fault, Reason, Refusal, Trouble
from database.standards import accreditation, assessing, standards

THRESHOLDS, QUESTIONS = "selasar-thresholds/1", "selasar-questions/1"
LARGEST, LONGEST = 2_000_000, 400


@dataclass(frozen=True, slots=True)
class Shared:
    """A number as another library confirmed it; `differs` where ours was confirmed otherwise."""

    standard: str
    indicator: str
    name: str
    value: float
    article: str
    verified_by: str
    verified_on: date
    ours: float | None = None

    @property
    def differs(self) -> bool:
        """Whether we confirmed another number."""
        return self.ours is not None and self.ours != self.value


def save_thresholds(session: Session, path: Path, today: date) -> int:
    """Write every confirmed number; how many. Raises Refusal NOTHING_SHARED, OSError."""
    library = house.profile(session).name
    rows = [
        {
            "standard": one.standard,
            "indicator": one.indicator,
            "name": one.name,
            "value": one.threshold,
            "article": one.article,
            "verified_by": _by(one.verified_by, library),
            "verified_on": one.verified_on.isoformat(),
        }
        for one in standards.confirmed(session)
        if one.verified_on is not None
    ]
    _write(path, THRESHOLDS, library, today, {"thresholds": rows}, len(rows))
    return len(rows)


def _by(who: str, library: str) -> str:
    """Who confirmed, with the library; once, however often it is passed on."""
    return who if "(" in who else f"{who} ({library})"


def save_questions(session: Session, path: Path, today: date) -> int:
    """Write every question that has words; how many. Raises Refusal NOTHING_SHARED, OSError."""
    rows = [
        {
            "component": one.component,
            "number": one.number,
            "words": one.words,
            "answers": list(one.answers),
        }
        for one in accreditation.questions(session)
        if one.words
    ]
    more = {"instrument": accreditation.instrument().code, "questions": rows}
    _write(path, QUESTIONS, house.profile(session).name, today, more, len(rows))
    return len(rows)


def _write(
    path: Path, schema: str, library: str, today: date, more: dict[str, Any], count: int
) -> None:
    if not count:
        raise Refusal(Reason.NOTHING_SHARED)
    told = {"schema": schema, "library": library, "made_on": today.isoformat(), **more}
    write_whole(path, json.dumps(told, ensure_ascii=False, indent=1).encode())


def _read(path: Path, schema: str, listed: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Raises Refusal FILE_MISSING, NOT_SHARED; Fault FILE_UNREADABLE."""
    if not path.is_file():
        raise Refusal(Reason.FILE_MISSING, path=str(path))
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(Reason.NOT_SHARED, path=path.name)
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(Reason.NOT_SHARED, path=path.name) from error
    rows = told.get(listed) if isinstance(told, dict) and told.get("schema") == schema else None
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise Refusal(Reason.NOT_SHARED, path=path.name)
    return told, rows


def thresholds_in(session: Session, path: Path) -> list[Shared]:
    """The numbers of a file that the program knows the indicators of. Raises as `_read`."""
    ours = {(one.standard, one.indicator): one for one in standards.confirmed(session)}
    found = []
    for row in _read(path, THRESHOLDS, "thresholds")[1]:
        one = _shared(row, path)
        name = standards.name_of(one.standard, one.indicator)
        if name:
            mine = ours.get((one.standard, one.indicator))
            found.append(replace(one, name=name, ours=mine.threshold if mine else None))
    if not found:
        raise Refusal(Reason.NOT_SHARED, path=path.name)
    return found


def _shared(row: dict[str, Any], path: Path) -> Shared:
    texts = {name: row.get(name) for name in ("standard", "indicator", "article", "verified_by")}
    value = row.get("value")
    try:
        day = date.fromisoformat(str(row.get("verified_on")))
        number = float(value) if isinstance(value, int | float) else math.nan
    except (ValueError, OverflowError) as error:
        raise Refusal(Reason.NOT_SHARED, path=path.name) from error
    said = all(isinstance(one, str) and 0 < len(one.strip()) <= LONGEST for one in texts.values())
    if not said or not math.isfinite(number) or number < 0:
        raise Refusal(Reason.NOT_SHARED, path=path.name)
    standard, indicator, article, who = (str(one).strip() for one in texts.values())
    return Shared(standard, indicator, "", number, article, who, day)


def confirm_all(session: Session, rows: Sequence[Shared], now: datetime) -> int:
    """Confirm the numbers of a file as ours, with who confirmed them and when; the line."""
    before = [
        [one.standard, one.indicator, standards.kept(session, one.standard, one.indicator)]
        for one in rows
    ]
    for one in rows:
        values = (f"{one.value:g}", one.article, one.verified_by, one.verified_on)
        standards.put(session, one.standard, one.indicator, values)
    return journal.write(session, "thresholds.brought", "Threshold", None, now, before=before)


def questions_from(session: Session, path: Path, now: datetime) -> tuple[int, int]:
    """The questions of a file; the journal line and how many. Raises as `_read`."""
    told, rows = _read(path, QUESTIONS, "questions")
    if told.get("instrument") != accreditation.instrument().code:
        raise Refusal(Reason.NOT_SHARED, path=path.name)
    listed = [
        [row.get("component"), row.get("number"), row.get("words"), *_answers(row)] for row in rows
    ]
    cells = [[str(cell)[:4000] for cell in row] for row in listed]
    return assessing.take(session, cells, path.name, now)


def _answers(row: dict[str, Any]) -> list[Any]:
    answers = row.get("answers")
    return answers[:5] if isinstance(answers, list) else []


def _unbring(session: Session, line: Line, _now: datetime) -> None:
    for standard, indicator, before in line.facts["before"]:
        standards.put(session, standard, indicator, standards.values_of(before))


INVERSES: Inverses = {"thresholds.brought": _unbring}
