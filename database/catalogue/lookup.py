"""Data for an ISBN from elsewhere: a chain of sources, what each says, field by field.

Nothing here is ever needed: a library without a network catalogues by hand. Every question
is asked off the GUI thread and ends after a few seconds.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from database.description import isbn, marc_form
from database.description.marc import Record
from database.exchange import sru
from database.exchange.fetching import within
from database.policy import settings
from database.refusal import Fault, Trouble
from resources import FOLDER

PATIENCE = 6.0
"""Seconds a source may take."""

_SOURCES = settings.Choice("lookup.sources", "")


@dataclass(frozen=True, slots=True)
class Source:
    """Where to ask: an SRU server by its address, or a service isbnlib knows by its key."""

    key: str
    name: str
    kind: str = "sru"
    address: str = ""
    index: str = "bath.isbn"
    schema: str = "marcxml"
    on: bool = True
    cover: str = ""
    """Address of a cover's picture, with {isbn} in it; "" for a source that has none."""

    @property
    def usable(self) -> bool:
        """Whether it can be asked at all."""
        return self.on and (self.kind == "isbnlib" or bool(self.address))


def sources(session: Session) -> list[Source]:
    """The library's sources in the order they are asked."""
    kept = settings.get(session, _SOURCES)
    if not kept:
        return _shipped()
    # Covers came later than the lists that libraries keep.
    covers = {one.key: one.cover for one in _shipped()}
    listed = [Source(**one) for one in json.loads(kept)]
    return [replace(one, cover=one.cover or covers.get(one.key, "")) for one in listed]


def _shipped() -> list[Source]:
    listed = tomllib.loads((FOLDER / "lookup-sources.toml").read_text(encoding="utf-8"))
    return [Source(**one) for one in listed["source"]]


def keep(session: Session, listed: Sequence[Source], now: datetime) -> None:
    """Let these be the sources, in this order."""
    clean = [replace(one, name=one.name.strip(), address=one.address.strip()) for one in listed]
    settings.change(session, _SOURCES, json.dumps([asdict(one) for one in clean]), now)


def ask(source: Source, number: str, patience: float = PATIENCE) -> Record | None:
    """What a source knows of an ISBN of 13 digits; None if it has no such book.

    Raises Fault NO_ANSWER.
    """
    if source.kind == "isbnlib":
        return _from_isbnlib(source, number, patience)
    for asked in dict.fromkeys((number, isbn.as_isbn10(number) or number)):
        found = sru.ask(source.address, f"{source.index}={asked}", source.schema, patience)
        best = _of_this_book(found, number)
        if best is not None:
            return best
    return None


def _of_this_book(records: Sequence[Record], number: str) -> Record | None:
    """The first record that names the ISBN, else the first that names none: a server that does
    not understand the question answers with some other book."""
    silent = None
    for record in records:
        named = {isbn.canonical(text) for one in record.each("020") for text in one.all("a")}
        if number in named:
            return record
        if not any(named) and silent is None:
            silent = record
    return silent


def _from_isbnlib(source: Source, number: str, patience: float) -> Record | None:
    """Its services one by one: its registry of them needs pkg_resources, which is going away."""
    import importlib

    from isbnlib import config

    config.seturlopentimeout(patience)
    service = importlib.import_module(f"isbnlib._{source.key}")
    try:
        told: dict[str, Any] = within(patience, lambda: service.query(number)) or {}
    except Exception as error:  # its own errors, urllib's, a changed answer: all mean the same
        raise Fault(Trouble.NO_ANSWER, where=source.name) from error
    if not told.get("Title"):
        return None
    main, *others = [name for name in told.get("Authors", []) if name] or [""]
    title, _dash, subtitle = str(told["Title"]).partition(" - ")
    values = {
        "isbn": number,
        "title": title,
        "subtitle": subtitle,
        "main_author": main,
        "added_authors": marc_form.REPEAT.join(others),
        "publisher": str(told.get("Publisher", "")),
        "year": str(told.get("Year", "")),
    }
    return marc_form.apply(Record(fields=[]), {key: text for key, text in values.items() if text})


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field and who says so."""

    value: str
    sources: tuple[str, ...]


def compared(answers: Sequence[tuple[Source, Record]]) -> dict[str, list[Said]]:
    """For each field of the form the different values, those of the first sources first."""
    found: dict[str, dict[str, list[str]]] = {}
    for source, record in answers:
        for key, value in marc_form.values(record).items():
            if value and key not in {"isbn", "statement"}:
                found.setdefault(key, {}).setdefault(value, []).append(source.name)
    return {
        key: [Said(value, tuple(names)) for value, names in values.items()]
        for key, values in found.items()
    }
