"""Cataloguing: titles, each change whole with its index and journal line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.description import marc
from database.description.described import COLUMNS, call_number_of, columns, group_of
from database.description.field_facts import Projection
from database.description.projection import project
from database.engine.among import among
from database.policy import own_fields, settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, BiblioHeading, BiblioIdentifier, Heading, Item
from database.search import headings, indexing

_WRITTEN = ("marc", "call_number", "shelf_key", "class_group", *COLUMNS)
_BEFORE = select(*(getattr(Biblio, name) for name in _WRITTEN)).where(
    Biblio.id == bindparam("which"), Biblio.cancelled_at.is_(None)
)
_OTHER_GROUP = (
    select(Item.id)
    .where(Item.biblio_id == bindparam("which"), Item.class_group != bindparam("group"))
    .limit(1)
)
_HEADINGS = (
    select(Heading.key, Heading.kind, Heading.scheme, BiblioHeading.role)
    .join(Heading, Heading.id == BiblioHeading.heading_id)
    .where(BiblioHeading.biblio_id == bindparam("which"))
    .order_by(BiblioHeading.position)
)
_NUMBERS = select(BiblioIdentifier.kind, BiblioIdentifier.value).where(
    BiblioIdentifier.biblio_id == bindparam("which")
)


def add_biblio(session: Session, record: marc.Record, now: datetime, call_number: str = "") -> int:
    """Add a title; returns its id. Raises Refusal TITLE_MISSING, OWN_VALUE_UNFIT."""
    facts = project(record)
    if not facts.title:
        raise Refusal(Reason.TITLE_MISSING)
    own_fields.must_fit(session, facts.own_values, {})
    shelf = call_number.strip() or call_number_of(facts, settings.call_number_style(session))
    biblio_id: int = session.execute(
        insert(Biblio)
        .values(
            **columns(marc.to_json(record), facts, shelf),
            created_at=now,
            created_on=now.date(),
            updated_at=now,
        )
        .returning(Biblio.id)
    ).scalar_one()
    _link(session, biblio_id, facts, shelf)
    journal.write(session, "biblio.added", "Biblio", biblio_id, now, title=facts.title)
    return biblio_id


def save_biblio(
    session: Session,
    biblio_id: int,
    record: marc.Record,
    now: datetime,
    call_number: str = "",
    read: marc.Record | None = None,
) -> None:
    """Replace a title's record, which was `read` so. Raises Refusal TITLE_MISSING, RECORD_GONE,
    OWN_VALUE_UNFIT, CHANGED_MEANWHILE."""
    facts = project(record)
    if not facts.title:
        raise Refusal(Reason.TITLE_MISSING)
    before = session.execute(_BEFORE, {"which": biblio_id}).one_or_none()
    if before is None:
        raise Refusal(Reason.RECORD_GONE)
    stands = marc.from_json(before.marc)
    if read is not None and stands not in (read, record):
        raise Refusal(Reason.CHANGED_MEANWHILE, name=facts.title, changed=_tags(read, stands))
    if facts.own_values:
        own_fields.must_fit(session, facts.own_values, project(stands).own_values)
    shelf = call_number.strip() or call_number_of(facts, settings.call_number_style(session))
    values = columns(marc.to_json(record), facts, shelf)
    # Naming a column costs its indexes, changed or not.
    changed = {name: new for name, new in values.items() if getattr(before, name) != new}
    session.execute(update(Biblio).where(Biblio.id == biblio_id).values(**changed, updated_at=now))
    _link(session, biblio_id, facts, shelf)
    journal.write(
        session,
        "biblio.saved",
        "Biblio",
        biblio_id,
        now,
        before=before.marc,
        call_number_before=before.call_number,
    )


def describe_anew(session: Session, biblio_id: int, record: marc.Record, now: datetime) -> None:
    """Replace a title's record by one from elsewhere; its call number stays, and what the library
    noted of it in fields of its own. Raises as `save_biblio`."""
    stands = stored(session, biblio_id)
    told = own_fields.taken_over(session, record, marc.from_json(stands.marc))
    save_biblio(session, biblio_id, told, now, stands.call_number)


def _tags(read: marc.Record, stands: marc.Record) -> dict[str, tuple[str, str]]:
    """By tag, the fields that stand now and those that were read, where they differ."""

    def fields(record: marc.Record) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for one in record.fields:
            text = one.value or " ".join(value for _code, value in one.subfields)
            found.setdefault(one.tag, []).append(text)
        return {tag: "; ".join(texts) for tag, texts in found.items()}

    was, now = fields(read), fields(stands)
    tags = (tag for tag in sorted(was.keys() | now.keys()) if was.get(tag) != now.get(tag))
    return {tag: (now.get(tag, ""), was.get(tag, "")) for tag in tags}


def stored(session: Session, biblio_id: int) -> Any:
    """What is kept of a title that stands: marc, call_number, title, class_group.

    Raises Refusal RECORD_GONE.
    """
    row = session.execute(
        select(Biblio.marc, Biblio.call_number, Biblio.title, Biblio.class_group).where(
            Biblio.id == biblio_id, Biblio.cancelled_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row


def _link(session: Session, biblio_id: int, facts: Projection, shelf: str) -> None:
    """The copies' class, headings, numbers and index of a title, where they differ."""
    which, group = {"which": biblio_id}, group_of(facts)
    if session.execute(_OTHER_GROUP, {**which, "group": group}).first() is not None:
        session.execute(update(Item).where(Item.biblio_id == biblio_id).values(class_group=group))
    wanted = [(use.key, use.kind, use.scheme, use.role) for use in facts.headings]
    if [tuple(row) for row in session.execute(_HEADINGS, which)] != wanted:
        headings.link(session, {biblio_id: facts.headings})
    _number(session, biblio_id, facts.identifiers)
    connection = session.connection()
    indexing.drop(connection, [biblio_id])
    entries = indexing.words_for(connection, {biblio_id: (facts, shelf)})
    indexing.index(connection, entries, fresh=True)


