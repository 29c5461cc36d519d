"""One MARC 21 / INDOMARC record, kept whole: every field, indicator, subfield and order.

Kept as MARC-in-JSON; `iso2709` reads and writes the bytes that libraries exchange.
A record is not checked for sense here: what came in goes out again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from typing import Any

DEFAULT_LEADER = "00000nam a2200000 a 4500"


_TAG = 3


def tag_of(text: str) -> str:
    """Three signs of a tag that was written with more, fewer or none: "8" is 008."""
    if len(text) == _TAG:
        return text
    bare = text.strip()
    return bare.zfill(_TAG)[:_TAG] if bare.isascii() and bare.isdigit() else f"{bare:3.3}"


class MarcError(ValueError):
    """A record that cannot be read or written; `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Field:
    """A control field (`value`) or a data field (`indicators` and `subfields`)."""

    tag: str
    value: str | None = None
    indicators: str = "  "
    subfields: list[tuple[str, str]] = field(default_factory=list)

    def get(self, code: str) -> str:
        """The first subfield `code`, or ""."""
        for found, value in self.subfields:
            if found == code:
                return value
        return ""

    def all(self, codes: str) -> list[str]:
        """Every subfield whose code is in `codes`, in order."""
        return [value for code, value in self.subfields if code in codes]


@dataclass(slots=True)
class Record:
    """A leader of 24 characters and fields in their order."""

    leader: str = DEFAULT_LEADER
    fields: list[Field] = field(default_factory=list)

    def each(self, *tags: str) -> Iterator[Field]:
        """The fields with one of `tags`, in order."""
        return (one for one in self.fields if one.tag in tags)

    def first(self, tag: str) -> Field | None:
        """The first field `tag`, or None."""
        for one in self.fields:
            if one.tag == tag:
                return one
        return None

    def get(self, tag: str, code: str) -> str:
        """Subfield `code` of the first field `tag`, or ""."""
        found = self.first(tag)
        return found.get(code) if found else ""

    def control(self, tag: str) -> str:
        """The value of control field `tag`, or ""."""
        found = self.first(tag)
        return (found.value or "") if found else ""


def to_json(record: Record) -> str:
    """MARC-in-JSON, compact: a leader and fields of {tag: value or {ind1, ind2, subfields}}.

    Put together from quoted strings: an import does this for every record, and building the
    same lists and dicts only for json.dumps took twice as long.
    """
    fields = ",".join(map(_field_json, record.fields))
    return f'{{"leader":{_quoted(record.leader)},"fields":[{fields}]}}'


def _field_json(one: Field) -> str:
    tag = _quoted(one.tag)
    if one.value is not None:
        return f"{{{tag}:{_quoted(one.value)}}}"
    first, second = _quoted(one.indicators[0]), _quoted(one.indicators[1])
    parts = ",".join([f"{{{_quoted(code)}:{_quoted(value)}}}" for code, value in one.subfields])
    return f'{{{tag}:{{"ind1":{first},"ind2":{second},"subfields":[{parts}]}}}}'


def plain_field(one: Field) -> Any:
    """A field as the plain values MARC-in-JSON has for it."""
    return json.loads(_field_json(one))


def field_from_plain(plain: Any) -> Field:
    """The field of `plain_field`."""
    ((tag, content),) = plain.items()
    return _from_plain(tag, content)


def from_json(text: str) -> Record:
    """The record stored by `to_json`."""
    return from_plain(json.loads(text))


def stored(text: str, title: str) -> tuple[Record, bool]:
    """The record stored by `to_json`, and whether it is whole: of one that is broken in the store
    at least its title stands beside it."""
    try:
        return from_json(text), True
    except (ValueError, RecursionError):
        return Record(fields=[Field("245", None, "00", [("a", title)])]), False


def from_plain(plain: Any) -> Record:
    """MARC-in-JSON values as a record. Raises MarcError bad_json for any other shape."""
    try:
        fields = [
            _from_plain(tag, content) for entry in plain["fields"] for tag, content in entry.items()
        ]
        return Record(str(plain["leader"]), fields)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise MarcError("bad_json") from error


def _from_plain(tag: str, content: Any) -> Field:
    tag = tag_of(tag)
    if isinstance(content, str):
        return Field(tag, value=content)
    subfields = [
        (code[:1] or " ", str(value))
        for part in content["subfields"]
        for code, value in part.items()
    ]
    indicators = (str(content.get("ind1", " ")) or " ")[0] + (str(content.get("ind2", " ")) or " ")[
        0
    ]
    return Field(tag, None, indicators, subfields)
