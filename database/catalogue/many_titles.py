"""Changing many titles at once: done in one act, taken back in one.

A journal line keeps, for each title, the fields that went and those that came, each distinct
field once. A call number follows the class only where it was the one made by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import heading_rewriting
from database.catalogue.heading_rewriting import AT_ONCE, Report, quiet
from database.catalogue.title_changes import (
    Change,
    changed,
    copies_elsewhere,
    must_be_whole,
    stored,
)
from database.description import described, marc
from database.description.callnumber import Style
from database.description.projection import project
from database.engine import pausing
from database.journal import Inverses, Line
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item

_PIECE = 50


@dataclass(slots=True)
class _Kept:
    """What a journal line keeps: distinct fields, and per title which went and came where."""

    fields: list[Any] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    titles: dict[str, list[Any]] = field(default_factory=dict)

    def number(self, one: marc.Field) -> int:
        """The place of a field among the distinct ones."""
        plain = marc.plain_field(one)
        text = repr(plain)
        if text not in self.places:
            self.places[text] = len(self.fields)
            self.fields.append(plain)
        return self.places[text]


def apply(
    session: Session, ids: Sequence[int], change: Change, now: datetime, report: Report = quiet
) -> tuple[int, int]:
    """Change these titles; how many did change, and the journal line.

    Raises Refusal NAME_MISSING where a subject is empty, OWN_VALUE_UNFIT.
    """
    must_be_whole(session, change)
    if change.what == "location":
        return _move(session, ids, change, now)
    return edit(session, ids, change, lambda _id, record: changed(record, change), now, report)


def edit(
    session: Session,
    ids: Sequence[int],
    change: Change,
    edited: Callable[[int, marc.Record], marc.Record],
    now: datetime,
    report: Report = quiet,
) -> tuple[int, int]:
    """Let these titles be what `edited(id, record)` makes of them, in pieces; how many did
    change, and the journal line, which says what the `change` was."""
    style, kept = settings.call_number_style(session), _Kept()
    line = journal.write(session, "batch.changed", "Batch", None, now, **_facts(change, kept))

    def stands() -> None:
        journal.complete(session, line, None, **_facts(change, kept))

    at_once = _PIECE if pausing.is_long(session) else AT_ONCE
    for at in range(0, len(ids), at_once):
        report(at, len(ids))
        rows: list[dict[str, Any]] = []
        for number, text, shelf, _title in stored(session, ids[at : at + at_once]):
            before = marc.from_json(text)
            after = edited(number, before)
            if after.fields == before.fields:
                continue
            kept.titles[str(number)] = [*_difference(kept, before, after), shelf]
            rows.append(_row(number, after, _shelf(before, after, shelf, style), now))
        _write(session, rows)
        pausing.pause(session, stands)
    stands()
    return len(kept.titles), line


def _facts(change: Change, kept: _Kept) -> dict[str, Any]:
    return {
        "name": change.value or change.old,
        "what": change.what,
        "old": change.old,
        "fields": kept.fields,
        "titles": kept.titles,
    }


def _shelf(before: marc.Record, after: marc.Record, shelf: str, style: Style) -> str:
    if shelf and shelf != described.call_number_of(project(before), style):
        return shelf
    return described.call_number_of(project(after), style)


def _row(number: int, record: marc.Record, shelf: str, now: datetime) -> dict[str, Any]:
    facts = project(record)
    values = described.columns(marc.to_json(record), facts, shelf)
    return {"which": number, "updated_at": now, **values}


def _write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Columns, headings, the copies' class and the index of some titles."""
    if not rows:
        return
    connection = session.connection()
    connection.execute(update(Biblio).where(Biblio.id == bindparam("which")), list(rows))
    classes = [{"which": row["which"], "group": row["class_group"]} for row in rows]
    connection.execute(
        update(Item)
        .where(Item.biblio_id == bindparam("which"))
        .values(class_group=bindparam("group")),
        classes,
    )
    ids = [row["which"] for row in rows]
    heading_rewriting.relink(session, ids)
    heading_rewriting.reindex(session, ids)


def _difference(kept: _Kept, before: marc.Record, after: marc.Record) -> list[list[list[int]]]:
    """(place, field) of what went and of what came."""
    old = [repr(marc.plain_field(one)) for one in before.fields]
    new = [repr(marc.plain_field(one)) for one in after.fields]
    went, came = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            went += [[place, kept.number(before.fields[place])] for place in range(i1, i2)]
            came += [[place, kept.number(after.fields[place])] for place in range(j1, j2)]
    return [went, came]


def _move(session: Session, ids: Sequence[int], change: Change, now: datetime) -> tuple[int, int]:
    places: dict[str, str] = {}
    titles: dict[str, None] = {}
    for number, biblio_id, location, _title in list(copies_elsewhere(session, ids, change.value)):
        places[str(number)] = location
        titles[str(biblio_id)] = None
    _locate(session, dict.fromkeys(map(int, places), change.value))
    line = journal.write(
        session, "batch.moved", "Batch", None, now, name=change.value, copies=places
    )
    return len(titles), line


def _locate(session: Session, places: dict[int, str]) -> None:
    rows = [{"which": number, "there": place} for number, place in places.items()]
    if rows:
        moved = update(Item).where(Item.id == bindparam("which"))
        session.connection().execute(moved.values(location=bindparam("there")), rows)
    journal.touch(session, "Item")


def _unchange(session: Session, line: Line, now: datetime) -> None:
    fields = [marc.field_from_plain(plain) for plain in line.facts["fields"]]
    titles = dict(line.facts["titles"])
    ids = sorted(map(int, titles))

    def stands() -> None:
        # What is put back already is not put back twice, should this be stopped half-way.
        journal.complete(session, line.id, None, **{**line.facts, "titles": titles})

    at_once = _PIECE if pausing.is_long(session) else AT_ONCE
    for at in range(0, len(ids), at_once):
        rows = []
        part = ids[at : at + at_once]
        for number, text, _shelf, _title in stored(session, part):
            went, came, shelf = titles[str(number)]
            record = marc.from_json(text)
            _put_back(
                record, [(place, fields[n]) for place, n in went], [fields[n] for _, n in came]
            )
            rows.append(_row(number, record, shelf, now))
        _write(session, rows)
        for number in part:
            del titles[str(number)]
        pausing.pause(session, stands)


def _put_back(
    record: marc.Record, went: list[tuple[int, marc.Field]], came: list[marc.Field]
) -> None:
    for one in came:
        if one not in record.fields:
            # The title was changed since.
            raise Refusal(Reason.CANNOT_UNDO)
        record.fields.remove(one)
    for place, one in went:
        record.fields.insert(min(place, len(record.fields)), one)


def _unmove(session: Session, line: Line, now: datetime) -> None:
    there = line.facts["name"]
    before = {int(number): place for number, place in line.facts["copies"].items()}
    ids = list(before)
    for at in range(0, len(ids), AT_ONCE):
        standing = session.execute(
            select(Item.id).where(Item.id.in_(ids[at : at + AT_ONCE]), Item.location == there)
        ).scalars()
        _locate(session, {number: before[number] for number in standing})


INVERSES: Inverses = {
    "batch.changed": _unchange,
    "batch.moved": _unmove,
}
