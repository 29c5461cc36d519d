"""Quarantine by rule: how long a copy rests that comes back from a ward.

No Indonesian rule about library books is known: the hours are the library's own, agreed with
its infection control. Rules are for what wards, patients and their families had; staff read
textbooks elsewhere. The most specific rule wins: unit and kind of copy, the unit, the kind.
During an outbreak every copy rests, whoever had it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Item, Loan, Patron, PatronCategory, QuarantineRule, Unit

MOST_HOURS = 2160
FROM_WARDS = frozenset({"place", "patient", "family"})


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """One rule; an empty unit or item type means any."""

    id: int
    unit_id: int | None
    unit: str
    item_type: str
    hours: int
    stays_out: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a return calls for: hours of rest, or never back to the shelves."""

    hours: int = 0
    stays_out: bool = False


_OF_LOAN = select(Loan.unit).where(Loan.id == bindparam("loan")).scalar_subquery()
_OF_HOLDER = (
    select(Patron.unit)
    .join(Loan, Loan.patron_id == Patron.id)
    .where(Loan.id == bindparam("loan"))
    .scalar_subquery()
)
# A unit may have been renamed, or a patient moved, since the copy was lent: of two wards the
# more careful rule holds.
_RULE: Any = (
    select(QuarantineRule.hours, QuarantineRule.stays_out)
    .outerjoin(Unit, Unit.id == QuarantineRule.unit_id)
    .where(
        or_(QuarantineRule.unit_id.is_(None), Unit.name == _OF_LOAN, Unit.name == _OF_HOLDER),
        or_(QuarantineRule.item_type.is_(None), QuarantineRule.item_type == bindparam("type")),
    )
    .order_by(
        case((QuarantineRule.unit_id.is_(None), 1), else_=0),
        case((QuarantineRule.item_type.is_(None), 1), else_=0),
        QuarantineRule.stays_out.desc(),
        QuarantineRule.hours.desc(),
    )
    .limit(1)
)


def verdict(session: Session, loan_id: int, item_type: str, audience: str | None) -> Verdict:
    """What becomes of a copy that comes back from this loan."""
    found = Verdict()
    if audience in FROM_WARDS:
        row = session.execute(_RULE, {"loan": loan_id, "type": item_type}).one_or_none()
        found = Verdict(row.hours, row.stays_out) if row else found
    if not found.stays_out and settings.get(session, settings.OUTBREAK):
        return Verdict(max(found.hours, settings.get(session, settings.OUTBREAK_HOURS)))
    return found


def verdicts(session: Session, loans: Sequence[int]) -> dict[int, Verdict]:
    """What becomes of the copies of these open loans, were they to come back now."""
    rows = session.execute(
        select(Loan.id, Item.item_type, PatronCategory.audience)
        .join(Item, Item.id == Loan.item_id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Loan.id.in_(loans))
    ).all()
    return {row.id: verdict(session, row.id, row.item_type, row.audience) for row in rows}


def rules(session: Session) -> list[QuarantineRow]:
    """All rules, by unit and kind of copy; those for any unit last."""
    rows = session.execute(
        select(
            QuarantineRule.id,
            QuarantineRule.unit_id,
            func.coalesce(Unit.name, "").label("unit"),
            func.coalesce(QuarantineRule.item_type, "").label("item_type"),
            QuarantineRule.hours,
            QuarantineRule.stays_out,
        )
        .outerjoin(Unit, Unit.id == QuarantineRule.unit_id)
        .order_by(Unit.name.is_(None), Unit.name, QuarantineRule.item_type)
    )
    return rows_of(QuarantineRow, rows)


def units(session: Session) -> list[tuple[int, str]]:
    """The units a rule may be for: (id, name)."""
    rows = session.execute(
        select(Unit.id, Unit.name).where(Unit.active).order_by(Unit.position, Unit.name)
    )
    return [(row.id, row.name) for row in rows]


def save_rule(
    session: Session,
    unit_id: int | None,
    item_type: str,
    hours: int,
    now: datetime,
    *,
    stays_out: bool = False,
) -> int:
    """Make a rule, in the place of one for the same unit and kind; returns the line.

    Raises Refusal VALUE_INVALID for hours below 0 or above 2160 (90 days).
    """
    if not 0 <= hours <= MOST_HOURS:
        raise Refusal(Reason.VALUE_INVALID, field="hours")
    before = _drop(session, unit_id, item_type)
    session.execute(
        insert(QuarantineRule).values(
            unit_id=unit_id, item_type=item_type or None, hours=hours, stays_out=stays_out
        )
    )
    return journal.write(
        session,
        "quarantine.rule_saved",
        "QuarantineRule",
        unit_id,
        now,
        unit=unit_id,
        item_type=item_type,
        before=before,
    )


def drop_rule(session: Session, unit_id: int | None, item_type: str, now: datetime) -> int:
    """Let no rule of its own be for this unit and kind; returns the line. Raises RECORD_GONE."""
    before = _drop(session, unit_id, item_type)
    if before is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(
        session,
        "quarantine.rule_dropped",
        "QuarantineRule",
        unit_id,
        now,
        unit=unit_id,
        item_type=item_type,
        before=before,
    )


def _drop(session: Session, unit_id: int | None, item_type: str) -> list[Any] | None:
    unit: Any = QuarantineRule.unit_id
    kind: Any = QuarantineRule.item_type
    row = session.execute(
        delete(QuarantineRule)
        .where(unit.is_(None) if unit_id is None else unit == unit_id)
        .where(kind == item_type if item_type else kind.is_(None))
        .returning(QuarantineRule.hours, QuarantineRule.stays_out)
    ).one_or_none()
    return [row.hours, row.stays_out] if row else None


def _undo_rule(session: Session, line: Line, _now: datetime) -> None:
    unit_id, kind, before = line.facts["unit"], line.facts["item_type"], line.facts["before"]
    _drop(session, unit_id, kind)
    if before is not None:
        session.execute(
            insert(QuarantineRule).values(
                unit_id=unit_id, item_type=kind or None, hours=before[0], stays_out=before[1]
            )
        )
    journal.touch(session, "QuarantineRule")


INVERSES: Inverses = {
    "quarantine.rule_saved": _undo_rule,
    "quarantine.rule_dropped": _undo_rule,
}
