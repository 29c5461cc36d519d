"""The registers of resources/registers.toml: adding, changing, striking, listing their lines."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import numbering
from database.refusal import Reason, Refusal
from database.schema import Evidence, RegisterEntry, WorkTimer
from resources import FOLDER

_COLUMNS = frozenset(
    {"day", "until", "kind", "title", "number", "partner", "men", "women", "people", "quantity",
     "amount", "spent", "note"}
)  # fmt: skip
_DAYS = frozenset({"day", "until", "due"})
_MONEY = frozenset({"amount", "spent"})
_NUMBERS = frozenset(
    {"men", "women", "people", "quantity", "year", "area", "seats", "employees", "students",
     "beds", "uses", "titles", "copies", "found", "given"}
)  # fmt: skip
_YES = frozenset({"library_science", "certified"})
_SCORES = tuple(f"score_{number}" for number in range(1, 10))
SEARCH_PATTERN = "PL-{year}-{seq:3}"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a register: what is typed (`type`) and, for a choice, its codes."""

    key: str
    type: str
    required: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: its id and its values by field."""

    id: int
    register: str
    values: Mapping[str, Any]


@cache
def registers() -> dict[str, tuple[FieldSpec, ...]]:
    """Every register with its fields, in the order they are asked for."""
    read = tomllib.loads((FOLDER / "registers.toml").read_text(encoding="utf-8"))
    return {name: tuple(_specs(about)) for name, about in read.items()}


def _specs(about: Mapping[str, Any]) -> list[FieldSpec]:
    found = []
    for text in about["fields"]:
        key = text.rstrip("*")
        choices = tuple(about.get(key, ()))
        found.append(FieldSpec(key, _type(key, choices), text.endswith("*"), choices))
    return found


def _type(key: str, choices: tuple[str, ...]) -> str:
    if choices:
        return "choice"
    for name, keys in (
        ("day", _DAYS),
        ("money", _MONEY),
        ("number", _NUMBERS),
        ("yes", _YES),
        ("score", frozenset(_SCORES)),
        ("hours", frozenset({"hours"})),
    ):
        if key in keys:
            return name
    return "text"


def add(session: Session, register: str, values: Mapping[str, Any], now: datetime) -> int:
    """Add a line; returns the journal line. Raises Refusal VALUE_INVALID with the field."""
    number = put(session, register, values, now)
    return journal.write(session, "register.added", "RegisterEntry", number, now, of=register)


def put(session: Session, register: str, values: Mapping[str, Any], now: datetime) -> int:
    """A line without a word in the journal, for the demo; its id. Raises as `add`."""
    row = _row(register, values, now)
    if register == "literature_search" and not row.get("number"):
        seq = numbering.take(session, f"search-{row['day'].year}")
        row["number"] = numbering.write(SEARCH_PATTERN, seq, {"year": str(row["day"].year)})
    number: int = session.execute(
        insert(RegisterEntry)
        .values(register=register, created_at=now, **row)
        .returning(RegisterEntry.id)
    ).scalar_one()
    return number


def save(session: Session, entry_id: int, values: Mapping[str, Any], now: datetime) -> int:
    """Change a line; returns the journal line. Raises Refusal VALUE_INVALID, RECORD_GONE.

    The line as it was is struck and stands behind the new one, so that it can come back and
    the journal need not repeat anybody's name.
    """
    before = one(session, entry_id)
    row = _row(before.register, values, now)
    _strike(session, entry_id, now)
    number = session.execute(
        insert(RegisterEntry)
        .values(register=before.register, created_at=now, **row)
        .returning(RegisterEntry.id)
    ).scalar_one()
    _take_along(session, entry_id, number)
    return journal.write(
        session, "register.saved", "RegisterEntry", number, now, before=entry_id, of=before.register
    )


def _take_along(session: Session, before: int, after: int) -> None:
    """What proves a line, and the clock that runs on it, stay with it when it is changed."""
    mine = (Evidence.owner == "register", Evidence.owner_key == str(before))
    session.execute(update(Evidence).where(*mine).values(owner_key=str(after)))
    session.execute(update(WorkTimer).where(WorkTimer.entry_id == before).values(entry_id=after))


def strike(session: Session, entry_id: int, now: datetime) -> int:
    """Take a line out; returns the journal line. Raises Refusal RECORD_GONE."""
    before = one(session, entry_id)
    _strike(session, entry_id, now)
    return journal.write(
        session, "register.struck", "RegisterEntry", entry_id, now, of=before.register
    )


def _strike(session: Session, entry_id: int, now: datetime) -> None:
    session.execute(
        update(RegisterEntry).where(RegisterEntry.id == entry_id).values(cancelled_at=now)
    )


def one(session: Session, entry_id: int) -> Entry:
    """A line that stands. Raises Refusal RECORD_GONE."""
    row = session.execute(
        select(RegisterEntry).where(
            RegisterEntry.id == entry_id, RegisterEntry.cancelled_at.is_(None)
        )
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return _entry(row)


def entries(
    session: Session, register: str, first: date | None = None, last: date | None = None
) -> list[Entry]:
    """The lines of a register, the newest first; those that touch a span of days, if given."""
    wanted = select(RegisterEntry).where(
        RegisterEntry.register == register, RegisterEntry.cancelled_at.is_(None)
    )
    if first is not None and last is not None:
        wanted = wanted.where(RegisterEntry.day.between(first, last))
    rows = session.execute(wanted.order_by(RegisterEntry.day.desc(), RegisterEntry.id.desc()))
    return [_entry(row) for row in rows.scalars()]


def standing(session: Session, register: str, day: date) -> list[Entry]:
    """The lines that hold on a day: begun by then, and not ended."""
    return [
        one
        for one in entries(session, register)
        if (one.values.get("day") or day) <= day
        and (one.values.get("until") is None or one.values["until"] >= day)
    ]


ENDS_SOON = timedelta(days=60)
WANTED_SOON = timedelta(days=2)


def ending(session: Session, day: date) -> list[Entry]:
    """Agreements that hold and end within two months, the first to end first."""
    found = [
        one
        for one in standing(session, "cooperation", day)
        if one.values.get("until") and one.values["until"] <= day + ENDS_SOON
    ]
    return sorted(found, key=lambda one: (one.values["until"], one.id))


def searches_due(session: Session, day: date) -> list[Entry]:
    """Literature searches not finished that are wanted by the day after tomorrow."""
    found = [
        one
        for one in entries(session, "literature_search")
        if one.values.get("until") is None and one.values["due"] <= day + WANTED_SOON
    ]
    return sorted(found, key=lambda one: (one.values["due"], one.id))


def _entry(row: RegisterEntry) -> Entry:
    values: dict[str, Any] = json.loads(row.facts)
    for spec in registers()[row.register]:
        if spec.key in _COLUMNS:
            values[spec.key] = getattr(row, spec.key)
        elif spec.key == "hours":
            values["hours"] = row.minutes / 60
        elif spec.type == "day" and values.get(spec.key):
            values[spec.key] = date.fromisoformat(values[spec.key])
    return Entry(row.id, row.register, values)


def _row(register: str, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The columns of a line. Raises Refusal VALUE_INVALID."""
    row: dict[str, Any] = {"day": now.date(), "until": None, "score": None}
    facts: dict[str, Any] = {}
    for spec in registers()[register]:
        value = _checked(spec, values.get(spec.key))
        if spec.key in _COLUMNS:
            if value is not None:
                row[spec.key] = value
        elif spec.key == "hours":
            row["minutes"] = round((value or 0) * 60)
        elif value is not None:
            facts[spec.key] = value.isoformat() if isinstance(value, date) else value
    if "year" in facts:
        row["day"] = _year(facts["year"])
    if row["until"] is not None and row["until"] < row["day"]:
        raise Refusal(Reason.VALUE_INVALID, field="until")
    scores = [facts[key] for key in _SCORES if key in facts]
    if scores:
        row["score"] = round(100 * sum(scores) / len(scores))
    return {**row, "facts": json.dumps(facts, ensure_ascii=False)}


