"""Taking back that a title was added, changed or struck."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import heading_undo, titles
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Journal


def _cancel_biblio(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    titles.cancel_biblio(session, line.record_id, now)


def _revert_biblio(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    later = session.execute(
        select(Journal.id).where(
            Journal.kind == "Biblio", Journal.record_id == line.record_id, Journal.id > line.id
        )
    ).first()
    if later or heading_undo.touched_since(session, line.record_id, line.id):
        raise Refusal(Reason.CANNOT_UNDO)
    titles.restore_biblio(
        session, line.record_id, line.facts["before"], line.facts["call_number_before"], now
    )


def _stand_again(session: Session, line: Line, now: datetime) -> None:
    """A struck title is found again, as it was. Raises Refusal CANNOT_UNDO where it stands."""
    row = session.execute(
        update(Biblio)
        .where(Biblio.id == line.record_id, Biblio.cancelled_at.is_not(None))
        .values(cancelled_at=None, updated_at=now)
        .returning(Biblio.id, Biblio.marc, Biblio.call_number)
    ).first()
    if row is None:
        raise Refusal(Reason.CANNOT_UNDO)
    titles.restore_biblio(session, row.id, row.marc, row.call_number, now)
    journal.touch(session, "Biblio", "Item")


INVERSES: Inverses = {
    "biblio.added": _cancel_biblio,
    "biblio.saved": _revert_biblio,
    "biblio.cancelled": _stand_again,
}
