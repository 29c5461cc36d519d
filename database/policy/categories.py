"""Kinds of patron: the library's own list, each with its validity and its series of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.meanwhile import must_stand
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.policy import numbering
from database.refusal import Reason, Refusal
from database.schema import (
    InHouseUse,
    Loan,
    LoanRule,
    Patron,
    PatronCategory,
    PatronKind,
    Renewal,
    Visit,
)
from database.text.words import key

AUDIENCES = ("staff", "student", "family", "patient", "public", "place")
MOST_DAYS = 3650
_USUAL_RULE = {"loan_limit": 2, "days": 7, "renewals": 1}
_EVENTS: tuple[Any, ...] = (Loan, Renewal, Visit, InHouseUse)


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """What a kind is. `forget_…_after` are days, None keeps; see `schema.PatronCategory`."""

    name: str
    audience: str = "staff"
    validity_days: int | None = None
    number_pattern: str = ""
    forget_loans_after: int | None = None
    forget_person_after: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A kind as listed."""

    id: int
    code: str
    name: str
    audience: str
    validity_days: int | None
    number_pattern: str
    forget_loans_after: int | None
    forget_person_after: int | None
    active: bool
    patrons: int


_PATRONS: Any = (
    select(func.count())
    .where(Patron.category_id == PatronCategory.id, Patron.forgotten_at.is_(None))
    .correlate(PatronCategory)
    .scalar_subquery()
)


def listed(session: Session) -> list[CategoryRow]:
    """Every kind in the library's order, with how many patrons it has."""
    one = PatronCategory
    rows = session.execute(
        select(
            one.id,
            one.code,
            one.name,
            one.audience,
            one.validity_days,
            one.number_pattern,
            one.forget_loans_after,
            one.forget_person_after,
            one.active,
            _PATRONS.label("patrons"),
        ).order_by(one.position, one.id)
    )
    return rows_of(CategoryRow, rows)


def _checked(session: Session, facts: CategoryFacts, own: int) -> dict[str, Any]:
    values = asdict(facts)
    values["name"] = " ".join(facts.name.split())
    if not values["name"]:
        raise Refusal(Reason.NAME_MISSING)
    others = session.execute(select(PatronCategory.name).where(PatronCategory.id != own))
    if any(key(name) == key(values["name"]) for name in others.scalars()):
        raise Refusal(Reason.NAME_TAKEN, name=values["name"])
    if facts.audience not in AUDIENCES:
        raise Refusal(Reason.VALUE_INVALID, field="audience")
    for name in ("validity_days", "forget_loans_after", "forget_person_after"):
        if values[name] is not None and not 0 <= values[name] <= MOST_DAYS:
            raise Refusal(Reason.VALUE_INVALID, field=name)
    values["validity_days"] = facts.validity_days or None
    pattern = facts.number_pattern.strip()
    values["number_pattern"] = numbering.check(pattern) if pattern else ""
    values["kind"] = PatronKind.PLACE if facts.audience == "place" else PatronKind.PERSON
    return values


def add(session: Session, facts: CategoryFacts, now: datetime) -> int:
    """Add a kind with a usual loan rule; returns its journal line.

    Raises Refusal NAME_MISSING, NAME_TAKEN, PATTERN_INVALID, VALUE_INVALID.
    """
    values = _checked(session, facts, 0)
    last = session.execute(select(func.max(PatronCategory.position))).scalar() or 0
    found: int = session.execute(
        insert(PatronCategory)
        .values(**values, code=_new_code(session, values["name"]), position=last + 1)
        .returning(PatronCategory.id)
    ).scalar_one()
    session.execute(insert(LoanRule).values(category_id=found, **_rule_like(session, facts)))
    journal.touch(session, "LoanRule")
    return journal.write(
        session, "category.added", "PatronCategory", found, now, name=values["name"]
    )


def _rule_like(session: Session, facts: CategoryFacts) -> dict[str, Any]:
    """The rule of the first kind of the same audience, to begin with."""
    row = session.execute(
        select(LoanRule.__table__)
        .join(PatronCategory, PatronCategory.id == LoanRule.category_id)
        .where(PatronCategory.audience == facts.audience, LoanRule.item_type.is_(None))
        .order_by(PatronCategory.position)
        .limit(1)
    ).one_or_none()
    own = ("id", "category_id", "item_type")
    return {k: v for k, v in row._mapping.items() if k not in own} if row else dict(_USUAL_RULE)


