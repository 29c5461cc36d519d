"""Figures as a closed period keeps them: as text, out of it again, and where two differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from database.reports.figures import Month
from database.reports.found import tables


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that a revision changes; `where` is its way, "circulation.nurse.lent"."""

    where: str
    before: Any
    after: Any


def canonical(figures: Month) -> str:
    """The figures as text, always the same for the same figures."""
    return json.dumps(plain(figures), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(figures: Month) -> dict[str, Any]:
    """The figures as plain values by their names; each table stands beside the headline figures."""
    whole = asdict(figures)
    counted = whole.pop("tables")
    return {**whole, **counted}


def digest(text: str) -> str:
    """SHA-256 of a report's figures, as it stands on the paper."""
    return hashlib.sha256(text.encode()).hexdigest()


def restored(read: Mapping[str, Any]) -> Month:
    """Figures out of their JSON; tables that the program of that day did not count stay empty."""
    counted = {
        name: _value(get_type_hints(table.count)["return"], read[name])
        for name, table in tables().items()
        if name in read
    }
    heads = {one.name: read[one.name] for one in fields(Month) if one.name in read}
    found: Month = shaped(Month, heads)
    return found.having(**counted)


def shaped(kind: Any, read: Any) -> Any:
    """A dataclass out of what its JSON holds."""
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in read.items()})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if isinstance(value, dict) and hasattr(hint, "__dataclass_fields__"):
        return shaped(hint, value)
    if isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_value(inner, one) for one in value)
    return value


def differences(before: Month, after: Month) -> list[Difference]:
    """Every figure that differs, by its way; rows are known by their first field."""
    old, new = flat(plain(before)), flat(plain(after))
    return [
        Difference(where, old.get(where), new.get(where))
        for where in dict.fromkeys([*old, *new])
        if old.get(where) != new.get(where)
    ]


def flat(value: Any, where: str = "") -> dict[str, Any]:
    """Every figure by its way; rows are known by their first field."""
    if isinstance(value, dict):
        return {
            path: one
            for name, part in value.items()
            for path, one in flat(part, f"{where}.{name}" if where else name).items()
        }
    if isinstance(value, tuple | list):
        found: dict[str, Any] = {}
        for place, part in enumerate(value):
            name = next(iter(part.values()), place) if isinstance(part, dict) else place
            found |= flat(part, f"{where}.{name}")
        return found
    return {where: value}
