"""The registers of resources/registers.toml: what a line asks for, checked and as it is stored."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from database.refusal import Reason, Refusal
from database.schema import RegisterEntry
from resources import FOLDER

_COLUMNS = frozenset(
    {
        "day",
        "until",
        "kind",
        "title",
        "number",
        "partner",
        "men",
        "women",
        "people",
        "quantity",
        "amount",
        "note",
    }
)
_DAYS = frozenset({"day", "until", "due"})
_MONEY = frozenset({"amount", "spent", "price"})
_NUMBERS = frozenset(
    {
        "men",
        "women",
        "people",
        "quantity",
        "year",
        "area",
        "seats",
        "employees",
        "students",
        "beds",
        "uses",
        "titles",
        "copies",
        "found",
        "given",
        "votes",
        "children",
        "teens",
        "adults",
        "elderly",
    }
)
_YES = frozenset({"library_science", "certified"})
_SCORES = tuple(f"score_{number}" for number in range(1, 10))


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


def entry_of(row: RegisterEntry) -> Entry:
    """A stored line with its values by field."""
    values: dict[str, Any] = json.loads(row.facts)
    for spec in registers()[row.register]:
        if spec.key in _COLUMNS:
            values[spec.key] = getattr(row, spec.key)
        elif spec.key == "hours":
            values["hours"] = row.minutes / 60
        elif spec.type == "day" and values.get(spec.key):
            values[spec.key] = date.fromisoformat(values[spec.key])
    if row.spent:  # a line of 2026 or before has it in a column, in which none is nought
        values.setdefault("spent", row.spent)
    return Entry(row.id, row.register, values)


def columns_of(register: str, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
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
