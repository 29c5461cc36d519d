"""Quarantine by rule: how long a copy rests that comes back from a ward, and wiping it.

No Indonesian rule about library books is known: the hours are the library's own, agreed with
its infection control. Rules are for what wards, patients and their families had; staff read
textbooks elsewhere. The most specific rule wins: unit and kind of copy, the unit, the kind.
During an outbreak every copy rests, whoever had it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    Hold,
    HoldState,
    Item,
    ItemStatus,
    Journal,
    Loan,
    Patron,
    PatronCategory,
    QuarantineRule,
    Unit,
    Wiping,
)

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


# --- the rules


def rules(session: Session) -> list[QuarantineRow]:
    """All rules, by unit and kind of copy; those for any unit last."""
    rows = session.execute(
        select(
            QuarantineRule.id,
            QuarantineRule.unit_id,
            func.coalesce(Unit.name, ""),
            func.coalesce(QuarantineRule.item_type, ""),
            QuarantineRule.hours,
            QuarantineRule.stays_out,
        )
        .outerjoin(Unit, Unit.id == QuarantineRule.unit_id)
        .order_by(Unit.name.is_(None), Unit.name, QuarantineRule.item_type)
    )
    return [QuarantineRow(*row) for row in rows]


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


# --- what rests, and the morning list


@dataclass(frozen=True, slots=True)
class RestingRow:
    """A copy in quarantine, or out of it and not yet shelved (`over`). `until` None: for good.
    `hold` is who waits for it, `wiped_on` when it was last wiped since it came back."""

    id: int
    barcode: str
    title: str
    shelf: str
    until: datetime | None
    over: bool
    wipeable: bool
    wiped_on: date | None
    held: bool


_SINCE = timedelta(days=7)


def resting(session: Session, now: datetime) -> list[RestingRow]:
    """All copies in quarantine, and those out of it that are not shelved, the first first."""
    return _resting(session, now, or_(Item.status == ItemStatus.QUARANTINE, _OUT_AGAIN))


def today(session: Session, now: datetime) -> list[RestingRow]:
    """The morning list: what comes out of quarantine today, or came out and is not shelved."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    rests = Item.status == ItemStatus.QUARANTINE
    return _resting(session, now, Item.status_until < midnight, or_(rests, _OUT_AGAIN))


def _resting(session: Session, now: datetime, *which: ColumnElement[bool]) -> list[RestingRow]:
    held = select(Hold.id).where(Hold.copy_id == Item.id, Hold.state == HoldState.READY).exists()
    wiped = (
        select(func.max(Wiping.wiped_on))
        .where(
            Wiping.item_id == Item.id,
            Wiping.cancelled_at.is_(None),
            Wiping.wiped_on >= now.date() - _SINCE,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Item.id,
            Item.barcode,
            Biblio.title,
            Item.call_number,
            Item.status_until,
            Item.status,
            Item.wipeable,
            wiped,
            held,
        )
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Item.cancelled_at.is_(None), *which)
        .order_by(Item.status_until.is_(None), Item.status_until, Item.id)
    )
    return [
        RestingRow(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5] != ItemStatus.QUARANTINE or (row[4] is not None and row[4] <= now),
            row[6],
            row[7],
            row[8],
        )
        for row in rows
    ]


_OUT_AGAIN = Item.status.in_([ItemStatus.IN_SERVICE, ItemStatus.REFERENCE]) & (
    Item.status_until.is_not(None)
)


def release_due(session: Session, now: datetime) -> int:
    """Let every copy whose time has passed be in service again; how many. They stay on the
    morning list until they are shelved."""
    over = (Item.status == ItemStatus.QUARANTINE, Item.status_until <= now)
    ids = list(session.execute(select(Item.id).where(*over)).scalars())
    if ids:
        session.execute(update(Item).where(*over).values(status=_home()))
        journal.write(session, "quarantine.over", "Item", None, now, items=ids)
    return len(ids)


def leave(
    session: Session, item_id: int, item_type: str, status: str, until: datetime | None
) -> dict[str, Any]:
    """A copy that is lent rests no more; how it was, to take it back."""
    if until is None and status != ItemStatus.QUARANTINE:
        return {}
    home = ItemStatus.REFERENCE if item_type == "reference" else ItemStatus.IN_SERVICE
    session.execute(update(Item).where(Item.id == item_id).values(status=home, status_until=None))
    return {"rested": [status, until.isoformat() if until else None]}


def _home() -> Any:
    """What a copy is when nothing is wrong with it."""
    return case(
        (Item.item_type == "reference", ItemStatus.REFERENCE.value),
        else_=ItemStatus.IN_SERVICE.value,
    )


def shelve(session: Session, ids: Sequence[int], now: datetime) -> int:
    """These copies stand on the shelf again; returns the line. Raises RECORD_GONE."""
    release_due(session, now)
    rows = session.execute(
        select(Item.id, Item.status_until).where(Item.id.in_(ids), _OUT_AGAIN)
    ).all()
    if not rows:
        raise Refusal(Reason.RECORD_GONE)
    before = [[row.id, row.status_until.isoformat()] for row in rows]
    session.execute(
        update(Item).where(Item.id.in_([row.id for row in rows])).values(status_until=None)
    )
    return journal.write(session, "quarantine.shelved", "Item", None, now, before=before)


def _unshelve(session: Session, line: Line, _now: datetime) -> None:
    for item_id, until in line.facts["before"]:
        session.execute(
            update(Item)
            .where(Item.id == item_id, Item.status_until.is_(None))
            .values(status_until=datetime.fromisoformat(until))
        )
    journal.touch(session, "Item")


# --- wiping


@dataclass(frozen=True, slots=True)
class WipingRow:
    """A line of the log."""

    at: datetime
    actor: str
    barcode: str
    title: str


def wipe(session: Session, ids: Sequence[int], now: datetime) -> int:
    """Note that copies were wiped now, and by whom; returns the line. Raises RECORD_GONE."""
    if not ids:
        raise Refusal(Reason.RECORD_GONE)
    line = journal.write(session, "item.wiped", "Item", None, now)
    actor = session.execute(select(Journal.actor).where(Journal.id == line)).scalar_one()
    made = [
        session.execute(
            insert(Wiping)
            .values(item_id=one, wiped_at=now, wiped_on=now.date(), actor=actor)
            .returning(Wiping.id)
        ).scalar_one()
        for one in ids
    ]
    journal.complete(session, line, None, wipings=made)
    return line


def wipings(session: Session, limit: int = 200) -> list[WipingRow]:
    """The log, newest first."""
    rows = session.execute(
        select(Wiping.wiped_at, Wiping.actor, Item.barcode, Biblio.title)
        .join(Item, Item.id == Wiping.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Wiping.cancelled_at.is_(None))
        .order_by(Wiping.id.desc())
        .limit(limit)
    )
    return [WipingRow(*row) for row in rows]


def _unwipe(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(Wiping).where(Wiping.id.in_(line.facts["wipings"])).values(cancelled_at=now)
    )


INVERSES: Inverses = {
    "quarantine.rule_saved": _undo_rule,
    "quarantine.rule_dropped": _undo_rule,
    "quarantine.shelved": _unshelve,
    "item.wiped": _unwipe,
}
