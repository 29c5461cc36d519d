"""How late a loan is: one number for the fine, the desk, the lists and the letters.

It is what the loan's rule counts: open days after the due day (those a reader could have come
on), or every day of the calendar. The other number is only ever told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.policy import calendar, loan_rules
from database.policy.loan_rules import Lateness, Rule
from database.schema import FineUnit, LateCounting, OpeningHours


@dataclass(frozen=True, slots=True)
class Late:
    """How late: `days` as the rule counts them, `calendar` all of them, `by_calendar` whether
    the rule counts those."""

    days: int
    calendar: int
    by_calendar: bool = False


ON_TIME = Late(0, 0)


def days(
    session: Session, rule: Rule | None, due_on: date, now: datetime, due_at: datetime | None
) -> int:
    """Days late by the rule; a loan by hours is a day late past its hour."""
    today = now.date()
    if today > due_on and rule is not None and rule.late_counting == LateCounting.CALENDAR:
        return (today - due_on).days
    return loan_rules.late_days(session, due_on, today, due_at, now)


def of(session: Session, loans: Sequence[Any], now: datetime) -> list[Late]:
    """How late each of these is, which tell their `category`, `item_type`, `due_on` and `due_at`.

    Thousands of loans fall due on some hundred days and know a dozen rules: each is asked once.
    """
    today = now.date()
    past = {one.due_on for one in loans if one.due_on < today}
    known = calendar.load(session, min(past), today) if past else None
    opened = {day: known.open_days(day + timedelta(days=1), today) for day in past} if known else {}
    pairs = {(one.category, one.item_type) for one in loans}
    by_calendar = {pair: _by_calendar(session, *pair) for pair in pairs}
    found = []
    for one in loans:
        whole = by_calendar[one.category, one.item_type]
        if one.due_on in opened:
            every = (today - one.due_on).days
            found.append(Late(every if whole else opened[one.due_on], every, whole))
        else:
            hours = int(bool(one.due_at and now > one.due_at))
            found.append(Late(hours, hours, whole))
    return found


def _by_calendar(session: Session, category: str, item_type: str) -> bool:
    rule = loan_rules.rule_for(session, category, item_type)
    return rule is not None and rule.late_counting == LateCounting.CALENDAR


@dataclass(frozen=True, slots=True)
class Fined:
    """A fine: rupiah, for how many days, and for how many begun weeks where the rule is so."""

    amount: int
    days: int
    weeks: int = 0


def fined(session: Session, rule: Rule, late: int, price: int | None) -> Fined:
    """What `late` days by the rule cost: nothing within the grace."""
    counted = Lateness(late, rule).counted
    week = week_of(session, rule)
    weeks = loan_rules.begun_weeks(counted, week) if rule.fine_unit == FineUnit.WEEK else 0
    return Fined(loan_rules.fine(rule, counted, price, week), counted, weeks)


def week_of(session: Session, rule: Rule) -> int:
    """How many of the days that a rule counts make a week."""
    if rule.late_counting == LateCounting.CALENDAR:
        return loan_rules.WEEK
    opens = session.execute(select(func.count()).select_from(OpeningHours)).scalar_one()
    return opens or loan_rules.WEEK
