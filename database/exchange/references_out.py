"""What a MARC record tells, as a reference: for formats that hold less than MARC does."""

from __future__ import annotations

import re

from database.description import materials
from database.description.headings import clean, heading_of
from database.description.marc import Field, Record
from database.exchange.references import Person, Reference, each, year_in

_IN_PART = (
    ("volume", re.compile(r"\bvol(?:ume)?\.?\s*([^\s,:;()]+)", re.IGNORECASE)),
    ("issue", re.compile(r"\b(?:no|nomor|issue)\.?\s*([^\s,:;()]+)", re.IGNORECASE)),
    ("pages", re.compile(r"\b(?:p|pp|hlm|hal)\.?\s*([\w]+(?:\s*[-–]\s*[\w]+)?)", re.IGNORECASE)),
)


def told_of(record: Record) -> Reference:
    """The reference a record tells."""
    kind = materials.kind_of(record)
    told = Reference(kind={"audiovisual": "video"}.get(kind, kind), title=_title(record))
    told.people = [_person(one) for one in record.fields if _is_name(one)]
    told.other_titles = each(clean(" ".join(one.all("abnp"))) for one in record.each("246"))
    imprint = next((one for one in record.each("260", "264") if one.indicators[1:2] in " 1"), None)
    if imprint is not None:
        told.place, told.publisher = clean(imprint.get("a")), clean(imprint.get("b"))
        told.year = year_in(imprint.get("c"))
    fixed = record.control("008")
    told.year = told.year or year_in(fixed[7:11])
    told.language = clean(record.get("041", "a")) or fixed[35:38].strip(" |")
    told.isbn = each(one.get("a").partition("(")[0] for one in record.each("020"))
    told.issn = each(one.get("a") for one in record.each("022"))
    told.doi = next((one.get("a") for one in record.each("024") if one.get("2") == "doi"), "")
    told.edition = clean(record.get("250", "a"))
    told.extent = " ".join(" ".join(one.all("abc")) for one in list(record.each("300"))[:1])
    told.series = next((clean(one.get("a")) for one in record.each("490", "440")), "")
    told.classification = clean(record.get("082", "a"))
    told.abstract = next((one.get("a") for one in record.each("520")), "")
    told.notes = each(one.get("a") for one in record.each("500"))
    told.thesis = " ".join(next((one.all("abcd") for one in record.each("502")), []))
    told.links = each(one.get("u") for one in record.each("856"))
    told.keywords = each(one.get("a") for one in record.each("653"))
    told.subjects = [
        (use.name, use.scheme)
        for one in record.fields
        if one.tag[:1] == "6" and one.tag != "653" and (use := heading_of(one))
    ]
    _tell_host(told, record)
    return told


def _title(record: Record) -> str:
    one = record.first("245")
    if one is None:
        return ""
    parts = [clean(text) for text in one.all("anp") if clean(text)]
    main = ". ".join(part.rstrip(".") for part in parts) or clean(" ".join(one.all("k")))
    rest = clean(" ".join(one.all("b")))
    return f"{main}: {rest}" if main and rest else main or rest


def _is_name(one: Field) -> bool:
    return one.value is None and one.tag in ("100", "110", "111", "700", "710", "711")


def _person(one: Field) -> Person:
    name = clean(" ".join(one.all("abcdq")))
    return Person(name, clean(one.get("e")).rstrip("."), is_body=one.tag[1:] != "00")


def _tell_host(told: Reference, record: Record) -> None:
    host = record.first("773")
    if host is None:
        return
    told.host = clean(host.get("t"))
    told.issn = each(host.all("x")) or told.issn
    part = " ".join(host.all("g"))
    for name, pattern in _IN_PART:
        found = pattern.search(part)
        setattr(told, name, found.group(1) if found else "")
    told.year = told.year or year_in(part)
