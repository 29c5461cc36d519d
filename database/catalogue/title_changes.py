"""A change of many titles before it is done: what it makes of each record, looked at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.catalogue.heading_rewriting import AT_ONCE, Report, quiet
from database.description import marc, marc_form, own_marc
from database.description.headings import clean, heading_of
from database.policy import own_fields
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item
from database.text.words import key

WHATS = (
    "subject_add",
    "subject_remove",
    "subject_replace",
    "classification",
    "nlm",
    "publisher",
    "language",
    "location",
)
OWN = "own:"
"""Begins what sets one of the library's own fields; its key follows. An empty value empties it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is done: `value` is added, set or removed; `old` is the subject replaced."""

    what: str
    value: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One title as it is and as it would be."""

    id: int
    title: str
    before: str
    after: str


def must_be_whole(session: Session, change: Change) -> None:
    """Raises Refusal NAME_MISSING where a subject is empty, OWN_VALUE_UNFIT."""
    if change.what.startswith("subject") and not key(change.value):
        raise Refusal(Reason.NAME_MISSING)
    if change.what.startswith(OWN):
        own_fields.must_fit(session, {change.what.removeprefix(OWN): change.value}, {})


def changed(record: marc.Record, change: Change) -> marc.Record:
    """A copy of a record with the change made."""
    if change.what == "subject_add":
        lines = marc_form.values(record)["subjects"]
        if any(_is_subject(one, change.value) for one in record.each("650")):
            return record
        return marc_form.apply(record, {"subjects": f"{lines}\n{change.value}"})
    if change.what == "subject_remove":
        kept = [one for one in record.fields if not _is_subject(one, change.value)]
        return marc.Record(record.leader, kept)
    if change.what == "subject_replace":
        return _replaced(record, change)
    if change.what.startswith(OWN):
        return own_marc.apply(record, {change.what.removeprefix(OWN): change.value})
    return marc_form.apply(record, {change.what: change.value})


def _is_subject(one: marc.Field, name: str) -> bool:
    if one.tag not in ("650", "653"):
        return False
    use = heading_of(one)
    return key(name) in {key(clean(one.get("a"))), use.key if use else ""}


def _replaced(record: marc.Record, change: Change) -> marc.Record:
    fields: list[marc.Field] = []
    stands = any(_is_subject(one, change.value) for one in record.fields)
    for one in record.fields:
        if not _is_subject(one, change.old):
            fields.append(one)
        elif not stands:
            stands = True
            fields.append(marc.Field(one.tag, None, one.indicators, [("a", change.value)]))
    return marc.Record(record.leader, fields)


def _said(record: marc.Record, change: Change) -> str:
    if change.what.startswith(OWN):
        return own_marc.values(record).get(change.what.removeprefix(OWN), "")
    shown = "subjects" if change.what.startswith("subject") else change.what
    return "; ".join(marc_form.values(record)[shown].split(marc_form.REPEAT))


def preview(
    session: Session, ids: Sequence[int], change: Change, limit: int, report: Report = quiet
) -> tuple[int, list[Row]]:
    """How many titles would change, and the first of them as they are and would be."""
    if change.what == "location":
        return _preview_location(session, ids, change, limit)
    count = 0
    rows: list[Row] = []
    for at in range(0, len(ids), AT_ONCE):
        report(at, len(ids))
        for number, text, _shelf, title in stored(session, ids[at : at + AT_ONCE]):
            record = marc.from_json(text)
            after = changed(record, change)
            if after.fields == record.fields:
                continue
            count += 1
            if len(rows) < limit:
                rows.append(Row(number, title, _said(record, change), _said(after, change)))
    return count, rows


def _preview_location(
    session: Session, ids: Sequence[int], change: Change, limit: int
) -> tuple[int, list[Row]]:
    found: dict[int, tuple[str, list[str]]] = {}
    for _number, biblio_id, location, title in copies_elsewhere(session, ids, change.value):
        found.setdefault(biblio_id, (title, []))[1].append(location)
    rows = [
        Row(number, title, "; ".join(sorted({one or "–" for one in before})), change.value)
        for number, (title, before) in list(found.items())[:limit]
    ]
    return len(found), rows


def stored(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    """Id, record, call number and title of these titles, as far as they stand."""
    yield from session.execute(
        select(Biblio.id, Biblio.marc, Biblio.call_number, Biblio.title)
        .where(Biblio.id.in_(ids), Biblio.cancelled_at.is_(None))
        .order_by(Biblio.id)
    ).all()


def copies_elsewhere(session: Session, ids: Sequence[int], location: str) -> Iterator[Any]:
    """Copies of these titles that stand elsewhere."""
    for at in range(0, len(ids), AT_ONCE):
        yield from session.execute(
            select(Item.id, Item.biblio_id, Item.location, Biblio.title)
            .join(Biblio, Biblio.id == Item.biblio_id)
            .where(
                Item.biblio_id.in_(ids[at : at + AT_ONCE]),
                Item.cancelled_at.is_(None),
                Item.location != location,
            )
            .order_by(Item.biblio_id, Item.id)
        ).all()
