"""Closing a day (tutup hari): what happened, and the money that should be there and is.

A closed day takes no more money until it is reopened, which is possible the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import cash_book
from database.engine.rows import row_of
from database.journal import Line
from database.refusal import Reason, Refusal
from database.reports import overview
from database.schema import DayClose, InHouseUse, Renewal


@dataclass(frozen=True, slots=True)
class Figures:
    """A day so far; `recorded` rupiah should be in the drawer, `carried` of them from before."""

    day: date
    visitors: int
    lent: int
    returned: int
    renewed: int
    used: int
    carried: int
    taken: int
    given_back: int
    waived: int
    recorded: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A day as it was closed."""

    id: int
    closed_on: date
    closed_at: datetime
    visitors: int
    lent: int
    returned: int
    renewed: int
    used: int
    taken: int
    given_back: int
    recorded: int
    counted: int
    handed_over: int
    note: str
    actor: str

    @property
    def difference(self) -> int:
        """What was counted too much, or too little below 0."""
        return self.counted - self.recorded


_KEPT = ("visitors", "lent", "returned", "renewed", "used", "taken", "given_back", "recorded")
"""Figures of a day that its close keeps."""


def figures(session: Session, day: date) -> Figures:
    """The counts of a day, as the report will have them."""
    today = overview.today(session, day)
    renewed = select(func.count()).where(Renewal.renewed_on == day, Renewal.cancelled_at.is_(None))
    used = select(func.count()).where(InHouseUse.used_on == day, InHouseUse.cancelled_at.is_(None))
    book = cash_book.cash_book(session, day, day)
    return Figures(
        day,
        today.visitors,
        today.lent,
        today.returned,
        session.execute(renewed).scalar_one(),
        session.execute(used).scalar_one(),
        book.carried,
        book.taken,
        book.given_back,
        book.waived,
        book.carried + book.taken - book.given_back,
    )


def close(
    session: Session, counted: int | None, handed_over: int, note: str, now: datetime
) -> Closed:
    """Close today. `counted` is what is in the drawer, None where no money is taken; a
    difference needs a note.

    Raises Refusal DAY_CLOSED, VALUE_INVALID, WHY_MISSING.
    """
    if of_day(session, now.date()) is not None:
        raise Refusal(Reason.DAY_CLOSED, day=now.date())
    found = figures(session, now.date())
    there = found.recorded if counted is None else counted
    if counted is not None:
        _must_be_right(found.recorded, counted, handed_over, note)
    values = {name: getattr(found, name) for name in _KEPT} | {
        "closed_on": now.date(),
        "closed_at": now,
        "counted": there,
        "handed_over": handed_over,
        "note": note.strip(),
        "actor": session.info.get("actor", ""),
    }
    close_id: int = session.execute(
        insert(DayClose).values(**values).returning(DayClose.id)
    ).scalar_one()
    journal.write(
        session,
        "day.closed",
        "DayClose",
        close_id,
        now,
        recorded=found.recorded,
        counted=there,
        handed_over=handed_over,
    )
    made = of_day(session, now.date())
    assert made is not None
    return made


def _must_be_right(recorded: int, counted: int, handed_over: int, note: str) -> None:
    if counted < 0:
        raise Refusal(Reason.VALUE_INVALID, field="counted")
    if not 0 <= handed_over <= counted:
        raise Refusal(Reason.VALUE_INVALID, field="handed_over")
    if counted != recorded and not note.strip():
        raise Refusal(Reason.WHY_MISSING, field="note")


def of_day(session: Session, day: date) -> Closed | None:
    """The standing close of a day, or None."""
    columns = [getattr(DayClose, name) for name in Closed.__slots__]
    row = session.execute(
        select(*columns).where(DayClose.closed_on == day, DayClose.reopened_at.is_(None))
    ).one_or_none()
    return row_of(Closed, row) if row else None


def reopen(session: Session, now: datetime) -> int:
    """Let today go on; the journal line. Raises Refusal NOTHING_TO_UNDO where it is open."""
    close_id = session.execute(
        update(DayClose)
        .where(DayClose.closed_on == now.date(), DayClose.reopened_at.is_(None))
        .values(reopened_at=now)
        .returning(DayClose.id)
    ).scalar()
    if close_id is None:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    return journal.write(session, "day.reopened", "DayClose", close_id, now)


def _unclose(session: Session, line: Line, now: datetime) -> None:
    done = session.execute(
        update(DayClose)
        .where(
            DayClose.id == line.record_id,
            DayClose.reopened_at.is_(None),
            DayClose.closed_on == now.date(),
        )
        .values(reopened_at=now)
        .returning(DayClose.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


def _unreopen(session: Session, line: Line, now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where the day is no longer as it was closed."""
    row = session.execute(select(DayClose).where(DayClose.id == line.record_id)).scalar_one()
    found = figures(session, row.closed_on)
    changed = any(getattr(found, name) != getattr(row, name) for name in _KEPT)
    if changed or of_day(session, row.closed_on) is not None:
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(update(DayClose).where(DayClose.id == line.record_id).values(reopened_at=None))


INVERSES = {"day.closed": _unclose, "day.reopened": _unreopen}