def _new_code(session: Session, name: str) -> str:
    """A word for commands and files; it stays when the kind is renamed."""
    plain = re.sub(r"[^a-z0-9]+", "-", key(name)).strip("-") or "kind"
    taken = set(session.execute(select(PatronCategory.code)).scalars())
    for event in _EVENTS:
        taken |= set(session.execute(select(event.category).distinct()).scalars())
    return next(
        one for one in (plain, *(f"{plain}-{n}" for n in range(2, 999))) if one not in taken
    )


def save(
    session: Session,
    category_id: int,
    facts: CategoryFacts,
    now: datetime,
    read: CategoryFacts | None = None,
) -> int:
    """Change a kind; memberships that run keep their end. Returns the journal line.

    Raises Refusal as `add`, RECORD_GONE, CATEGORY_IN_USE where persons would become places, and
    CHANGED_MEANWHILE where it no longer is as it was `read`.
    """
    row = _row(session, category_id)
    values = _checked(session, facts, category_id)
    if values["kind"] != row.kind:
        _must_be_unused(session, row)
    must_stand(read, row, facts, CategoryFacts.__dataclass_fields__, name=row.name)
    before = {name: row._mapping[name] for name in values}
    session.execute(update(PatronCategory).where(PatronCategory.id == category_id).values(**values))
    journal.touch(session, "Patron", "LoanRule")
    return journal.write(
        session,
        "category.saved",
        "PatronCategory",
        category_id,
        now,
        name=values["name"],
        before=before,
        after=values,
    )


def _row(session: Session, category_id: int) -> Any:
    row = session.execute(
        select(PatronCategory.__table__).where(PatronCategory.id == category_id)
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row


def _must_be_unused(session: Session, row: Any) -> None:
    def count(record: Any, where: Any) -> int:
        return session.execute(select(func.count()).select_from(record).where(where)).scalar_one()

    patrons = count(Patron, Patron.category_id == row.id)
    # What was struck counts in no figure.
    events = sum(
        count(event, (event.category == row.code) & event.cancelled_at.is_(None))
        for event in _EVENTS
    )
    if patrons or events:
        raise Refusal(Reason.CATEGORY_IN_USE, name=row.name, patrons=patrons, events=events)


def order(session: Session, category_ids: Sequence[int], now: datetime) -> int:
    """Put the kinds into this order; returns the journal line."""
    rows = session.execute(select(PatronCategory.id, PatronCategory.position))
    before = [[row.id, row.position] for row in rows]
    _put_order(session, [[number, place] for place, number in enumerate(category_ids)])
    return journal.write(session, "category.ordered", "PatronCategory", None, now, before=before)


def _put_order(session: Session, places: Sequence[Sequence[int]]) -> None:
    for number, place in places:
        session.execute(
            update(PatronCategory).where(PatronCategory.id == number).values(position=place)
        )


def remove(session: Session, category_id: int, now: datetime) -> int:
    """Take away a kind that no patron, loan or visit ever had; returns the journal line.

    Raises Refusal RECORD_GONE, CATEGORY_IN_USE.
    """
    row, rules = _take_away(session, category_id)
    return journal.write(
        session,
        "category.removed",
        "PatronCategory",
        category_id,
        now,
        name=row.name,
        before=dict(row._mapping),
        rules=rules,
    )


def _take_away(session: Session, category_id: int) -> tuple[Any, list[dict[str, Any]]]:
    row = _row(session, category_id)
    _must_be_unused(session, row)
    of_it = LoanRule.category_id == category_id
    rules = session.execute(select(LoanRule.__table__).where(of_it)).mappings().all()
    session.execute(delete(LoanRule).where(of_it))
    session.execute(delete(PatronCategory).where(PatronCategory.id == category_id))
    journal.touch(session, "LoanRule")
    return row, [dict(rule) for rule in rules]


def _unadd(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    try:
        _take_away(session, line.record_id)
    except Refusal as told:
        raise Refusal(Reason.CANNOT_UNDO) from told


def _unsave(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    row = _row(session, line.record_id)
    after = line.facts["after"]
    if any(row._mapping[name] != value for name, value in after.items()):
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(
        update(PatronCategory)
        .where(PatronCategory.id == line.record_id)
        .values(**line.facts["before"])
    )
    journal.touch(session, "Patron", "LoanRule")


def _unorder(session: Session, line: Line, now: datetime) -> None:
    _put_order(session, line.facts["before"])


def _unremove(session: Session, line: Line, now: datetime) -> None:
    session.execute(insert(PatronCategory).values(**line.facts["before"]))
    for rule in line.facts["rules"]:
        session.execute(insert(LoanRule).values(**rule))


INVERSES: Inverses = {
    "category.added": _unadd,
    "category.saved": _unsave,
    "category.ordered": _unorder,
    "category.removed": _unremove,
}
