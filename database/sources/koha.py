"""The database of Koha, out of its dump: records with their items, borrowers, loans.

A record is the MARCXML of `biblio_metadata`; its items become its 952 fields, as Koha itself
exports them (subfields of its default framework), and are read as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from database.description.marc import Field, Record
from database.exchange.formats.marcxml import record_in
from database.sources import cells
from database.sources.desk import LoanTold, RuleTold
from database.sources.kept import Kept, text
from database.sources.titles import Told

KEYS = {
    "biblio_metadata": "biblionumber",
    "items": "biblionumber",
    "borrowers": "borrowernumber",
    "categories": "categorycode",
    "issues": "issue_id",
    "old_issues": "issue_id",
}
_ITEM = {
    "homebranch": "a",
    "holdingbranch": "b",
    "location": "c",
    "dateaccessioned": "d",
    "booksellerid": "e",
    "price": "g",
    "stocknumber": "i",
    "itemcallnumber": "o",
    "barcode": "p",
    "copynumber": "t",
    "replacementprice": "v",
    "itype": "y",
    "itemnotes": "z",
    "withdrawn": "0",
    "itemlost": "1",
    "damaged": "4",
    "notforloan": "7",
    "ccode": "8",
}
"""Columns of `items` and the subfields of 952 that Koha's default framework gives them."""


def is_one(tables: Mapping[str, int]) -> bool:
    """Whether these tables are of Koha."""
    return bool({"biblio_metadata", "borrowers"} & tables.keys()) or (
        "items" in tables and "biblio" not in tables
    )


def needed(use: str, _counts: Mapping[str, int]) -> frozenset[str]:
    """The tables that are read for titles, people or the desk."""
    if use == "titles":
        return frozenset({"biblio_metadata", "items"})
    people = frozenset({"borrowers", "categories"})
    return people if use == "people" else people | {"items", "issues", "old_issues"}


def titles_of(kept: Kept, _today: date) -> Iterator[Told]:
    """Every record with its items; then the items whose record is not there, refused."""
    position = 0
    for row in kept.all("biblio_metadata"):
        position += 1
        record = _record(text(row, "metadata"))
        if record is None:
            yield Told(position, None, "bad_xml")
            continue
        held = kept.of("items", row.get("biblionumber"))
        record.fields = [one for one in record.fields if one.tag != "952"]
        record.fields += [_field(one) for one in held]
        yield Told(position, record)
    for row in kept.all("items"):
        if not kept.has("biblio_metadata", row.get("biblionumber")):
            position += 1
            yield Told(position, None, "title_unknown")


def _record(metadata: str) -> Record | None:
    # Text that declares entities of its own is no record of Koha's.
    if "<!" in metadata:
        return None
    try:
        return record_in(ET.fromstring(metadata.encode()))
    except (ET.ParseError, ValueError):
        return None


def _field(row: Mapping[str, Any]) -> Field:
    said = ((code, text(row, column).strip()) for column, code in _ITEM.items())
    return Field("952", None, "  ", [(code, value) for code, value in said if value])


def people_of(kept: Kept) -> Iterator[tuple[int, dict[str, str]]]:
    """Borrowers; what is private of them is not read."""
    for position, row in enumerate(kept.all("borrowers"), 1):
        names = (text(row, one) for one in ("firstname", "middle_name", "surname"))
        kind = kept.one("categories", row.get("categorycode"))
        values = {
            "number": text(row, "cardnumber"),
            "name": " ".join(" ".join(names).split()),
            "sex": text(row, "sex"),
            "category": text(kind, "description") or text(row, "categorycode"),
            "phone": text(row, "mobile") or text(row, "phone"),
            "email": text(row, "email"),
            "joined_on": text(row, "dateenrolled"),
            "valid_until": text(row, "dateexpiry"),
            "note": text(row, "borrowernotes"),
        }
        said = {name: cells.said(value) for name, value in values.items()}
        yield position, {name: value for name, value in said.items() if value}


def loans_of(kept: Kept) -> Iterator[LoanTold]:
    """Loans that are open, then those that ended."""
    barcodes = {text(row, "itemnumber"): text(row, "barcode") for row in kept.all("items")}
    position = 0
    for table in ("issues", "old_issues"):
        for row in kept.all(table):
            position += 1
            member = kept.one("borrowers", row.get("borrowernumber"))
            ended = table == "old_issues"
            back = _day(row, "returndate") or _day(row, "date_due")
            renewed = text(row, "renewals_count") or text(row, "renewals")
            yield LoanTold(
                position,
                barcodes.get(text(row, "itemnumber"), ""),
                text(member, "cardnumber"),
                _day(row, "issuedate"),
                _day(row, "date_due"),
                back if ended else None,
                int(renewed) if renewed.isdecimal() and len(renewed) < 4 else 0,
                text(kept.one("categories", member.get("categorycode")), "description"),
            )


def _day(row: Mapping[str, Any], column: str) -> date | None:
    return cells.day(text(row, column)[:10])[0]


def rules_of(kept: Kept) -> Iterator[RuleTold]:
    """How long each kind of borrower is one, in days; what it may borrow is kept elsewhere."""
    for row in kept.all("categories"):
        months = text(row, "enrolmentperiod")
        days = int(months) * 365 // 12 if months.isdecimal() and len(months) < 4 else 0
        yield RuleTold(text(row, "description"), "", 0, 0, 0, 0, 0, min(days, 3650))
