"""The copies that a row of a list tells of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from database.holdings.item_facts import ItemFacts
from database.sources import cells
from database.sources.books import kind_of
from database.sources.values import MANY, listed
from database.text import amounts
from database.text.words import code, key
from database.vocabulary import ItemStatus, Source

_PLENTY = 100
"""Copies of one title that a row may ask for without their numbers."""
_STATUSES = (
    (re.compile(r"missing|mis|hilang|lost"), ItemStatus.MISSING),
    (re.compile(r"repair|r|perbaikan|diperbaiki|rusak.*|damaged"), ItemStatus.REPAIR),
    (re.compile(
        r"no loan|nl|.*referen.*|reference|(?:tidak (?:dapat|boleh)|"
        r"tak) dipinjam.*|baca di tempat.*|not for loan|tandon"
    ), ItemStatus.REFERENCE),
    (re.compile(
        r"weed(?:ing|ed)|disiangi|penyiangan|withdrawn|afkir|dihapus.*|discarded"
    ), ItemStatus.WITHDRAWN),
)  # fmt: skip
_ON_LOAN = re.compile(r"dipinjam|sedang dipinjam|on loan|checked out|borrowed")
_FINE = re.compile(
    r"|\d+|available|tersedia|ada|baik|dapat dipinjam|in|layak|bagus|aktif|ok|"
    r"read|to read|currently reading|yes|ya|bisa dipinjam|akses terbuka|"
    r"sirkulasi"
)
_SOURCES = (
    (re.compile(
        r"1|beli|.*pembelian.*|buy|purchase.*|pengadaan|anggaran.*|apbd.*|apbn.*|"
        r"blud.*|dana.*|b"
    ), Source.PURCHASE),
    (re.compile(
        r"2|.*hadiah.*|.*hibah.*|.*sumbangan.*|gift.*|.*grant.*|donas[ie].*|"
        r"donation|wakaf.*|prize|bantuan.*|h"
    ), Source.GIFT),
    (re.compile(r"tukar.*|exchange|t"), Source.EXCHANGE),
    (re.compile(r"terbitan (?:sendiri|internal)|own|produksi sendiri"), Source.OWN),
)  # fmt: skip
_TYPES = {
    "audiovisual": "audiovisual",
    "serial": "serial",
    "thesis": "thesis",
    "leaflet": "leaflet",
}
_TELLING = frozenset(
    {
        "accession_number",
        "location",
        "price",
        "source",
        "acquired_on",
        "supplier",
        "item_call_number",
        "invoice",
        "copy_number",
    }
)
_RANGE = re.compile(
    r"(\D*)(\d{1,9})(.*?)\s*(?:-|–|—|\bs\.?/?\s?d\.?(?:\s|$)|\bsampai\b)\s*(\D*?)(\d{1,9})(.*)"
)


def of(values: Mapping[str, str]) -> tuple[list[ItemFacts], list[str]]:
    """The copies of a row, and what is to be looked at: "count_unread", "accessions_few",
    "status_unknown", "on_loan_there", and what a price could not be read by.

    A row without a number, a count or anything of a copy brings none.
    """
    doubts: list[str] = []
    barcodes = [one for one in listed(values.get("barcodes", ""), commas=True) if _is_code(one)]
    wanted = cells.count(values.get("copies", ""))
    if wanted is None:
        doubts.append("count_unread")
        wanted = 1
    if wanted > _PLENTY or (
        wanted > 1 and str(wanted) == re.sub(r"\D", "", values.get("extent", ""))
    ):
        # A number of pages or a price in the column of copies must not make hundreds of them.
        doubts.append("count_doubtful")
        wanted = 1
    accessions = _accessions(values.get("accession_number", ""), wanted)
    told = bool(barcodes or accessions or "copies" in values or _TELLING & values.keys())
    number = max(len(barcodes), len(accessions), wanted if told else 0)
    if number == 0 or (wanted == 0 and not barcodes and not accessions):
        return [], doubts
    if len(accessions) not in (0, number):
        doubts.append("accessions_few")
    same = _facts(values, doubts)
    return [
        ItemFacts(
            barcode=code(barcodes[at])[:40] if at < len(barcodes) else "",
            accession_number=accessions[at][:60] if at < len(accessions) else "",
            **same,
        )
        for at in range(number)
    ], doubts


def _is_code(text: str) -> bool:
    """A column "Kode" may hold words of a kind ("Buku"): a code has a figure, or is one word."""
    return any(sign.isdigit() for sign in text) or " " not in text


def _accessions(text: str, wanted: int) -> list[str]:
    """The accession numbers of a cell; "0012 - 0015" is four where four copies came."""
    parts = listed(text, commas=True)
    if len(parts) == 1 and wanted > 1 and (found := _RANGE.fullmatch(parts[0])):
        before, first, after, again, last, tail = found.groups()
        alike = again in ("", before) and (after in ("", tail) or tail == "")
        if alike and int(last) - int(first) + 1 == wanted:
            wide = len(first)
            end = tail or after
            return [f"{before}{one:0{wide}d}{end}" for one in range(int(first), int(last) + 1)]
    return parts


def _facts(values: Mapping[str, str], doubts: list[str]) -> dict[str, Any]:
    acquired, read = cells.day(values.get("acquired_on", ""))
    if not read:
        doubts.append("day_unread")
    money = amounts.read(
        " ".join(
            (
                values.get("currency", "") if values.get("currency", "").isalpha() else "",
                values.get("price", ""),
            )
        )
    )
    if money.why and values.get("price"):
        doubts.append(money.why)
    status, note = _status(values, doubts)
    return {
        "call_number": (values.get("item_call_number") or values.get("call_number", ""))[:80],
        "volume": values.get("volume", "")[:40],
        "item_type": _TYPES.get(
            kind_of(values.get("kind", ""), values.get("collection", "")), "book"
        ),
        "location": values.get("location", "").replace(MANY, ", ")[:60],
        "source": _source(values.get("source", "")),
        "supplier": values.get("supplier", "").replace(MANY, ", ")[:120],
        "price": money.rupiah or None,
        "accessioned_on": acquired,
        "status": status,
        "note": note,
        "invoice": values.get("invoice", "")[:60],
    }


def _status(values: Mapping[str, str], doubts: list[str]) -> tuple[str, str]:
    said = key(values.get("status", ""))
    collection = key(values.get("collection", ""))
    told = _status_said(said)
    if isinstance(told, ItemStatus):
        return told, ""
    if told == "on_loan":
        doubts.append("on_loan_there")
    elif told == "":
        return ItemStatus.IN_SERVICE, values["status"][:200]
    if re.search(r"\breferen|^reference", collection):
        return ItemStatus.REFERENCE, ""
    return ItemStatus.IN_SERVICE, ""


@lru_cache(maxsize=2_000)
def _status_said(said: str) -> str:
    """The status that a word means; "fine" or "on_loan" where it is none of ours, "" where nobody
    knows it."""
    for pattern, status in _STATUSES:
        if pattern.fullmatch(said):
            return status
    if _ON_LOAN.fullmatch(said):
        return "on_loan"
    return "fine" if _FINE.fullmatch(said) else ""


@lru_cache(maxsize=2_000)
def _source(text: str) -> str:
    told = key(text)
    return next((one for pattern, one in _SOURCES if pattern.fullmatch(told)), Source.PURCHASE)


def joined(first: Sequence[ItemFacts], more: Sequence[ItemFacts]) -> list[ItemFacts]:
    """The copies of two rows about one title: one of the same number once."""
    known = {one.barcode for one in first if one.barcode}
    return [*first, *(one for one in more if not one.barcode or one.barcode not in known)]
