"""What the librarian writes for a period before it is closed: narrative, problems, plans, and of
a year also its introduction and how it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import PeriodText

PARTS = ("narrative", "problems", "plans")
"""The words that go with the figures of every period."""
CHAPTERS = ("introduction", "conduct")
"""What a year's report tells besides, before its results."""
LONGEST = 20_000


def parts_of(period: str) -> tuple[str, ...]:
    """The parts of a period's words, in the order of the report."""
    return (*CHAPTERS, *PARTS) if len(period) == len("2026") else PARTS


def written(session: Session, period: str) -> dict[str, str]:
    """The parts that were written by hand; the others are drafted from the figures."""
    rows = session.execute(
        select(PeriodText.part, PeriodText.words).where(PeriodText.period == period)
    )
    return {part: words for part, words in rows}  # noqa: C416 - rows are no pairs to mypy


def write(session: Session, period: str, words: Mapping[str, str | None], now: datetime) -> int:
    """Keep parts as written; None lets a part be drafted again. Returns the journal line.

    Raises Refusal VALUE_INVALID for words without end. A closed period keeps its own words:
    these go into its next revision.
    """
    for part, text in words.items():
        if part not in parts_of(period) or len(text or "") > LONGEST:
            raise Refusal(Reason.VALUE_INVALID, field=part)
    before = written(session, period)
    _put(session, period, words)
    kept = {part: before.get(part) for part in words}
    return journal.write(
        session, "month.worded", "PeriodReport", None, now, month=period, before=kept
    )


def _put(session: Session, period: str, words: Mapping[str, str | None]) -> None:
    session.execute(
        delete(PeriodText).where(PeriodText.period == period, PeriodText.part.in_(list(words)))
    )
    rows = [
        {"period": period, "part": part, "words": text.strip()}
        for part, text in words.items()
        if text is not None
    ]
    if rows:
        session.execute(insert(PeriodText), rows)


def _unword(session: Session, line: Line, _now: datetime) -> None:
    _put(session, line.facts["month"], line.facts["before"])


INVERSES: Inverses = {"month.worded": _unword}
