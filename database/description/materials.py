"""Kinds of material: how a record tells its own, and how a record is made one of a kind.

A kind is never stored beside the record; it is read from the leader, 008, 502 and 655 as
MARC 21 has them (loc.gov/marc/bibliographic), so that records from elsewhere tell it too.
Genre terms are MeSH publication types.
"""

from __future__ import annotations

import re
from datetime import date

from database.description.marc import DEFAULT_LEADER, Field, Record

KINDS = (
    "book",
    "serial",
    "thesis",
    "article",
    "guideline",
    "leaflet",
    "audiovisual",
    "ebook",
    "regulation",
)
AUDIOVISUAL = frozenset("gijkorce")
GENRES = {
    "guideline": "Practice Guideline",
    "leaflet": "Patient Education Handout",
    "regulation": "Legislation",
}
_GENRE_WORDS = {
    "practice guideline": "guideline", "practice guidelines": "guideline",
    "panduan praktik klinis": "guideline", "patient education handout": "leaflet",
    "pamphlet": "leaflet", "pamphlets": "leaflet", "leaflet": "leaflet", "leaflets": "leaflet",
    "brosur": "leaflet", "legislation": "regulation", "statutes and codes": "regulation",
    "peraturan perundang-undangan": "regulation",
}  # fmt: skip
_ITEM_TYPES = frozenset({"serial", "thesis", "audiovisual", "leaflet"})
_ONLINE = "oqs"
_TYPES = {"audiovisual": (AUDIOVISUAL, "g"), "ebook": (frozenset("amt"), "a")}
_LEVELS = {"serial": ("si", "s"), "article": ("ab", "b")}
_PARTICULARS = {
    "text": " " * 11 + "000 0 ",
    "serial": " " * 11 + "0" + " " * 4 + "0",
    "visual": "---" + " " * 12 + "v|",
    "sound": "||n|" + " " * 11 + "n ",
}
"""008/18-34 of a new record, by the configuration its leader asks for."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def item_type(kind: str) -> str:
    """The kind of copy a title of this kind has when nobody says otherwise: rules of lending
    and the figures know fewer kinds than the catalogue."""
    return kind if kind in _ITEM_TYPES else "book"


def kind_of(record: Record) -> str:
    """What a record describes."""
    kind, level = (record.leader + " " * 8)[6], (record.leader + " " * 8)[7]
    if level in "si":
        return "serial"
    if level in "ab":
        return "article"
    told = ""
    genre = ""
    for one in record.fields:
        if one.tag == "502":
            return "thesis"
        if one.tag == "008":
            told = one.value or ""
        elif one.tag == "655" and not genre:
            genre = _genre(one)
    text = configuration(record.leader) == "text"
    if text and "m" in told[24:28] and kind != "m":
        return "thesis"
    if genre:
        return genre
    if kind in AUDIOVISUAL:
        return "audiovisual"
    return "ebook" if text and told[23:24] and told[23] in _ONLINE else "book"


def _genre(one: Field) -> str:
    return _GENRE_WORDS.get(one.get("a").strip().rstrip(".").lower(), "")


def configuration(leader: str) -> str:
    """Which list of meanings 008/18-34 has."""
    kind, level = (leader + " " * 8)[6], (leader + " " * 8)[7]
    if kind in "gkor":
        return "visual"
    if kind in "cdij":
        return "sound"
    if kind in "ef":
        return "map"
    return "serial" if level in "bsi" else "text"


def dress(record: Record, kind: str, today: date) -> Record:
    """A copy of `record` that tells `kind`: leader, 008 and the sign of its kind.

    What it has of another kind's signs is turned or taken away, all else stays: a note of a
    thesis (502) becomes a plain one (500).
    """
    result = Record(record.leader, list(record.fields))
    before = configuration(result.leader)
    result.leader = _leader(result.leader, kind)
    after = configuration(result.leader)
    text = result.control("008") or _new_fixed(result, today)
    text = text.ljust(40)
    if after != before or not result.control("008"):
        text = text[:18] + _PARTICULARS.get(after, "|" * 17) + text[35:]
    put_control(result, "008", _marked(text, kind) if after == "text" else text)
    if kind in GENRES and not any(_genre(one) == kind for one in result.each("655")):
        put(result, Field("655", None, " 7", [("a", GENRES[kind]), ("2", "mesh")]))
    if kind == "ebook" and not result.first("007"):
        put(result, Field("007", "cr " + "|" * 11))
    _take_signs(result, kind)
    return result


def _leader(leader: str, kind: str) -> str:
    signs = list((leader or DEFAULT_LEADER).ljust(24))
    types, usual = _TYPES.get(kind, (frozenset("at"), "a"))
    if signs[6] not in types:
        signs[6] = usual
    levels, usual = _LEVELS.get(kind, ("mcd", "m"))
    if signs[7] not in levels:
        signs[7] = usual
    return "".join(signs)


def _new_fixed(record: Record, today: date) -> str:
    found = _YEAR.search(record.get("264", "c") or record.get("260", "c"))
    dates = f"s{found.group()}    " if found else "n" + "u" * 8
    language = record.get("041", "a")[:3].ljust(3) if record.get("041", "a") else "und"
    return f"{today:%y%m%d}{dates}io {'':17}{language} d"


def _marked(text: str, kind: str) -> str:
    """008/23 and 008/24-27 of a text."""
    contents = text[24:28].replace("m", "") if kind != "thesis" else text[24:28]
    if kind == "thesis" and "m" not in contents:
        contents = ("m" + contents.replace(" ", ""))[:4]
    form = text[23]
    if kind == "ebook" and form not in _ONLINE:
        form = "o"
    elif kind == "book" and form in _ONLINE:
        form = " "
    return text[:23] + form + contents.ljust(4) + text[28:]


def _take_signs(record: Record, kind: str) -> None:
    """The signs by which it would be taken for another kind."""
    fields = []
    for one in record.fields:
        if one.tag == "655" and _genre(one) not in ("", kind):
            continue
        if one.tag == "502" and kind != "thesis":
            note = ". ".join(value for _code, value in one.subfields)
            fields.append(Field("500", None, "  ", [("a", note)]))
        elif one.tag != "007" or kind != "book" or not (one.value or "").startswith("c"):
            fields.append(one)
    record.fields = fields


def put_control(record: Record, tag: str, value: str) -> None:
    """Write a control field, in place or in the order of tags."""
    for place, one in enumerate(record.fields):
        if one.tag == tag:
            record.fields[place] = Field(tag, value)
            return
    put(record, Field(tag, value))


def put(record: Record, new: Field) -> None:
    """Put a new field after the last one with a tag not above its own."""
    at = len(record.fields)
    while at and record.fields[at - 1].tag > new.tag:
        at -= 1
    record.fields.insert(at, new)
