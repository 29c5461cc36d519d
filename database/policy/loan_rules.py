"""Which loan rule applies, when a loan under it is due, and what follows a late return.

The most specific rule wins: kind of patron and of copy, then the copy's alone, then the
patron's alone. Each rule stands whole; nothing is taken over from a less specific one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from database.engine.rows import rows_of
from database.policy import calendar, closings
from database.policy.calendar import Calendar
from database.schema import (
    FineUnit,
    LateCounting,
    LoanRule,
    OpeningHours,
    Patron,
    PatronCategory,
    Period,
    RoundPlan,
    Sanction,
)

WEEK = 7
ROUND_DAYS = 7
"""A ward without planned rounds is come to within a week."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The loan rule that applies; `category` and `item_type` say for whom and what, "" any."""

    category: str
    item_type: str
    loan_limit: int
    days: int
    renewals: int
    lendable: bool
    period: str
    renewal_days: int | None
    grace_days: int
    holds_allowed: bool
    sanction: str
    fine_per_day: int
    fine_cap: int | None
    suspension_per_day: int
    suspension_cap: int | None
    fine_unit: str = FineUnit.DAY
    late_counting: str = LateCounting.OPEN

    @property
    def name(self) -> str:
        """ "nurse/book", with * for any."""
        return f"{self.category or '*'}/{self.item_type or '*'}"


_RULE: Any = (
    select(
        func.coalesce(PatronCategory.code, "").label("category"),
        func.coalesce(LoanRule.item_type, "").label("item_type"),
        LoanRule.loan_limit,
        LoanRule.days,
        LoanRule.renewals,
        LoanRule.lendable,
        LoanRule.period,
        LoanRule.renewal_days,
        LoanRule.grace_days,
        LoanRule.holds_allowed,
        LoanRule.sanction,
        LoanRule.fine_per_day,
        LoanRule.fine_cap,
        LoanRule.suspension_per_day,
        LoanRule.suspension_cap,
        LoanRule.fine_unit,
        LoanRule.late_counting,
    )
    .outerjoin(PatronCategory, PatronCategory.id == LoanRule.category_id)
    .where(
        or_(LoanRule.category_id.is_(None), PatronCategory.code == bindparam("category")),
        or_(LoanRule.item_type.is_(None), LoanRule.item_type == bindparam("item_type")),
    )
    .order_by(
        case((LoanRule.item_type.is_(None), 1), else_=0),
        case((LoanRule.category_id.is_(None), 1), else_=0),
    )
)


def rules_for(session: Session, category: str, item_type: str) -> list[Rule]:
    """Every rule that fits, the one that applies first; the last that is for any kind of copy
    limits all copies together."""
    rows = session.execute(_RULE, {"category": category, "item_type": item_type})
    return rows_of(Rule, rows)


def rule_for(session: Session, category: str, item_type: str) -> Rule | None:
    """The rule that applies; None if there is none."""
    return next(iter(rules_for(session, category, item_type)), None)


@dataclass(frozen=True, slots=True)
class Due:
    """When a loan is due, and why it differs from the plain length: "closed" (moved past closed
    days), "card_ends" (cut to the end of the card), "closing" (cut to closing time),
    "unconfirmed" (in a later year, whose holidays nobody has confirmed yet)."""

    on: date
    at: datetime | None = None
    notes: tuple[str, ...] = ()


def due(
    session: Session,
    rule: Rule,
    at: datetime,
    valid_until: date | None = None,
    place_id: int | None = None,
    *,
    renewal: bool = False,
) -> Due:
    """When a loan made `at` this moment is due.

    A day that is closed moves on to the next open one; a card that ends before cuts it back, to
    the last open day of its validity. `place_id` is the ward or bed that borrows, if one does.
    """
    found = _due(session, rule, at, valid_until, place_id, renewal)
    if found.on.year > at.year and not closings.is_confirmed(session, found.on.year):
        return replace(found, notes=(*found.notes, "unconfirmed"))
    return found


