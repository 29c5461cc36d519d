"""Lists whose shape is known by the program that wrote it, with or without a line of headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from database.exchange.file_format import Sheet
from database.sources import cells, table
from database.sources.fields import Kind
from database.sources.table import Table
from database.text import private_words


@dataclass(frozen=True, slots=True)
class Shape:
    """A list of another program: the headings by which it is known (`needs`, folded), and for one
    that is written without them all of them in order."""

    name: str
    kind: Kind
    needs: frozenset[str]
    written: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """All its headings in order, () where it always has them."""
        return tuple(self.written.split(",")) if self.written else ()


def _set(text: str) -> frozenset[str]:
    return frozenset(one.strip() for one in text.split(","))


_TITLES = (
    "title,gmd_name,edition,isbn_issn,publisher_name,publish_year,collation,series_title,call_number,"
    "language_name,place_name,classification,notes,image,sor,authors,topics,item_code"
)
_ITEMS = (
    "item_code,call_number,coll_type_name,inventory_code,received_date,supplier_name,order_no,"
    "location_name,order_date,item_status_name,site,source,invoice,price,price_currency,"
    "invoice_date,input_date,last_update,title"
)
_MEMBERS = (
    "member_id,member_name,gender,member_type_name,member_email,member_address,postal_code,"
    "inst_name,is_new,member_image,pin,member_phone,member_fax,member_since_date,register_date,"
    "expire_date,birth_date,member_notes,mpasswd"
)
SHAPES = (
    Shape("slims_titles", Kind.TITLES, _set("gmd name,isbn issn,sor,topics"), _TITLES),
    Shape("slims_items", Kind.ITEMS, _set("item code,coll type name,inventory code"), _ITEMS),
    Shape("slims_members", Kind.PATRONS, _set("member id,member type name,is new"), _MEMBERS),
    Shape("inlislite_titles", Kind.TITLES, _set("no barcode,judul utama,tajuk pengarang")),
    Shape("inlislite_titles", Kind.TITLES, _set("item id,rekanan,nomor panggil,no induk")),
    Shape("inlislite_members", Kind.PATRONS, _set("no anggota,ibu kandung,jenis anggota")),
    Shape("koha_members", Kind.PATRONS, _set("cardnumber,surname,categorycode")),
    Shape("goodreads", Kind.TITLES, _set("book id,exclusive shelf,bookshelves")),
    Shape("biblioteq_titles", Kind.TITLES, _set("isbn 10,monetary units,availability,title")),
)  # fmt: skip


def read(sheet: Sheet) -> Table:
    """The table of a sheet, with the shape it is known by."""
    told = table.read(sheet)
    if told.kind is not None:
        headings = {private_words.folded(one.heading) for one in told.columns}
        known = next((one for one in SHAPES if one.needs <= headings), None)
        if known is not None:
            told = replace(told if known.kind is told.kind else table.read(sheet, known.kind))
            return replace(told, shape=known.name)
        return told
    shape = _headless(told.rows)
    if shape is None:
        return _isbns(sheet, told)
    wide = max(len(row) for _at, row in told.rows)
    headings_ = [*shape.order, *([""] * wide)][: max(wide, len(shape.order))]
    read_ = table.read(replace(sheet, rows=[headings_, *sheet.rows]), shape.kind)
    rows = [(at - 1, row) for at, row in read_.rows]
    others = [(at - 1, why) for at, why in read_.others if at > 1]
    return replace(read_, shape=shape.name, heading=0, rows=rows, others=others)


_LISTED = re.compile(r"<[^<>]*>(?:<[^<>]*>)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?")


def _headless(rows: Sequence[tuple[int, list[str]]]) -> Shape | None:
    """A list of SLiMS that was written without its headings: by what stands in its cells."""
    looked = [row for _at, row in rows[:200]]
    tests = {
        "slims_titles": (17, lambda row: _is_title(row)),
        "slims_items": (18, lambda row: _is_item(row)),
        "slims_members": (17, lambda row: _is_member(row)),
    }
    for shape in SHAPES:
        if shape.name not in tests:
            continue
        least, test = tests[shape.name]
        wide = [row for row in looked if least <= len(row) <= len(shape.order) + 2]
        if wide and 2 * sum(map(test, wide)) > len(looked):
            return shape
    return None


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _is_title(row: Sequence[str]) -> bool:
    lists = [_cell(row, at) for at in (15, 16, 17)]
    listed = any(map(_LISTED.fullmatch, lists)) and not any(
        one and not one.startswith("<") for one in lists
    )
    return bool(_cell(row, 0)) and listed


def _is_item(row: Sequence[str]) -> bool:
    days = [cells.said(_cell(row, at)) for at in (4, 8, 15, 16, 17)]
    told = [one for one in days if one]
    return bool(_cell(row, 0)) and len(told) >= 2 and all(map(_DAY.fullmatch, told))


def _is_member(row: Sequence[str]) -> bool:
    days = [cells.said(_cell(row, at)) for at in (13, 14, 15, 16)]
    told = [one for one in days if one]
    signs = _cell(row, 2) in ("0", "1", "") and _cell(row, 8) in ("0", "1", "")
    return bool(_cell(row, 1)) and signs and len(told) >= 2 and all(map(_DAY.fullmatch, told))


def _isbns(sheet: Sheet, told: Table) -> Table:
    """A list of ISBNs, typed or scanned one after the other, a line each or all in one."""
    from database.description import isbn

    found: list[tuple[int, list[str]]] = []
    others, bad = [], 0
    for at, row in told.rows:
        said = [one for cell in row for one in isbn.listed(cell)]
        good = [one for one in said if isbn.looks_like(one)]
        bad += len(said) - len(good)
        if not found and not good:
            others.append((at, table.Other.ABOVE))
            continue
        found += [(at, [one.strip()]) for one in said]
    if not found or bad * 3 > len(found):
        return told
    columns = (table.Column(0, "", "isbn", tuple(row[0] for _at, row in found[:3])),)
    return Table(told.sheet, Kind.ISBNS, "isbns", 0, columns, found, others, told.about)
