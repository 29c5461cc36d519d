"""What a column of a list may mean, told by its heading (`resources/columns.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from database.text.private_words import folded, patterns, why_private


class Kind(StrEnum):
    """What the rows of a list are."""

    TITLES = "titles"
    ITEMS = "items"
    PATRONS = "patrons"
    LOANS = "loans"
    ISBNS = "isbns"


PRIVATE = "private"
"""The field of a column that is left out whatever anybody wishes."""
IGNORED = "ignored"
NEEDED = {
    Kind.TITLES: ("title",),
    Kind.ITEMS: ("barcodes", "title"),
    Kind.PATRONS: ("name", "surname"),
    Kind.LOANS: ("lent_on",),
    Kind.ISBNS: ("isbn",),
}
"""Without one of them (of items without all) a list is none of its kind."""
_ALL = frozenset({Kind.ITEMS})
_ITEM_FIELDS = frozenset(
    {
        *("barcodes", "accession_number", "call_number", "collection", "location", "source"),
        *("supplier", "price", "currency", "acquired_on", "status", "invoice", "copy_number"),
        "title",
    }
)


@cache
def known(kind: Kind) -> tuple[str, ...]:
    """The fields a list of this kind may have."""
    if kind is Kind.ITEMS:
        return tuple(sorted(_ITEM_FIELDS))
    if kind is Kind.ISBNS:
        return ("isbn",)
    return tuple(field for field, _pattern in patterns(kind) if field not in (IGNORED, "number")
                 or (kind is not Kind.TITLES and field == "number"))  # fmt: skip


def meant(heading: str, kind: Kind) -> str:
    """The field of a heading in a list of `kind`, "" for one that nobody knows."""
    if kind is Kind.PATRONS and why_private(heading):
        return PRIVATE
    text = folded(heading)
    vocabulary = Kind.TITLES if kind in (Kind.ITEMS, Kind.ISBNS) else kind
    found = next((field for field, one in patterns(vocabulary) if one.fullmatch(text)), "")
    if kind is Kind.ISBNS or (kind is Kind.ITEMS and found not in _ITEM_FIELDS):
        return found if found == "isbn" else ""
    return found


def of_headings(headings: Sequence[str], kind: Kind) -> list[str]:
    """The field of each column; of two that mean the same, the first, but lists of names,
    subjects and telephones, where each adds."""
    fields: list[str] = []
    for heading in headings:
        field = meant(heading, kind)
        again = field in fields and field not in _ADDING
        fields.append("" if again else field)
    if kind is Kind.TITLES and "title" not in fields and _ONLY_TITLES & set(fields):
        # "Nama" beside "Pengarang" and "Penerbit" is the name of a book.
        bare = zip(fields, headings, strict=True)
        fields = [_name_of_book(field, heading) for field, heading in bare]
    return fields


def _name_of_book(field: str, heading: str) -> str:
    return "title" if not field and folded(heading) in ("nama", "name", "nama barang") else field


_ADDING = frozenset(
    {PRIVATE, IGNORED, "", "added_authors", "subjects", "note", "phone", "isbn", "url"}
)


def is_whole(fields: Sequence[str], kind: Kind) -> bool:
    """Whether a list with these fields can be one of `kind`."""
    wanted = NEEDED[kind]
    if kind in _ALL:
        return all(one in fields for one in wanted)
    return any(one in fields for one in wanted)


def score(headings: Sequence[str], kind: Kind) -> int:
    """How many different fields a line of headings names for this kind."""
    named = of_headings(headings, kind)
    return len(set(named) - {"", IGNORED, PRIVATE}) + len([one for one in named if one == PRIVATE])


_SLIMS_ITEMS = frozenset({"item code", "coll type name", "inventory code", "item status name"})
_ONLY_TITLES = frozenset(
    ["authors", "isbn", "publisher", "classification", "extent", "edition", "issn", "subjects"]
)
_ONLY_PEOPLE = frozenset(["staff_number", "phone", "email", "sex", "institution", "valid_until"])


_GUESTS = re.compile(
    r"keperluan|tujuan( (kunjungan|berkunjung|datang))?|tanda tangan|paraf|"
    r"jam( (datang|masuk|pulang))?|"
    r"(tanggal|tgl|hari) (kunjungan|berkunjung|datang)|purpose of visit"
)
"""Columns of a guest book: who is in it came once, and is no member."""


def kind_of(headings: Sequence[str]) -> Kind | None:
    """What a list with these headings is: None where they do not say it."""
    text = {folded(one) for one in headings if one}
    if len(text & _SLIMS_ITEMS) > 1 and "title" in text:
        return Kind.ITEMS
    loans = of_headings(headings, Kind.LOANS)
    if "lent_on" in loans and {"number", "name"} & set(loans) and {"barcode", "title"} & set(loans):
        return Kind.LOANS
    if any(_GUESTS.fullmatch(one) for one in text):
        return None
    ranked = [
        (score(headings, kind), kind is Kind.TITLES, kind)
        for kind in (Kind.TITLES, Kind.PATRONS)
        if is_whole(of_headings(headings, kind), kind)
    ]
    if not ranked:
        return _by_name_alone(headings)
    best = max(ranked, key=lambda one: one[:2])[2]
    books = best is Kind.PATRONS and len(ranked) > 1 and _is_books(headings)
    return Kind.TITLES if books else best


def _by_name_alone(headings: Sequence[str]) -> Kind | None:
    """A single column "ISBN", whatever stands beside it unknown."""
    fields = of_headings(headings, Kind.ISBNS)
    return Kind.ISBNS if "isbn" in fields else None


def _is_books(headings: Sequence[str]) -> bool:
    """ "Nama" beside "Pengarang" and "Penerbit" is the name of a book."""
    titles = set(of_headings(headings, Kind.TITLES))
    people = set(of_headings(headings, Kind.PATRONS))
    return bool(titles & _ONLY_TITLES) and not people & _ONLY_PEOPLE
