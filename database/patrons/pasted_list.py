"""Lists of people as a school or an office hands them over, pasted or as a file of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from database.exchange.file_format import Sheet
from database.refusal import Reason, Refusal
from database.sources import people, shapes
from database.sources.fields import PRIVATE, Kind
from database.sources.people import Row
from database.sources.table import Table
from database.text import dates, phones
from database.text.own_values import OwnRow
from database.text.words import key

# One word of at least four signs, two of them figures: H1A020045, 20.1234, 19870412.
_NUMBER = re.compile(r"(?=(?:\D*\d){2})[\w./-]{4,25}")
_NIK = re.compile(r"\d{16}")
_BY_HAND = ("institution", "unit", "note")
_SEX = re.compile(r"p|pr|perempuan|wanita|f|female|l|lk|laki|laki laki|pria|m|male")


def table_of(sheet: Sheet, *, by_look: bool) -> Table:
    """The table of a list of people; one without headings is read by what stands in its cells
    where `by_look` allows it, because somebody then sees it before anything is done.

    Raises Refusal NOT_PEOPLE for a list of something else, COLUMNS_UNKNOWN for one whose headings
    name no person.
    """
    told = shapes.read(sheet)
    if told.kind is not None and told.kind is not Kind.PATRONS:
        raise Refusal(Reason.NOT_PEOPLE, kind=told.kind)
    if told.kind is Kind.PATRONS:
        return told
    if not by_look:
        first = next((row for _at, row in told.rows), [])
        raise Refusal(Reason.COLUMNS_UNKNOWN, headings=", ".join(one for one in first if one)[:200])
    columns = _guessed([row for _at, row in told.rows])
    named = dict(enumerate(columns))
    meant = tuple(replace(one, field=named.get(one.at, "")) for one in told.columns)
    return replace(told, kind=Kind.PATRONS, columns=meant)


def read(
    table: Sequence[Sequence[str]], *, by_look: bool = True, own: Sequence[OwnRow] = ()
) -> tuple[list[str], list[Row]]:
    """The columns found ("" for one nobody knows) and every line that says something; `own` are
    the fields that the library declared itself.

    Raises as `table_of`.
    """
    if not any(any(map(str.strip, row)) for row in table):
        return [], []
    told = table_of(Sheet("", [list(row) for row in table]), by_look=by_look).knowing(own)
    return [one.field for one in told.columns], people.of_table(told)


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """By what stands in them; the first of letters is the name."""
    columns: list[str] = []
    for at in range(max((len(row) for row in rows), default=0)):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        wanted = next((one for one in _may_be(cells) if one not in columns or one == PRIVATE), "")
        columns.append(wanted)
    if "valid_until" not in columns:
        # Of one date alone the end is meant.
        columns = ["valid_until" if one == "joined_on" else one for one in columns]
    return columns


def _may_be(cells: Sequence[str]) -> Sequence[str]:
    def most(test: object) -> bool:
        return callable(test) and 2 * sum(bool(test(one)) for one in cells) > len(cells)

    if most(lambda one: dates.parse(one) is not None):
        return ("joined_on", "valid_until")
    if most(lambda one: _SEX.fullmatch(key(one))):
        return ("sex",)
    if most(_NIK.fullmatch):
        return (PRIVATE,)
    if most(_looks_like_phone):
        return ("phone",)
    if most(_NUMBER.fullmatch):
        return ("staff_number",)
    if most(str.isdigit) or not cells:
        return ()
    return ("name", *_BY_HAND)


def _looks_like_phone(text: str) -> bool:
    return bool(re.match(r"[(]?(?:\+|0|62|8)", text)) and phones.is_number(text)
