"""Copies that a record tells of: 952 (Koha), 852 (MARC 21 holdings, Evergreen), 990 (INDOMARC,
INLISLite), 999 (SirsiDynix and its kin), each with its number, place, price, day and state.

What looks wrong is taken as it is and told: a code with blanks or slashes, two scans in one, an
amount in another currency, a day that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from database.description.marc import Field, Record
from database.holdings.item_facts import ItemFacts
from database.text import amounts, dates
from database.text.whole_numbers import whole
from database.text.words import code, printable
from database.vocabulary import ItemStatus, Source

Doubt = tuple[str, str]
"""A reason to look at a copy, and what it is about."""
_BARCODE, _ACCESSION, _SHELF, _PLACE, _NOTE = 40, 60, 80, 60, 300
_MOST_COPIES = 9999


@dataclass(slots=True)
class Told:
    """The copies of a record, and what of them is to be looked at."""

    copies: list[ItemFacts]
    doubts: list[Doubt]


def copies_in(record: Record) -> Told:
    """Every copy the record tells of, once."""
    told = Told([], [])
    seen: dict[str, str] = {}
    for one in record.fields:
        reader = _READERS.get(one.tag)
        if reader is None or one.value is not None:
            continue
        facts = reader(one, told.doubts)
        if facts is None:
            continue
        # A record of two systems tells of one copy in two fields.
        if facts.barcode and seen.setdefault(facts.barcode, one.tag) != one.tag:
            continue
        told.copies.append(facts)
        told.doubts += _doubts_of(facts)
    return told


# --- one field a copy


def _koha(one: Field, doubts: list[Doubt]) -> ItemFacts | None:
    """952 as Koha has it; without a barcode where other subfields say that it is a copy."""
    a_copy = one.get("p") or one.get("i") or one.get("y") or (one.get("a") and one.get("b"))
    if not a_copy.strip():
        return None
    place = one.get("c") or one.get("8") or one.get("b") or one.get("a")
    told = _copy(one.get("p"), one.get("i"), one.get("o"), place, one.get("g"), doubts)
    if told["price"] is None:
        told["price"] = _price(one.get("v"), doubts)
    return ItemFacts(
        **told,
        volume=_text(one.get("h"), _PLACE),
        copy_number=_copy_number(one.get("t")),
        accessioned_on=_day(one.get("d"), doubts),
        note=_text("; ".join(one.all("xz")), _NOTE),
        condition="damaged" if _is_on(one.get("4")) else "",
        **_source(one.get("e")),
        **_state(_koha_state(one, doubts), one.get("y")),
    )


def _koha_state(one: Field, doubts: list[Doubt]) -> ItemStatus:
    """withdrawn before lost before not for loan; LOST 4 and above, and "missing", are looked for
    yet, all else is given up. NOT_LOAN below nought is on order: it has not come."""
    lost, barred = one.get("1").strip(), one.get("7").strip()
    if _is_on(one.get("0")):
        return ItemStatus.WITHDRAWN
    if _is_on(lost):
        missing = (whole(lost) or 0) >= 4 or "miss" in lost.lower() or "hilang" in lost.lower()
        return ItemStatus.MISSING if missing else ItemStatus.LOST
    if barred.startswith("-"):
        doubts.append(("on_order", one.get("p").strip()))
        return ItemStatus.MISSING
    barred_for_good = _is_on(barred) or _is_on(one.get("5"))
    return ItemStatus.REFERENCE if barred_for_good else ItemStatus.IN_SERVICE


def _holdings(one: Field, doubts: list[Doubt]) -> ItemFacts | None:
    """852 of MARC 21 holdings. Evergreen puts the whole call number in $j, the price in $y, and
    words on the state in $x and $z."""
    if not one.get("p").strip() and not (one.get("t") and (one.get("h") or one.get("j"))):
        return None
    shelf = " ".join(one.all("khijm"))
    place = one.get("c") or (one.all("b") or [""])[-1]
    price = next((text for text in one.all("9y") if amounts.read(text).rupiah), "")
    words = {text.strip().lower() for text in one.all("xz")}
    status = next((_WORDS[word] for word in sorted(words) if word in _WORDS), ItemStatus.IN_SERVICE)
    kept = [text for text in one.all("xz") if text.strip().lower() not in _SAID]
    return ItemFacts(
        **_copy(one.get("p"), "", shelf, place, price, doubts),
        copy_number=_copy_number(one.get("t")),
        note=_text("; ".join(kept), _NOTE),
        condition="damaged" if "damaged" in words else "",
        **_state(status, one.get("g")),
    )


def _indomarc(one: Field, doubts: list[Doubt]) -> ItemFacts | None:
    """990: the number in the register, and its barcode where that is another. An accession number
    has a digit; 990 elsewhere holds words, or "(system)number"."""
    number = one.get("a").strip()
    if number.startswith("(") or not any(sign in "0123456789" for sign in number):
        return None
    told = _copy(one.get("b") or number, number, "", "", "", doubts)
    return ItemFacts(**told, item_type="")


def _sirsi(one: Field, doubts: list[Doubt]) -> ItemFacts | None:
    """999 with a barcode in $i and the call number in $a."""
    if not one.get("i").strip() or not one.get("a").strip():
        return None
    told = _copy(one.get("i"), "", one.get("a"), one.get("l"), one.get("p"), doubts)
    gone = _WORDS.get(one.get("k").strip().lower(), ItemStatus.IN_SERVICE)
    number = _copy_number(one.get("c")) if len(one.get("c")) < 4 else None
    return ItemFacts(**told, copy_number=number, **_state(gone, one.get("t")))


_READERS: dict[str, Any] = {"952": _koha, "852": _holdings, "990": _indomarc, "999": _sirsi}
_WORDS = {
    "missing": ItemStatus.MISSING,
    "lost": ItemStatus.LOST,
    "lost and paid": ItemStatus.LOST,
    "long overdue": ItemStatus.LOST,
    "discard/weed": ItemStatus.WITHDRAWN,
    "discard": ItemStatus.WITHDRAWN,
    "withdrawn": ItemStatus.WITHDRAWN,
    "bindery": ItemStatus.REPAIR,
    "repair": ItemStatus.REPAIR,
    "in repair": ItemStatus.REPAIR,
    "mending": ItemStatus.REPAIR,
    "reference": ItemStatus.REFERENCE,
    "noncirculating": ItemStatus.REFERENCE,
}
_SAID = frozenset(_WORDS) | {
    "nonreference", "holdable", "unholdable", "circulating", "visible", "hidden", "available",
    "checked out", "damaged", "reshelving",
}  # fmt: skip
"""What Evergreen says of every copy; a note is what is none of it."""
_TYPES = {
    "ref": "reference",
    "reference": "reference",
    "cr": "serial",
    "serial": "serial",
    "journal": "serial",
    "th": "thesis",
    "thesis": "thesis",
    "dvd": "audiovisual",
    "vm": "audiovisual",
    "mu": "audiovisual",
    "av": "audiovisual",
}
_SOURCES = (
    (("hibah", "gift", "sumbang", "donasi", "donation", "hadiah"), Source.GIFT),
    (("tukar", "exchange"), Source.EXCHANGE),
    (("beli", "purchase"), Source.PURCHASE),
)


# --- parts


def _copy(
    barcode: str, accession: str, shelf: str, place: str, price: str, doubts: list[Doubt]
) -> dict[str, Any]:
    whole_code = printable(code(barcode))
    if len(whole_code) > _BARCODE:
        doubts.append(("code_long", whole_code[:_BARCODE]))
    return {
        "barcode": whole_code[:_BARCODE].strip(),
        "accession_number": _text(accession, _ACCESSION),
        "call_number": _text(shelf, _SHELF),
        "location": _text(place, _PLACE),
        "price": _price(price, doubts),
    }


def _text(text: str, most: int) -> str:
    if not text:
        return ""
    return printable(" ".join(text.split()))[:most].strip()


def _price(text: str, doubts: list[Doubt]) -> int | None:
    """Other programs write nought where they know no price."""
    if not text:
        return None
    amount = amounts.read(text)
    if amount.why:
        doubts.append((amount.why, _text(text, _PLACE)))
    return amount.rupiah or None


def _day(text: str, doubts: list[Doubt]) -> Any:
    """The day a copy came; None where "0000-00-00" or nothing says so."""
    bare = text.strip()
    if not bare or not bare.strip("0-/. :"):
        return None
    day = dates.parse(bare) or dates.parse(bare[:10])
    if day is None:
        doubts.append(("wrong_day", _text(bare, _PLACE)))
    return day


def _copy_number(text: str) -> int | None:
    """ "2", "c.2" and "Copy 2"."""
    found = re.search(r"[0-9]{1,4}(?![0-9])", text)
    number = int(found.group()) if found else 0
    return number if 1 <= number <= _MOST_COPIES else None


def _is_on(text: str) -> bool:
    """A state of Koha is a number, nought for no; some lists write a word."""
    return text.strip() not in ("", "0", "-")


def _source(text: str) -> dict[str, Any]:
    """How a copy came, where its source says so; the name is the supplier's."""
    if not text:
        return {}
    told = {"supplier": _text(text, _PLACE)}
    lower = text.lower()
    met = next((kind for words, kind in _SOURCES if any(word in lower for word in words)), None)
    return {**told, "source": met} if met else told


