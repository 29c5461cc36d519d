"""Taking back that a title was added or changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.catalogue import heading_undo, titles
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Journal


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
        session, line.record_id, line.facts["before"], line.facts["call_number_before"]
    )


INVERSES: Inverses = {"biblio.added": _cancel_biblio, "biblio.saved": _revert_biblio}
