"""Titles of other libraries, asked for by words, beside what stands in this one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from database.catalogue import known
from database.catalogue.lookup import PATIENCE, Source
from database.description import isbn
from database.description.marc import Field, Record
from database.description.projection import project
from database.exchange import sru

MOST = 20
"""Titles that one library is asked for."""
_WORDS = 8
_HOUSE = re.compile(r"00[135]|9..|[0-35-8]9.")
"""Numbers of the library that made the record, and what MARC 21 leaves to each house: 9XX and X9X
but 490, the series."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A title of another library; `ours` is the id of the same ISBN in this one."""

    library: str
    record: Record
    title: str
    contributors: str
    publisher: str
    year: int | None
    isbn: str
    ours: int | None = None


def question(words: str) -> str:
    """Words as CQL asks for all of them; "" for none. What would end a phrase is left out."""
    found = re.sub(r'["\\\s]+', " ", words).split()[:_WORDS]
    return " and ".join(f'"{word}"' for word in found)


def asked(listed: Sequence[Source]) -> list[Source]:
    """The sources that can be asked by words: the services of isbnlib know only numbers."""
    return [one for one in listed if one.usable and one.kind == "sru"]


def ask(source: Source, words: str, patience: float = PATIENCE) -> list[Record]:
    """What a library has for these words. Raises Fault NO_ANSWER."""
    query = question(words)
    return sru.ask(source.address, query, source.schema, patience, MOST) if query else []


def told(session: Session, library: str, records: Sequence[Record]) -> list[Elsewhere]:
    """Records as they are listed; those without a title are left out."""
    found = []
    for record in records:
        facts = project(record)
        if not facts.title:
            continue
        number = isbn.canonical(facts.isbn) if facts.isbn else None
        standing = known.same_isbn(session, number) if number else None
        found.append(
            Elsewhere(
                library,
                record,
                facts.title,
                facts.contributors,
                facts.publisher,
                facts.year,
                facts.isbn,
                standing[0] if standing else None,
            )
        )
    return found


def copied(record: Record) -> Record:
    """A record to be taken over: as it is, without the numbers and fields of its house."""
    fields = [
        Field(one.tag, one.value, one.indicators, list(one.subfields))
        for one in record.fields
        if not _HOUSE.fullmatch(one.tag)
    ]
    return Record(record.leader, fields)
