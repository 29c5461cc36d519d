"""The loan rules of each category: how many, how long, how often renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.refusal import Reason, Refusal
from database.schema import LoanRule, PatronCategory

MOST_LOANS, MOST_DAYS, MOST_RENEWALS = 999, 3650, 99


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one category may borrow of any item type."""

    id: int
    category: str
    category_name: str
    loan_limit: int
    days: int
    renewals: int


def rules(session: Session) -> list[RuleRow]:
    """One row a category in use, in the library's order."""
    rows = session.execute(
        select(
            LoanRule.id, PatronCategory.code, PatronCategory.name,
            LoanRule.loan_limit, LoanRule.days, LoanRule.renewals,
        )
        .join(PatronCategory, PatronCategory.id == LoanRule.category_id)
        .where(PatronCategory.active, LoanRule.item_type.is_(None))
        .order_by(PatronCategory.position, PatronCategory.id)
    )  # fmt: skip
    return [RuleRow(*row) for row in rows]


def save_rule(
    session: Session, rule_id: int, loan_limit: int, days: int, renewals: int, now: datetime
) -> None:
    """Change one rule; loans already made keep their due dates.

    Raises Refusal VALUE_INVALID with the field, and RECORD_GONE.
    """
    values = {"loan_limit": loan_limit, "days": days, "renewals": renewals}
    most = {"loan_limit": MOST_LOANS, "days": MOST_DAYS, "renewals": MOST_RENEWALS}
    for field, value in values.items():
        if not 0 <= value <= most[field]:
            raise Refusal(Reason.VALUE_INVALID, field=field)
    changed = session.execute(
        update(LoanRule).where(LoanRule.id == rule_id).values(**values).returning(LoanRule.id)
    ).first()
    if changed is None:
        raise Refusal(Reason.RECORD_GONE)
    journal.write(session, "rule.saved", "LoanRule", rule_id, now, **values)
