"""What the tables keep of a title: its row, headings, numbers and words, made from its record.

Nothing here needs a library, so an import makes them in the process that reads the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from database.description import callnumber, shelf_order
from database.description.field_facts import Projection
from database.description.headings import HeadingUse
from database.description.marc import Record, to_json
from database.text.joined import searchable
from database.text.stems import index_texts

COLUMNS = (
    "title",
    "title_key",
    "match_key",
    "contributors",
    "edition",
    "place",
    "publisher",
    "year",
    "extent",
    "series",
    "isbn",
    "issn",
    "classification",
    "nlm",
    "language",
    "material",
    "author_key",
    "review_on",
    "own",
)
_PICK = attrgetter(*COLUMNS)


@dataclass(slots=True)
class Described:
    """A new title as it is stored: `row` is Biblio's columns, the two texts are the words it is
    found by; `volume` tells one part of a set from the next."""

    row: dict[str, Any]
    headings: list[HeadingUse]
    identifiers: list[tuple[str, str]]
    volume: str
    title_words: str
    other_words: str

    @property
    def title(self) -> str:
        """The title as it is shown."""
        shown: str = self.row["title"]
        return shown

    @property
    def title_key(self) -> str:
        """The folded title."""
        key: str = self.row["title_key"]
        return key

    @property
    def strong_key(self) -> str:
        """Title, author, year and edition; "" where they are not all there to be compared."""
        key: str = self.row["match_key"]
        return key if self.row["year"] and "||" not in key else ""


def describe(
    record: Record,
    facts: Projection,
    style: callnumber.Style = callnumber.PLAIN,
    call_number: str = "",
) -> Described:
    """All that is stored of a new title; where nobody told its `call_number`, one is made."""
    shelf = call_number or call_number_of(facts, style)
    title, other = index_texts(facts.title_words, (*facts.other_words, *searchable(shelf)))
    row = columns(to_json(record), facts, shelf)
    return Described(row, facts.headings, sorted(facts.identifiers), facts.volume, title, other)


def columns(stored: str, facts: Projection, call_number: str) -> dict[str, Any]:
    """The values of a Biblio row: the record as text and what is projected from it."""
    values: dict[str, Any] = dict(zip(COLUMNS, _PICK(facts), strict=True))
    values["marc"] = stored
    values["call_number"] = call_number
    values["shelf_key"] = shelf_order.key(call_number)
    values["class_group"] = group_of(facts)
    return values


def group_of(facts: Projection) -> str:
    """The row of the figures a title belongs to: by its DDC number, else by its NLM number."""
    return callnumber.class_group(facts.classification or facts.nlm)


def call_number_of(
    facts: Projection, style: callnumber.Style = callnumber.PLAIN, kind: str = ""
) -> str:
    """The call number a title gets when nobody typed one; `kind` if not its material."""
    return callnumber.make(
        style.number(facts.classification, facts.nlm),
        facts.main_heading,
        facts.title[facts.title_skip :],
        style.prefix(kind or facts.material),
        style,
        facts.language,
    )
