"""A clock on a line of a register: started and stopped, it adds its minutes to the line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.registers import registers
from database.schema import RegisterEntry, WorkTimer

LONGEST = 12 * 60
"""Minutes one sitting may last: a clock forgotten overnight is not work."""


def running(session: Session) -> dict[int, datetime]:
    """Since when a clock runs, by the line's id."""
    rows = session.execute(select(WorkTimer.entry_id, WorkTimer.started_at))
    return {entry: started for entry, started in rows}  # noqa: C416 - no pairs to mypy


def start(session: Session, entry_id: int, now: datetime) -> int:
    """Let the clock run; returns the journal line. Raises Refusal RECORD_GONE."""
    registers.one(session, entry_id)
    if entry_id not in running(session):
        session.execute(insert(WorkTimer).values(entry_id=entry_id, started_at=now))
    return journal.write(session, "timer.started", "RegisterEntry", entry_id, now)


def stop(session: Session, entry_id: int, now: datetime) -> int:
    """Stop it and add its minutes, one at least; returns the journal line.

    Raises Refusal RECORD_GONE where no clock runs.
    """
    started = running(session).get(entry_id)
    if started is None:
        raise Refusal(Reason.RECORD_GONE)
    minutes = min(max(round((now - started).total_seconds() / 60), 1), LONGEST)
    session.execute(delete(WorkTimer).where(WorkTimer.entry_id == entry_id))
    _add(session, entry_id, minutes)
    return journal.write(
        session,
        "timer.stopped",
        "RegisterEntry",
        entry_id,
        now,
        minutes=minutes,
        started=started.isoformat(),
    )


def _add(session: Session, entry_id: int, minutes: int) -> None:
    session.execute(
        update(RegisterEntry)
        .where(RegisterEntry.id == entry_id)
        .values(minutes=RegisterEntry.minutes + minutes)
    )


def _unstart(session: Session, line: Line, _now: datetime) -> None:
    session.execute(delete(WorkTimer).where(WorkTimer.entry_id == line.record_id))


def _unstop(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where the line was changed since."""
    assert line.record_id is not None
    try:
        registers.one(session, line.record_id)
    except Refusal as gone:
        raise Refusal(Reason.CANNOT_UNDO) from gone
    _add(session, line.record_id, -line.facts["minutes"])
    session.execute(
        insert(WorkTimer).values(
            entry_id=line.record_id, started_at=datetime.fromisoformat(line.facts["started"])
        )
    )


INVERSES: Inverses = {
    "timer.started": _unstart,
    "timer.stopped": _unstop,
}