def _number(session: Session, biblio_id: int, wanted: set[tuple[str, str]]) -> None:
    rows = session.execute(_NUMBERS, {"which": biblio_id})
    if {(kind, value) for kind, value in rows} == wanted:
        return
    session.execute(delete(BiblioIdentifier).where(BiblioIdentifier.biblio_id == biblio_id))
    if wanted:
        session.execute(
            insert(BiblioIdentifier),
            [{"biblio_id": biblio_id, "kind": k, "value": v} for k, v in wanted],
        )


def reindex(session: Session, ids: Sequence[int]) -> None:
    """Bring the search index of some titles up to date."""
    if not ids:
        return
    connection = session.connection()
    indexing.drop(connection, ids)
    indexing.index(connection, indexing.words_of(connection, ids), fresh=True)


def restore_biblio(
    session: Session, biblio_id: int, stored: str, call_number: str, now: datetime
) -> None:
    """Put back an earlier record (undo), which is a change like any other to whoever keeps a copy
    of the catalogue; the caller journals."""
    record = marc.from_json(stored)
    facts = project(record)
    values = columns(stored, facts, call_number)
    session.execute(update(Biblio).where(Biblio.id == biblio_id).values(**values, updated_at=now))
    _link(session, biblio_id, facts, call_number)


def cancel_biblio(session: Session, biblio_id: int, now: datetime) -> None:
    """Strike a title that has no copies standing. Raises Refusal TITLE_IN_USE."""
    standing = session.execute(
        select(func.count()).where(Item.biblio_id == biblio_id, Item.cancelled_at.is_(None))
    ).scalar_one()
    if standing:
        raise Refusal(Reason.TITLE_IN_USE, items=standing)
    row = stored(session, biblio_id)
    session.execute(update(Biblio).where(Biblio.id == biblio_id).values(cancelled_at=now))
    indexing.drop(session.connection(), [biblio_id])
    headings.link(session, {biblio_id: []})
    journal.write(session, "biblio.cancelled", "Biblio", biblio_id, now, title=row.title)


def record_of(session: Session, biblio_id: int) -> tuple[marc.Record, str]:
    """A title's whole record and its call number. Raises Refusal RECORD_GONE."""
    row = stored(session, biblio_id)
    return marc.from_json(row.marc), row.call_number


def records(
    session: Session, ids: Sequence[int] | None = None, broken: list[int] | None = None
) -> Iterator[marc.Record]:
    """Whole records, all that stand or only `ids`, read a few hundred at a time. Of one that is
    broken in the store only the title; its number is put into `broken`."""
    wanted = (
        select(Biblio.id, Biblio.title, Biblio.marc)
        .where(Biblio.cancelled_at.is_(None))
        .order_by(Biblio.id)
    )
    if ids is not None:
        wanted = wanted.where(among(Biblio.id, "ids"))
    values = {"ids": list(ids)} if ids is not None else {}
    for number, title, kept in session.execute(wanted.execution_options(yield_per=500), values):
        record, whole = marc.stored(kept, title)
        if not whole and broken is not None:
            broken.append(number)
        yield record


def has_any(session: Session) -> bool:
    """Whether any title or copy stands."""
    standing = (Biblio.id, Biblio.cancelled_at), (Item.id, Item.cancelled_at)
    return any(
        session.execute(select(key).where(gone.is_(None)).limit(1)).first()
        for key, gone in standing
    )


def counts(session: Session) -> tuple[int, int]:
    """Titles and copies that stand, cheap enough for the status line."""
    titles = select(func.count()).select_from(Biblio).where(Biblio.cancelled_at.is_(None))
    copies = select(func.count()).select_from(Item).where(Item.cancelled_at.is_(None))
    return session.execute(titles).scalar_one(), session.execute(copies).scalar_one()
