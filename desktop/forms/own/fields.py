"""The library's own fields in a form: what each is typed into, and its value as it is stored.

Whatever it is typed into, the value of such a field is the text that is stored: a day as
2027-01-31, a number as 21.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from database.library import Session
from database.policy import own_fields
from database.text import own_values
from database.text.own_values import OwnRow
from database.vocabulary import OwnKind, OwnRecord
from desktop.widgets.fields import Choice, DateField, Field, NumberField
from desktop.widgets.form import Form
from desktop.words.language import _, date_plain, number

PREFIX = "own:"
"""Begins the key of such a field in a form and in a list of columns."""
_IN_A_ROW = 3
_DECIMALS = 4


@dataclass(frozen=True)
class OwnDay(DateField):
    """A day, written as everywhere."""

    def read(self, raw: Any) -> Any:
        """2027-01-31, "" for none."""
        found = super().read(raw)
        return found.isoformat() if found else ""

    def write(self, value: Any) -> str:
        """31 Jan 2027; what is no day is shown as it is."""
        return _day(str(value or ""))


@dataclass(frozen=True)
class OwnNumber(NumberField):
    """A number with decimals or without."""

    decimals: int = _DECIMALS

    def read(self, raw: Any) -> Any:
        """21.5, "" for none."""
        found = super().read(raw)
        return "" if found is None else own_values.number(str(found)) or ""

    def write(self, value: Any) -> str:
        """21,5"""
        return _number(str(value or ""))


def _day(text: str) -> str:
    try:
        return date_plain(date.fromisoformat(text)) if text else ""
    except ValueError:
        return text


def _number(text: str) -> str:
    plain = own_values.number(text)
    if plain is None:
        return text
    return number(float(plain), len(plain.partition(".")[2]))


def key_of(row: OwnRow) -> str:
    """The key of a field in a form."""
    return f"{PREFIX}{row.key}"


def field_of(row: OwnRow) -> Field:
    """What a field is typed into."""
    key, kind = key_of(row), row.kind
    if kind == OwnKind.DATE:
        return OwnDay(key, row.name)
    if kind == OwnKind.NUMBER:
        return OwnNumber(key, row.name)
    if kind == OwnKind.CHOICE:
        return Choice(key, row.name, options=_options(row.choices))
    return Field(key, row.name)


def _options(choices: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return (("", _("not filled in")), *((one, one) for one in choices))


def rows(fields: Sequence[OwnRow]) -> tuple[tuple[str, ...], ...]:
    """Their keys as rows of a form."""
    keys = [key_of(one) for one in fields]
    return tuple(tuple(keys[at : at + _IN_A_ROW]) for at in range(0, len(keys), _IN_A_ROW))


def as_rows(fields: Sequence[OwnRow]) -> list[list[Field]]:
    """The same as fields, for a form that is built once."""
    made = [field_of(one) for one in fields]
    return [made[at : at + _IN_A_ROW] for at in range(0, len(made), _IN_A_ROW)]


def declare(form: Form, fields: Sequence[OwnRow]) -> bool:
    """Let a form have these fields; whether they are others than it had."""
    return form.declare([field_of(one) for one in fields])


def shown(form: Form, fields: Sequence[OwnRow], values: Mapping[str, str]) -> dict[str, Any]:
    """The values by key as the form shows them, each choosable."""
    found: dict[str, Any] = {}
    for one in fields:
        text = values.get(one.key, "")
        if one.kind == OwnKind.CHOICE:
            more = () if not text or text in one.choices else (text,)
            form.set_options(key_of(one), _options([*one.choices, *more]))
        found[key_of(one)] = text
    return found


def typed(values: Mapping[str, Any]) -> dict[str, str]:
    """The values of own fields among those of a form, by the fields' keys."""
    return {
        key.removeprefix(PREFIX): str(value or "")
        for key, value in values.items()
        if key.startswith(PREFIX)
    }


def said(row: OwnRow, text: str) -> str:
    """A stored value as it is read."""
    if row.kind == OwnKind.DATE:
        return _day(text)
    return _number(text) if row.kind == OwnKind.NUMBER else text


def told(fields: Sequence[OwnRow], stored: str, *, alone: bool = False) -> str:
    """All that a record has of them, in a line; of the only one there is the value alone."""
    values = own_values.unpacked(stored)
    if len(fields) == 1 and alone:
        return said(fields[0], values.get(fields[0].key, ""))
    line = _("{field}: {value}")
    return " · ".join(
        line.format(field=one.name, value=said(one, values[one.key]))
        for one in fields
        if values.get(one.key)
    )


def of_titles(session: Session) -> list[OwnRow]:
    """Those of titles that are in use."""
    return own_fields.of(session, OwnRecord.TITLE)


def of_copies(session: Session) -> list[OwnRow]:
    """Those of copies that are in use."""
    return own_fields.of(session, OwnRecord.ITEM)


def of_patrons(session: Session) -> list[OwnRow]:
    """Those of patrons that are in use."""
    return own_fields.of(session, OwnRecord.PATRON)