def _state(status: ItemStatus, kind: str) -> dict[str, Any]:
    """A reference copy is one by its kind, wherever else it stands in the meantime."""
    item_type = _TYPES.get(kind.strip().lower(), "")
    if item_type == "reference" and status is ItemStatus.IN_SERVICE:
        status = ItemStatus.REFERENCE
    return {"status": str(status), "item_type": item_type}


def _doubts_of(facts: ItemFacts) -> Iterator[Doubt]:
    barcode = facts.barcode
    if " " in barcode:
        yield "code_blank", barcode
    elif "/" in barcode or "\\" in barcode:
        yield "code_slash", barcode
    if is_glued(barcode):
        yield "code_glued", barcode


_SHAPES = str.maketrans("0123456789", "9" * 10)
_LONGEST_NUMBER = 20


def is_glued(barcode: str) -> bool:
    """Whether a code looks like two scans in one: both halves alike, or letters and digits in
    the same places of both, or more digits than any code of a copy has."""
    bare = barcode.replace(" ", "")
    half, odd = divmod(len(bare), 2)
    if bare.isdigit() and len(bare) >= _LONGEST_NUMBER:
        return True
    if odd or half < 4:
        return False
    first, second = bare[:half], bare[half:]
    if first == second and len(set(first)) > 1:
        return True
    # B00001B00002: a shape that begins with letters and ends in digits, twice.
    shape = first.translate(_SHAPES)
    starts = re.match(r"[A-Z]+[^A-Z]*9{2}", shape) is not None and first[-1:].isdigit()
    same = first[: _letters(first)] == second[: _letters(second)]
    return starts and same and shape == second.translate(_SHAPES)


def _letters(text: str) -> int:
    return next((at for at, sign in enumerate(text) if not sign.isalpha()), len(text))
