"""The columns of a register: which fields are worth one, and how they are read."""

from __future__ import annotations

from datetime import date
from functools import partial

from database.registers.fields import Entry, FieldSpec
from desktop.widgets.table import Column
from desktop.words.language import _, date_plain, money, number
from desktop.words.register_words import field, word

COLUMNS = 6
_FIRST = ("number", "year", "day", "title", "partner", "person", "kind", "state", "votes")
_NOT_LISTED = frozenset(
    {
        "note",
        "question",
        "patient",
        "intervention",
        "comparison",
        "outcome",
        "impact",
        "result",
        "results",
        "places",
        "leader",
        "contact",
        "publisher",
        "edition",
    }
)


def listed(specs: tuple[FieldSpec, ...]) -> list[FieldSpec]:
    """The fields worth a column, what names a line first."""
    rest = [spec for spec in specs if spec.key not in _NOT_LISTED]
    order = {key: place for place, key in enumerate(_FIRST)}
    return sorted(rest, key=lambda spec: order.get(spec.key, 99))[:COLUMNS]


def column_of(spec: FieldSpec, place: int, name: str) -> Column:
    """The column of a field."""
    figures = spec.type in {"number", "money", "hours", "score"} and spec.key != "year"
    wide = spec.key in {"title", "requester", "person"}
    return Column(
        field(spec.key, name),
        partial(_cell, spec),
        kind="number" if figures else "text",
        strong=place == 0,
        stretch=wide,
        optional=place > 3,
    )


def _cell(spec: FieldSpec, row: Entry) -> str:
    value = row.values.get(spec.key)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_plain(value)
    if spec.type == "money":
        return money(value)
    if spec.type == "hours":
        return number(value, 2) if value else ""
    if isinstance(value, int) and spec.key != "year":
        return number(value) if value or spec.required else ""
    return word(str(value))
