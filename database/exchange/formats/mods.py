"""MODS, the Library of Congress' own XML for what is less than MARC (version 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from database.description.headings import clean
from database.description.marc import Record
from database.exchange import xml_stream
from database.exchange.file_format import NO, SURELY, Entry, Format, Writer
from database.exchange.references import (
    Person,
    Reference,
    each,
    pages_of,
    record_of,
    tidy,
    year_in,
)
from database.exchange.references_out import told_of
from database.exchange.xml_stream import Xml, joined, local, tagged

_NAMESPACE = "http://www.loc.gov/mods/v3"
_AUTHORS = frozenset({"", "author", "aut", "creator", "cre"})
_ROLES = {"edt": "editor", "ill": "illustrator", "trl": "translator", "ctb": "contributor"}
_GENRES = {"article": "article", "journal article": "article", "thesis": "thesis"}


def _sniff(head: bytes) -> int:
    seen = xml_stream.look(head)
    ours = _NAMESPACE in seen.namespaces or seen.names & {"mods", "modsCollection"}
    return SURELY if ours else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return xml_stream.read(stream, ("mods",), _record)


def _each(element: Element, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of local names."""
    if not path:
        yield element
        return
    for child in element:
        if local(child.tag) == path[0]:
            yield from _each(child, *path[1:])


def _texts(element: Element, *path: str, **kinds: str) -> list[str]:
    """Their texts; of those with these attributes."""
    return each(
        "".join(one.itertext())
        for one in _each(element, *path)
        if all(one.get(name) == value for name, value in kinds.items())
    )


def _first(element: Element, *path: str, **kinds: str) -> str:
    return next(iter(_texts(element, *path, **kinds)), "")


def _record(element: Element) -> Record:
    titles = list(_each(element, "titleInfo"))
    statements = _texts(element, "note", type="statement of responsibility")
    told = Reference(
        kind=_kind(element),
        title=next((_title(one) for one in titles if not one.get("type")), ""),
        other_titles=[_title(one) for one in titles if one.get("type")],
        people=list(_people(element)),
        isbn=_texts(element, "identifier", type="isbn"),
        issn=_texts(element, "identifier", type="issn"),
        doi=_first(element, "identifier", type="doi"),
        extent=_first(element, "physicalDescription", "extent"),
        language=_first(element, "language", "languageTerm"),
        classification=_first(element, "classification", authority="ddc"),
        abstract=_first(element, "abstract"),
        notes=[one for one in _texts(element, "note") if one not in statements],
        subjects=list(_subjects(element)),
        links=_texts(element, "location", "url"),
    )
    source = _first(element, "recordInfo", "recordContentSource") or "MODS"
    told.numbers = [(source, _first(element, "recordInfo", "recordIdentifier"))]
    _tell_origin(told, element)
    for related in _each(element, "relatedItem"):
        if related.get("type") == "series":
            told.series = told.series or _first(related, "titleInfo", "title")
        elif related.get("type") == "host" and told.kind != "thesis":
            _tell_host(told, related)
    return record_of(told)


def _kind(element: Element) -> str:
    issuance = _first(element, "originInfo", "issuance").lower()
    genres = [one.lower() for one in _texts(element, "genre")]
    usual = "serial" if issuance in ("serial", "continuing") else "book"
    return next((_GENRES[one] for one in genres if one in _GENRES), usual)


_DATES = ("dateIssued", "copyrightDate", "dateCreated", "dateCaptured")


def _tell_origin(told: Reference, element: Element) -> None:
    dates = (one for name in _DATES for one in _texts(element, "originInfo", name))
    told.year = next((year for one in dates if (year := year_in(one))), "")
    told.edition = _first(element, "originInfo", "edition")
    told.place = _first(element, "originInfo", "place", "placeTerm", type="text")
    told.publisher = _first(element, "originInfo", "publisher")


def _title(element: Element) -> str:
    led = " ".join(each([_first(element, "nonSort"), _first(element, "title")]))
    parts = each([led, *_texts(element, "partNumber"), *_texts(element, "partName")])
    rest = _first(element, "subTitle")
    return (
        f"{'. '.join(map(clean, parts))}: {clean(rest)}" if rest else ". ".join(map(clean, parts))
    )


def _people(element: Element) -> Iterator[Person]:
    for one in _each(element, "name"):
        family, given = (
            _first(one, "namePart", type="family"),
            _first(one, "namePart", type="given"),
        )
        plain = [
            tidy(part.text) for part in _each(one, "namePart") if part.get("type") in (None, "date")
        ]
        name = ", ".join(each([family, given])) or clean(", ".join(each(plain)))
        role = next((text.lower().rstrip(".") for text in _texts(one, "role", "roleTerm")), "")
        told = "" if role in _AUTHORS else _ROLES.get(role, role)
        yield Person(name, told, is_body=one.get("type") in ("corporate", "conference"))


