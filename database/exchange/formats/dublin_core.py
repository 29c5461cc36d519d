"""Dublin Core XML: oai_dc, qualified (dcterms), DSpace's dublin_core, and INLISLite's plain dc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from database.description import isbn as numbers
from database.description.headings import clean
from database.description.marc import Record
from database.exchange import xml_stream
from database.exchange.file_format import NO, SURELY, Entry, Format, Writer, entry_of
from database.exchange.references import (
    Person,
    Reference,
    doi_in,
    each,
    record_of,
    tidy,
    year_in,
)
from database.exchange.references_out import told_of
from database.exchange.xml_stream import local, tagged

_ELEMENTS, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_UNITS = ("dc", "qualifieddc", "dublin_core", "simpledc", "record", "metadata")
_KINDS = (
    ("thesis", re.compile(r"thesis|tesis|skripsi|disert|dissert|tugas akhir|karya tulis")),
    ("article", re.compile(r"\barticle|artikel")),
    ("part", re.compile(r"book ?part|book section|conference ?(?:paper|object)|prosiding")),
    ("serial", re.compile(r"\bjournal$|\bserial|jurnal$|majalah")),
)


class _Told(dict[str, list[str]]):
    """The texts of each element; "date.issued" where a qualifier says more."""

    def every(self, *names: str) -> list[str]:
        return each(text for name in names for text in self.get(name, ()))

    def first(self, *names: str) -> str:
        return next(iter(self.every(*names)), "")


def _sniff(head: bytes) -> int:
    seen = xml_stream.look(head)
    spaces = {_ELEMENTS.rstrip("/"), _TERMS.rstrip("/")}
    ours = any(space.rstrip("/") in spaces for space in seen.namespaces)
    return SURELY if ours or seen.root in ("dc", "dublin_core") else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return xml_stream.read(stream, _UNITS, _record)


def _told(element: Element) -> _Told:
    told = _Told()
    for child in element:
        name, qualifier = local(child.tag), ""
        if name == "dcvalue":
            name, qualifier = child.get("element", ""), child.get("qualifier") or ""
        text = tidy("".join(child.itertext()))
        if text:
            told.setdefault(name, []).append(text)
            if qualifier and qualifier != "none":
                told.setdefault(f"{name}.{qualifier}", []).append(text)
    return told


def _record(element: Element) -> Record | None:
    told = _told(element)
    if not told.keys() & {"title", "creator", "identifier", "subject"}:
        return None
    kind = _kind(told)
    inside = kind in ("article", "part")
    place, publisher = _published(told.first("publisher"))
    other = told.every("title.alternative", "alternative")
    abstract = told.first("abstract", "description.abstract", "description")
    set_apart = told.every("subject.mesh", "subject.ddc")
    host = told.first("isPartOf", "relation.ispartof", "source", "bibliographicCitation")
    reference = Reference(
        kind=kind,
        title=clean(next((one for one in told.every("title") if one not in other), "")),
        other_titles=[clean(one) for one in other],
        people=list(_people(told)),
        year=year_in(told.first("date.issued", "issued", "date", "created", "dateAccepted")),
        host=host if inside else "",
        series="" if inside else told.first("relation.ispartofseries"),
        place=place or told.first("publisher.place"),
        publisher=publisher,
        extent=told.first("extent", "format.extent"),
        language=told.first("language.iso", "language"),
        abstract=abstract,
        notes=[one for one in told.every("description") if one != abstract],
        subjects=[(one, "mesh") for one in told.every("subject.mesh")],
        keywords=[clean(one).rstrip(".") for one in told.every("subject") if one not in set_apart],
        classification=told.first("subject.ddc"),
    )
    _tell_numbers(reference, told)
    return record_of(reference)


def record_in(element: Element) -> Record | None:
    """The record a `dc` element tells of, or None if it is none."""
    return entry_of(1, 0, lambda: _record(element) or Record(fields=[])).record


def _kind(told: _Told) -> str:
    types = " ".join(told.every("type", "type.genre")).lower()
    return next((kind for kind, pattern in _KINDS if pattern.search(types)), "book")


def _tell_numbers(reference: Reference, told: _Told) -> None:
    marks = told.every("identifier", "identifier.isbn", "identifier.issn", "hasFormat")
    links = told.every("identifier", "identifier.uri", "relation.uri")
    reference.isbn = [one for text in marks if (one := numbers.canonical(_unmarked(text)))]
    reference.issn = [one for text in marks if (one := _issn(text))]
    reference.doi = doi_in(" ".join(marks))
    reference.links = [one for one in links if one.startswith(("http://", "https://"))]


def _people(told: _Told) -> Iterator[Person]:
    """Who is not told to be an author or editor is one who helped."""
    authors = told.every("creator", "contributor.author")
    editors = told.every("contributor.editor")
    helpers = [one for one in told.every("contributor") if one not in (*authors, *editors)]
    for listed, role in ((authors, ""), (editors, "editor"), (helpers, "contributor")):
        for name in listed:
            yield Person(clean(name).rstrip("."), role)


def _published(text: str) -> tuple[str, str]:
    """ "San Diego :Harcourt," is a place and a publisher, as INLISLite writes them in one."""
    place, sign, publisher = text.partition(" :")
    return (clean(place), clean(publisher)) if sign and clean(publisher) else ("", clean(text))


def _unmarked(text: str) -> str:
    return re.sub(r"^(?:urn:)?isbn[:\s]*", "", text, flags=re.IGNORECASE)


def _issn(text: str) -> str:
    found = re.fullmatch(r"(?:urn:)?(?:issn[:\s]*)?(\d{4}-?\d{3}[\dxX])", text, re.IGNORECASE)
    return found.group(1) if found and numbers.issn(found.group(1)) else ""


# --- out


def _encode(record: Record) -> bytes:
    told = told_of(record)
    place = f"{told.place} : " if told.place and told.publisher else told.place
    kinds = {"article": "Article", "thesis": "Thesis", "serial": "Journal"}
    listed: list[tuple[str, str]] = [
        ("title", told.title),
        *(("creator" if not one.role else "contributor", one.name) for one in told.people),
        *(("subject", term) for term, _scheme in told.subjects),
        *(("subject", one) for one in told.keywords),
        ("description", told.abstract),
        *(("description", one) for one in told.notes),
        ("publisher", f"{place}{told.publisher}"),
        ("date", told.year),
        ("type", kinds.get(told.kind, "Text")),
        ("format", told.extent),
        *(("identifier", f"urn:isbn:{one}") for one in told.isbn),
        *(("identifier", f"urn:issn:{one}") for one in told.issn),
        ("identifier", f"https://doi.org/{told.doi}" if told.doi else ""),
        *(("identifier", one) for one in told.links),
        ("source", told.host),
        ("language", told.language),
    ]
    inside = "".join(tagged(f"dc:{name}", text) for name, text in listed)
    return f"<oai_dc:dc>{inside}</oai_dc:dc>\n".encode()


_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<records xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    f' xmlns:dc="{_ELEMENTS}">\n'
)
FORMATS = (
    Format(
        "dc",
        "Dublin Core",
        (".xml",),
        _sniff,
        _read,
        writers=(
            (
                "dc",
                "Dublin Core",
                Writer(_encode, _OPENING.encode(), closing=b"</records>\n", whole=False),
            ),
        ),
    ),
)
