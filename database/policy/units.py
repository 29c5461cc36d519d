"""Units and wards of the hospital: the library's own list, for its forms, rounds and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.meanwhile import must_stand
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Patron, Unit
from database.text.words import key


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of a unit. A sensitive one leaves the house only as its group."""

    name: str
    ward: bool = False
    sensitive: bool = False
    report_group: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as listed."""

    id: int
    name: str
    ward: bool
    sensitive: bool
    report_group: str
    active: bool
    patrons: int


_PATRON: Any = Patron.__table__
_USED: Any = (
    select(func.count())
    .where(Patron.unit == Unit.name, Patron.forgotten_at.is_(None))
    .correlate(Unit)
    .scalar_subquery()
)


def listed(session: Session) -> list[UnitRow]:
    """Every unit in the library's order, with how many patrons it has."""
    rows = session.execute(
        select(
            Unit.id,
            Unit.name,
            Unit.ward,
            Unit.sensitive,
            Unit.report_group,
            Unit.active,
            _USED.label("patrons"),
        ).order_by(Unit.position, Unit.name)
    )
    return rows_of(UnitRow, rows)


def names(session: Session, *, wards: bool = False) -> list[str]:
    """Units in use, or of them the wards, for suggestions."""
    wanted = select(Unit.name).where(Unit.active).order_by(Unit.position, Unit.name)
    return list(session.execute(wanted.where(Unit.ward) if wards else wanted).scalars())


def spelled(session: Session, typed: str, *, learn: bool = True, ward: bool = False) -> str:
    """A unit's name as the library writes it; to be learned, one not known yet joins the list.

    What stands beside a patient or a relative is not learned: it may tell a bed, and the list
    is never forgotten.
    """
    name = " ".join(typed.split())
    if not name:
        return ""
    if session.execute(select(Unit.id).where(Unit.name == name)).first():
        return name
    wanted = key(name)
    for known in session.execute(select(Unit.name)).scalars():
        if key(known) == wanted:
            return known
    if learn:
        session.execute(insert(Unit).values(name=name, ward=ward, position=_last(session) + 1))
        journal.touch(session, "Unit")
    return name


def _last(session: Session) -> int:
    return session.execute(select(func.max(Unit.position))).scalar() or 0


def _checked(facts: UnitFacts) -> dict[str, Any]:
    values = asdict(facts)
    values["name"] = " ".join(facts.name.split())
    values["report_group"] = " ".join(facts.report_group.split())
    if not values["name"]:
        raise Refusal(Reason.NAME_MISSING)
    return values


def add(session: Session, facts: UnitFacts, now: datetime) -> int:
    """Add a unit; returns its journal line. Raises Refusal NAME_MISSING, NAME_TAKEN."""
    values = _checked(facts)
    _must_be_new(session, values["name"], 0)
    found: int = session.execute(
        insert(Unit).values(**values, position=_last(session) + 1).returning(Unit.id)
    ).scalar_one()
    return journal.write(session, "unit.added", "Unit", found, now, name=values["name"])


def _must_be_new(session: Session, name: str, own: int) -> None:
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.id != own))
    if any(key(row.name) == key(name) for row in rows):
        raise Refusal(Reason.NAME_TAKEN, name=name)


def save(
    session: Session, unit_id: int, facts: UnitFacts, now: datetime, read: UnitFacts | None = None
) -> int:
    """Change a unit, on its patrons too; loans keep the name they were made under.

    Returns the journal line. Raises Refusal NAME_MISSING, NAME_TAKEN, RECORD_GONE, and
    CHANGED_MEANWHILE where it no longer is as it was `read`.
    """
    row = _row(session, unit_id)
    values = _checked(facts)
    _must_be_new(session, values["name"], unit_id)
    must_stand(read, row, facts, values, name=row.name)
    before = {name: row._mapping[name] for name in values}
    _write(session, unit_id, before["name"], values)
    return journal.write(
        session, "unit.saved", "Unit", unit_id, now, name=values["name"], before=before
    )


def _row(session: Session, unit_id: int) -> Any:
    row = session.execute(select(Unit.__table__).where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row


def _write(session: Session, unit_id: int, name: str, values: dict[str, Any]) -> None:
    session.execute(update(Unit).where(Unit.id == unit_id).values(**values))
    if values["name"] == name:
        return
    # The unit's words stand last in a patron's key, behind the name: see finding.search_key.
    rows = session.execute(select(Patron.id, Patron.search_key).where(Patron.unit == name)).all()
    old, new = f" {key(name)} ", f" {key(values['name'])} "
    changes = [
        {"at": row.id, "words": new.join(f"{row.search_key} ".rsplit(old, 1)).rstrip()}
        for row in rows
    ]
    if changes:
        session.execute(
            update(_PATRON)
            .where(_PATRON.c.id == bindparam("at"))
            .values(unit=values["name"], search_key=bindparam("words")),
            changes,
        )
        journal.touch(session, "Patron")


def order(session: Session, unit_ids: Sequence[int], now: datetime) -> int:
    """Put the units into this order; returns the journal line."""
    rows = session.execute(select(Unit.id, Unit.position))
    before = [[row.id, row.position] for row in rows]
    _put_order(session, [[number, place] for place, number in enumerate(unit_ids)])
    return journal.write(session, "unit.ordered", "Unit", None, now, before=before)


def _put_order(session: Session, places: Sequence[Sequence[int]]) -> None:
    for number, place in places:
        session.execute(update(Unit).where(Unit.id == number).values(position=place))


def remove(session: Session, unit_id: int, now: datetime) -> int:
    """Take a unit away; returns the journal line.

    Raises Refusal RECORD_GONE, UNIT_IN_USE (with how many patrons belong to it).
    """
    row = _take_away(session, unit_id)
    return journal.write(
        session, "unit.removed", "Unit", unit_id, now, name=row.name, before=dict(row._mapping)
    )


def _take_away(session: Session, unit_id: int) -> Any:
    row = _row(session, unit_id)
    used = session.execute(
        select(func.count()).where(Patron.unit == row.name, Patron.forgotten_at.is_(None))
    ).scalar_one()
    if used:
        raise Refusal(Reason.UNIT_IN_USE, name=row.name, patrons=used)
    session.execute(delete(Unit).where(Unit.id == unit_id))
    return row


def _unadd(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    try:
        _take_away(session, line.record_id)
    except Refusal as told:
        raise Refusal(Reason.CANNOT_UNDO) from told


def _unsave(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    row = _row(session, line.record_id)
    if row.name != line.facts["name"]:
        raise Refusal(Reason.CANNOT_UNDO)
    _write(session, line.record_id, row.name, line.facts["before"])


def _unorder(session: Session, line: Line, now: datetime) -> None:
    _put_order(session, line.facts["before"])


def _unremove(session: Session, line: Line, now: datetime) -> None:
    session.execute(insert(Unit).values(**line.facts["before"]))


INVERSES: Inverses = {
    "unit.added": _unadd,
    "unit.saved": _unsave,
    "unit.ordered": _unorder,
    "unit.removed": _unremove,
}
