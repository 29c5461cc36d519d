"""Whether a moment may be true: nothing is done later than now, and a clock may be wrong.

The clock of the PC is held against the journal. An act written by hand or by a script bears the
time it is given, up to a few minutes after the clock. A library in which nobody has borrowed or
come yet, or not before today, is still tried out: a script may go ahead of the clock there, as
far as its days follow each other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.refusal import Reason, Refusal
from database.schema import InHouseUse, Journal, Loan, Visit

LEEWAY = timedelta(minutes=5)
"""By so much may two clocks differ."""
NEW = timedelta(days=1)
"""So long after the first loan or visit a library is still being tried out."""
SILENCE = timedelta(days=400)
"""No library lies still for longer, nor does a script leap further."""

PAUSE = timedelta(days=45)
"""After a pause longer than any holiday the librarian is asked whether the clock is right."""
BEHIND = timedelta(hours=1)
"""So far before the newest act the clock is wrong, or that act was."""

_BEGAN: tuple[Any, ...] = (Loan.lent_at, Visit.visited_at, InHouseUse.used_at)


def newest(session: Session) -> datetime | None:
    """When the newest act was done that the journal knows of."""
    found: datetime | None = session.execute(select(func.max(Journal.at))).scalar()
    return found


def must_be_here(day: date | None, now: datetime, field: str) -> None:
    """Refuse a day to come for what is written down as done. Raises Refusal TIME_TO_COME."""
    if day is not None and day > now.date():
        raise Refusal(Reason.TIME_TO_COME, at=day, field=field)


def must_have_come(session: Session, at: datetime, now: datetime) -> None:
    """Refuse what is dated later than the clock says. Raises Refusal TIME_TO_COME."""
    if at <= now + LEEWAY:
        return
    last = newest(session)
    if not _tried_out(session, now) or at > max(now, last or now) + SILENCE:
        raise Refusal(Reason.TIME_TO_COME, at=at)


def _tried_out(session: Session, now: datetime) -> bool:
    first = [session.execute(select(func.min(column))).scalar() for column in _BEGAN]
    return all(moment is None or moment > now - NEW for moment in first)


def must_be_likely(session: Session, now: datetime) -> None:
    """Refuse to act by a clock that is far ahead of all that was done; whoever knows better says
    the time. Raises Refusal CLOCK_DOUBTED."""
    last = doubt(session, now)
    if last is not None:
        raise Refusal(Reason.CLOCK_DOUBTED, now=now, newest=last)


def must_be_sure(session: Session, now: datetime) -> None:
    """Refuse what cannot be taken back by a clock that a person would be asked about. Raises
    Refusal CLOCK_DOUBTED."""
    last = asked(session, now)
    if last is not None:
        raise Refusal(Reason.CLOCK_DOUBTED, now=now, newest=last)


def asked(session: Session, now: datetime) -> datetime | None:
    """When the newest act was done, if a person should say whether the clock is right: it is far
    ahead of that act, or behind it."""
    last = newest(session)
    fits = last is None or last - BEHIND <= now <= last + PAUSE
    return None if fits else last


def doubt(session: Session, now: datetime) -> datetime | None:
    """When the newest act was done, if the clock is so far ahead of it that it may be wrong."""
    last = newest(session)
    return last if last is not None and now > last + SILENCE else None
