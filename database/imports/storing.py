"""Titles of an import on their way into the store: new ones, and those described anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import marc
from database.description.described import Described
from database.engine import bulk, pausing
from database.engine.among import among
from database.imports.planned import Planned
from database.schema import Biblio, BiblioIdentifier
from database.search import headings, indexing
from database.text.stems import with_more

MANY = 5_000
"""Titles from which a search is slowed by how they came in."""
Met = dict[headings.Key, int]
"""Headings met since the last pause, and their ids: after it another desk may have merged them."""


def highest(session: Session) -> int:
    """The highest id of a title."""
    return session.execute(select(func.max(Biblio.id))).scalar() or 0


def store(session: Session, chunk: list[Planned], line: int, now: datetime, met: Met) -> None:
    """Write the new titles of a chunk, with ids behind those there are; `index` is to follow, once
    their copies are stored too."""
    _hasten(session)
    new = [one for one in chunk if one.outcome == "new"]
    connection = session.connection()
    last_id = highest(session)
    brought = {"created_at": now, "created_on": now.date(), "updated_at": now, "batch_id": line}
    for one, number in zip(new, count(last_id + 1), strict=False):
        one.biblio_id = number
    bulk.add(connection, Biblio, ({**_row(one), **brought, "id": one.biblio_id} for one in new))
    numbers = (
        {"biblio_id": one.biblio_id, "kind": kind, "value": value}
        for one in new
        for kind, value in _told(one).identifiers
    )
    bulk.add(connection, BiblioIdentifier, numbers)
    if new:
        uses = {one.biblio_id: _told(one).headings for one in new if one.biblio_id}
        headings.link(session, uses, fresh=True, remembered=met)
    _settle(chunk)


def index(session: Session, chunk: list[Planned], copies: Mapping[int, Sequence[str]]) -> None:
    """Let the new titles of a chunk be found: by their own words, and by the numbers of the
    `copies` that came with them; those that stood before, by the numbers of theirs too."""
    new = [one for one in chunk if one.outcome == "new"]
    titles.reindex(session, sorted(copies.keys() - {one.biblio_id for one in new}))
    if new:
        connection = session.connection()
        indexing.index(connection, _indexed(connection, new, copies), fresh=True)


def _hasten(session: Session) -> None:
    """A plan kept from when the tables were small would read them whole at every chunk."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))


def settle(session: Session, added: int) -> None:
    """Once all are in, the index is put in order after many."""
    if added > MANY:
        indexing.settle(session.connection, lambda: pausing.pause(session))


def _told(one: Planned) -> Described:
    assert one.described is not None
    return one.described


def _row(one: Planned) -> dict[str, Any]:
    return _told(one).row


def overlay(session: Session, chunk: list[Planned], line: int, now: datetime) -> list[int]:
    """Describe anew the titles that stood before; the journal lines that tell how they were."""
    if not chunk:
        return []
    lines = []
    matched = [one.biblio_id for one in chunk if one.outcome == "matched" and one.biblio_id]
    own = select(Biblio.id).where(among(Biblio.id, "ids"), Biblio.batch_id == line)
    came = set(session.execute(own, {"ids": matched}).scalars())
    for one in chunk:
        # A record that repeats another of the same files describes nothing anew.
        if one.outcome == "matched" and one.biblio_id and one.biblio_id not in came:
            record = marc.from_json(_row(one)["marc"])
            titles.describe_anew(session, one.biblio_id, record, now)
            lines.append(journal.line_about(session, "biblio.saved", one.biblio_id))
    return lines


def _indexed(
    connection: Connection, new: list[Planned], copies: Mapping[int, Sequence[str]]
) -> list[indexing.Words]:
    """What new titles are found by, with the words of their copies and of the forms that lead to
    their headings: what `indexing.words_for` would say of them."""
    ids = [one.biblio_id for one in new if one.biblio_id]
    leading = headings.variants(connection, ids)
    indexed = []
    for number, one in zip(ids, new, strict=True):
        title, other = _told(one).title_words, _told(one).other_words
        more = (*indexing.item_words(copies.get(number, ())), *leading.get(number, ()))
        other = with_more(other, more) if more else other
        indexed.append(indexing.Words(number, title, other))
    return indexed


def _settle(chunk: list[Planned]) -> None:
    """Records that matched one of their own chunk take its id, now that it has one."""
    for one in chunk:
        if one.twin is not None:
            one.biblio_id = one.twin.biblio_id
