"""Columns of a list that mean a field which the library declared itself: proposed where the heading
is its name, read as people write days, numbers and choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from database.sources import cells
from database.sources.fields import NEEDED, PRIVATE, Kind
from database.text import amounts, own_values
from database.text.own_values import OwnRow
from database.text.words import key
from database.vocabulary import OwnKind, OwnRecord

PREFIX = "own:"
_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.TITLES: (OwnRecord.TITLE, OwnRecord.ITEM),
    Kind.ITEMS: (OwnRecord.ITEM,),
    Kind.PATRONS: (OwnRecord.PATRON,),
}
"""Of which records the rows of a list tell."""


def field_of(one: OwnRow) -> str:
    """How a column that means this field is called among the fields of a list."""
    return f"{PREFIX}{one.record}:{one.key}"


def is_own(field: str) -> bool:
    """Whether a column means a field of the library's own."""
    return field.startswith(PREFIX)


def of_kind(own: Sequence[OwnRow], kind: Kind) -> list[OwnRow]:
    """The fields that a list of this kind may fill in."""
    records = _OF.get(kind, ())
    found = [one for one in own if one.active and one.record in records]
    return sorted(found, key=lambda one: records.index(one.record))


def fields_of(own: Sequence[OwnRow], kind: Kind) -> list[str]:
    """The same as fields of a list."""
    return [field_of(one) for one in of_kind(own, kind)]


def proposed(heading: str, field: str, kind: Kind, own: Sequence[OwnRow]) -> str:
    """What a column means: the library's own field of that name, before what others mean by it.
    What a list of its kind cannot do without, and what is never stored, stays so."""
    if field == PRIVATE or field in NEEDED.get(kind, ()):
        return field
    name = key(heading)
    found = (one for one in of_kind(own, kind) if name and key(one.name) == name)
    return next(map(field_of, found), field)


def read(
    values: Mapping[str, str], own: Sequence[OwnRow], record: OwnRecord
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values of a row for this kind of record, by the keys of their fields, as they are
    stored; and what was said of a field that cannot hold it."""
    found: dict[str, str] = {}
    unfit: list[str] = []
    for one in own:
        said = values.get(field_of(one), "") if one.record == record else ""
        if not said:
            continue
        value = _value(one, said)
        if value is None:
            unfit.append(f"{one.name}: {said.replace(cells.MANY, '; ')[:60]}")
        else:
            found[one.key] = value
    return found, tuple(unfit)


def _value(one: OwnRow, said: str) -> str | None:
    text = said.replace(cells.MANY, "; ")
    if one.kind == OwnKind.DATE:
        day, _read = cells.day(text)
        return day.isoformat() if day else None
    if one.kind == OwnKind.NUMBER:
        number = amounts.number(text)
        return own_values.number(str(number)) if number is not None else None
    if one.kind == OwnKind.CHOICE:
        return next((choice for choice in one.choices if key(choice) == key(text)), None)
    return own_values.fitting(one, text)
