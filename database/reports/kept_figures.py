"""Figures as a closed period keeps them: as text, out of it again, and where two differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from database.reports import figures as shapes
from database.reports.figures import Month


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that a revision changes; `where` is its way, "circulation.nurse.lent"."""

    where: str
    before: Any
    after: Any


def canonical(figures: Month) -> str:
    """The figures as text, always the same for the same figures."""
    return json.dumps(asdict(figures), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a report's figures, as it stands on the paper."""
    return hashlib.sha256(text.encode()).hexdigest()


def restored(read: Mapping[str, Any]) -> Month:
    """Figures out of their JSON; those a newer program counts beside are left empty."""
    found: Month = shaped(Month, read, vars(shapes))
    return found


def shaped(kind: Any, read: Any, names: dict[str, Any]) -> Any:
    """A dataclass out of what its JSON holds; `names` are those its hints are written in."""
    hints = get_type_hints(kind, names)
    return kind(**{name: _value(hints[name], value, names) for name, value in read.items()})


def _value(hint: Any, value: Any, names: dict[str, Any]) -> Any:
    if isinstance(hint, UnionType):
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if isinstance(value, dict) and hasattr(hint, "__dataclass_fields__"):
        return shaped(hint, value, names)
    if isinstance(value, list):
        inner = get_args(hint)[0]
        return tuple(_value(inner, one, names) for one in value)
    return value


def differences(before: Month, after: Month) -> list[Difference]:
    """Every figure that differs, by its way; rows are known by their first field."""
    old, new = _flat(asdict(before)), _flat(asdict(after))
    return [
        Difference(where, old.get(where), new.get(where))
        for where in dict.fromkeys([*old, *new])
        if old.get(where) != new.get(where)
    ]


def _flat(value: Any, where: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        return {
            path: one
            for name, part in value.items()
            for path, one in _flat(part, f"{where}.{name}" if where else name).items()
        }
    if isinstance(value, tuple | list):
        found: dict[str, Any] = {}
        for place, part in enumerate(value):
            name = next(iter(part.values()), place) if isinstance(part, dict) else place
            found |= _flat(part, f"{where}.{name}")
        return found
    return {where: value}
