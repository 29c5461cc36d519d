"""What the columns, headings and search index say of a MARC record: one function, `project`.

Tags follow MARC 21 bibliographic (loc.gov/marc/bibliographic); INDOMARC uses the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from database.description import isbn as numbers
from database.description import materials
from database.description.headings import LONGEST, TITLE_HEADINGS, HeadingUse, clean, heading_of
from database.description.marc import Field, Record
from database.text.words import key, words

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_IN_MATCH = 80
_SHOWN = (
    "title",
    "contributors",
    "edition",
    "place",
    "publisher",
    "extent",
    "series",
    "isbn",
    "issn",
    "classification",
    "nlm",
    "volume",
    "main_heading",
)


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


def project(record: Record) -> Projection:
    """Everything that is derived from `record`; the record itself is not changed."""
    facts = Projection()
    title_texts: list[str] = []
    other_texts: list[str] = []
    statement = ""
    for one in record.fields:
        tag = one.tag
        if tag in TITLE_HEADINGS:
            _heading(facts, one)
        if one.value is not None:
            _control(facts, one, record)
        elif tag == "245":
            if not facts.title:
                statement = _proper_title(facts, one)
            title_texts.append(" ".join(one.all("abnpks")))
            other_texts.extend(one.all("c"))
        elif tag in _TITLES:
            title_texts.append(" ".join(one.all("abnptv")))
        elif tag in _SIMPLE:
            _SIMPLE[tag](facts, one, other_texts)
        elif tag[0] in "1678":
            _heading(facts, one)
        elif tag[0] == "5":
            other_texts.extend(value for _, value in one.subfields)
    _finish(facts, record, statement)
    _index(facts, title_texts, other_texts)
    return facts


def _index(facts: Projection, titles: list[str], others: list[str]) -> None:
    """The words for the index, each once."""
    columns = (facts.publisher, facts.series, facts.classification, facts.nlm)
    names = (use.name for use in facts.headings)
    numbered = (value.lower() for kind, value in facts.identifiers if kind != "control")
    listed = (*words(" ".join((*others, *columns, *names))), *numbered)
    facts.title_words = tuple(dict.fromkeys(words(" ".join(titles))))
    facts.other_words = tuple(dict.fromkeys(listed))


def _proper_title(facts: Projection, one: Field) -> str:
    """The title of the record; returns its statement of responsibility."""
    facts.title = _title(one)
    facts.title_skip = int(one.indicators[1]) if one.indicators[1].isdigit() else 0
    facts.volume = key(" ".join(one.all("np")))
    return clean(" ".join(one.all("c")))


def _title(one: Field) -> str:
    parts = ""
    for code, value in one.subfields:
        text = clean(value)
        if not text or code not in "abnp":
            continue
        if not parts:
            parts = text
        elif code == "b":
            parts += f" : {text}"
        else:
            parts = f"{parts.rstrip('.')}. {text}" if code == "n" else f"{parts}, {text}"
    return parts


def _control(facts: Projection, one: Field, record: Record) -> None:
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
            if numbers.issn(value):
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


_TITLES = frozenset({"130", "210", "222", "240", "242", "246", "247", "730", "740"})
_SIMPLE = {
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
    "773": _host,
    "830": _series,
}


def _heading(facts: Projection, one: Field) -> None:
    use = heading_of(one)
    if use is None:
        return
    if use.role == "main" and use.kind != "title" and not facts.main_heading:
        facts.main_heading = use.name
    facts.headings.append(use)


def _finish(facts: Projection, record: Record, statement: str) -> None:
    facts.identifiers.discard(("control", ""))
    people = [h for h in facts.headings if h.kind != "title"]
    names = [h.name for h in people if h.role != "subject"]
    facts.contributors = "; ".join(dict.fromkeys(names)) or statement
    facts.material = materials.kind_of(record)
    for name in _SHOWN:
        shown = getattr(facts, name)
        if len(shown) > LONGEST:
            setattr(facts, name, shown[: LONGEST - 1] + "…")
    # Nobody is told apart by a number of pages.
    facts.identifiers = {one for one in facts.identifiers if len(one[1]) <= LONGEST}
    whole = key(facts.title)
    facts.title_key = key(facts.title[facts.title_skip :]) if facts.title_skip else whole
    who = people[0].key if names else key(statement)
    facts.author_key = who
    edition = key(facts.edition)[:_IN_MATCH]
    facts.match_key = f"{whole}|{who[:_IN_MATCH]}|{facts.year or ''}|{edition}"
