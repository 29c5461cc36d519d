"""Loan rules and closed days of another program, written by the acts that the settings use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from database.policy import holidays, house, loan_rule_list
from database.policy.loan_rule_list import RuleFacts
from database.sources.desk import ClosedTold, RuleTold
from database.text.words import key
from database.vocabulary import Sanction

_MOST_LIMIT, _MOST_DAYS, _MOST_RENEWALS = 99, 365, 99


def take(
    session: Session,
    told: Iterable[RuleTold],
    kinds: Mapping[str, str],
    fresh: Collection[str],
    now: datetime,
) -> int:
    """The general rule of each kind that was made by this import; how many. A kind that the
    library had keeps the rules it has."""
    taken = 0
    standing = {row.facts.category: row.id for row in loan_rule_list.matrix(session) if row.general}
    for one in told:
        category = kinds.get(key(one.kind))
        if category not in fresh or one.material or category not in standing or not one.limit:
            continue
        fined = one.fine > 0
        facts = RuleFacts(
            category,
            "",
            min(one.limit, _MOST_LIMIT),
            min(max(one.days, 1), _MOST_DAYS),
            min(one.renewals, _MOST_RENEWALS),
            grace_days=min(one.grace, _MOST_DAYS),
            sanction=Sanction.MONEY if fined else Sanction.NONE,
            fine_per_day=one.fine,
        )
        loan_rule_list.save(session, standing[category], facts, now)
        taken += 1
    return taken


def close_days(session: Session, told: Iterable[ClosedTold], now: datetime) -> int:
    """Close the days that the library does not know of yet; how many."""
    days = {one.day: one.name for one in told if one.day is not None}
    fresh = [
        (day, name) for day, name in sorted(days.items()) if house.exception(session, day) is None
    ]
    if fresh:
        holidays.close(session, fresh, now)
    return len(fresh)
