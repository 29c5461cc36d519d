"""EndNote XML, which Mendeley and Zotero write too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from database.description.marc import Record
from database.exchange import xml_stream
from database.exchange.file_format import NO, SURELY, Entry, Format
from database.exchange.references import Person, Reference, doi_in, each, record_of, tidy, year_in

_KINDS = {
    "journal article": "article", "electronic article": "article", "magazine article": "article",
    "newspaper article": "article", "book section": "part", "conference paper": "part",
    "conference proceedings": "part", "electronic book section": "part", "encyclopedia": "part",
    "thesis": "thesis", "serial": "serial", "film or broadcast": "video", "audiovisual material":
    "video", "music": "sound",
}  # fmt: skip


def _sniff(head: bytes) -> int:
    names = xml_stream.look(head).names
    return SURELY if "record" in names and names & {"ref-type", "contributors", "titles"} else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return xml_stream.read(stream, ("record",), _record)


def _texts(element: Element, *paths: str) -> list[str]:
    """All text of each element: EndNote wraps it in <style>."""
    return each("".join(one.itertext()) for path in paths for one in element.findall(path))


def _record(element: Element) -> Record | None:
    if element.find("ref-type") is None and element.find("titles") is None:
        return None

    def first(*paths: str) -> str:
        return next(iter(_texts(element, *paths)), "")

    kind = _kind(element)
    inside = kind in ("article", "part")
    standard = _texts(element, "isbn", "issn")
    secondary = first("periodical/full-title", "titles/secondary-title", "periodical/abbr-1")
    told = Reference(
        kind=kind,
        title=first("titles/title"),
        other_titles=_texts(element, "titles/translated-title"),
        people=_people(element, kind),
        year=year_in(first("dates/year") or first("dates/pub-dates/date")),
        host=secondary if inside else "",
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=first("pages"),
        issn=[one for one in standard if len(one.replace("-", "")) == 8],
        isbn=[one for one in standard if len(one.replace("-", "")) != 8],
        doi=doi_in(first("electronic-resource-num")),
        edition=first("edition"),
        place=first("pub-location"),
        publisher=first("publisher"),
        series="" if inside else secondary,
        language=first("language"),
        abstract=first("abstract"),
        notes=_texts(element, "notes"),
        thesis=first("work-type") if kind == "thesis" else "",
        keywords=_texts(element, "keywords/keyword"),
        links=_texts(element, "urls/related-urls/url", "urls/web-urls/url"),
    )
    return record_of(told)


def _kind(element: Element) -> str:
    form = element.find("ref-type")
    return _KINDS.get(tidy(form.get("name") if form is not None else "").lower(), "book")


def _people(element: Element, kind: str) -> list[Person]:
    """Who comes second has edited a book, and has written what is in no book."""
    role = "editor" if kind in ("book", "part") else ""
    second = _texts(element, "contributors/secondary-authors/author")
    first = _texts(element, "contributors/authors/author")
    return [*map(Person, first), *(Person(name, role) for name in second)]


FORMATS = (Format("endnote", "EndNote XML", (".xml",), _sniff, _read),)
