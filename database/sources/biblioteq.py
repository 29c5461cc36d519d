"""The database of BiblioteQ (one SQLite file): books with their copies, members, loans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from database.sources import cells, copies, titles
from database.sources.desk import LoanTold
from database.sources.kept import Kept, text
from database.sources.titles import Told
from database.sources.values import MANY

KEYS = {
    "book": "myoid",
    "book_copy_info": "item_oid",
    "cd": "myoid",
    "dvd": "myoid",
    "grey_literature": "myoid",
    "journal": "myoid",
    "magazine": "myoid",
    "member": "memberid",
    "item_borrower": "item_oid",
    "member_history": "item_oid",
}
_TABLES = (("book", "book"), ("grey_literature", "book"), ("journal", "jurnal"),
           ("magazine", "majalah"), ("cd", "cd"), ("dvd", "dvd"))  # fmt: skip


def is_one(tables: Mapping[str, int]) -> bool:
    """Whether these tables are of BiblioteQ."""
    return "book_copy_info" in tables or {"item_borrower", "member_history"} <= tables.keys()


def titles_of(kept: Kept, today: date) -> Iterator[Told]:
    """Every title of every kind, books with the barcodes of their copies."""
    position = 0
    for table, kind in _TABLES:
        for row in kept.all(table):
            position += 1
            values = _values(row, kind)
            told = titles.of_values(position, values, "biblioteq", today)
            held = MANY.join(
                text(one, "copyid") for one in kept.of("book_copy_info", row.get("myoid"))
            )
            quantity = text(row, "quantity") or "1"
            counted = {**values, "barcodes": held, "copies": quantity}
            if table == "book":
                told.copies, _doubts = copies.of({k: v for k, v in counted.items() if v})
            yield told


def _values(row: Mapping[str, Any], kind: str) -> dict[str, str]:
    values = {
        "title": text(row, "title"),
        "authors": _lines(row, "author") or _lines(row, "artist") or _lines(row, "directors"),
        "subjects": MANY.join(x for x in (_lines(row, "category"), _lines(row, "keyword")) if x),
        "publisher": _lines(row, "publisher")
        or _lines(row, "recording_label")
        or _lines(row, "studio"),
        "place": _lines(row, "place"),
        "year": _year(text(row, "pdate") or text(row, "rdate")),
        "edition": text(row, "edition"),
        "isbn": MANY.join(x for x in (text(row, "isbn13"), text(row, "id")) if x),
        "language": text(row, "language"),
        "call_number": text(row, "callnumber"),
        "classification": text(row, "deweynumber"),
        "summary": text(row, "description"),
        "location": text(row, "location"),
        "price": text(row, "price").removesuffix(".0"),
        "currency": text(row, "monetary_units"),
        "volume": text(row, "volume_number") or text(row, "issuevolume"),
        "acquired_on": _turned(text(row, "purchase_date")),
        "kind": kind,
    }
    if values["price"] in ("0", "0.00"):
        values["price"] = ""
    said = {name: value.strip() for name, value in values.items()}
    return {
        name: value
        for name, value in said.items()
        if value and value.upper() not in ("N/A", "UNKNOWN")
    }


def _lines(row: Mapping[str, Any], column: str) -> str:
    return MANY.join(line.strip() for line in text(row, column).splitlines() if line.strip())


def _year(day: str) -> str:
    return day[-4:] if day[-4:].isdecimal() and day[-4:] not in ("1900", "0000") else ""


def _turned(day: str) -> str:
    """MM/DD/YYYY as the day it is; what it sets where nobody typed one is none."""
    parts = day.split("/")
    if len(parts) != 3 or day in ("01/01/2000", "01/01/1900"):
        return ""
    return f"{parts[2]}-{parts[0]}-{parts[1]}"


def people_of(kept: Kept) -> Iterator[tuple[int, dict[str, str]]]:
    """Members; what is private of them is not read."""
    for position, row in enumerate(kept.all("member"), 1):
        names = (text(row, one) for one in ("first_name", "middle_init", "last_name"))
        values = {
            "number": text(row, "memberid"),
            "name": " ".join(" ".join(names).split()),
            "sex": text(row, "sex"),
            "category": text(row, "memberclass"),
            "phone": text(row, "telephone_num"),
            "email": text(row, "email"),
            "joined_on": _turned(text(row, "membersince")),
            "valid_until": _turned(text(row, "expiration_date")),
            "note": text(row, "comments"),
        }
        yield (
            position,
            {name: said for name, value in values.items() if (said := cells.said(value))},
        )


def loans_of(kept: Kept) -> Iterator[LoanTold]:
    """Loans that are open, then those of the history."""
    for position, row in enumerate(kept.all("item_borrower"), 1):
        yield _loan(position, row, ended=False)
    for position, row in enumerate(kept.all("member_history"), 1):
        if text(row, "returned_date") not in ("", "N/A"):
            yield _loan(position, row, ended=True)


def _loan(position: int, row: Mapping[str, Any], ended: bool) -> LoanTold:
    def day(column: str) -> date | None:
        return cells.day(_turned(text(row, column)))[0]

    back = day("returned_date") if ended else None
    return LoanTold(
        position,
        text(row, "copyid"),
        text(row, "memberid"),
        day("reserved_date"),
        day("duedate"),
        back,
    )
