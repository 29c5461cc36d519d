"""What single fields of a record tell: numbers, imprint, extent, language and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from database.description import isbn as numbers
from database.description.headings import HeadingUse, clean
from database.description.marc import Field, Record
from database.text import own_values
from database.vocabulary import NO_VALUES

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")


@dataclass(slots=True)
class Projection:
    """Columns of Biblio, its headings, its identifiers and its words for the index."""

    title: str = ""
    contributors: str = ""
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year: int | None = None
    extent: str = ""
    series: str = ""
    isbn: str = ""
    issn: str = ""
    classification: str = ""
    nlm: str = ""
    language: str = ""
    material: str = "book"
    title_key: str = ""
    match_key: str = ""
    author_key: str = ""
    review_on: date | None = None
    volume: str = ""
    main_heading: str = ""
    title_skip: int = 0
    headings: list[HeadingUse] = field(default_factory=list)
    identifiers: set[tuple[str, str]] = field(default_factory=set)
    title_words: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()
    own_values: dict[str, str] = field(default_factory=dict)
    own: str = NO_VALUES


def control(facts: Projection, one: Field, record: Record) -> None:
    """The number of the record, its year and its language, from a control field."""
    value = one.value or ""
    if one.tag == "001" and value.strip():
        source = record.control("003").strip()
        facts.identifiers.add(("control", f"{source}|{value.strip()}" if source else ""))
    elif one.tag == "008" and len(value) >= 38:
        facts.year = int(value[7:11]) if _YEAR.fullmatch(value[7:11]) else facts.year
        facts.language = value[35:38].strip(" |#")


def _isbn(facts: Projection, one: Field, texts: list[str]) -> None:
    for code, value in one.subfields:
        if code not in "az":
            continue
        number = numbers.canonical(value)
        if number:
            # What is cancelled or another edition's ($z) finds a title and tells none.
            if code == "a":
                facts.identifiers.add(("isbn", number))
            texts += (number, numbers.as_isbn10(number))
        else:
            texts.append(numbers.bare(value.partition("(")[0]))
        if code == "a" and not facts.isbn:
            facts.isbn = number or value.partition("(")[0].strip()


def _issn(facts: Projection, one: Field, texts: list[str]) -> None:
    for value in one.all("aly"):
        bare = numbers.bare(value)
        if bare:
            texts.append(bare)
            if numbers.issn(value) and value not in one.all("y"):
                facts.identifiers.add(("issn", bare))
    facts.issn = facts.issn or clean(one.get("a"))


def _system_number(facts: Projection, one: Field, texts: list[str]) -> None:
    for value in one.all("a"):
        if value.startswith("("):
            facts.identifiers.add(("control", value.strip()))


def _dewey(facts: Projection, one: Field, texts: list[str]) -> None:
    number = re.sub(r"[/'’\[\]]", "", one.get("a")).strip()
    if number and not facts.classification and (one.tag == "082" or number[0].isdigit()):
        facts.classification = number


def _nlm(facts: Projection, one: Field, texts: list[str]) -> None:
    facts.nlm = facts.nlm or clean(" ".join(one.all("a")))


def _local_call(facts: Projection, one: Field, texts: list[str]) -> None:
    texts.extend(one.all("ab"))
    _dewey(facts, one, texts)


def _edition(facts: Projection, one: Field, texts: list[str]) -> None:
    facts.edition = facts.edition or clean(" ".join(one.all("ab")))


def _imprint(facts: Projection, one: Field, texts: list[str]) -> None:
    if one.tag == "264" and one.indicators[1] not in "1 ":
        return
    facts.place = facts.place or clean(one.get("a"))
    facts.publisher = facts.publisher or clean(one.get("b"))
    found = _YEAR.search(one.get("c"))
    if found:
        facts.year = int(found.group(1))


def _extent(facts: Projection, one: Field, texts: list[str]) -> None:
    facts.extent = facts.extent or " ".join(" ".join(one.all("abce")).split())


def _series(facts: Projection, one: Field, texts: list[str]) -> None:
    text = clean(" ".join(one.all("anpv")))
    facts.series = facts.series or text
    texts.append(text)


def _language(facts: Projection, one: Field, texts: list[str]) -> None:
    """041 tells where 008 does not."""
    facts.language = facts.language or one.get("a").strip()[:3]


def _number(facts: Projection, one: Field, texts: list[str]) -> None:
    """088: the number of a report, a decree, a regulation."""
    texts.extend(one.all("a"))


def _host(facts: Projection, one: Field, texts: list[str]) -> None:
    """773, where an article stands."""
    texts.extend(one.all("tgx"))


def _action(facts: Projection, one: Field, texts: list[str]) -> None:
    """583, what is to be done: "review" with its day ($c YYYYMMDD) is asked for in lists."""
    texts.extend(value for _, value in one.subfields)
    day = one.get("c").strip()
    if one.get("a").strip().lower().startswith("review") and len(day) == 8 and day.isdecimal():
        try:
            facts.review_on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            return


def _own(facts: Projection, one: Field, texts: list[str]) -> None:
    """599, a note of the library's own: with a key ($9) the value ($a) of a field that it declared
    itself; days are no words."""
    key = one.get("9").strip()
    if not key:
        texts.extend(value for _, value in one.subfields)
        return
    value = " ".join(one.get("a").split())
    facts.own_values.setdefault(key, value)
    texts.extend(own_values.words([value]))


SIMPLE = {
    "020": _isbn,
    "022": _issn,
    "035": _system_number,
    "041": _language,
    "060": _nlm,
    "082": _dewey,
    "084": _dewey,
    "088": _number,
    "090": _local_call,
    "250": _edition,
    "260": _imprint,
    "264": _imprint,
    "300": _extent,
    "440": _series,
    "490": _series,
    "583": _action,
    "599": _own,
    "773": _host,
    "830": _series,
}
"""What each field adds to the columns, and to the texts that words are taken from."""
