"""Values of the fields that a library declares itself: one text a record, an object of JSON whose
members are the values by the keys of their fields. All are texts: a day as 2027-01-31, a number as
21.5, so that they read the same in a record, a row and a line of an export."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from database.text.words import printable
from database.vocabulary import NO_VALUES, OwnKind

LONGEST = 500
"""Signs a value may have."""
_MOST = 50
"""Values a record may have; what a foreign record brings beyond that is not shown."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A field as listed."""

    id: int
    record: str
    key: str
    name: str
    kind: str
    choices: tuple[str, ...]
    active: bool


def packed(values: Mapping[str, str]) -> str:
    """As it is stored: what is empty left out, always in the same order."""
    shown = {printable(key): printable(text)[:LONGEST] for key, text in values.items()}
    kept = {key: text for key, text in sorted(shown.items()) if key and text}
    return json.dumps(dict(list(kept.items())[:_MOST]), ensure_ascii=False, separators=(",", ":"))


def unpacked(stored: str) -> dict[str, str]:
    """The values by their fields' keys; none where nothing of ours is stored."""
    try:
        told = json.loads(stored or NO_VALUES)
    except ValueError:
        return {}
    return {str(key): str(text) for key, text in told.items()} if isinstance(told, dict) else {}


def words(values: Iterable[str]) -> list[str]:
    """What a record is found by: every value but days, whose figures would find too much."""
    return [text for text in values if text and not _DAY.fullmatch(text)]


def number(text: str) -> str | None:
    """A number as it is stored, None for what is none. Only a point parts its decimals here:
    what people type is read where the language is known."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found) >= _LARGEST:
        return None
    return f"{round(found, 4).normalize():f}"


def fitting(one: OwnRow, text: str) -> str | None:
    """A value as its field stores it, None for one that it cannot hold."""
    if not text:
        return ""
    if one.kind == OwnKind.NUMBER:
        return number(text)
    if one.kind == OwnKind.DATE:
        return _day(text)
    if one.kind == OwnKind.CHOICE and text not in one.choices:
        return None
    return text if len(text) <= LONGEST else None


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
