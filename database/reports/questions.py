"""Questions the library asks for itself: columns, filters and a group out of a fixed list.

Nothing anybody types becomes SQL: columns and conditions are chosen from those below, values are
bound, and the session may not write. What patients and relatives borrowed is never told, and
loans never name who borrowed.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from database import journal, rights
from database.engine.read_only import read_only
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.reports.subjects import SUBJECTS, Column, columns_of, source_of
from database.rights import Right
from database.schema import SavedQuestion
from database.text.whole_numbers import whole

MOST = 5_000
_NAMING = frozenset({"number", "name"})
"""Columns that tell of persons: not for who reads figures alone."""
OPERATORS = ("is", "contains", "from", "to")
_NO_TEXT = re.compile("[\ud800-\udfff\x00]")
"""Half a letter, and what ends a text on a server: no engine is asked for them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; a day is written "2027-01-31"."""

    column: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: of what, which columns, under which conditions, counted by which group."""

    subject: str
    columns: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows as they are shown; `columns` are keys, "count" for the size of a group. `more` tells
    that there are more rows than are shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool = False


def ask(session: Session, asked: Asked) -> Answer:
    """Answer a question. Raises Refusal VALUE_INVALID with the field that makes no sense, and
    NOT_ALLOWED where persons are asked for by whoever may only read figures."""
    columns = _columns(session, asked)
    named = set(() if asked.group else asked.columns) | {one.column for one in asked.filters}
    if asked.subject == "patrons" and _NAMING & named:
        rights.need(session, Right.LOOK)
    if asked.group:
        by = columns[asked.group].made.label("by")
        times = func.count().label("times")
        wanted = select(by, times).group_by(text("1")).order_by(text("2 DESC"), text("1"))
        shown: tuple[str, ...] = (asked.group, "count")
    else:
        shown = asked.columns
        wanted = select(*(columns[key].made for key in shown)).order_by(text("1"))
    wanted = source_of(asked.subject, wanted)
    for one in asked.filters:
        wanted = wanted.where(_condition(columns[one.column], one))
    with read_only(session):
        rows = session.execute(wanted.limit(MOST + 1)).all()
    days = {at for at, key in enumerate(shown) if key in columns and _is_day_as_text(columns[key])}
    told = (tuple(_day(one) if at in days else one for at, one in enumerate(row)) for row in rows)
    return Answer(shown, tuple(told)[:MOST], len(rows) > MOST)


def _is_day_as_text(column: Column) -> bool:
    return column.kind == "day" and bool(column.name)


def _day(text_of: str | None) -> Any:
    """A day kept as text; what is none is shown as it is."""
    try:
        return date.fromisoformat(text_of or "")
    except ValueError:
        return text_of


def _columns(session: Session, asked: Asked) -> dict[str, Column]:
    if asked.subject not in SUBJECTS:
        raise Refusal(Reason.VALUE_INVALID, field="subject")
    known = columns_of(session, asked.subject)
    if asked.group and not (asked.group in known and known[asked.group].grouped):
        raise Refusal(Reason.VALUE_INVALID, field="group")
    if not set(asked.columns) <= known.keys() or not (asked.group or asked.columns):
        raise Refusal(Reason.VALUE_INVALID, field="columns")
    for one in asked.filters:
        if one.column not in known or one.operator not in OPERATORS:
            raise Refusal(Reason.VALUE_INVALID, field="filters")
    return known


def _condition(column: Column, one: Filter) -> Any:
    if _NO_TEXT.search(one.value):
        raise Refusal(Reason.VALUE_INVALID, field="filters")
    if one.operator == "contains":
        if column.kind != "text":
            raise Refusal(Reason.VALUE_INVALID, field="filters")
        return column.made.icontains(one.value, autoescape=True)
    value = _value(column, one.value)
    if one.operator == "from":
        return column.made >= value
    return column.made <= value if one.operator == "to" else column.made == value


def _value(column: Column, typed: str) -> Any:
    """Raises Refusal VALUE_INVALID for what is no number or day."""
    try:
        if column.kind == "number":
            found = whole(typed.strip().removeprefix("-"))
            if found is None:
                raise ValueError(typed[:20])
            return -found if typed.strip().startswith("-") else found
        if column.kind != "day":
            return typed
        day = date.fromisoformat(typed)
        return day.isoformat() if _is_day_as_text(column) else day
    except ValueError as error:
        raise Refusal(Reason.VALUE_INVALID, field="filters") from error


# --- saved by name --------------------------------------------------------------------------


def saved(session: Session) -> list[tuple[int, str, Asked]]:
    """The questions kept, by name."""
    rows = session.execute(
        select(SavedQuestion.id, SavedQuestion.name, SavedQuestion.asked)
        .where(SavedQuestion.cancelled_at.is_(None))
        .order_by(SavedQuestion.name, SavedQuestion.id)
    )
    return [(number, name, _restored(json.loads(asked))) for number, name, asked in rows]


def _restored(read: dict[str, Any]) -> Asked:
    filters = tuple(Filter(**one) for one in read["filters"])
    return Asked(read["subject"], tuple(read["columns"]), filters, read["group"])


def save(session: Session, name: str, asked: Asked, now: datetime) -> int:
    """Keep a question under a name, in the place of one of that name; the journal line.

    Raises Refusal NAME_MISSING, VALUE_INVALID.
    """
    if not name.strip():
        raise Refusal(Reason.NAME_MISSING)
    _columns(session, asked)
    before = [number for number, known, _asked in saved(session) if known == name.strip()]
    _set(session, before, now)
    number: int = session.execute(
        insert(SavedQuestion)
        .values(name=name.strip(), asked=json.dumps(asdict(asked)), created_at=now)
        .returning(SavedQuestion.id)
    ).scalar_one()
    return journal.write(session, "question.saved", "SavedQuestion", number, now, before=before)


def drop(session: Session, number: int, now: datetime) -> int:
    """Forget a saved question; the journal line."""
    _set(session, [number], now)
    return journal.write(session, "question.dropped", "SavedQuestion", number, now)


def _set(session: Session, ids: list[int], cancelled_at: datetime | None) -> None:
    session.execute(
        update(SavedQuestion).where(SavedQuestion.id.in_(ids)).values(cancelled_at=cancelled_at)
    )


def _unsave(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    _set(session, [line.record_id], now)
    _set(session, line.facts["before"], None)


def _undrop(session: Session, line: Line, _now: datetime) -> None:
    assert line.record_id is not None
    _set(session, [line.record_id], None)


INVERSES: Inverses = {
    "question.saved": _unsave,
    "question.dropped": _undrop,
}
