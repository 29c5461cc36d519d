"""What becomes of the paper of a closed report: it gets its number, is signed, and is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import clock, house
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import PeriodReport

PAPER = "monthly-report"


def sign(session: Session, report_id: int, number: str, day: date, now: datetime) -> int:
    """The paper has its number and is signed; returns the journal line.

    Raises Refusal LETTER_NUMBER_TAKEN, TIME_TO_COME, RECORD_GONE.
    """
    clock.must_be_here(day, now, "day")
    period = session.execute(
        select(PeriodReport.period).where(PeriodReport.id == report_id)
    ).scalar()
    if period is None:
        raise Refusal(Reason.RECORD_GONE)
    dinas = house.profile(session).dinas
    about = outgoing.Letter(PAPER, report_id, recipient=dinas, subject=period)
    given = outgoing.issue(session, about, now, number, day)
    return _mark(session, report_id, now, number=given, signed_on=day)


def send(session: Session, report_id: int, day: date, how: str, now: datetime) -> int:
    """It went to the dinas; returns the journal line.

    Raises Refusal VALUE_INVALID (how), TIME_TO_COME, RECORD_GONE.
    """
    clock.must_be_here(day, now, "day")
    if not how.strip():
        raise Refusal(Reason.VALUE_INVALID, field="sent_by")
    return _mark(session, report_id, now, sent_on=day, sent_by=how.strip())


def _mark(session: Session, report_id: int, now: datetime, **values: Any) -> int:
    row = session.execute(
        select(PeriodReport.__table__).where(PeriodReport.id == report_id)
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    before = {name: _plain(row._mapping[name]) for name in values}
    session.execute(update(PeriodReport).where(PeriodReport.id == report_id).values(**values))
    return journal.write(session, "month.marked", "PeriodReport", report_id, now, before=before)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _unmark(session: Session, line: Line, now: datetime) -> None:
    if "number" in line.facts["before"] and line.record_id is not None:
        outgoing.void(session, PAPER, line.record_id, now)
    values = {
        name: date.fromisoformat(value) if name.endswith("_on") and value else value
        for name, value in line.facts["before"].items()
    }
    session.execute(update(PeriodReport).where(PeriodReport.id == line.record_id).values(**values))


INVERSES: Inverses = {"month.marked": _unmark}
