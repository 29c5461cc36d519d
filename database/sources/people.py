"""The people of a list as plain values, for who enrols them; nothing private is among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from database.sources import cells, own_columns
from database.sources.table import Table
from database.sources.values import MANY, of_row
from database.text import phones
from database.text.words import key
from database.vocabulary import OwnRecord

_SEXES = {
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "female", "0"), "f"),
    **dict.fromkeys(("l", "lk", "laki", "laki laki", "pria", "m", "male", "1"), "m"),
}
_DAYS = ("joined_on", "valid_until")
_NUMBERS = ("staff_number", "number")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list as read; `wrong_date` is a cell that should be a date and is none,
    `doubts` are what of it was left out ("number_rounded"). `own` are values of fields that the
    library declared itself, by key, and `unfit` what such a field cannot hold."""

    position: int
    cells: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    wrong_date: str = ""
    doubts: tuple[str, ...] = ()
    own: dict[str, str] = field(default_factory=dict)
    unfit: tuple[str, ...] = ()

    def text(self, column: str) -> str:
        """A cell, "" where the list has no such column."""
        return self.values.get(column, "")


def of_table(table: Table) -> list[Row]:
    """Every row of a table of people."""
    slims = table.shape.startswith("slims")
    return [
        _of_row(at, of_row(row, table.columns, slims=slims), row, table) for at, row in table.rows
    ]


def _of_row(at: int, values: dict[str, str], row: Sequence[str], table: Table) -> Row:
    own, unfit = own_columns.read(values, table.own, OwnRecord.PATRON)
    plain = {name: text for name, text in values.items() if not own_columns.is_own(name)}
    return replace(of_values(at, plain, tuple(row)), own=own, unfit=unfit)


def of_database(rows: Iterator[tuple[int, dict[str, str]]]) -> list[Row]:
    """The people of another program's database."""
    return [of_values(at, values, tuple(values.values())) for at, values in rows]


def of_values(position: int, values: Mapping[str, str], whole: Sequence[str]) -> Row:
    """One person by the fields of its row."""
    told = {name: text for name, text in values.items() if text}
    told = _named(told)
    doubts: list[str] = []
    for name in _NUMBERS:
        if cells.is_rounded(told.get(name, "")):
            # What a spreadsheet has rounded would be somebody else's number.
            doubts.append("number_rounded")
            del told[name]
    told |= {name: cells.number(told[name]) for name in _NUMBERS if name in told}
    if "phone" in told:
        told["phone"] = _phone(told["phone"])
    if "sex" in told:
        told["sex"] = _SEXES.get(key(told["sex"]), "")
    if "email" in told:
        told["email"] = told["email"].partition(MANY)[0].removeprefix("mailto:").strip()
    days, wrong = _days(told)
    plain = {name: text.replace(MANY, "; ") for name, text in told.items()}
    return Row(position, tuple(whole), plain, days, wrong, tuple(doubts))


def _named(told: dict[str, str]) -> dict[str, str]:
    """A name in parts is one: given names, then the family's."""
    parts = [told.pop(one, "") for one in ("firstname", "middle_name", "surname")]
    return {"name": " ".join(" ".join(parts).split()), **told} if any(parts) else told


def _phone(text: str) -> str:
    """The first that is a number; a mobile before another."""
    said = [cells.number(one) for one in text.split(MANY)]
    mobile = [one for one in said if phones.normal(one).startswith("+628")]
    return next(iter([*mobile, *(one for one in said if phones.is_number(one)), *said]), "")


def _days(told: dict[str, str]) -> tuple[dict[str, date], str]:
    days, wrong = {}, ""
    for name in _DAYS:
        typed = told.pop(name, "").partition(MANY)[0]
        day, read = cells.day(typed)
        if day:
            days[name] = day
        elif not read:
            wrong = wrong or typed
    return days, wrong
