"""Holds: placing, cancelling, moving in the queue, laying a copy ready.

The queue is in the order of placing. A person holds what is out; what stands free on the shelf
is fetched there (a setting allows it all the same), while a ward may always ask for the round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import identify
from database.holdings import hold_queue
from database.holdings.hold_queue import Waiting
from database.journal import Inverses, Line
from database.patrons.finding import PatronRow
from database.policy import loan_rules, settings
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    Hold,
    HoldState,
    Item,
    ItemStatus,
    Loan,
    PatronKind,
)

_HOLDABLE = (ItemStatus.IN_SERVICE, ItemStatus.QUARANTINE, ItemStatus.REPAIR)


@dataclass(frozen=True, slots=True)
class Placed:
    """A hold just placed: the journal line, and the place in the queue (1 is the next)."""

    line: int
    id: int
    title: str
    patron: str
    queue: int


def place(
    session: Session, number: str, biblio_id: int, now: datetime, item_id: int | None = None
) -> Placed:
    """Put a patron, or a ward, at the end of the queue for a title or one copy of it.

    Raises Refusal UNKNOWN_PATRON, MEMBERSHIP_ENDED, PATRON_BLOCKED, RECORD_GONE, NO_COPIES,
    HOLDS_NOT_ALLOWED, ALREADY_YOURS, ALREADY_HELD, ON_SHELF, HOLD_LIMIT.
    """
    patron = identify.find_patron(session, number)
    if patron is None:
        raise Refusal(Reason.UNKNOWN_PATRON, code=number.strip()[:60])
    title = session.execute(
        select(Biblio.title).where(Biblio.id == biblio_id, Biblio.cancelled_at.is_(None))
    ).scalar()
    if title is None:
        raise Refusal(Reason.RECORD_GONE)
    _may_wait(session, patron, now.date())
    _title_may_be_held(session, patron, biblio_id, item_id, title, now)
    hold_id, queue = _insert(session, patron, biblio_id, item_id, now, title)
    line = journal.write(session, "hold.placed", "Hold", hold_id, now)
    return Placed(line, hold_id, title, patron.name, queue)


def _may_wait(session: Session, patron: PatronRow, today: date) -> None:
    who: dict[str, Any] = {"patron": patron.name}
    if patron.ended_on and patron.ended_on <= today:
        raise Refusal(Reason.MEMBERSHIP_ENDED, ended_on=patron.ended_on, **who)
    if patron.valid_until and patron.valid_until < today:
        raise Refusal(Reason.MEMBERSHIP_EXPIRED, valid_until=patron.valid_until, **who)
    if patron.is_blocked(today):
        raise Refusal(Reason.PATRON_BLOCKED, why=patron.blocked_reason, **who)
    limit = settings.get(session, settings.HOLD_LIMIT)
    held = select(func.count()).where(Hold.patron_id == patron.id, Hold.ended_at.is_(None))
    if patron.kind == PatronKind.PERSON and session.execute(held).scalar_one() >= limit:
        raise Refusal(Reason.HOLD_LIMIT, limit=limit, **who)


def _title_may_be_held(
    session: Session,
    patron: PatronRow,
    biblio_id: int,
    item_id: int | None,
    title: str,
    now: datetime,
) -> None:
    wanted = select(Item.id, Item.item_type).where(
        Item.biblio_id == biblio_id, Item.cancelled_at.is_(None), Item.status.in_(_HOLDABLE)
    )
    if item_id is not None:
        wanted = wanted.where(Item.id == item_id)
    copies = session.execute(wanted).all()
    if not copies:
        raise Refusal(Reason.NO_COPIES, title=title)
    rules = [
        loan_rules.rule_for(session, patron.category, kind)
        for kind in {copy.item_type for copy in copies}
    ]
    if not any(rule and rule.holds_allowed and rule.lendable for rule in rules):
        raise Refusal(Reason.HOLDS_NOT_ALLOWED, title=title, category=patron.category_name)
    _not_there_already(session, patron, {copy.id for copy in copies}, biblio_id, title, now)


def _not_there_already(
    session: Session, patron: PatronRow, copies: set[int], biblio_id: int, title: str, now: datetime
) -> None:
    mine = session.execute(
        select(Loan.due_on)
        .join(Item, Item.id == Loan.item_id)
        .where(
            Loan.patron_id == patron.id,
            Item.biblio_id == biblio_id,
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
        )
    ).scalar()
    if mine is not None and patron.kind == PatronKind.PERSON:
        raise Refusal(Reason.ALREADY_YOURS, title=title, due_on=mine)
    standing = hold_queue.after_expiry(session, biblio_id, now)
    if any(one.patron_id == patron.id for one in standing):
        raise Refusal(Reason.ALREADY_HELD, title=title, patron=patron.name)
    if patron.kind == PatronKind.PLACE or settings.get(session, settings.HOLD_ON_SHELF):
        return
    waiting = sum(one.state == HoldState.WAITING for one in standing)
    free = hold_queue.free_copies(session, biblio_id) & copies
    if len(free) > waiting:
        row = session.execute(
            select(Item.barcode, Item.call_number).where(Item.id == min(free))
        ).one()
        raise Refusal(Reason.ON_SHELF, title=title, barcode=row.barcode, shelf=row.call_number)


def _insert(
    session: Session,
    patron: PatronRow,
    biblio_id: int,
    item_id: int | None,
    now: datetime,
    title: str,
) -> tuple[int, int]:
    last = session.execute(select(func.max(Hold.place)).where(Hold.biblio_id == biblio_id)).scalar()
    hold_id: int = session.execute(
        insert(Hold)
        .values(
            biblio_id=biblio_id,
            item_id=item_id,
            patron_id=patron.id,
            category=patron.category,
            place=(last or 0) + 1,
            placed_at=now,
            placed_on=now.date(),
            state=HoldState.WAITING,
        )
        .returning(Hold.id)
    ).scalar_one()
    waiting = [one.id for one in hold_queue.standing(session, biblio_id) if one.state == "waiting"]
    return hold_id, waiting.index(hold_id) + 1


def cancel(session: Session, hold_id: int, now: datetime) -> int:
    """Take a hold away; a copy that lay ready goes on. Returns the line. Raises RECORD_GONE."""
    hold = hold_queue.one(session, hold_id)
    return hold_queue.end(session, hold, HoldState.CANCELLED, "hold.cancelled", now)


def expire_due(session: Session, now: datetime) -> list[int]:
    """End every hold whose copy was not fetched in time; returns the journal lines."""
    late = session.execute(
        select(Hold.id)
        .where(Hold.state == HoldState.READY, Hold.ready_until < now.date())
        .order_by(Hold.id)
    ).scalars()
    found = [hold_queue.one(session, hold_id) for hold_id in list(late)]
    return [hold_queue.expire(session, hold, now) for hold in found]


def set_aside(session: Session, barcode: str, now: datetime) -> tuple[Waiting, int] | None:
    """Lay a copy from the shelf ready for the first who waits for it, and the journal line;
    None if nobody does. Raises Refusal UNKNOWN_ITEM, ALREADY_ON_LOAN."""
    item = identify.item_at_hand(session, barcode)
    standing = hold_queue.standing(session, item.biblio_id)
    if any(one.copy_id == item.id for one in standing):
        return None
    hold = hold_queue.offer(session, item.id, now)
    if hold is None:
        return None
    return hold, journal.write(session, "hold.ready", "Hold", hold.id, now, item=item.id)


def move(session: Session, hold_id: int, to: str, now: datetime) -> int:
    """Move a waiting hold "first", "up", "down" or "last" in its queue; returns the line.

    Raises Refusal RECORD_GONE.
    """
    hold = hold_queue.one(session, hold_id)
    queue = [
        one.id for one in hold_queue.standing(session, hold.biblio_id) if one.state == "waiting"
    ]
    if hold_id not in queue:
        raise Refusal(Reason.RECORD_GONE)
    at = queue.index(hold_id)
    queue.remove(hold_id)
    wanted = {"first": 0, "up": max(at - 1, 0), "down": at + 1, "last": len(queue)}[to]
    queue.insert(wanted, hold_id)
    before = _places(session, queue)
    slots = sorted(before.values())
    after = {one: slots[place] for place, one in enumerate(queue)}
    _put(session, after)
    return journal.write(
        session,
        "hold.moved",
        "Hold",
        hold_id,
        now,
        before=sorted(before.items()),
        after=sorted(after.items()),
    )


def _places(session: Session, ids: list[int]) -> dict[int, int]:
    rows = session.execute(select(Hold.id, Hold.place).where(Hold.id.in_(ids)))
    return {row.id: row.place for row in rows}


def _put(session: Session, places: dict[int, int]) -> None:
    for hold_id, at in places.items():
        session.execute(update(Hold).where(Hold.id == hold_id).values(place=at))


# --- taking back


def _unplace(session: Session, line: Line, now: datetime) -> None:
    try:
        hold = hold_queue.one(session, line.record_id or 0)
    except Refusal as gone:
        raise Refusal(Reason.CANNOT_UNDO) from gone
    hold_queue.end(session, hold, HoldState.CANCELLED, "hold.withdrawn", now)


def _unmove(session: Session, line: Line, _now: datetime) -> None:
    after = {int(one): at for one, at in line.facts["after"]}
    if _places(session, list(after)) != after:
        raise Refusal(Reason.CANNOT_UNDO)
    _put(session, {int(one): at for one, at in line.facts["before"]})


def _unready(session: Session, line: Line, _now: datetime) -> None:
    hold_queue.unready(session, line.record_id or 0, line.facts["item"])


INVERSES: Inverses = {
    "hold.placed": _unplace,
    "hold.moved": _unmove,
    "hold.ready": _unready,
    "hold.cancelled": hold_queue.take_back_end,
    "hold.expired": hold_queue.take_back_end,
}
