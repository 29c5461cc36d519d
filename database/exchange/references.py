"""A reference as lists of literature know it (RIS, BibTeX, PubMed, EndNote, MODS, Dublin Core), and
the MARC record it becomes.

What stands in a journal or a book becomes a component part (leader 07 a or b) with its host in
773; names stay in the form the source has them, "Family, Given" wherever it tells which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from database.description import isbn as numbers
from database.description.headings import clean
from database.description.marc import Field, Record
from database.text.whole_numbers import whole

_LEADERS = {
    "book": "00000nam a2200000 a 4500",
    "thesis": "00000nam a2200000 a 4500",
    "article": "00000nab a2200000 a 4500",
    "part": "00000naa a2200000 a 4500",
    "serial": "00000nas a2200000 a 4500",
    "video": "00000ngm a2200000 a 4500",
    "sound": "00000nim a2200000 a 4500",
}
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?:[01]\d[0-3]\d)?(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Person:
    """Somebody or a body who made it; `role` as MARC $e has it, "" for an author."""

    name: str
    role: str = ""
    is_body: bool = False


@dataclass(slots=True)
class Reference:
    """What a list tells of one piece of literature; `kind` is a key of `_LEADERS`."""

    kind: str = "book"
    title: str = ""
    other_titles: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    year: str = ""
    host: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    issn: list[str] = field(default_factory=list)
    isbn: list[str] = field(default_factory=list)
    doi: str = ""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    """(source, number): ("pubmed", "123")."""
    edition: str = ""
    place: str = ""
    publisher: str = ""
    extent: str = ""
    series: str = ""
    language: str = ""
    classification: str = ""
    abstract: str = ""
    notes: list[str] = field(default_factory=list)
    thesis: str = ""
    keywords: list[str] = field(default_factory=list)
    subjects: list[tuple[str, str]] = field(default_factory=list)
    """(term, scheme): scheme is "mesh", "lcsh" or "" for none."""
    links: list[str] = field(default_factory=list)


def tidy(text: str | None) -> str:
    """One line, without blanks around it."""
    return _SPACES.sub(" ", text or "").strip()


def each(values: Iterable[str | None]) -> list[str]:
    """Texts tidied, the empty and the repeated left out, in order."""
    return list(dict.fromkeys(text for text in map(tidy, values) if text))


def year_in(text: str) -> str:
    """The first year of a date in whichever spelling, "" if it has none."""
    found = _YEAR.search(text)
    return found.group(1) if found else ""


def doi_in(text: str) -> str:
    """The DOI of a text or an address, "" if it has none."""
    found = _DOI.search(text)
    return found.group().rstrip(".,;)") if found else ""


def pages_of(first: str, last: str) -> str:
    """The pages from the first to the last; "123-9" stays as it was written."""
    first, last = tidy(first), tidy(last)
    return f"{first}-{last}" if first and last and last != first else first or last


def record_of(told: Reference) -> Record:
    """The MARC record of a reference, its fields in the order of their tags."""
    fields = [*_numbers(told), *_names(told), *_description(told), *_contents(told)]
    if told.kind in ("article", "part"):
        fields += _host(told)
    fields += [Field("856", None, "40", [("u", link)]) for link in each(told.links)]
    leader = _LEADERS.get(told.kind, _LEADERS["book"])
    return Record(leader, sorted(fields, key=lambda one: one.tag))


def _one(tag: str, indicators: str, *subfields: tuple[str, str]) -> list[Field]:
    told = [(code, text) for code, value in subfields if (text := tidy(value))]
    return [Field(tag, None, indicators, told)] if told else []


def _numbers(told: Reference) -> list[Field]:
    fields: list[Field] = []
    inside = told.kind in ("article", "part")
    if not inside:
        for number in each(told.isbn):
            fields += _one("020", "  ", ("a", numbers.canonical(number) or number))
        for number in each(told.issn):
            fields += _one("022", "  ", ("a", number))
    fields += _one("024", "7 ", ("a", told.doi), ("2", "doi")) if tidy(told.doi) else []
    for source, number in told.numbers:
        fields += _one("035", "  ", ("a", f"({source}){tidy(number)}" if tidy(number) else ""))
    language = tidy(told.language).lower()
    fields += _one("041", "  ", ("a", language if len(language) == 3 else ""))
    return fields + _one("082", "04", ("a", told.classification))


def _names(told: Reference) -> list[Field]:
    """The first author is the main heading; editors and the others are added."""
    fields: list[Field] = []
    seen: set[tuple[str, str]] = set()
    for person in told.people:
        name = tidy(person.name).rstrip(",;")
        if not name or (name, person.role) in seen:
            continue
        seen.add((name, person.role))
        main = not fields and not person.role
        kind = "10" if person.is_body else "00"
        mark = "2 " if person.is_body else ("1 " if "," in name else "0 ")
        fields += _one(("1" if main else "7") + kind, mark, ("a", name), ("e", person.role))
    return fields


def _description(told: Reference) -> list[Field]:
    title, sign, rest = tidy(told.title).rstrip(" .").partition(": ")
    first = "1" if told.people else "0"
    fields = _one("245", first + "0", ("a", f"{title.rstrip()} :" if sign else title), ("b", rest))
    for other in each(told.other_titles):
        fields += _one("246", "3 ", ("a", other))
    fields += _one("250", "  ", ("a", told.edition))
    inside = told.kind in ("article", "part")
    place, publisher = ("", "") if inside else (tidy(told.place), tidy(told.publisher))
    fields += _one(
        "264",
        " 1",
        ("a", f"{place} :" if place and publisher else place),
        ("b", f"{publisher}," if publisher and told.year else publisher),
        ("c", told.year),
    )
    fields += _one("300", "  ", ("a", told.extent or ("" if inside else _extent(told.pages))))
    return fields + _one("490", "0 ", ("a", told.series))


def _extent(pages: str) -> str:
    """Pages of a whole book, where they are its number of pages."""
    return f"{tidy(pages)} p." if whole(pages) else tidy(pages)


def _contents(told: Reference) -> list[Field]:
    fields: list[Field] = []
    for note in each(told.notes):
        fields += _one("500", "  ", ("a", note))
    fields += _one("502", "  ", ("a", told.thesis)) if told.kind == "thesis" else []
    if told.kind == "thesis" and not tidy(told.thesis):
        fields += _one("502", "  ", ("a", "Thesis"))
    fields += _one("520", "  ", ("a", told.abstract))
    for term, scheme in dict.fromkeys(told.subjects):
        second = {"lcsh": "0", "mesh": "2"}.get(scheme, "4")
        name, *parts = (clean(part) for part in term.split(" -- "))
        fields += _one("650", f" {second}", ("a", name), *(("x", part) for part in parts))
    for word in each(told.keywords):
        fields += _one("653", "  ", ("a", word))
    return fields


def _host(told: Reference) -> list[Field]:
    """773: the journal or book, and where in it: "Vol. 9, No. 3 (2014), p. 12-20"."""
    where = [f"Vol. {told.volume}" if tidy(told.volume) else ""]
    where.append(f"No. {told.issue}" if tidy(told.issue) else "")
    part = ", ".join(one for one in where if one)
    part = f"{part} ({told.year})" if part and told.year else part
    pages = f"p. {tidy(told.pages)}" if tidy(told.pages) else ""
    place = ": ".join(text for text in map(tidy, (told.place, told.publisher)) if text)
    return _one(
        "773",
        "0 ",
        ("t", told.host),
        ("d", place),
        ("g", ", ".join(one for one in (part, pages) if one)),
        ("x", next(iter(each(told.issn)), "")),
        ("z", next(iter(each(told.isbn)), "")),
    )
