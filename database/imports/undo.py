"""Taking a whole import back: its titles and copies are struck, overlaid records put back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from database import journal
from database.catalogue import heading_undo, titles
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, BiblioHeading, InHouseUse, Item, Journal, Loan

_AT_ONCE = 500
_LONG = 200


def is_long(line: Line) -> bool:
    """Whether taking it back is work for the background."""
    facts = line.facts
    overlaid: int = len(facts.get("overlaid", ()))
    return bool(facts.get("added", 0) + facts.get("items", 0) + overlaid > _LONG)


def take_back(session: Session, line: Line, now: datetime) -> None:
    """Strike what the import of a journal line brought.

    Raises Refusal CANNOT_UNDO where a later act stands on it: a copy was lent or used, a title
    was changed or got another copy.
    """
    _must_be_untouched(session, line)
    others = _titles_with_its_copies(session, line.id)
    session.execute(
        update(Item)
        .where(Item.batch_id == line.id, Item.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )
    session.execute(_FORGET[session.get_bind().dialect.name], {"batch": line.id})
    ours = select(Biblio.id).where(Biblio.batch_id == line.id)
    session.execute(delete(BiblioHeading).where(BiblioHeading.biblio_id.in_(ours)))
    session.execute(
        update(Biblio)
        .where(Biblio.batch_id == line.id, Biblio.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )
    for saved in sorted(line.facts.get("overlaid", ()), reverse=True):
        _put_back(session, saved)
    for at in range(0, len(others), _AT_ONCE):
        titles.reindex(session, others[at : at + _AT_ONCE])
    journal.touch(session, "Item", "Biblio")


_FORGET = {
    "sqlite": text(
        "DELETE FROM biblio_words WHERE rowid IN (SELECT id FROM biblio WHERE batch_id = :batch)"
    ),
    "postgresql": text(
        "DELETE FROM biblio_words WHERE biblio_id IN"
        " (SELECT id FROM biblio WHERE batch_id = :batch)"
    ),
}


def _must_be_untouched(session: Session, line: Line) -> None:
    ours = select(Item.id).where(Item.batch_id == line.id)
    later = aliased(Journal)
    touched: Any = or_(
        exists().where(Loan.item_id.in_(ours), Loan.cancelled_at.is_(None)),
        exists().where(InHouseUse.item_id.in_(ours), InHouseUse.cancelled_at.is_(None)),
        exists().where(
            Item.biblio_id == Biblio.id,
            Biblio.batch_id == line.id,
            Item.cancelled_at.is_(None),
            func.coalesce(Item.batch_id, 0) != line.id,
        ),
        exists().where(
            later.kind == "Biblio",
            later.id > line.id,
            later.record_id == Biblio.id,
            Biblio.batch_id == line.id,
        ),
    )
    if session.execute(select(touched)).scalar():
        raise Refusal(Reason.CANNOT_UNDO)


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


def _put_back(session: Session, saved: int) -> None:
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
    titles.restore_biblio(session, number, facts["before"], facts["call_number_before"])


INVERSES: Inverses = {"import.done": take_back}
