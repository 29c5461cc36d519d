"""Titles of which little is known filled in by their ISBN: what is empty, from who knows it.

A list of ISBNs leaves titles under their number; lending without a barcode leaves a line. Asking
takes seconds a title and touches nothing; filling in is one act, taken back as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from database.catalogue import lookup, many_titles
from database.catalogue.heading_rewriting import AT_ONCE, Report
from database.catalogue.lookup import Source
from database.catalogue.title_changes import Change, stored
from database.description import isbn, marc, marc_form
from database.description.marc import Record
from database.description.materials import put
from database.description.same_title import may_be_same
from database.refusal import Fault

_SILENT = 3
"""How often a source may fail to answer, one time after the other, before it is left alone."""
_OWN = frozenset({"isbn", "issn", "statement", "review_on"})
_WHOLE = frozenset({"050", "060", "082", "240", "246", "505", "520", "650", "651", "653", "655"})
"""Fields that are taken whole, with their indicators and vocabularies, where none stands."""
_ENTRIES = frozenset({"main_author", "corporate_author"})
"""A title has one main entry."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A title to be asked for: its id, title and ISBN of 13 digits."""

    id: int
    title: str
    number: str

    @property
    def is_number(self) -> bool:
        """Whether it is known by its number alone."""
        return is_number(self.title)


@dataclass(slots=True)
class Answers:
    """What the sources said."""

    found: dict[int, Record] = field(default_factory=dict)
    unknown: int = 0
    """Titles that no source knows."""
    other: int = 0
    """Titles whose ISBN is plainly another book's elsewhere; they are left as they are."""
    unasked: int = 0
    """Titles left when it was stopped, and those for which somebody gave no answer."""
    silent: list[str] = field(default_factory=list)
    """Names of the sources that gave no answer."""


def is_number(title: str) -> bool:
    """Whether a title is its own ISBN, for want of a better one."""
    return bool(isbn.canonical(title.removeprefix("ISBN")))


def wanted(session: Session, ids: Sequence[int]) -> list[Wanted]:
    """Those of these titles that have an ISBN to ask by, in the same order."""
    found: dict[int, Wanted] = {}
    for at in range(0, len(ids), AT_ONCE):
        for number, text, _shelf, title in stored(session, ids[at : at + AT_ONCE]):
            codes = marc.from_json(text).each("020")
            known = [isbn.canonical(one.get("a")) for one in codes]
            asked = next((one for one in known if one), "")
            if asked:
                found[number] = Wanted(number, title, asked)
    return [found[one] for one in ids if one in found]


def ask(
    sources: Sequence[Source],
    titles: Sequence[Wanted],
    report: Callable[[int, int], None],
    stopped: Callable[[], bool],
    patience: float = lookup.PATIENCE,
) -> Answers:
    """Ask for each title the sources in their order, till one knows it. A source that keeps
    silent is soon left alone; once nobody is left, so is the rest."""
    answers, chain = Answers(), _Chain([one for one in sources if one.usable], patience)
    for place, one in enumerate(titles):
        report(place, len(titles))
        if stopped() or not chain.sources:
            answers.unasked += len(titles) - place
            break
        record = chain.ask(one.number)
        if record is None and chain.missed:
            answers.unasked += 1
        elif record is None:
            answers.unknown += 1
        elif not one.is_number and not may_be_same(one.title, record.get("245", "a")):
            answers.other += 1
        else:
            answers.found[one.id] = record
    answers.silent = chain.silent
    return answers


class _Chain:
    """Sources in their order, and how often each was silent."""

    def __init__(self, sources: list[Source], patience: float) -> None:
        self.sources, self.silent = sources, list[str]()
        self.missed = False
        """Whether one of them was silent at the last question."""
        self._patience = patience
        self._times: dict[str, int] = {}

    def ask(self, number: str) -> Record | None:
        self.missed = False
        for one in list(self.sources):
            try:
                found = lookup.ask(one, number, self._patience)
            except Fault:
                self._miss(one)
                continue
            self._times[one.key] = 0
            if found is not None:
                return found
        return None

    def _miss(self, source: Source) -> None:
        self.missed = True
        self._times[source.key] = self._times.get(source.key, 0) + 1
        if self._times[source.key] == _SILENT:
            self.sources.remove(source)
            self.silent.append(source.name)


def fill(
    session: Session, found: Mapping[int, Record], now: datetime, report: Report
) -> tuple[int, int]:
    """Fill in what these titles lack; how many did change, and the journal line."""
    change = Change("filled", "")
    return many_titles.edit(
        session, sorted(found), change, lambda one, record: filled(record, found[one]), now, report
    )


def filled(record: Record, found: Record) -> Record:
    """A copy of a record with what it lacks; a title that is its number gives way."""
    own, more = marc_form.values(record), marc_form.values(found)
    skipped = _OWN | (_ENTRIES if any(own[one] for one in _ENTRIES) else frozenset())
    stand = {one.tag for one in record.fields}
    taken = [one for one in found.fields if one.tag in _WHOLE and one.tag not in stand]
    made = Record(record.leader, list(record.fields))
    for one in taken:
        put(made, one)
    values = {
        name: text
        for name, text in more.items()
        if text and name not in skipped and not marc_form.values(made)[name]
    }
    if is_number(own["title"]) and more["title"]:
        values["title"] = more["title"]
    return marc_form.apply(made, values) if values else made
