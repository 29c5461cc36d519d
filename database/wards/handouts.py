"""What is handed out for good, on wards and at the rack: only counted, nobody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import calendar, clock
from database.refusal import Reason, Refusal
from database.schema import Biblio, Handout, Item
from database.wards import plans


@dataclass(frozen=True, slots=True)
class HandoutFacts:
    """What was handed out: a catalogued leaflet, or free reading matter by its name."""

    kind: str
    copies: int
    day: date
    what: str = ""
    biblio_id: int | None = None
    ward_id: int | None = None


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """What a ward (or, "", the library's own rack) was given in a month."""

    unit: str
    kind: str
    what: str
    copies: int


def hand_out(session: Session, facts: HandoutFacts, now: datetime) -> int:
    """Count what was given away; returns the journal line.

    Raises Refusal VALUE_INVALID (no copies, a leaflet without a name), TIME_TO_COME,
    RECORD_GONE (its title), NOT_A_WARD.
    """
    if not 1 <= facts.copies <= 9999:
        raise Refusal(Reason.VALUE_INVALID, field="copies")
    clock.must_be_here(facts.day, now, "day")
    what = facts.what.strip()
    if facts.biblio_id is not None:
        what = _title(session, facts.biblio_id)
    if not what:
        raise Refusal(Reason.VALUE_INVALID, field="what")
    unit = plans.ward(session, facts.ward_id).unit if facts.ward_id is not None else ""
    number = session.execute(
        insert(Handout)
        .values(
            kind=facts.kind,
            biblio_id=facts.biblio_id,
            what=what,
            copies=facts.copies,
            place_id=facts.ward_id,
            unit=unit,
            handed_on=facts.day,
            created_at=now,
        )
        .returning(Handout.id)
    ).scalar_one()
    return journal.write(
        session, "handout.counted", "Handout", number, now, copies=facts.copies, of=facts.kind
    )


def _title(session: Session, biblio_id: int) -> str:
    title = session.execute(
        select(Biblio.title).where(Biblio.id == biblio_id, Biblio.cancelled_at.is_(None))
    ).scalar()
    if title is None:
        raise Refusal(Reason.RECORD_GONE)
    return title


def handed_out(session: Session, month: str) -> list[HandoutRow]:
    """What was handed out in a month, per ward and kind, most first."""
    first, last = calendar.month_bounds(month)
    copies = func.sum(Handout.copies)
    found = session.execute(
        select(Handout.unit, Handout.kind, Handout.what, copies)
        .where(Handout.handed_on.between(first, last), Handout.cancelled_at.is_(None))
        .group_by(Handout.unit, Handout.kind, Handout.what)
        .order_by(Handout.unit, copies.desc(), Handout.what)
    )
    return [HandoutRow(unit, kind, what, int(number)) for unit, kind, what, number in found]


def leaflets(session: Session) -> list[tuple[int, str]]:
    """(id, title) of the catalogued leaflets, for choosing."""
    copies = select(Item.biblio_id).where(Item.item_type == "leaflet", Item.cancelled_at.is_(None))
    found = session.execute(
        select(Biblio.id, Biblio.title)
        .where(
            or_(Biblio.material == "leaflet", Biblio.id.in_(copies)),
            Biblio.cancelled_at.is_(None),
        )
        .order_by(Biblio.title_key)
        .limit(500)
    )
    return [(row.id, row.title) for row in found]


def _uncount(session: Session, line: Line, now: datetime) -> None:
    session.execute(update(Handout).where(Handout.id == line.record_id).values(cancelled_at=now))


INVERSES: Inverses = {"handout.counted": _uncount}
