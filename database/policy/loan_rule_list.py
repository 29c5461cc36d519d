"""The loan rules of each category: how many, how long, how often renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.meanwhile import must_stand
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import (
    FineUnit,
    LateCounting,
    LoanRule,
    PatronCategory,
    Period,
    Sanction,
)

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
            LoanRule.id,
            PatronCategory.code.label("category"),
            PatronCategory.name.label("category_name"),
            LoanRule.loan_limit,
            LoanRule.days,
            LoanRule.renewals,
        )
        .join(PatronCategory, PatronCategory.id == LoanRule.category_id)
        .where(PatronCategory.active, LoanRule.item_type.is_(None))
        .order_by(PatronCategory.position, PatronCategory.id)
    )
    return rows_of(RuleRow, rows)


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


# --- the whole matrix: kind of patron by type of copy


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule whole: for a kind of patron ("" any) and a type of copy ("" any)."""

    category: str
    item_type: str
    loan_limit: int
    days: int
    renewals: int
    lendable: bool = True
    period: str = Period.DAYS
    renewal_days: int | None = None
    grace_days: int = 0
    holds_allowed: bool = True
    sanction: str = Sanction.NONE
    fine_per_day: int = 0
    fine_cap: int | None = None
    suspension_per_day: int = 1
    suspension_cap: int | None = None
    fine_unit: str = FineUnit.DAY
    late_counting: str = LateCounting.OPEN


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A rule of the matrix; `general` is a kind's only one for every type."""

    id: int
    category_name: str
    facts: RuleFacts

    @property
    def general(self) -> bool:
        """Whether a kind of patron rests on this rule."""
        return bool(self.facts.category) and not self.facts.item_type


_FIELDS = tuple(name for name in RuleFacts.__slots__ if name not in ("category", "item_type"))
_MATRIX = (
    select(
        LoanRule.id,
        func.coalesce(PatronCategory.name, "").label("name"),
        func.coalesce(PatronCategory.code, "").label("category"),
        func.coalesce(LoanRule.item_type, "").label("item_type"),
        *(getattr(LoanRule, name) for name in _FIELDS),
    )
    .outerjoin(PatronCategory, PatronCategory.id == LoanRule.category_id)
    .order_by(
        case((LoanRule.category_id.is_(None), 1), else_=0),
        PatronCategory.position,
        PatronCategory.id,
        func.coalesce(LoanRule.item_type, ""),
    )
)


def matrix(session: Session) -> list[MatrixRow]:
    """Every rule: of each kind first the one for any type, last those for any kind."""
    found = []
    for row in session.execute(_MATRIX).mappings():
        values = {name: row[name] for name in ("category", "item_type", *_FIELDS)}
        found.append(MatrixRow(row["id"], row["name"], RuleFacts(**values)))
    return found


def add(session: Session, facts: RuleFacts, now: datetime) -> int:
    """A rule for a pair that has none; the journal line.

    Raises Refusal VALUE_INVALID, RULE_STANDS.
    """
    values = _values(session, facts)
    _must_be_new(session, values, 0)
    rule_id: int = session.execute(
        insert(LoanRule).values(**values).returning(LoanRule.id)
    ).scalar_one()
    return journal.write(session, "rule.added", "LoanRule", rule_id, now)


def save(
    session: Session, rule_id: int, facts: RuleFacts, now: datetime, read: RuleFacts | None = None
) -> int:
    """Change a rule; loans already made keep their due dates. The journal line.

    Raises Refusal VALUE_INVALID, RULE_STANDS, LAST_RULE, RECORD_GONE, and CHANGED_MEANWHILE
    where it no longer is as it was `read`.
    """
    before = _stored(session, rule_id)
    values = _values(session, facts)
    if read is not None:
        was = SimpleNamespace(**_values(session, read))
        must_stand(was, SimpleNamespace(**before), SimpleNamespace(**values), values)
    if (before["category_id"], before["item_type"]) != (values["category_id"], values["item_type"]):
        _must_not_be_last(session, before)
    _must_be_new(session, values, rule_id)
    session.execute(update(LoanRule).where(LoanRule.id == rule_id).values(**values))
    return journal.write(session, "rule.changed", "LoanRule", rule_id, now, before=before)


