"""The titles of a list, a row each, with the copies the row tells of.

Rows that say the same of a title carry the same control number; who stores them joins their
copies to one title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from database.description import isbn, marc_form, own_marc
from database.description.marc import Record
from database.holdings.item_facts import ItemFacts
from database.sources import books, copies, own_columns
from database.sources.fields import Kind
from database.sources.table import Table
from database.sources.values import of_row
from database.vocabulary import OwnRecord


@dataclass(slots=True)
class Told:
    """A row about a title: its record, or the `reason` it is none; `doubts` are what of it is to
    be looked at. `call_number` is the title's own as it was, `cover` the name of its picture,
    `unfit` what one of the library's own fields cannot hold."""

    position: int
    record: Record | None
    reason: str = ""
    copies: list[ItemFacts] = field(default_factory=list)
    doubts: tuple[str, ...] = ()
    call_number: str = ""
    cover: str = ""
    unfit: tuple[str, ...] = ()


def of_table(table: Table, today: date) -> Iterator[Told]:
    """Every row of a table of titles, of copies or of ISBNs."""
    slims = table.shape.startswith("slims")
    for position, row in table.rows:
        values = of_row(row, table.columns, slims=slims)
        if table.kind is Kind.ISBNS:
            for number in isbn.listed(values.get("isbn", "")) or [""]:
                yield _of_isbn(position, number)
        else:
            told = of_values(position, values, table.shape, today)
            _own(told, values, table)
            if table.kind is Kind.ITEMS and told.record is not None:
                _by_title(told)
            yield told


def _own(told: Told, values: Mapping[str, str], table: Table) -> None:
    """What the row says of fields that the library declared itself, of the title and its copies."""
    if not table.own or told.record is None:
        return
    said, unfit = own_columns.read(values, table.own, OwnRecord.TITLE)
    told.record = own_marc.apply(told.record, said)
    of_copies, more = own_columns.read(values, table.own, OwnRecord.ITEM)
    if of_copies:
        told.copies = [replace(one, own=of_copies) for one in told.copies]
    told.unfit = (*unfit, *more)


def _by_title(told: Told) -> None:
    """A row about a copy tells no more of its title than its words and its call number: where
    no title has them, a brief one is made, to be catalogued yet."""
    record = told.record
    assert record is not None
    record.leader = record.leader[:17] + marc_form.BRIEF + record.leader[18:]
    mark = books.identity({"title": record.get("245", "a"), "call_number": told.call_number})
    for one in record.each("035"):
        one.subfields = [("a", f"(Selasar){mark}")]


def of_values(position: int, values: Mapping[str, str], shape: str, today: date) -> Told:
    """One title by the fields of its row, with the copies that the row tells of."""
    told = described(position, values, shape, today)
    if told.record is not None:
        told.copies, more = copies.of(values)
        told.doubts = (*told.doubts, *more)
    return told


def described(position: int, values: Mapping[str, str], shape: str, today: date) -> Told:
    """One title by the fields of its row; its copies are told elsewhere."""
    if not values.get("title", "").strip(" .,:;/-"):
        return Told(position, None, "no_title")
    record, doubts = books.record(values, shape, today)
    call_number, cover = values.get("call_number", "")[:80], values.get("cover", "")
    return Told(position, record, "", [], tuple(doubts), call_number, cover)


def _of_isbn(position: int, typed: str) -> Told:
    """A title of which only the ISBN is known: brief, under its number, to be looked up."""
    number = isbn.canonical(typed)
    if not number:
        return Told(position, None, "isbn_invalid")
    made = marc_form.apply(marc_form.brief(f"ISBN {isbn.hyphenated(number)}", ""), {"isbn": number})
    return Told(position, made, "", [ItemFacts()], ("only_isbn",))