def _year(year: int) -> date:
    if not 1945 <= year <= 2999:
        raise Refusal(Reason.VALUE_INVALID, field="year")
    return date(year, 1, 1)


def _checked(spec: FieldSpec, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
    if value in (None, ""):
        if spec.required:
            raise Refusal(Reason.VALUE_INVALID, field=spec.key)
        return None
    if spec.type == "choice" and value not in spec.choices:
        raise Refusal(Reason.VALUE_INVALID, field=spec.key)
    if spec.type in {"number", "money", "hours"} and not 0 <= value <= 10**12:
        raise Refusal(Reason.VALUE_INVALID, field=spec.key)
    if spec.type == "score" and not 1 <= value <= 4:
        raise Refusal(Reason.VALUE_INVALID, field=spec.key)
    return value


def _unadd(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    _strike(session, line.record_id, now)


def _unsave(session: Session, line: Line, now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO when the line was changed or struck since."""
    assert line.record_id is not None
    try:
        one(session, line.record_id)
    except Refusal as gone:
        raise Refusal(Reason.CANNOT_UNDO) from gone
    _strike(session, line.record_id, now)
    _stand(session, line.facts["before"])
    _take_along(session, line.record_id, line.facts["before"])


def _unstrike(session: Session, line: Line, _now: datetime) -> None:
    assert line.record_id is not None
    _stand(session, line.record_id)


def _stand(session: Session, entry_id: int) -> None:
    session.execute(
        update(RegisterEntry).where(RegisterEntry.id == entry_id).values(cancelled_at=None)
    )


INVERSES: Inverses = {
    "register.added": _unadd,
    "register.saved": _unsave,
    "register.struck": _unstrike,
}