def _must_be_new(session: Session, values: dict[str, Any], own: int) -> None:
    """A kind and a type have one rule. Raises Refusal RULE_STANDS."""
    pair = (LoanRule.category_id, values["category_id"]), (LoanRule.item_type, values["item_type"])
    same = [column.is_(None) if value is None else column == value for column, value in pair]
    if session.execute(select(LoanRule.id).where(*same, LoanRule.id != own)).first():
        raise Refusal(Reason.RULE_STANDS)


def remove(session: Session, rule_id: int, now: datetime) -> int:
    """Take a rule away; the journal line.

    Raises Refusal LAST_RULE (a kind in use would have no rule for any type), RECORD_GONE.
    """
    before = _stored(session, rule_id)
    _must_not_be_last(session, before)
    session.execute(delete(LoanRule).where(LoanRule.id == rule_id))
    return journal.write(session, "rule.removed", "LoanRule", rule_id, now, before=before)


def _stored(session: Session, rule_id: int) -> dict[str, Any]:
    row = session.execute(select(LoanRule.__table__).where(LoanRule.id == rule_id)).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return dict(row._mapping)


def _must_not_be_last(session: Session, rule: dict[str, Any]) -> None:
    """The simple grid and the desk rest on a general rule for each kind in use."""
    if rule["item_type"] is not None or rule["category_id"] is None:
        return
    name = session.execute(
        select(PatronCategory.name).where(
            PatronCategory.id == rule["category_id"], PatronCategory.active
        )
    ).scalar()
    if name is not None:
        raise Refusal(Reason.LAST_RULE, name=name)


_MOST = {
    "loan_limit": MOST_LOANS,
    "days": MOST_DAYS,
    "renewals": MOST_RENEWALS,
    "renewal_days": MOST_DAYS,
    "grace_days": 365,
    "fine_per_day": 10_000_000,
    "fine_cap": 1_000_000_000,
    "suspension_per_day": 365,
    "suspension_cap": MOST_DAYS,
}


_WORDS = {
    "period": Period,
    "sanction": Sanction,
    "fine_unit": FineUnit,
    "late_counting": LateCounting,
}


def _values(session: Session, facts: RuleFacts) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(facts, name) for name in _FIELDS}
    for name, most in _MOST.items():
        if values[name] is not None and not 0 <= values[name] <= most:
            raise Refusal(Reason.VALUE_INVALID, field=name)
    for name, words in _WORDS.items():
        if values[name] not in set(words):
            raise Refusal(Reason.VALUE_INVALID, field=name)
    category_id = None
    if facts.category:
        known = select(PatronCategory.id).where(PatronCategory.code == facts.category)
        category_id = session.execute(known).scalar()
        if category_id is None:
            raise Refusal(Reason.VALUE_INVALID, field="category")
    return {**values, "category_id": category_id, "item_type": facts.item_type or None}


def _unadd(session: Session, line: Line, _now: datetime) -> None:
    try:
        _must_not_be_last(session, _stored(session, line.record_id or 0))
    except Refusal as told:
        raise Refusal(Reason.CANNOT_UNDO) from told
    session.execute(delete(LoanRule).where(LoanRule.id == line.record_id))


def _unsave(session: Session, line: Line, _now: datetime) -> None:
    later = journal.latest(
        session, line.at, frozenset({"rule.changed", "rule.saved", "rule.removed"})
    )
    if later is not None and later.id > line.id and later.record_id == line.record_id:
        raise Refusal(Reason.CANNOT_UNDO)
    _put_back(session, line, update(LoanRule).where(LoanRule.id == line.record_id))


def _unremove(session: Session, line: Line, _now: datetime) -> None:
    _put_back(session, line, insert(LoanRule))


def _put_back(session: Session, line: Line, how: Any) -> None:
    session.execute(how.values(**line.facts["before"]))


INVERSES: Inverses = {
    "rule.added": _unadd,
    "rule.changed": _unsave,
    "rule.removed": _unremove,
}
