"""The database of SLiMS (Senayan) 5 to 9, out of its dump.

Tables and codes are those of SLiMS' own schema: levels of `biblio_author`, `topic_type`,
`item.source` (1 bought, 2 prize or grant), `loan.is_lent` and `is_return`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from database.sources import books, cells, titles
from database.sources.desk import ClosedTold, HoldTold, LoanTold, OwedTold, RuleTold, VisitTold
from database.sources.kept import Kept, text
from database.sources.titles import Told
from database.sources.values import MANY

KEYS = {
    "biblio": "biblio_id",
    "biblio_author": "biblio_id",
    "biblio_topic": "biblio_id",
    "item": "biblio_id",
    "mst_author": "author_id",
    "mst_topic": "topic_id",
    "mst_publisher": "publisher_id",
    "mst_place": "place_id",
    "mst_gmd": "gmd_id",
    "mst_language": "language_id",
    "mst_coll_type": "coll_type_id",
    "mst_location": "location_id",
    "mst_supplier": "supplier_id",
    "mst_item_status": "item_status_id",
    "mst_member_type": "member_type_id",
    "mst_loan_rules": "loan_rules_id",
    "member": "member_id",
    "loan": "loan_id",
    "loan_history": "loan_id",
    "fines": "member_id",
    "reserve": "reserve_id",
    "visitor_count": "visitor_id",
    "holiday": "holiday_id",
}
_DESCRIBING = frozenset(
    {
        *("biblio", "biblio_author", "mst_author", "mst_publisher", "mst_place", "mst_gmd"),
        "mst_language",
    }
)
_ENROLLING = frozenset({"member", "mst_member_type", "mst_loan_rules", "mst_coll_type"})
_LENDING = frozenset({"loan", "loan_history", "fines", "reserve", "visitor_count", "holiday"})
_ROLES = {"3": "editors", "4": "translators", "8": "illustrators"}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FINE_FOR = re.compile(r"\bitem\s+(\S+)", re.IGNORECASE)


def is_one(tables: Mapping[str, int]) -> bool:
    """Whether these tables are of SLiMS."""
    own = {"member", "mst_gmd", "mst_coll_type"} & tables.keys()
    return "biblio" in tables or bool("mst_member_type" in tables and own)


def needed(use: str, counts: Mapping[str, int]) -> frozenset[str]:
    """The tables that are read for titles, people or the desk; `counts` says what the dump has.
    What is waited for is told by the words of its title."""
    if use == "titles":
        return frozenset(KEYS) - _LENDING - {"member", "mst_member_type", "mst_loan_rules"}
    if use == "people":
        return _ENROLLING
    return _ENROLLING | _LENDING | (_DESCRIBING if counts.get("holds") else frozenset())


def titles_of(kept: Kept, today: date) -> Iterator[Told]:
    """Every title with its copies; then copies whose title is not there, told as refused."""
    for position, row in enumerate(kept.all("biblio"), 1):
        values = _title(kept, row)
        told = titles.described(position, values, "slims_dump", today)
        held = [_copies(kept, one, values) for one in kept.of("item", row.get("biblio_id"))]
        told.copies = [copy for one in held for copy in one[0]]
        told.doubts = (*told.doubts, *(doubt for one in held for doubt in one[1]))
        yield told


def _title(kept: Kept, row: Mapping[str, Any]) -> dict[str, str]:
    def named(table: str, column: str, of: str) -> str:
        return text(kept.one(table, row.get(column)), of)

    values = {
        "title": text(row, "title"),
        "statement": text(row, "sor"),
        "edition": text(row, "edition"),
        "isbn": text(row, "isbn_issn"),
        "publisher": named("mst_publisher", "publisher_id", "publisher_name"),
        "place": named("mst_place", "publish_place_id", "place_name"),
        "year": text(row, "publish_year"),
        "extent": text(row, "collation"),
        "series": text(row, "series_title"),
        "call_number": text(row, "call_number"),
        "classification": text(row, "classification"),
        "language": named("mst_language", "language_id", "language_name")
        or text(row, "language_id"),
        "note": text(row, "notes"),
        "kind": named("mst_gmd", "gmd_id", "gmd_name"),
        "cover": text(row, "image"),
        "subjects": MANY.join(_subjects(kept, row)),
        **_people(kept, row),
    }
    return _said(values)


def _said(values: Mapping[str, str]) -> dict[str, str]:
    """What of some values says anything, without blanks around it."""
    plain = ((name, value.strip()) for name, value in values.items() if value)
    return {name: value for name, value in plain if value.lower() not in cells.NOTHING}


def _subjects(kept: Kept, row: Mapping[str, Any]) -> Iterator[str]:
    for link in kept.of("biblio_topic", row.get("biblio_id")):
        if topic := text(kept.one("mst_topic", link.get("topic_id")), "topic").strip():
            yield topic


def _people(kept: Kept, row: Mapping[str, Any]) -> dict[str, str]:
    """Names by what they did; bodies and meetings (o, c) apart."""
    found: dict[str, list[str]] = {}
    links = sorted(
        kept.of("biblio_author", row.get("biblio_id")), key=lambda one: text(one, "level") != "1"
    )
    for link in links:
        author = kept.one("mst_author", link.get("author_id"))
        name, level = text(author, "author_name").strip(), text(link, "level")
        if not name:
            continue
        column = _ROLES.get(level, "authors" if level in ("", "1") else "added_authors")
        if text(author, "authority_type") in ("o", "c"):
            column = (
                "corporate_author"
                if level in ("", "1") and "authors" not in found
                else "added_bodies"
            )
        found.setdefault(column, []).append(name)
    return {column: MANY.join(names) for column, names in found.items()}


def _copies(kept: Kept, row: Mapping[str, Any], title: Mapping[str, str]) -> Any:
    from database.sources import copies

    def named(table: str, column: str, of: str) -> str:
        return text(kept.one(table, row.get(column)), of) or text(row, column)

    source = text(row, "source")
    values = {
        "barcodes": text(row, "item_code").replace(";", " ").replace(",", " "),
        "accession_number": text(row, "inventory_code"),
        "call_number": text(row, "call_number") or title.get("call_number", ""),
        "collection": named("mst_coll_type", "coll_type_id", "coll_type_name"),
        "acquired_on": text(row, "received_date")[:10] or text(row, "input_date")[:10],
        "supplier": text(kept.one("mst_supplier", row.get("supplier_id")), "supplier_name"),
        "location": named("mst_location", "location_id", "location_name"),
        "status": text(kept.one("mst_item_status", row.get("item_status_id")), "item_status_name")
        or text(row, "item_status_id"),
        "source": source if source != "0" else "",
        "invoice": text(row, "invoice"),
        "price": text(row, "price"),
        "currency": text(row, "price_currency"),
        "kind": title.get("kind", ""),
    }
    return copies.of(_said(values))


def people_of(kept: Kept) -> Iterator[tuple[int, dict[str, str]]]:
    """Members by the fields of a list of people; what is private of them is not read."""
    for position, row in enumerate(kept.all("member"), 1):
        kind = text(kept.one("mst_member_type", row.get("member_type_id")), "member_type_name")
        values = {
            "number": text(row, "member_id"),
            "name": text(row, "member_name"),
            "sex": text(row, "gender"),
            "category": kind,
            "institution": text(row, "inst_name"),
            "phone": text(row, "member_phone"),
            "email": text(row, "member_email"),
            "joined_on": text(row, "member_since_date") or text(row, "register_date"),
            "valid_until": text(row, "expire_date"),
            "note": text(row, "member_notes"),
        }
        yield position, _said(values)


def _day(row: Mapping[str, Any], column: str) -> date | None:
    return cells.day(text(row, column)[:10])[0]


def loans_of(kept: Kept) -> Iterator[LoanTold]:
    """Loans that are open, then those that ended: of `loan_history` where it is kept, which holds
    all of `loan` too."""
    history = kept.tables.get("loan_history", 0) > 0
    for position, row in enumerate(kept.all("loan"), 1):
        ended = text(row, "is_return") == "1" or text(row, "is_lent") == "0"
        if not (ended and history):
            yield _loan(kept, position, row, ended)
    for position, row in enumerate(kept.all("loan_history"), 1):
        if text(row, "is_return") == "1":
            yield _loan(kept, position, row, ended=True)


def _loan(kept: Kept, position: int, row: Mapping[str, Any], ended: bool) -> LoanTold:
    returned = _day(row, "return_date") or _day(row, "last_update") or _day(row, "due_date")
    member = kept.one("member", row.get("member_id"))
    kind = text(kept.one("mst_member_type", member.get("member_type_id")), "member_type_name")
    renewed = text(row, "renewed")
    return LoanTold(
        position,
        text(row, "item_code").strip(),
        text(row, "member_id").strip(),
        _day(row, "loan_date"),
        _day(row, "due_date"),
        returned if ended else None,
        int(renewed) if renewed.isdecimal() and len(renewed) < 4 else 0,
        kind or text(row, "member_type_name"),
    )


def owed_of(kept: Kept) -> Iterator[OwedTold]:
    """What members owe: debit less credit, the newest lines last."""
    for position, row in enumerate(kept.all("fines"), 1):
        owed = _amount(text(row, "debet")) - _amount(text(row, "credit"))
        found = _FINE_FOR.search(text(row, "description"))
        if owed > 0:
            barcode = found[1] if found else ""
            yield OwedTold(position, text(row, "member_id"), owed, _day(row, "fines_date"), barcode)


def _amount(value: str) -> int:
    plain = value.partition(".")[0]
    return int(plain) if plain.isdecimal() and len(plain) < 10 else 0


def holds_of(kept: Kept) -> Iterator[HoldTold]:
    """Reservations."""
    for position, row in enumerate(kept.all("reserve"), 1):
        day = _day(row, "reserve_date")
        yield HoldTold(
            position, text(row, "member_id"), text(row, "biblio_id"), text(row, "item_code"), day
        )


def control_of(kept: Kept, title: str) -> str:
    """The control number under which a title of SLiMS came in; "" where it is not there."""
    row = kept.one("biblio", title)
    return f"(Selasar){books.identity(_title(kept, row))}" if row else ""


def visits_of(kept: Kept) -> Iterator[VisitTold]:
    """Visits, of whom nothing but the kind of member is read."""
    for position, row in enumerate(kept.all("visitor_count"), 1):
        member = kept.one("member", row.get("member_id"))
        kind = text(kept.one("mst_member_type", member.get("member_type_id")), "member_type_name")
        yield VisitTold(position, _day(row, "checkin_date"), kind)


def rules_of(kept: Kept) -> Iterator[RuleTold]:
    """What each kind of member may borrow, and of which kind of copy otherwise."""
    for row in kept.all("mst_member_type"):
        yield _rule(row, text(row, "member_type_name"), "", _number(row, "member_periode"))
    for row in kept.all("mst_loan_rules"):
        kind = text(kept.one("mst_member_type", row.get("member_type_id")), "member_type_name")
        material = text(kept.one("mst_coll_type", row.get("coll_type_id")), "coll_type_name")
        if kind:
            yield _rule(row, kind, material)


def _rule(row: Mapping[str, Any], kind: str, material: str, validity: int = 0) -> RuleTold:
    return RuleTold(
        kind,
        material,
        _number(row, "loan_limit"),
        _number(row, "loan_periode"),
        _number(row, "reborrow_limit"),
        _number(row, "fine_each_day"),
        _number(row, "grace_periode"),
        validity,
    )


def _number(row: Mapping[str, Any], column: str) -> int:
    return _amount(text(row, column))


def closed_of(kept: Kept) -> Iterator[ClosedTold]:
    """Holidays, and the weekdays on which the library is closed."""
    for row in kept.all("holiday"):
        day, name = _day(row, "holiday_date"), text(row, "description")
        week = text(row, "holiday_dayname").strip().lower()[:3]
        if day is not None:
            yield ClosedTold(day, None, name)
        elif week in _WEEKDAYS:
            yield ClosedTold(None, _WEEKDAYS.index(week), name)
