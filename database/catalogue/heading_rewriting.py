"""Rewriting the titles that use a heading: their records, columns, links and search index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import heading_fields, heading_list
from database.catalogue import titles as catalogue
from database.catalogue.heading_fields import Target
from database.description import described, marc
from database.description.projection import project
from database.engine import pausing
from database.schema import Biblio, Heading, HeadingReference, ReferenceOrigin
from database.search import headings
from database.text.words import key

Report = Callable[[int, int | None], None]
Then = Callable[[Sequence[int]], object]
"""What is done with some titles once their records are changed."""
AT_ONCE, PIECE = 250, 40


def quiet(done: int, total: int | None) -> None:
    """Nobody wants to know how far it is."""


@dataclass(slots=True)
class Changes:
    """Fields changed: `pairs` of old and new (None: dropped), and per title (pair, place)."""

    pairs: list[list[Any]] = field(default_factory=list)
    titles: dict[str, list[list[int]]] = field(default_factory=dict)

    def add(self, biblio_id: int, place: int, old: marc.Field, new: marc.Field | None) -> None:
        """Note that the field at `place` is another now."""
        pair = [marc.plain_field(old), marc.plain_field(new) if new else None]
        if pair not in self.pairs:
            self.pairs.append(pair)
        self.titles.setdefault(str(biblio_id), []).append([self.pairs.index(pair), place])


def rewrite(
    session: Session,
    old: heading_list.Row,
    target: Target,
    now: datetime,
    report: Report,
    changes: Changes,
    then: Then,
) -> None:
    """Put `target` where titles use `old`, noting it in `changes`; links and index are what is
    done `then`, piece by piece."""

    def change(biblio_id: int, record: marc.Record) -> None:
        fields: list[marc.Field] = []
        for place, one in enumerate(record.fields):
            if not heading_fields.uses(one, old.kind, old.scheme, old.key):
                fields.append(one)
                continue
            new = heading_fields.rewritten(one, target)
            if any(_is_double(new, other) for other in record.fields if other is not one):
                changes.add(biblio_id, place, one, None)
            else:
                changes.add(biblio_id, place, one, new)
                fields.append(new)
        record.fields = fields

    each_record(session, heading_list.titles_of(session, old.id), change, now, report, then)


def _is_double(new: marc.Field, other: marc.Field) -> bool:
    return (new.tag, new.subfields) == (other.tag, other.subfields)


_STORED = (
    select(Biblio.id, Biblio.marc, Biblio.call_number)
    .where(Biblio.id.in_(bindparam("ids", expanding=True)), Biblio.cancelled_at.is_(None))
    .order_by(Biblio.id)
    .with_for_update()
)


def each_record(
    session: Session,
    ids: Sequence[int],
    change: Callable[[int, marc.Record], None],
    now: datetime,
    report: Report = quiet,
    then: Then = lambda ids: None,
) -> None:
    """Change the records of some titles and what is projected from them, piece by piece."""
    at_once = PIECE if pausing.is_long(session) else AT_ONCE
    for at in range(0, len(ids), at_once):
        report(at, len(ids))
        rows, part = [], ids[at : at + at_once]
        for biblio_id, stored, shelf in session.execute(_STORED, {"ids": part}).all():
            record = marc.from_json(stored)
            change(biblio_id, record)
            values = described.columns(marc.to_json(record), project(record), shelf)
            rows.append({"which": biblio_id, "updated_at": now, **values})
        if rows:
            changed = update(Biblio).where(Biblio.id == bindparam("which"))
            session.connection().execute(changed, rows)
        then(part)
    journal.touch(session, "Biblio")


def relink(session: Session, ids: Sequence[int]) -> None:
    """Tie titles to the headings their records use now."""
    for at in range(0, len(ids), AT_ONCE):
        stored = session.execute(_STORED, {"ids": ids[at : at + AT_ONCE]})
        headings.link(
            session, {number: project(marc.from_json(text)).headings for number, text, _ in stored}
        )


def reindex(
    session: Session, ids: Iterable[int], between: Callable[[], object] = lambda: None
) -> None:
    """Bring the index of titles up to date; `between` pieces an act may pause."""
    every = list(ids)
    at_once = PIECE if pausing.is_long(session) else AT_ONCE
    for at in range(0, len(every), at_once):
        catalogue.reindex(session, every[at : at + at_once])
        between()
    journal.touch(session, "Biblio")


def put_name(session: Session, heading_id: int, name: str) -> None:
    """Call a heading so."""
    session.execute(
        update(Heading).where(Heading.id == heading_id).values(name=name, key=key(name))
    )


def forms_of(session: Session, heading_id: int) -> list[list[str]]:
    """Name and origin of every form that leads to a heading."""
    return all_forms(session, [heading_id]).get(heading_id, [])


def all_forms(session: Session, ids: Sequence[int]) -> dict[int, list[list[str]]]:
    """`forms_of` of many headings, those that have any."""
    found: dict[int, list[list[str]]] = {}
    for at in range(0, len(ids), AT_ONCE):
        for heading_id, name, origin in session.execute(
            select(HeadingReference.heading_id, HeadingReference.name, HeadingReference.origin)
            .where(HeadingReference.heading_id.in_(ids[at : at + AT_ONCE]))
            .order_by(HeadingReference.id)
        ):
            found.setdefault(heading_id, []).append([name, str(origin)])
    return found


def refer(session: Session, heading_id: int, name: str, origin: str = ReferenceOrigin.SEE) -> bool:
    """Let a form lead to a heading; False if it does so already."""
    standing = session.execute(
        select(HeadingReference.id).where(
            HeadingReference.heading_id == heading_id,
            HeadingReference.key == key(name),
            HeadingReference.origin == origin,
        )
    ).first()
    if standing is None:
        session.execute(
            insert(HeadingReference).values(
                heading_id=heading_id, name=name, key=key(name), origin=origin
            )
        )
    return standing is None


def drop(session: Session, *ids: int) -> None:
    """Remove headings without titles, and the forms that led to them."""
    for at in range(0, len(ids), AT_ONCE):
        part = ids[at : at + AT_ONCE]
        session.execute(delete(HeadingReference).where(HeadingReference.heading_id.in_(part)))
        session.execute(delete(Heading).where(Heading.id.in_(part)))
