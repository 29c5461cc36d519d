"""Forgetting is told a day before, and can be put off: nothing is cut for ever that nobody could
have looked at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database import journal
from database.policy import clock, settings
from database.privacy import retention
from database.refusal import Reason, Refusal
from database.schema import PatronKind

PUT_OFF = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be forgotten `on` a day: so many persons, and so many links and wishes."""

    on: date
    persons: int
    others: int


def plan(session: Session) -> Plan | None:
    """What was told; None where nothing is to be forgotten."""
    told = settings.get(session, settings.FORGET_ON)
    if not told:
        return None
    on = date.fromisoformat(told)
    persons = sum(
        session.execute(
            select(func.count()).select_from(retention.persons_due(rule, on).subquery())
        ).scalar_one()
        for rule in retention.rules(session)
        if rule.person_after is not None and rule.kind == PatronKind.PERSON
    )
    others = retention.due(session, on) - persons
    return Plan(on, persons, others) if persons or others else None


def announce(session: Session, now: datetime) -> date | None:
    """Tell what is due tomorrow, if anything is and nothing is told yet; the day told, None for
    nothing. A doubted clock tells nothing: a day of another decade would be waited for, or have
    come at once."""
    told = settings.get(session, settings.FORGET_ON)
    if told:
        return date.fromisoformat(told)
    tomorrow = now.date() + timedelta(days=1)
    if not retention.is_due(session, tomorrow) or clock.asked(session, now) is not None:
        return None
    settings.put(session, settings.FORGET_ON, tomorrow.isoformat())
    return tomorrow


def is_time(session: Session, now: datetime) -> bool:
    """Whether the day that was told has come, by a clock nobody doubts."""
    told = settings.get(session, settings.FORGET_ON)
    if not told or date.fromisoformat(told) > now.date():
        return False
    return clock.asked(session, now) is None


def put_off(session: Session, now: datetime) -> int:
    """A week later; returns the journal line. Raises Refusal NOTHING_DUE."""
    told = settings.get(session, settings.FORGET_ON)
    if not told:
        raise Refusal(Reason.NOTHING_DUE)
    until = max(date.fromisoformat(told), now.date()) + PUT_OFF
    settings.put(session, settings.FORGET_ON, until.isoformat())
    return journal.write(session, "privacy.put_off", "Privacy", None, now, until=until.isoformat())


def done(session: Session) -> None:
    """What was told was done."""
    settings.put(session, settings.FORGET_ON, "")
