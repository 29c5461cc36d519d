"""MEDLINE text, which PubMed saves as .nbib (NLM, MEDLINE/PubMed Data Element Descriptions)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from database.description.marc import Record
from database.exchange import tagged_text
from database.exchange.file_format import NO, SURELY, Entry, Format
from database.exchange.references import Person, Reference, each, record_of, year_in

_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
_STARTS = re.compile(r"^PMID- ", re.MULTILINE)


def _sniff(head: bytes) -> int:
    return SURELY if _STARTS.search(tagged_text.head_text(head)) else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return tagged_text.read(stream, _LINE, "PMID", _record)


def _record(tagged: tagged_text.Tagged) -> Record:
    def every(*tags: str) -> list[str]:
        return each(value for tag, value in tagged if tag in tags)

    def first(*tags: str) -> str:
        return next((found[0] for tag in tags if (found := every(tag))), "")

    book = bool(first("BTI")) and not first("TA", "JT")
    dois = [one.split()[0] for one in every("LID", "AID") if one.endswith("[doi]")]
    told = Reference(
        kind="book" if book else "article",
        title=first("TI", "BTI"),
        other_titles=every("TT"),
        # Names in full where they are given, else with initials as NLM shortens them.
        people=[Person(name) for name in every("FAU") or map(_comma, every("AU"))]
        + [Person(name, is_body=True) for name in every("CN")]
        + [Person(name, "editor") for name in every("FED") or map(_comma, every("ED"))],
        year=year_in(first("DP", "DEP")),
        host="" if book else first("JT", "TA"),
        volume=first("VI"),
        issue=first("IP"),
        pages=first("PG"),
        issn=[one.split()[0] for one in every("IS")],
        isbn=[one.split()[0] for one in every("ISBN")],
        doi=next(iter(dois), ""),
        numbers=[("PubMed", first("PMID"))],
        place=first("PL") if book else "",
        publisher=first("PB"),
        language=first("LA"),
        abstract=first("AB"),
        subjects=[(one.replace("*", "").split("/")[0], "mesh") for one in every("MH")],
        keywords=[one.removeprefix("*") for one in every("OT")],
    )
    return record_of(told)


def _comma(name: str) -> str:
    """ "Setiati S" is "Setiati, S"."""
    family, blank, initials = name.rpartition(" ")
    return f"{family}, {initials}" if blank and initials.isupper() else name


FORMATS = (Format("nbib", "PubMed (MEDLINE)", (".nbib",), _sniff, _read),)
