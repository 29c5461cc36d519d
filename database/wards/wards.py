"""The wards: what and who is there, and who waits for something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from database.schema import Biblio, Item, Loan, Patron, PatronKind, RoundPlan, Unit, WardRequest
from database.wards.plans import IS_WARD
from database.wards.wishes import WAITING, wishes


@dataclass(frozen=True, slots=True)
class WardRow:
    """A ward as listed. `follows` are copies left to follow by who went home, which are not
    `late`. `readers` are persons and beds that have something or asked for it."""

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
    follows: int = 0


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
    follows_since: date | None = None


_OPEN = (Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))


def rows(session: Session, today: date) -> list[WardRow]:
    """Every ward by name, with what is there today."""
    held = _held_by_ward(session, today)
    asked = _count_by(session, WardRequest.place_id, *WAITING)
    leaving = _count_by(session, Patron.place_id, Patron.valid_until == today, *_PRESENT)
    planned = set(
        session.execute(
            select(RoundPlan.place_id).where(RoundPlan.weekday == today.weekday())
        ).scalars()
    )
    found = session.execute(
        select(
            Patron.id,
            Patron.number,
            Patron.name,
            func.coalesce(Unit.sensitive, False).label("sensitive"),
        )
        .outerjoin(Unit, Unit.name == Patron.unit)
        .where(*IS_WARD)
        .order_by(Patron.name_key, Patron.id)
    )
    return [
        WardRow(
            id=row.id,
            number=row.number,
            name=row.name,
            sensitive=row.sensitive,
            readers=held[row.id].readers if row.id in held else 0,
            copies=held[row.id].copies if row.id in held else 0,
            late=int(held[row.id].late) if row.id in held else 0,
            requests=asked.get(row.id, 0),
            leaving=leaving.get(row.id, 0),
            round_today=row.id in planned,
            follows=int(held[row.id].follows) if row.id in held else 0,
        )
        for row in found
    ]


_PRESENT = (
    Patron.kind == PatronKind.PERSON,
    Patron.forgotten_at.is_(None),
    Patron.ended_on.is_(None),
)


def _held_by_ward(session: Session, today: date) -> dict[int, Any]:
    """Readers, copies, and copies that are late, by ward."""
    ward = func.coalesce(Patron.place_id, Patron.id)
    stays = Loan.follows_since.is_(None)
    late = func.sum(case((and_(Loan.due_on < today, stays), 1), else_=0))
    found = session.execute(
        select(
            ward.label("ward_id"),
            func.count(Patron.id.distinct()).label("readers"),
            func.count().label("copies"),
            late.label("late"),
            func.sum(case((stays, 0), else_=1)).label("follows"),
        )
        .join(Patron, Patron.id == Loan.patron_id)
        .where(*_OPEN, or_(Patron.place_id.is_not(None), Patron.kind == PatronKind.PLACE))
        .group_by(ward)
    )
    return {row.ward_id: row for row in found}


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
        select(Loan.patron_id, Biblio.title, Item.barcode, Loan.due_on, Loan.follows_since)
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
        id=row.id,
        kind=kind,
        bed=row.bed,
        name=row.name,
        caregiver=row.guardian or row.phone,
        leaves_on=row.valid_until if kind == "person" else None,
        copies=len(loans),
        titles=tuple(one.title for one in loans),
        barcodes=tuple(one.barcode for one in loans),
        late=sum(one.due_on < today and one.follows_since is None for one in loans),
        wishes=said,
        follows_since=min((one.follows_since for one in loans if one.follows_since), default=None),
    )


def number_of(session: Session, patron_id: int) -> str:
    """The number on a card."""
    found: str = session.execute(select(Patron.number).where(Patron.id == patron_id)).scalar_one()
    return found
