"""What the columns, headings and search index say of a MARC record: one function, `project`.

Tags follow MARC 21 bibliographic (loc.gov/marc/bibliographic); INDOMARC uses the same.
"""

from __future__ import annotations

import re

from database.description import materials
from database.description.field_facts import SIMPLE, Projection, control
from database.description.headings import LONGEST, TITLE_HEADINGS, HeadingUse, clean, heading_of
from database.description.marc import Field, Record
from database.description.roles import role_of
from database.text import own_values
from database.text.joined import searchable
from database.text.whole_numbers import whole
from database.text.words import key, printable

_IN_MATCH = 80
_HEADED = frozenset("1678")
_BEHIND = ("main", "added")
_ADDED = frozenset({"700", "710", "711"})
_MADE = re.compile(r"\b(pengarang|penulis|penyusun|author|writer|creator|compiler|aut|cre|com)\b")
_EDITED = re.compile(r"\b(edit\w*|eds?\.|penyunting|disunting|hrsg|red\.|redaktur)", re.IGNORECASE)
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
    "language",
    "volume",
    "main_heading",
)


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
            control(facts, one, record)
        elif tag == "245":
            if not facts.title:
                statement = _proper_title(facts, one)
            title_texts.append(" ".join(one.all("abnpks")))
            other_texts.extend(one.all("c"))
        elif tag in _TITLES:
            title_texts.append(" ".join(one.all("abnptv")))
        elif tag in SIMPLE:
            SIMPLE[tag](facts, one, other_texts)
        elif tag[:1] in _HEADED:
            _heading(facts, one)
        elif tag[:1] == "5":
            other_texts.extend(value for _, value in one.subfields)
    _finish(facts, record, statement)
    _index(facts, title_texts, other_texts)
    return facts


def _index(facts: Projection, titles: list[str], others: list[str]) -> None:
    """The words for the index, each once."""
    columns = (facts.publisher, facts.series, facts.classification, facts.nlm)
    names = (use.name for use in facts.headings)
    numbered = (value.lower() for kind, value in facts.identifiers if kind != "control")
    listed = (*searchable(*others, *columns, *names), *numbered)
    facts.title_words = tuple(dict.fromkeys(searchable(*titles)))
    facts.other_words = tuple(dict.fromkeys(listed))


def _proper_title(facts: Projection, one: Field) -> str:
    """The title of the record; returns its statement of responsibility."""
    facts.title = _title(one)
    facts.title_skip = whole(one.indicators[1:2]) or 0
    facts.volume = key(" ".join(one.all("np")))
    return clean(" ".join(one.all("c")))


def _title(one: Field) -> str:
    """Title, part and name of the part; of a work known by its form alone, that ($k)."""
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
    return parts or clean(" ".join(one.all("k")))


_TITLES = frozenset({"130", "210", "222", "240", "242", "246", "247", "730", "740"})


def _heading(facts: Projection, one: Field) -> None:
    use = heading_of(one)
    if use is not None:
        facts.headings.append(use)


def _people(facts: Projection) -> list[HeadingUse]:
    """Who is behind the work, the main entry first wherever it stands; whom it is about, and
    whose series it is in, are none of them."""
    found = [one for one in facts.headings if one.kind != "title" and one.role in _BEHIND]
    return sorted(found, key=lambda one: _BEHIND.index(one.role))


def _creator(record: Record, statement: str) -> HeadingUse | None:
    """Without a main entry, the first added entry that is said to have made the work, or of
    which nothing is said; an editor's book stands under its title (AACR2 21.7, RDA 19.2)."""
    edited = _EDITED.search(statement) is not None
    for one in record.fields:
        if one.tag in _ADDED and not one.get("t"):
            roles = key(role_of(one) or " ".join(one.all("4")))
            made = _MADE.search(roles) if roles or edited else True
            use = heading_of(one) if made else None
            if use is not None:
                return use
    return None


def _finish(facts: Projection, record: Record, statement: str) -> None:
    facts.identifiers.discard(("control", ""))
    people = _people(facts)
    facts.contributors = "; ".join(dict.fromkeys(one.name for one in people)) or statement
    main = next((one for one in people if one.role == "main"), None)
    creator = main or _creator(record, statement)
    facts.main_heading = creator.name if creator else ""
    facts.material = materials.kind_of(record)
    facts.own = own_values.packed(facts.own_values)
    for name in _SHOWN:
        shown = getattr(facts, name)
        if len(shown) > LONGEST:
            shown = shown[: LONGEST - 1] + "…"
            setattr(facts, name, shown)
        if not shown.isprintable():
            setattr(facts, name, printable(shown))
    # Nobody is told apart by a number of pages.
    facts.identifiers = {
        (kind, printable(number)) for kind, number in facts.identifiers if len(number) <= LONGEST
    }
    folded = key(facts.title)
    unled = key(facts.title[facts.title_skip :]) if facts.title_skip else folded
    facts.title_key = unled or folded
    author = creator or (people[0] if people else None)
    who = author.key if author else key(statement)
    facts.author_key = who
    edition = key(facts.edition)[:_IN_MATCH]
    facts.match_key = f"{folded}|{who[:_IN_MATCH]}|{facts.year or ''}|{edition}"
