"""Which places are wards, and on which weekdays the trolley comes to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Patron, PatronKind, RoundPlan

IS_WARD = (
    Patron.kind == PatronKind.PLACE,
    Patron.place_id.is_(None),
    Patron.forgotten_at.is_(None),
    Patron.ended_on.is_(None),
)
"""Of a patron: a ward that is served, not a bed of one."""


def ward(session: Session, place_id: int) -> Any:
    """(id, name, unit) of a ward. Raises Refusal NOT_A_WARD."""
    row = session.execute(
        select(Patron.id, Patron.name, Patron.unit).where(Patron.id == place_id, *IS_WARD)
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.NOT_A_WARD)
    return row


def plan(session: Session, ward_id: int, weekdays: frozenset[int], now: datetime) -> int:
    """Let the trolley come on these weekdays (Monday 0); returns the journal line.

    Raises Refusal NOT_A_WARD.
    """
    ward(session, ward_id)
    before = sorted(planned(session, ward_id))
    _plan(session, ward_id, weekdays)
    return journal.write(
        session, "round.planned", "RoundPlan", ward_id, now, before=before, after=sorted(weekdays)
    )


def _plan(session: Session, ward_id: int, weekdays: frozenset[int]) -> None:
    session.execute(delete(RoundPlan).where(RoundPlan.place_id == ward_id))
    if weekdays:
        listed = [{"place_id": ward_id, "weekday": day} for day in sorted(weekdays)]
        session.execute(insert(RoundPlan), listed)


def planned(session: Session, ward_id: int) -> frozenset[int]:
    """The weekdays on which the trolley comes to a ward."""
    found = session.execute(select(RoundPlan.weekday).where(RoundPlan.place_id == ward_id))
    return frozenset(found.scalars())


def _unplan(session: Session, line: Line, _now: datetime) -> None:
    assert line.record_id is not None
    if sorted(planned(session, line.record_id)) != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    _plan(session, line.record_id, frozenset(line.facts["before"]))


INVERSES: Inverses = {
    "round.planned": _unplan,
}