def _subjects(element: Element) -> Iterator[tuple[str, str]]:
    for one in _each(element, "subject"):
        parts = each(
            clean("".join(child.itertext())) for child in one if local(child.tag) != "cartographics"
        )
        if parts:
            authority = (one.get("authority") or "").lower()
            yield " -- ".join(parts), authority if authority in ("mesh", "lcsh") else ""


def _tell_host(told: Reference, host: Element) -> None:
    """What stands in another thing; a site that was kept with others is none of it."""
    part = next(_each(host, "part"), None)
    if part is None and told.kind != "article":
        told.series = told.series or _first(host, "titleInfo", "title")
        return
    told.kind = "article"
    told.host = next((_title(one) for one in _each(host, "titleInfo")), "")
    told.issn = _texts(host, "identifier", type="issn") or told.issn
    if part is None:
        return
    for detail in _each(part, "detail"):
        if detail.get("type") in ("volume", "issue"):
            setattr(told, detail.get("type", ""), _first(detail, "number"))
    told.pages = pages_of(_first(part, "extent", "start"), _first(part, "extent", "end"))
    told.year = told.year or year_in(_first(part, "date"))


# --- out


def _encode(record: Record) -> bytes:
    told = told_of(record)
    title, _sign, rest = told.title.partition(": ")
    kind = {"article": "article", "thesis": "thesis"}.get(told.kind, "")
    inside = [
        tagged("titleInfo", joined(tagged("title", title), tagged("subTitle", rest))),
        *(
            tagged("titleInfo", tagged("title", one), type="alternative")
            for one in told.other_titles
        ),
        *map(_name, told.people),
        tagged("typeOfResource", "text"),
        tagged("genre", kind),
        tagged(
            "originInfo",
            joined(
                tagged("place", tagged("placeTerm", told.place, type="text")),
                tagged("publisher", told.publisher),
                tagged("dateIssued", told.year),
                tagged("edition", told.edition),
                tagged("issuance", "serial" if told.kind == "serial" else "monographic"),
            ),
        ),
        _language(told.language),
        tagged("physicalDescription", tagged("extent", told.extent)),
        tagged("abstract", told.abstract),
        *(tagged("note", one) for one in told.notes),
        *(_subject(*one) for one in told.subjects),
        *(_subject(one, "") for one in told.keywords),
        tagged("classification", told.classification, authority="ddc"),
        *(tagged("identifier", one, type="isbn") for one in told.isbn),
        *(tagged("identifier", one, type="issn") for one in told.issn if not told.host),
        tagged("identifier", told.doi, type="doi"),
        *(tagged("location", tagged("url", one)) for one in told.links),
        _host(told),
        tagged("relatedItem", tagged("titleInfo", tagged("title", told.series)), type="series"),
    ]
    return f'<mods version="3.7">{"".join(inside)}</mods>\n'.encode()


def _language(code: str) -> Xml:
    return tagged("language", tagged("languageTerm", code, type="code", authority="iso639-2b"))


def _alternative(title: str) -> Xml:
    return tagged("titleInfo", tagged("title", title), type="alternative")


def _name(person: Person) -> Xml:
    role = tagged("role", tagged("roleTerm", person.role or "author", type="text"))
    kind = "corporate" if person.is_body else "personal"
    return tagged("name", joined(tagged("namePart", person.name), role), type=kind)


def _subject(term: str, scheme: str) -> Xml:
    inside = joined(*(tagged("topic", one) for one in term.split(" -- ")))
    return tagged(
        "subject", inside, **({"authority": scheme} if scheme in ("mesh", "lcsh") else {})
    )


def _host(told: Reference) -> Xml:
    if not told.host:
        return Xml("")
    details = [
        tagged("detail", tagged("number", value), type=name)
        for name, value in (("volume", told.volume), ("issue", told.issue))
    ]
    start, _sign, end = told.pages.replace("–", "-").partition("-")
    pages = joined(tagged("start", start.strip()), tagged("end", end.strip()))
    part = tagged("part", joined(*details, tagged("extent", pages, unit="pages")))
    issn = (tagged("identifier", one, type="issn") for one in told.issn)
    title = tagged("titleInfo", tagged("title", told.host))
    return tagged("relatedItem", joined(title, *issn, part), type="host")


_OPENING = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection xmlns="{_NAMESPACE}" version="3.7">\n'
)
FORMATS = (
    Format(
        "mods",
        "MODS",
        (".xml", ".mods"),
        _sniff,
        _read,
        writers=(
            (
                "mods",
                "MODS",
                Writer(_encode, _OPENING.encode(), closing=b"</modsCollection>\n", whole=False),
            ),
        ),
    ),
)
