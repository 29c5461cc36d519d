"""The wards: what and who is there, what they asked for, when the trolley comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    Item,
    Loan,
    Patron,
    PatronKind,
    RoundPlan,
    Unit,
    WardRequest,
)


@dataclass(frozen=True, slots=True)
class WardRow:
    """A ward as listed. `readers` are persons and beds that have something or asked for it."""

    id: int
    number: str
    name: str
    sensitive: bool
    readers: int
    copies: int
    late: int
    requests: int
    leaving: int
    round_today: bool


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Who or what has books on a ward: a person, a bed, or ("ward") the ward itself."""

    id: int
    kind: str
    bed: str
    name: str
    caregiver: str
    leaves_on: date | None
    copies: int
    titles: tuple[str, ...]
    barcodes: tuple[str, ...]
    late: int
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader of a ward asked for."""

    id: int
    place_id: int
    bed: str
    wish: str
    asked_at: datetime


_OPEN = (Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
_WAITING = (WardRequest.done_at.is_(None), WardRequest.cancelled_at.is_(None))
_IS_WARD = (
    Patron.kind == PatronKind.PLACE,
    Patron.place_id.is_(None),
    Patron.forgotten_at.is_(None),
    Patron.ended_on.is_(None),
)


def rows(session: Session, today: date) -> list[WardRow]:
    """Every ward by name, with what is there today."""
    held = _held_by_ward(session, today)
    asked = _count_by(session, WardRequest.place_id, *_WAITING)
    leaving = _count_by(session, Patron.place_id, Patron.valid_until == today, *_PRESENT)
    planned = set(
        session.execute(
            select(RoundPlan.place_id).where(RoundPlan.weekday == today.weekday())
        ).scalars()
    )
    found = session.execute(
        select(Patron.id, Patron.number, Patron.name, func.coalesce(Unit.sensitive, False))
        .outerjoin(Unit, Unit.name == Patron.unit)
        .where(*_IS_WARD)
        .order_by(Patron.name_key, Patron.id)
    )
    return [
        WardRow(
            row[0],
            row[1],
            row[2],
            row[3],
            *held.get(row[0], (0, 0, 0)),
            asked.get(row[0], 0),
            leaving.get(row[0], 0),
            row[0] in planned,
        )
        for row in found
    ]


_PRESENT = (
    Patron.kind == PatronKind.PERSON,
    Patron.forgotten_at.is_(None),
    Patron.ended_on.is_(None),
)


def _held_by_ward(session: Session, today: date) -> dict[int, tuple[int, int, int]]:
    """Readers, copies, and copies that are late, by ward."""
    ward = func.coalesce(Patron.place_id, Patron.id)
    late = func.sum(case((Loan.due_on < today, 1), else_=0))
    found = session.execute(
        select(ward, func.count(Patron.id.distinct()), func.count(), late)
        .join(Patron, Patron.id == Loan.patron_id)
        .where(*_OPEN, or_(Patron.place_id.is_not(None), Patron.kind == PatronKind.PLACE))
        .group_by(ward)
    )
    return {row[0]: (row[1], row[2], int(row[3])) for row in found}


def _count_by(session: Session, column: Any, *where: Any) -> dict[int, int]:
    found = session.execute(select(column, func.count()).where(*where).group_by(column))
    return {row[0]: row[1] for row in found if row[0] is not None}


def readers(session: Session, ward_id: int, today: date) -> list[ReaderRow]:
    """Who is on a ward and has something, asked for something or is a patient by name, by bed."""
    people = session.execute(
        select(
            Patron.id,
            Patron.kind,
            Patron.bed,
            Patron.name,
            Patron.guardian,
            Patron.phone,
            Patron.valid_until,
            Patron.place_id,
        )
        .where(
            or_(Patron.id == ward_id, Patron.place_id == ward_id),
            Patron.forgotten_at.is_(None),
            Patron.ended_on.is_(None),
        )
        .order_by(Patron.bed, Patron.name_key)
    ).all()
    loans = _loans_of(session, [row.id for row in people])
    asked: dict[str, list[str]] = {}
    for wish in wishes(session, ward_id):
        asked.setdefault(wish.bed, []).append(wish.wish)
    found = [_reader(row, loans.get(row.id, []), asked, today) for row in people]
    left = [
        ReaderRow(ward_id, "bed", bed, "", "", None, 0, (), (), 0, tuple(said))
        for bed, said in asked.items()
    ]
    listed = [one for one in found if _is_there(one, today)]
    return sorted([*listed, *left], key=lambda one: (one.kind == "ward", one.bed, one.name))


def _is_there(one: ReaderRow, today: date) -> bool:
    """Who has something or wishes for something; of persons also those still to be there."""
    stays = one.kind == "person" and (one.leaves_on is None or one.leaves_on >= today)
    return bool(one.copies or one.wishes or stays)


def _loans_of(session: Session, ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in session.execute(
        select(Loan.patron_id, Biblio.title, Item.barcode, Loan.due_on)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Loan.patron_id.in_(ids), *_OPEN)
        .order_by(Loan.due_on, Loan.id)
    ):
        found.setdefault(row.patron_id, []).append(row)
    return found


def _reader(row: Any, loans: list[Any], asked: dict[str, list[str]], today: date) -> ReaderRow:
    kind = "person" if row.kind == PatronKind.PERSON else "bed" if row.place_id else "ward"
    # A wish without a bed is the ward's; one with a bed goes to the first reader in it.
    said = tuple(asked.pop(row.bed.upper(), ())) if row.bed or kind == "ward" else ()
    return ReaderRow(
        row.id, kind, row.bed, row.name, row.guardian or row.phone,
        row.valid_until if kind == "person" else None, len(loans),
        tuple(one.title for one in loans), tuple(one.barcode for one in loans),
        sum(one.due_on < today for one in loans), said,
    )  # fmt: skip


def number_of(session: Session, patron_id: int) -> str:
    """The number on a card."""
    found: str = session.execute(select(Patron.number).where(Patron.id == patron_id)).scalar_one()
    return found


# --- wishes


def wishes(session: Session, ward_id: int | None = None) -> list[Wish]:
    """What is asked for and not yet met, oldest first; of one ward or of all."""
    wanted = select(
        WardRequest.id,
        WardRequest.place_id,
        WardRequest.bed,
        WardRequest.wish,
        WardRequest.asked_at,
    ).where(*_WAITING)
    if ward_id is not None:
        wanted = wanted.where(WardRequest.place_id == ward_id)
    return [Wish(*row) for row in session.execute(wanted.order_by(WardRequest.id))]


def ask(session: Session, ward_id: int, bed: str, wish: str, now: datetime) -> int:
    """Note a wish for the next round; returns the journal line, which does not tell it.

    Raises Refusal VALUE_INVALID for an empty wish, NOT_A_WARD.
    """
    ward(session, ward_id)
    if not wish.strip():
        raise Refusal(Reason.VALUE_INVALID, field="wish")
    request_id = session.execute(
        insert(WardRequest)
        .values(place_id=ward_id, bed=bed.strip().upper(), wish=wish.strip(), asked_at=now)
        .returning(WardRequest.id)
    ).scalar_one()
    return journal.write(session, "wish.noted", "WardRequest", request_id, now)


def settle(session: Session, request_id: int, met: bool, now: datetime) -> int:
    """A wish was met, or given up; returns the journal line. Raises Refusal RECORD_GONE."""
    done = session.execute(
        update(WardRequest)
        .where(WardRequest.id == request_id, *_WAITING)
        .values(done_at=now, met=met)
        .returning(WardRequest.id)
    ).first()
    if done is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(session, "wish.settled", "WardRequest", request_id, now, met=met)


def ward(session: Session, place_id: int) -> Any:
    """(id, name, unit) of a ward. Raises Refusal NOT_A_WARD."""
    row = session.execute(
        select(Patron.id, Patron.name, Patron.unit).where(Patron.id == place_id, *_IS_WARD)
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.NOT_A_WARD)
    return row


# --- the weekdays of the rounds


def plan(session: Session, ward_id: int, weekdays: frozenset[int], now: datetime) -> int:
    """Let the trolley come on these weekdays (Monday 0); returns the journal line.

    Raises Refusal NOT_A_WARD.
    """
    ward(session, ward_id)
    before = sorted(planned(session, ward_id))
    _plan(session, ward_id, weekdays)
    return journal.write(
        session, "round.planned", "RoundPlan", ward_id, now, before=before, after=sorted(weekdays)
    )


def _plan(session: Session, ward_id: int, weekdays: frozenset[int]) -> None:
    session.execute(delete(RoundPlan).where(RoundPlan.place_id == ward_id))
    if weekdays:
        listed = [{"place_id": ward_id, "weekday": day} for day in sorted(weekdays)]
        session.execute(insert(RoundPlan), listed)


def planned(session: Session, ward_id: int) -> frozenset[int]:
    """The weekdays on which the trolley comes to a ward."""
    found = session.execute(select(RoundPlan.weekday).where(RoundPlan.place_id == ward_id))
    return frozenset(found.scalars())


# --- taking back


def _unplan(session: Session, line: Line, _now: datetime) -> None:
    assert line.record_id is not None
    if sorted(planned(session, line.record_id)) != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    _plan(session, line.record_id, frozenset(line.facts["before"]))


def _unask(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(WardRequest).where(WardRequest.id == line.record_id).values(cancelled_at=now)
    )


def _unsettle(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO when the wish has been emptied since."""
    done = session.execute(
        update(WardRequest)
        .where(WardRequest.id == line.record_id, WardRequest.wish != "")
        .values(done_at=None, met=False)
        .returning(WardRequest.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


INVERSES: Inverses = {
    "round.planned": _unplan,
    "wish.noted": _unask,
    "wish.settled": _unsettle,
}
