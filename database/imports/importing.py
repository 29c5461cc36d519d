"""Bringing records in: each becomes a new title, joins one that stands, or is refused.

Preview and import share `classify`, so what was shown is what is done. A whole import
is one transaction and one journal line; stopped half-way, nothing of it remains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import marc
from database.description.described import Described
from database.engine import bulk, collector
from database.imports.copies import store_copies
from database.imports.plan import Matched, NotTaken, Report, Result, plan
from database.imports.reader import Planned
from database.policy import settings
from database.schema import Biblio, BiblioIdentifier
from database.search import headings, indexing
from database.text.stems import index_texts

MANY = 5_000
"""Titles from which a search is slowed by how they came in."""


@collector.held_back()
def run(
    session: Session,
    files: Sequence[Path],
    now: datetime,
    *,
    with_items: bool = False,
    matched: Matched = Matched.ADD,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Import `files` in the caller's transaction. Raises Cancelled to undo it all."""
    result = Result()
    titles.alone(session)
    _hasten(session)
    line = journal.write(session, "import.done", "Biblio", None, now)
    last_id = _highest(session)
    met: dict[headings.Key, int] = {}
    overlaid: list[int] = []
    style = settings.call_number_style(session)
    for chunk in plan(
        session, files, with_items=with_items, style=style, report=report, cancelled=cancelled
    ):
        collector.tidy()
        last_id = _store(session, chunk, last_id, line, now, met)
        _count(result, chunk)
        if matched is Matched.OVERLAY:
            overlaid += _overlay(session, chunk, now)
        if with_items:
            taken = [one for one in chunk if matched is not Matched.SKIP or one.outcome == "new"]
            store_copies(session, taken, result, line, now)
    bulk.continue_sequences(session.connection(), Biblio)
    if result.added > MANY:
        indexing.settle(session.connection())
    journal.complete(
        session, line, None, files=[path.name for path in files], read=result.read,
        added=result.added, matched=result.matched, refused=len(result.refused),
        items=result.items, overlaid=overlaid,
    )  # fmt: skip
    result.line, result.overlaid = line, len(overlaid)
    return result


def _hasten(session: Session) -> None:
    """A plan kept from when the tables were small would read them whole at every chunk."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))


def _highest(session: Session) -> int:
    return session.execute(select(func.max(Biblio.id))).scalar() or 0


def _store(
    session: Session,
    chunk: list[Planned],
    last_id: int,
    line: int,
    now: datetime,
    met: dict[headings.Key, int],
) -> int:
    new = [one for one in chunk if one.outcome == "new"]
    connection = session.connection()
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
        indexing.index(connection, _indexed(connection, new), fresh=True)
    _settle(chunk)
    return last_id + len(new)


def _told(one: Planned) -> Described:
    assert one.described is not None
    return one.described


def _row(one: Planned) -> dict[str, Any]:
    return _told(one).row


def _overlay(session: Session, chunk: list[Planned], now: datetime) -> list[int]:
    """Describe anew the titles that stood before; the journal lines that tell how they were."""
    lines = []
    for one in chunk:
        # A record that repeats another of the same files describes nothing anew.
        if one.outcome == "matched" and one.twin is None and one.biblio_id:
            record = marc.from_json(_row(one)["marc"])
            kept = titles.stored(session, one.biblio_id).call_number
            titles.save_biblio(session, one.biblio_id, record, now, kept)
            lines.append(journal.line_about(session, "biblio.saved", one.biblio_id))
    return lines


def _indexed(connection: Connection, new: list[Planned]) -> list[indexing.Words]:
    """What new titles are found by, with the words of the forms that lead to their headings."""
    ids = [one.biblio_id for one in new if one.biblio_id]
    leading = headings.variants(connection, ids)
    indexed = []
    for number, one in zip(ids, new, strict=True):
        title, other = _told(one).title_words, _told(one).other_words
        if number in leading:
            other = index_texts((), (*other.split(), *leading[number]))[1]
        indexed.append(indexing.Words(number, title, other))
    return indexed


def _settle(chunk: list[Planned]) -> None:
    """Records that matched one of their own chunk take its id, now that it has one."""
    for one in chunk:
        if one.twin is not None:
            one.biblio_id = one.twin.biblio_id


def _count(result: Result, chunk: list[Planned]) -> None:
    result.read += len(chunk)
    for one in chunk:
        if one.mended:
            result.mended.append(NotTaken(one.file, one.position, one.mended, partly=True))
        if one.outcome == "new":
            result.added += 1
        elif one.outcome == "matched":
            result.matched += 1
        else:
            result.refused.append(NotTaken(one.file, one.position, one.reason))


# --- copies -------------------------------------------------------------------------
