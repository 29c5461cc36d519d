"""Rounds with the trolley, entered when they happen or afterwards (story A16): scan a ward, then
its books. What lies on the ward comes back, what came with the trolley is lent to it.

Loans bear the time of the round; the journal bears the time of the entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import identify, lending, may_lend
from database.circulation.identify import ItemAtDesk
from database.circulation.lending import Done
from database.journal import Inverses, Line
from database.patrons.finding import PatronRow
from database.refusal import Reason, Refusal
from database.schema import Loan, Patron, PatronKind, RoundStop, WardRound
from database.wards import handouts, plans
from database.wards.handouts import HandoutFacts


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and what it did: `wards` came to, copies `lent` and `returned`."""

    id: int
    held_at: datetime
    closed_at: datetime | None
    wards: int
    lent: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What one scan of a round did: "place" opened, "lent", "returned", "handed_out" a leaflet."""

    act: str
    line: int | None
    place: PatronRow
    done: Done | None = None
    title: str = ""
    barcode: str = ""


def begin(session: Session, at: datetime, now: datetime) -> int:
    """Begin a round that is or was held at `at`; returns its id.

    Raises Refusal TIME_TO_COME.
    """
    if at > now:
        raise Refusal(Reason.TIME_TO_COME, at=at)
    number: int = session.execute(
        insert(WardRound).values(held_at=at, held_on=at.date()).returning(WardRound.id)
    ).scalar_one()
    journal.write(session, "round.begun", "WardRound", number, now)
    return number


def close(session: Session, round_id: int, now: datetime) -> int:
    """The round is over; returns the journal line. One that came nowhere never was.

    Raises Refusal RECORD_GONE.
    """
    _standing(session, round_id)
    stops = select(func.count()).where(
        RoundStop.round_id == round_id, RoundStop.cancelled_at.is_(None)
    )
    ended: dict[str, Any] = {"closed_at": now}
    if not session.execute(stops).scalar_one():
        ended["cancelled_at"] = now
    session.execute(update(WardRound).where(WardRound.id == round_id).values(**ended))
    return journal.write(session, "round.closed", "WardRound", round_id, now)


def open_one(session: Session) -> RoundRow | None:
    """The round that was begun and not closed, if any: it goes on after a restart."""
    found = session.execute(
        select(WardRound.id)
        .where(WardRound.closed_at.is_(None), WardRound.cancelled_at.is_(None))
        .order_by(WardRound.id.desc())
        .limit(1)
    ).scalar()
    return one(session, found) if found else None


def one(session: Session, round_id: int) -> RoundRow:
    """A round with its counts. Raises Refusal RECORD_GONE."""
    row = _standing(session, round_id)
    stops = select(func.count()).where(
        RoundStop.round_id == round_id, RoundStop.cancelled_at.is_(None)
    )
    lent = select(func.count()).where(Loan.round_id == round_id, Loan.cancelled_at.is_(None))
    return RoundRow(
        row.id,
        row.held_at,
        row.closed_at,
        session.execute(stops).scalar_one(),
        session.execute(lent).scalar_one(),
    )


def _standing(session: Session, round_id: int) -> WardRound:
    row = session.execute(
        select(WardRound).where(WardRound.id == round_id, WardRound.cancelled_at.is_(None))
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row


def scan(
    session: Session, round_id: int, place: PatronRow | None, code: str, now: datetime
) -> Entered:
    """One scan of a round: a ward's or bed's card, or a copy for the `place` that is open.

    Raises Refusal UNKNOWN_CODE, NOT_A_WARD (no place is open yet, or a person's card),
    BEFORE_LAST_ACT (the copy came back or came to the library later than the round), and every
    reason of lending.
    """
    held_at = _standing(session, round_id).held_at.astimezone(now.tzinfo)
    found = identify.identify(session, code)
    if found.patron is not None:
        return _stop(session, round_id, found.patron, now)
    if place is None or found.item is None:
        raise Refusal(Reason.NOT_A_WARD)
    return _handle(session, round_id, place, found.item, held_at, now)


def _stop(session: Session, round_id: int, place: PatronRow, now: datetime) -> Entered:
    """The trolley stands before a ward or a bed; a person's card belongs to the desk."""
    if place.kind != PatronKind.PLACE:
        raise Refusal(Reason.NOT_A_WARD)
    ward_id = _ward_of(session, place.id)
    known = session.execute(
        select(RoundStop.id).where(RoundStop.round_id == round_id, RoundStop.place_id == ward_id)
    ).first()
    if known is None:
        unit = plans.ward(session, ward_id).unit
        session.execute(
            insert(RoundStop).values(round_id=round_id, place_id=ward_id, unit=unit or place.name)
        )
        journal.touch(session, "WardRound")
    return Entered("place", None, place)


def _ward_of(session: Session, place_id: int) -> int:
    """A bed's ward, or the ward itself."""
    found: int = session.execute(
        select(func.coalesce(Patron.place_id, Patron.id)).where(Patron.id == place_id)
    ).scalar_one()
    return found


def _handle(
    session: Session, round_id: int, place: PatronRow, item: ItemAtDesk, at: datetime, now: datetime
) -> Entered:
    may_lend.not_earlier(session, item.id, at, title=item.title, barcode=item.barcode)
    if item.item_type == "leaflet" and item.loan_id is None:
        facts = HandoutFacts(
            "leaflet", 1, at.date(), biblio_id=item.biblio_id, ward_id=_ward_of(session, place.id)
        )
        line = handouts.hand_out(session, facts, now)
        return Entered("handed_out", line, place, None, item.title, item.barcode)
    lines, done = [], None
    if item.loan_id is not None:
        done = lending.check_in(session, item.barcode, at)
        lines.append(done.line)
    came_from = _ward_of(session, item.patron_id) if item.patron_id is not None else None
    if came_from != _ward_of(session, place.id):
        done = lending.check_out(session, place.number, item.barcode, at)
        lines.append(done.line)
        session.execute(update(Loan).where(Loan.id == done.loan_id).values(round_id=round_id))
    assert done is not None
    line = journal.write(
        session, "round.scanned", "Loan", done.loan_id, now, lines=lines, barcode=item.barcode
    )
    return Entered(done.act, line, place, done, item.title, item.barcode)


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """T6: rounds of a span of days, wards they came to (each stop counts), loans made."""

    rounds: int
    stops: int
    lent: int


def figures(session: Session, first: date, last: date) -> RoundFigures:
    """What the rounds of a span of days did."""
    held = (WardRound.held_on.between(first, last), WardRound.cancelled_at.is_(None))
    count = session.execute(select(func.count()).select_from(WardRound).where(*held)).scalar_one()
    stops = session.execute(
        select(func.count())
        .select_from(RoundStop)
        .join(WardRound, WardRound.id == RoundStop.round_id)
        .where(*held, RoundStop.cancelled_at.is_(None))
    ).scalar_one()
    lent = session.execute(
        select(func.count())
        .select_from(Loan)
        .join(WardRound, WardRound.id == Loan.round_id)
        .where(*held, Loan.cancelled_at.is_(None))
    ).scalar_one()
    return RoundFigures(count, stops, lent)


def _unclose(session: Session, line: Line, _now: datetime) -> None:
    """The round goes on. Raises Refusal CANNOT_UNDO while another is open."""
    if open_one(session) is not None:
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(
        update(WardRound)
        .where(WardRound.id == line.record_id)
        .values(closed_at=None, cancelled_at=None)
    )


INVERSES: Inverses = {"round.closed": _unclose}
