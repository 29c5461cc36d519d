"""Rows of another program's desk as they are written: a piece at a time, each with a journal line
that tells the range of what it wrote, and is what strikes it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine import bulk
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Charge, Journal, Loan, Visit
from database.text.dates import here


def write(
    session: Session, record: Any, rows: list[dict[str, Any]], act: str, now: datetime
) -> None:
    """Write rows of one kind of record, and the journal line that tells which."""
    if not rows:
        return
    first = (session.execute(select(func.max(record.id))).scalar() or 0) + 1
    numbered = [{"id": first + at, **row} for at, row in enumerate(rows)]
    bulk.add(session.connection(), record, numbered)
    bulk.continue_sequences(session.connection(), record)
    last = first + len(rows) - 1
    journal.write(session, act, record.__name__, None, now, first=first, last=last)


_RECORDS: dict[str, Any] = {"Loan": Loan, "Visit": Visit, "Charge": Charge}


def _unbring(session: Session, line: Line, now: datetime) -> None:
    """Strike what a piece wrote. Raises Refusal CANNOT_UNDO where somebody has done something
    with one of them since."""
    record = _RECORDS[line.kind]
    ours = record.id.between(line.facts["first"], line.facts["last"])
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    later = (
        select(Journal.id)
        .where(
            Journal.kind == line.kind,
            Journal.id > line.id,
            Journal.record_id.between(line.facts["first"], line.facts["last"]),
            Journal.undoes_id.is_(None),
            Journal.id.not_in(undone),
        )
        .order_by(Journal.id)
        .limit(1)
    )
    if (other := session.execute(later).scalar()) is not None:
        about = journal.read(session, other)
        assert about is not None
        who, at = about.actor or about.desk, here(about.at)
        raise Refusal(Reason.CANNOT_UNDO, act=about.action, at=at, who=who)
    struck = update(record).where(ours, record.cancelled_at.is_(None)).values(cancelled_at=now)
    session.execute(struck, execution_options={"synchronize_session": False})
    journal.touch(session, line.kind)


INVERSES: Inverses = {
    "loan.brought": _unbring,
    "visit.brought": _unbring,
    "charge.brought": _unbring,
}
