"""The library's own fields in a record: local note 599, $a the value, $9 the key of its field, so
that they travel with the record (MARC 21 leaves 59X to local use)."""

from __future__ import annotations

from collections.abc import Mapping

from database.description.marc import Field, Record
from database.description.materials import put
from database.text import own_values

TAG, VALUE, KEY = "599", "a", "9"


def values(record: Record) -> dict[str, str]:
    """The values a record has, by the keys of their fields."""
    found: dict[str, str] = {}
    for one in record.each(TAG):
        key, text = one.get(KEY).strip(), " ".join(one.get(VALUE).split())
        if key and text:
            found.setdefault(key, text)
    return found


def apply(record: Record, changed: Mapping[str, str]) -> Record:
    """A copy of `record` with these values by key; "" takes one away. All else stays to the
    letter."""
    result = Record(record.leader, list(record.fields))
    before = values(record)
    for key, typed in changed.items():
        text = " ".join(typed.split())[: own_values.LONGEST]
        if text == before.get(key, ""):
            continue
        kept = [one for one in result.each(TAG) if one.get(KEY).strip() == key]
        result.fields = [one for one in result.fields if not any(one is gone for gone in kept)]
        if text:
            put(result, Field(TAG, None, "  ", [(VALUE, text), (KEY, key)]))
    return result
