"""The library as its door tells it: when it is open, what may be borrowed, where trolleys go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.policy import calendar, house, loan_rule_list
from database.policy.house import ProfileFacts
from database.policy.loan_rule_list import RuleRow
from database.refusal import Reason, Refusal
from database.schema import Patron, RoundPlan, Unit
from database.text.words import code
from database.wards.plans import IS_WARD

AHEAD = 30
"""Days for which closings are told."""


@dataclass(frozen=True, slots=True)
class Today:
    """Whether the library is open on a day, and when."""

    day: date
    is_open: bool
    opens: time | None
    closes: time | None


@dataclass(frozen=True, slots=True)
class Door:
    """Hours, exceptions to come as (day, name, open), and rules of lending."""

    profile: ProfileFacts
    hours: dict[int, tuple[time, time]]
    today: Today
    exceptions: tuple[tuple[date, str, bool], ...]
    rules: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward that the trolley comes to. One whose name tells of an illness is not among them."""

    id: int
    number: str
    name: str
    weekdays: tuple[int, ...]


def today(session: Session, day: date) -> Today:
    """Whether and when the library is open on a day."""
    hours = house.hours(session).get(day.weekday())
    is_open = calendar.load(session, day, day).is_open(day)
    opens, closes = hours if hours and is_open else (None, None)
    return Today(day, is_open, opens, closes)


def door(session: Session, day: date) -> Door:
    """All that the door tells, as of a day."""
    return Door(
        house.profile(session),
        house.hours(session),
        today(session, day),
        tuple(house.closed_days(session, day, day + timedelta(days=AHEAD))),
        tuple(loan_rule_list.rules(session)),
    )


_WARD = (
    select(Patron.id, Patron.number, Patron.name)
    .outerjoin(Unit, Unit.name == Patron.unit)
    .where(*IS_WARD, func.coalesce(Unit.sensitive, False).is_(False))
)


def wards(session: Session) -> list[Ward]:
    """Every ward that may be named, by name."""
    planned: dict[int, list[int]] = {}
    for place, weekday in session.execute(
        select(RoundPlan.place_id, RoundPlan.weekday).order_by(RoundPlan.weekday)
    ):
        planned.setdefault(place, []).append(weekday)
    rows = session.execute(_WARD.order_by(Patron.name_key, Patron.id))
    return [Ward(row.id, row.number, row.name, tuple(planned.get(row.id, ()))) for row in rows]


def ward(session: Session, number: str) -> Ward:
    """The ward with this number. Raises Refusal NOT_A_WARD, also where it may not be named."""
    found = [one for one in wards(session) if one.number == code(number)]
    if not found:
        raise Refusal(Reason.NOT_A_WARD)
    return found[0]
