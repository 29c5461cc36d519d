"""Taking back what was done to headings: the inverse of each act of `heading_changes`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import heading_list, heading_relations
from database.catalogue import heading_rewriting as titles
from database.description import marc
from database.engine import pausing
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Heading, HeadingReference, Journal, ReferenceOrigin
from database.search import headings
from database.text.words import key


def _unrename(session: Session, line: Line, now: datetime) -> None:
    heading_id = _standing(session, line)
    touched = {int(one) for one in line.facts["titles"]}
    whole = line.facts.get("whole", True)
    if whole and set(heading_list.titles_of(session, heading_id)) - touched:
        # A title took the new name since.
        raise Refusal(Reason.CANNOT_UNDO)
    before = line.facts["before"]
    heading = heading_list.row(session, heading_id)
    taken = _named(session, heading.kind, heading.scheme, key(before))
    if heading.name != line.facts["name"] or taken not in (None, heading_id):
        raise Refusal(Reason.CANNOT_UNDO)
    titles.put_name(session, heading_id, before)
    if line.facts["referred"]:
        _unrefer_form(session, heading_id, before)
    _restore(session, line, now)
    heading_relations.reindex_below(session, [heading_id])


def _unmerge(session: Session, line: Line, now: datetime) -> None:
    kept = _standing(session, line)
    facts = line.facts
    name, entry = facts["name"], (key(facts["name"]), facts["kind_of"], facts["scheme"])
    lost = headings.ensure(session, {entry: name})[entry]
    _restore(session, line, now)
    for form, origin in facts["given"]:
        _unrefer_form(session, kept, form, origin)
    if facts["referred"]:
        _unrefer_form(session, kept, name)
    for form, origin in facts["forms"]:
        titles.refer(session, lost, form, origin)
    if facts.get("had"):
        heading_relations.give_back(session, facts["had"], facts["handed"], facts["was"], lost)
        heading_relations.reindex_below(session, [lost, kept], itself=True)
    every = {int(one) for one in facts["titles"]} if facts["forms"] else set()
    if facts["given"] or facts["referred"]:
        every.update(heading_list.titles_of(session, kept))
    titles.reindex(session, every)


def _unrefer(session: Session, line: Line, now: datetime) -> None:
    heading_id = _standing(session, line)
    if not _unrefer_form(session, heading_id, line.facts["form"]):
        raise Refusal(Reason.CANNOT_UNDO)
    titles.reindex(session, heading_list.titles_of(session, heading_id))


def _refer_again(session: Session, line: Line, now: datetime) -> None:
    heading_id = _standing(session, line)
    if not titles.refer(session, heading_id, line.facts["form"]):
        raise Refusal(Reason.CANNOT_UNDO)
    titles.reindex(session, heading_list.titles_of(session, heading_id))


def _bring_back(session: Session, line: Line, now: datetime) -> None:
    """Headings removed stand again; one that came back by itself is left as it is."""
    entries = {
        (key(name), kind, scheme): (name, forms) for kind, scheme, name, forms in line.facts["gone"]
    }
    ids = headings.ensure(session, {entry: name for entry, (name, _) in entries.items()})
    for entry, (_name, forms) in entries.items():
        for form, origin in forms:
            titles.refer(session, ids[entry], form, origin)


INVERSES: Inverses = {
    "heading.renamed": _unrename,
    "heading.merged": _unmerge,
    "heading.referred": _unrefer,
    "heading.unreferred": _refer_again,
    "heading.removed": _bring_back,
    "heading.swept": _bring_back,
}


def touched_since(session: Session, biblio_id: int, line_id: int) -> bool:
    """Whether a heading, or many titles at once, were changed, or changed back, in this title
    after a journal line."""
    later = select(Journal.id, Journal.undoes_id).where(
        Journal.kind.in_(("Heading", "Batch")), Journal.id > line_id
    )
    acts = {row.undoes_id or row.id for row in session.execute(later)}
    told = session.execute(
        select(Journal.facts).where(
            Journal.id.in_(acts),
            Journal.action.in_(("heading.renamed", "heading.merged", "batch.changed")),
        )
    ).scalars()
    return any(str(biblio_id) in json.loads(facts)["titles"] for facts in told)


# --- what they share --------------------------------------------------------------


def _standing(session: Session, line: Line) -> int:
    """The heading the act was about, which must still be there."""
    found = session.execute(select(Heading.id).where(Heading.id == line.record_id)).scalar()
    if found is None:
        raise Refusal(Reason.CANNOT_UNDO)
    return found


def _named(session: Session, kind: str, scheme: str, folded: str) -> int | None:
    found: int | None = session.execute(
        select(Heading.id).where(
            Heading.kind == kind, Heading.scheme == scheme, Heading.key == folded
        )
    ).scalar()
    return found


def _unrefer_form(
    session: Session, heading_id: int, form: str, origin: str = ReferenceOrigin.SEE
) -> bool:
    gone = session.execute(
        delete(HeadingReference)
        .where(
            HeadingReference.heading_id == heading_id,
            HeadingReference.key == key(form),
            HeadingReference.origin == origin,
        )
        .returning(HeadingReference.id)
    ).all()
    return bool(gone)


def _restore(session: Session, line: Line, now: datetime) -> None:
    """Put back the fields the act changed. Raises Refusal CANNOT_UNDO where one is another
    by now; titles struck since are left."""
    pairs = [
        (marc.field_from_plain(old), marc.field_from_plain(new) if new else None)
        for old, new in line.facts["pairs"]
    ]

    def change(biblio_id: int, record: marc.Record) -> None:
        for pair, place in line.facts["titles"][str(biblio_id)]:
            _put_back(record, place, *pairs[pair])

    left = dict(line.facts["titles"])

    def stands() -> None:
        # What is put back already is not put back twice, should this be stopped half-way.
        journal.complete(session, line.id, line.record_id, **{**line.facts, "titles": left})

    def then(ids: Sequence[int]) -> None:
        titles.relink(session, ids)
        titles.reindex(session, ids)
        for number in ids:
            del left[str(number)]
        pausing.pause(session, stands)

    ids = [int(one) for one in line.facts["titles"]]
    titles.each_record(session, ids, change, now, then=then)


def _put_back(record: marc.Record, place: int, old: marc.Field, new: Any) -> None:
    if new is None:
        record.fields.insert(min(place, len(record.fields)), old)
    elif place < len(record.fields) and record.fields[place] == new:
        record.fields[place] = old
    elif new in record.fields:
        record.fields[record.fields.index(new)] = old
    else:
        raise Refusal(Reason.CANNOT_UNDO)
