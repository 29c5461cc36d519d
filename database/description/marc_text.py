"""A record as rows of text that can be edited, and what is wrong with a row.

"$a Buku ajar : $b untuk perawat": a subfield is a dollar sign, its code, a space and its
text; a dollar sign that is text is written {dollar}. Rows nobody touched give back their
field to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from database.description import isbn
from database.description.iso2709 import LEADER_LENGTH
from database.description.marc import Field, Record

LEADER = "LDR"
_DOLLAR = "{dollar}"
_TAG = re.compile(r"[0-9A-Za-z]{3}")
_SINGLE = frozenset(
    {"001", "003", "005", "008", "010", "100", "110", "111", "130", "240", "245", "254", "256",
     "263"}
)  # fmt: skip
"""Fields MARC 21 does not let repeat, those one meets."""
_FIXED_LENGTH = 40


class Problem(StrEnum):
    """What is wrong with a row."""

    LEADER = "leader"
    TAG = "tag"
    INDICATORS = "indicators"
    NO_SUBFIELD = "no_subfield"
    CODE = "code"
    EMPTY = "empty"
    FIXED = "fixed"
    REPEATED = "repeated"
    ISBN = "isbn"
    UNLINKED = "unlinked"
    NO_TITLE = "no_title"


SERIOUS = frozenset({Problem.LEADER, Problem.TAG, Problem.NO_SUBFIELD, Problem.CODE})
"""With one of these a row is no field and the record cannot be saved."""


@dataclass(frozen=True, slots=True)
class Row:
    """The leader, a control field or a data field, as it is typed."""

    tag: str
    indicators: str
    text: str

    @property
    def is_control(self) -> bool:
        """Whether it has neither indicators nor subfields."""
        return self.tag == LEADER or (self.tag.isdigit() and self.tag < "010")


def rows(record: Record) -> list[Row]:
    """The leader and every field, in their order."""
    return [Row(LEADER, "", record.leader), *map(row_of, record.fields)]


def row_of(one: Field) -> Row:
    """One field."""
    if one.value is not None:
        return Row(one.tag, "", one.value)
    parts = (f"${code} {value.replace('$', _DOLLAR)}" for code, value in one.subfields)
    return Row(one.tag, one.indicators, " ".join(parts))


def field_of(row: Row) -> Field:
    """The field a row says; what is no subfield becomes $a."""
    if row.is_control:
        return Field(row.tag, row.text)
    indicators = row.indicators.replace("#", " ").ljust(2)[:2]
    return Field(row.tag, None, indicators, _subfields(row.text))


def _subfields(text: str) -> list[tuple[str, str]]:
    head, *pieces = re.split(r"\$(.)", text)
    found = [("a", head.strip())] if head.strip() else []
    for place in range(0, len(pieces), 2):
        value = pieces[place + 1].removeprefix(" ")
        if place + 2 < len(pieces):
            value = value.removesuffix(" ")
        found.append((pieces[place], value.replace(_DOLLAR, "$")))
    return found


def record_of(typed: Sequence[Row]) -> Record:
    """The record the rows say."""
    leader = next((row.text for row in typed if row.tag == LEADER), "")
    return Record(leader, [field_of(row) for row in typed if row.tag != LEADER])


def problems(typed: Sequence[Row]) -> list[list[Problem]]:
    """What is wrong with each row."""
    tags = [row.tag for row in typed]
    found = [_problems(row) for row in typed]
    for place, row in enumerate(typed):
        if row.tag in _SINGLE and row.tag in tags[:place]:
            found[place].append(Problem.REPEATED)
        if row.tag == "245" and not field_of(row).get("a").strip():
            found[place].append(Problem.NO_TITLE)
    if "245" not in tags and found:
        found[0].append(Problem.NO_TITLE)
    return found


def _problems(row: Row) -> list[Problem]:
    if row.tag == LEADER:
        return [] if len(row.text) == LEADER_LENGTH else [Problem.LEADER]
    if not _TAG.fullmatch(row.tag):
        return [Problem.TAG]
    if row.is_control:
        wrong = row.tag == "008" and len(row.text) != _FIXED_LENGTH
        return [Problem.FIXED] if wrong else []
    return _data_problems(row)


def _data_problems(row: Row) -> list[Problem]:
    found = []
    if not re.fullmatch(r"[0-9a-z #]{0,2}", row.indicators):
        found.append(Problem.INDICATORS)
    if not row.text.lstrip().startswith("$"):
        return [*found, Problem.NO_SUBFIELD]
    subfields = _subfields(row.text)
    if any(not re.fullmatch(r"[0-9a-z]", code) for code, _value in subfields):
        found.append(Problem.CODE)
    elif any(not value.strip() for _code, value in subfields):
        found.append(Problem.EMPTY)
    number = next((value for code, value in subfields if code == "a"), "")
    if row.tag == "020" and isbn.looks_like(number) and not isbn.canonical(number):
        found.append(Problem.ISBN)
    if row.tag == "880" and not any(code == "6" for code, _value in subfields):
        found.append(Problem.UNLINKED)
    return found


def linked_tag(row: Row) -> str:
    """The tag an 880 is the other writing of ($6 245-01), or ""."""
    if row.tag != "880":
        return ""
    return field_of(row).get("6").strip()[:3]
