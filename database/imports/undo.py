"""Taking a whole import back: its titles and copies are struck, overlaid records put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from database import journal
from database.catalogue import heading_undo, titles
from database.engine import pausing
from database.holdings import item_history
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, BiblioHeading, InHouseUse, Item, Journal, Loan
from database.search import indexing

_AT_ONCE, _PIECE = 500, 100
_LONG = 200


def is_long(line: Line) -> bool:
    """Whether taking it back is work for the background."""
    facts = line.facts
    overlaid: int = len(facts.get("overlaid", ()))
    return bool(facts.get("added", 0) + facts.get("items", 0) + overlaid > _LONG)


def take_back(session: Session, line: Line, now: datetime) -> None:
    """Strike what the import of a journal line brought, whole or as far as it came; in a long act
    piece by piece, and once more where that was stopped.

    Raises Refusal CANNOT_UNDO where a later act stands on it: a copy was lent or used, a title
    was changed or got another copy.
    """
    if _touched(session, line):
        raise item_history.lent_since(session, Item.batch_id == line.id)
    for saved in sorted(line.facts.get("overlaid", ()), reverse=True):
        _put_back(session, saved, now)
        pausing.pause(session)
    at_once = _PIECE if pausing.is_long(session) else _AT_ONCE
    strange = _titles_with_its_copies(session, line.id)
    _strike(session, line, strange, now, at_once)
    brought = select(Biblio.id).where(Biblio.batch_id == line.id, Biblio.cancelled_at.is_(None))
    _strike(session, line, list(session.execute(brought).scalars()), now, at_once)
    journal.touch(session, "Item", "Biblio")


def _strike(session: Session, line: Line, ids: Sequence[int], now: datetime, at_once: int) -> None:
    """What the import brought of some titles, piece by piece. What a desk has used since the
    first look, in a pause, stays with its title."""
    paused = False
    for at in range(0, len(ids), at_once):
        part = list(ids[at : at + at_once])
        if paused:
            part = [number for number in part if not _touched(session, line, [number])]
        copies = (Item.batch_id == line.id) & Item.biblio_id.in_(part) & Item.cancelled_at.is_(None)
        session.execute(update(Item).where(copies).values(cancelled_at=now))
        ours = Biblio.id.in_(part) & (Biblio.batch_id == line.id)
        struck = update(Biblio).where(ours).values(cancelled_at=now)
        gone = list(session.execute(struck.returning(Biblio.id)).scalars())
        session.execute(delete(BiblioHeading).where(BiblioHeading.biblio_id.in_(gone)))
        indexing.drop(session.connection(), gone)
        titles.reindex(session, sorted(set(part) - set(gone)))
        paused |= pausing.pause(session)


def _touched(session: Session, line: Line, ids: Sequence[int] | None = None) -> bool:
    """Whether a later act stands on what the import brought: on all of it, or of some titles."""
    own = true() if ids is None else Item.biblio_id.in_(ids)
    title = true() if ids is None else Biblio.id.in_(ids)
    ours = select(Item.id).where(Item.batch_id == line.id, own)
    later = aliased(Journal)
    touched: Any = or_(
        exists().where(Loan.item_id.in_(ours), Loan.cancelled_at.is_(None)),
        exists().where(InHouseUse.item_id.in_(ours), InHouseUse.cancelled_at.is_(None)),
        exists().where(
            Item.biblio_id == Biblio.id,
            Biblio.batch_id == line.id,
            title,
            Item.cancelled_at.is_(None),
            func.coalesce(Item.batch_id, 0) != line.id,
        ),
        exists().where(
            later.kind == "Biblio",
            later.id > line.id,
            later.record_id == Biblio.id,
            Biblio.batch_id == line.id,
            title,
        ),
    )
    return bool(session.execute(select(touched)).scalar())


def _titles_with_its_copies(session: Session, batch: int) -> list[int]:
    """Titles that stood before and were given copies."""
    return list(
        session.execute(
            select(Item.biblio_id)
            .join(Biblio, Biblio.id == Item.biblio_id)
            .where(Item.batch_id == batch, func.coalesce(Biblio.batch_id, 0) != batch)
            .distinct()
        ).scalars()
    )


def _put_back(session: Session, saved: int, now: datetime) -> None:
    before = journal.read(session, saved)
    assert before is not None
    assert before.record_id is not None
    later = select(Journal.id).where(
        Journal.kind == "Biblio", Journal.record_id == before.record_id, Journal.id > saved
    )
    if session.execute(later).first() or heading_undo.touched_since(
        session, before.record_id, saved
    ):
        raise Refusal(Reason.CANNOT_UNDO)
    facts, number = before.facts, before.record_id
    titles.restore_biblio(session, number, facts["before"], facts["call_number_before"], now)


INVERSES: Inverses = {"import.done": take_back}
