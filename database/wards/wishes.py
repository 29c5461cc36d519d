"""What the readers of a ward ask for, from which bed, until it is met or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Patron, WardRequest
from database.wards.plans import ward


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader of a ward asked for."""

    id: int
    place_id: int
    ward: str
    bed: str
    wish: str
    asked_at: datetime


WAITING = (WardRequest.done_at.is_(None), WardRequest.cancelled_at.is_(None))
"""Of a wish: neither met nor given up."""


def wishes(session: Session, ward_id: int | None = None) -> list[Wish]:
    """What is asked for and not yet met, oldest first; of one ward or of all."""
    wanted = (
        select(
            WardRequest.id,
            WardRequest.place_id,
            Patron.name.label("ward"),
            WardRequest.bed,
            WardRequest.wish,
            WardRequest.asked_at,
        )
        .join(Patron, Patron.id == WardRequest.place_id)
        .where(*WAITING)
    )
    if ward_id is not None:
        wanted = wanted.where(WardRequest.place_id == ward_id)
    return rows_of(Wish, session.execute(wanted.order_by(WardRequest.id)))


def ask(session: Session, ward_id: int, bed: str, wish: str, now: datetime) -> int:
    """Note a wish for the next round; returns the journal line, which does not tell it.

    Raises Refusal VALUE_INVALID for an empty wish, NOT_A_WARD.
    """
    ward(session, ward_id)
    if not wish.strip():
        raise Refusal(Reason.VALUE_INVALID, field="wish")
    request_id = session.execute(
        insert(WardRequest)
        .values(place_id=ward_id, bed=bed.strip().upper(), wish=wish.strip(), asked_at=now)
        .returning(WardRequest.id)
    ).scalar_one()
    return journal.write(session, "wish.noted", "WardRequest", request_id, now)


def settle(session: Session, request_id: int, met: bool, now: datetime) -> int:
    """A wish was met, or given up; returns the journal line. Raises Refusal RECORD_GONE."""
    done = session.execute(
        update(WardRequest)
        .where(WardRequest.id == request_id, *WAITING)
        .values(done_at=now, met=met)
        .returning(WardRequest.id)
    ).first()
    if done is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(session, "wish.settled", "WardRequest", request_id, now, met=met)


def _unask(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(WardRequest).where(WardRequest.id == line.record_id).values(cancelled_at=now)
    )


def _unsettle(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO when the wish has been emptied since."""
    done = session.execute(
        update(WardRequest)
        .where(WardRequest.id == line.record_id, WardRequest.wish != "")
        .values(done_at=None, met=False)
        .returning(WardRequest.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


INVERSES: Inverses = {
    "wish.noted": _unask,
    "wish.settled": _unsettle,
}
