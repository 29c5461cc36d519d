"""RIS, as reference managers and journals' pages write it (specification of Research Information
Systems, 2011; older tags such as T1, A1, Y1 and JF mean the same as the newer)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from database.description.marc import Record
from database.exchange import tagged_text
from database.exchange.file_format import NO, SURELY, Entry, Format, Writer
from database.exchange.references import (
    Person,
    Reference,
    doi_in,
    each,
    pages_of,
    record_of,
    year_in,
)
from database.exchange.references_out import told_of

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")
_STARTS = re.compile(r"^TY {1,2}- ", re.MULTILINE)
_KINDS = {
    **dict.fromkeys(("JOUR", "EJOUR", "MGZN", "NEWS", "ABST", "INPR"), "article"),
    **dict.fromkeys(("CHAP", "ECHAP", "CPAPER", "ENCYC", "DICT"), "part"),
    **dict.fromkeys(("THES", "DISS"), "thesis"),
    **dict.fromkeys(("JFULL", "SER"), "serial"),
    **dict.fromkeys(("VIDEO", "MPCT", "ADVS"), "video"),
    **dict.fromkeys(("SOUND", "MUSIC"), "sound"),
}


def _sniff(head: bytes) -> int:
    return SURELY if _STARTS.search(tagged_text.head_text(head)) else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return tagged_text.read(stream, _LINE, "TY", _record, ends="ER")


def _record(tagged: tagged_text.Tagged) -> Record:
    def every(*tags: str) -> list[str]:
        return each(value for tag, value in tagged if tag in tags)

    def first(*tags: str) -> str:
        return next((found[0] for tag in tags if (found := every(tag))), "")

    kind = _KINDS.get(first("TY").upper(), "book")
    inside = kind in ("article", "part")
    title = first("TI", "T1", "CT") or ("" if inside else first("BT", "T2"))
    editors = every("A2", "ED") if kind in ("part", "book") else every("ED", "A2")
    standard = every("SN")
    told = Reference(
        kind=kind,
        title=title,
        other_titles=every("TT", "ST") if first("ST", "TT") != title else [],
        people=[Person(name) for name in every("AU", "A1")]
        + [Person(name, "editor") for name in editors]
        + [Person(name) for name in every("A3", "A4")],
        year=year_in(first("PY", "Y1", "DA")),
        host=first("JF", "JO", "T2", "BT", "JA", "J2") if inside else "",
        volume=first("VL"),
        issue=first("IS", "CP"),
        pages=pages_of(first("SP"), first("EP")),
        issn=[one for one in standard if _is_issn(one)],
        isbn=[one for one in standard if not _is_issn(one)],
        doi=doi_in(first("DO")) or doi_in(" ".join(every("UR", "M3", "N1"))),
        edition=first("ET"),
        place=first("CY", "PP"),
        publisher=first("PB"),
        series="" if inside else first("T3", "T2"),
        language=first("LA"),
        abstract=first("AB", "N2"),
        notes=every("N1"),
        thesis=first("M3") if kind == "thesis" else "",
        keywords=every("KW"),
        links=every("UR", "L1", "L2"),
    )
    return record_of(told)


def _is_issn(text: str) -> bool:
    return re.fullmatch(r"(?:ISSN\W*)?\d{4}-?\d{3}[\dXx](?:\W.*)?", text.strip()) is not None


# --- out

_WRITTEN = {
    "article": "JOUR",
    "part": "CHAP",
    "thesis": "THES",
    "serial": "JFULL",
    "video": "VIDEO",
    "sound": "SOUND",
}
_EDITORS = frozenset({"editor", "penyunting", "ed"})


def _encode(record: Record) -> bytes:
    told = told_of(record)
    first, _sign, last = told.pages.replace("–", "-").partition("-")
    listed = (
        ("TY", _WRITTEN.get(told.kind, "BOOK")),
        ("TI", told.title),
        *(("ED" if one.role in _EDITORS else "AU", one.name) for one in told.people),
        ("PY", told.year),
        ("T2", told.host or told.series),
        ("VL", told.volume),
        ("IS", told.issue),
        ("SP", first.strip()),
        ("EP", last.strip()),
        ("ET", told.edition),
        ("CY", told.place),
        ("PB", told.publisher),
        *(("SN", one) for one in (*told.isbn, *told.issn)),
        ("DO", told.doi),
        ("LA", told.language),
        *(("KW", one) for one in (*(term for term, _s in told.subjects), *told.keywords)),
        ("AB", told.abstract),
        *(("N1", one) for one in told.notes),
        *(("UR", one) for one in told.links),
    )
    lines = (f"{tag}  - {' '.join(text.split())}" for tag, text in listed if text.strip())
    return ("\r\n".join([*lines, "ER  - "]) + "\r\n").encode()


FORMATS = (
    Format(
        "ris",
        "RIS",
        (".ris",),
        _sniff,
        _read,
        writers=(("ris", "RIS", Writer(_encode, between=b"\r\n", whole=False)),),
    ),
)