def _due(
    session: Session,
    rule: Rule,
    at: datetime,
    valid_until: date | None,
    place_id: int | None,
    renewal: bool,
) -> Due:
    today = at.date()
    if rule.period == Period.HOURS:
        return _due_by_hours(session, rule.days, at)
    length = rule.days
    if renewal and rule.renewal_days is not None:
        length = rule.renewal_days
    if rule.period == Period.ROUND and place_id is not None:
        return Due(next_round(session, place_id, today))
    plain = today + timedelta(days=length)
    open_on = calendar.load(session, min(today, valid_until or today), plain)
    wanted = open_on.next_open(plain)
    if valid_until and today <= valid_until < wanted:
        return Due(_last_open(open_on, today, valid_until), notes=("card_ends",))
    return Due(wanted, notes=("closed",) if wanted != plain else ())


def _last_open(open_on: Calendar, first: date, last: date) -> date:
    """The last open day up to `last`; `last` itself where none from `first` on is open."""
    found = [day for day in calendar.days(first, last) if open_on.is_open(day)]
    return found[-1] if found else last


def _due_by_hours(session: Session, hours: int, at: datetime) -> Due:
    """Within the day's opening; a copy lent after closing is due when the house opens next."""
    end = at + timedelta(hours=hours)
    times = {
        row.weekday: (row.opens, row.closes)
        for row in session.execute(
            select(OpeningHours.weekday, OpeningHours.opens, OpeningHours.closes)
        )
    }
    closing = _moment(at, times[at.weekday()][1]) if at.weekday() in times else None
    if closing is None or end <= closing:
        return Due(end.date(), end)
    if at < closing:
        return Due(at.date(), closing, ("closing",))
    day = calendar.load(session, at.date(), at.date()).next_open(at.date() + timedelta(days=1))
    opens = times.get(day.weekday(), (time(), time()))[0]
    return Due(day, datetime.combine(day, opens, at.tzinfo), ("closed",))


def _moment(at: datetime, clock: time) -> datetime:
    return datetime.combine(at.date(), clock, at.tzinfo)


def next_round(session: Session, place_id: int, today: date) -> date:
    """The day on which the trolley next comes to a ward, or to a bed's ward."""
    ward = select(func.coalesce(Patron.place_id, Patron.id)).where(Patron.id == place_id)
    found = session.execute(
        select(RoundPlan.weekday).where(RoundPlan.place_id == ward.scalar_subquery())
    )
    ahead = [(weekday - today.weekday() - 1) % 7 + 1 for weekday in found.scalars()]
    wanted = today + timedelta(days=min(ahead, default=ROUND_DAYS))
    return calendar.load(session, today, wanted).next_open(wanted)


# --- late returns


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a copy came back: days after its due day that its rule counts, the day of return
    among them."""

    open_days: int
    rule: Rule | None

    @property
    def counted(self) -> int:
        """The days that follow: all of them once the grace is over, none before."""
        grace = self.rule.grace_days if self.rule else 0
        return self.open_days if self.open_days > grace else 0


def late_days(
    session: Session,
    due_on: date,
    today: date,
    due_at: datetime | None = None,
    now: datetime | None = None,
) -> int:
    """Open days after the due day up to today; a loan by hours is a day late past its hour."""
    if today <= due_on:
        return int(bool(due_at and now and now > due_at))
    return calendar.load(session, due_on, today).open_days(due_on + timedelta(days=1), today)


def fine(rule: Rule, counted: int, price: int | None = None, week: int = WEEK) -> int:
    """Rupiah for `counted` late days of one copy: never above the cap, nor the copy's price.
    Where the rule is so, for each begun week of `week` such days."""
    if rule.sanction != Sanction.MONEY:
        return 0
    units = begun_weeks(counted, week) if rule.fine_unit == FineUnit.WEEK else counted
    amount = rule.fine_per_day * units
    caps = [cap for cap in (rule.fine_cap, price) if cap]
    return min([amount, *caps])


def begun_weeks(counted: int, week: int = WEEK) -> int:
    """How many weeks of `week` days have begun after so many days."""
    return -(-counted // week)


def suspended_until(session: Session, rule: Rule, counted: int, today: date) -> date | None:
    """The last day without lending: so many open days from tomorrow; None for none."""
    if rule.sanction != Sanction.SUSPENSION or not counted:
        return None
    wanted = counted * rule.suspension_per_day
    if rule.suspension_cap is not None:
        wanted = min(wanted, rule.suspension_cap)
    if not wanted:
        return None
    return calendar.load(session, today, today + timedelta(days=7 * wanted)).after(today, wanted)
