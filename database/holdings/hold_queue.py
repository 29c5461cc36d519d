"""Who waits for a title, in which order, and for whom a copy lies ready.

What nobody fetched in time goes on to the next; the last day it lies ready is a day of grace to
the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import row_of, rows_of
from database.journal import Line
from database.policy import calendar, loan_rules, settings
from database.refusal import Reason, Refusal
from database.schema import Hold, HoldState, Item, ItemStatus, Loan, Patron, PatronCategory
from database.text.dates import local_day

PRIVATE = frozenset({"patient", "family"})
_STATE = ("state", "copy_id", "ready_at", "ready_until", "ended_at", "ended_on")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hold that stands, with whom it is for."""

    id: int
    biblio_id: int
    item_id: int | None
    patron_id: int
    place: int
    state: str
    copy_id: int | None
    ready_until: date | None
    number: str
    name: str
    category: str
    audience: str

    @property
    def shown(self) -> str:
        """How the holder is called before others: patients and relatives by number."""
        return self.number if self.audience in PRIVATE else self.name


_ROWS: Any = (
    select(
        Hold.id,
        Hold.biblio_id,
        Hold.item_id,
        Hold.patron_id,
        Hold.place,
        Hold.state,
        Hold.copy_id,
        Hold.ready_until,
        Patron.number,
        Patron.name,
        PatronCategory.code.label("category"),
        PatronCategory.audience,
    )
    .join(Patron, Patron.id == Hold.patron_id)
    .join(PatronCategory, PatronCategory.id == Patron.category_id)
    .where(Hold.ended_at.is_(None))
    .order_by(Hold.place, Hold.id)
)


def standing(session: Session, biblio_id: int) -> list[Waiting]:
    """All holds of a title that stand, in the order of the queue."""
    return rows_of(Waiting, session.execute(_ROWS.where(Hold.biblio_id == biblio_id)))


def one(session: Session, hold_id: int) -> Waiting:
    """A hold that stands. Raises Refusal RECORD_GONE."""
    row = session.execute(_ROWS.where(Hold.id == hold_id)).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row_of(Waiting, row)


def free_copies(session: Session, biblio_id: int) -> set[int]:
    """Copies of a title that stand on the shelf for whoever comes."""
    lent = (Loan.item_id == Item.id) & Loan.returned_at.is_(None) & Loan.cancelled_at.is_(None)
    aside = (Hold.copy_id == Item.id) & (Hold.state == HoldState.READY)
    found = session.execute(
        select(Item.id).where(
            Item.biblio_id == biblio_id,
            Item.status == ItemStatus.IN_SERVICE,
            Item.cancelled_at.is_(None),
            ~select(Loan.id).where(lent).exists(),
            ~select(Hold.id).where(aside).exists(),
        )
    )
    return set(found.scalars())


def after_expiry(session: Session, biblio_id: int, now: datetime) -> list[Waiting]:
    """The holds that stand once what was not fetched in time has gone on."""
    found = standing(session, biblio_id)
    late = [one for one in found if one.ready_until and one.ready_until < now.date()]
    for each in late:
        expire(session, each, now)
    return standing(session, biblio_id) if late else found


def offer(
    session: Session, item_id: int, now: datetime, first_day: date | None = None
) -> Waiting | None:
    """Lay a copy ready for the first who waits for it; from `first_day` on where it rests till
    then. None if nobody does, or if it is not fit for lending."""
    row = session.execute(
        select(Item.biblio_id, Item.item_type, Item.status).where(
            Item.id == item_id, Item.cancelled_at.is_(None)
        )
    ).one()
    fit = {ItemStatus.IN_SERVICE} if first_day is None else {ItemStatus.QUARANTINE}
    if row.status not in fit:
        return None
    for each in standing(session, row.biblio_id):
        if each.state == HoldState.WAITING and each.item_id in (None, item_id):
            rule = loan_rules.rule_for(session, each.category, row.item_type)
            if rule is not None and rule.holds_allowed and rule.lendable:
                _lay_ready(session, each.id, item_id, now, first_day)
                return one(session, each.id)
    return None


def pass_on(session: Session, item_id: int, now: datetime) -> Waiting | None:
    """A copy that lay ready for somebody goes on to the next who waits, also while it rests."""
    row = session.execute(
        select(Item.status, Item.status_until).where(
            Item.id == item_id, Item.cancelled_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    rests = row.status == ItemStatus.QUARANTINE and row.status_until is not None
    return offer(session, item_id, now, local_day(row.status_until) if rests else None)


def _lay_ready(
    session: Session, hold_id: int, item_id: int, now: datetime, first_day: date | None
) -> None:
    begins = max(now.date(), first_day or now.date())
    count = settings.get(session, settings.HOLD_DAYS)
    last = calendar.load(session, begins, begins).after(begins, count)
    put(session, hold_id, state=HoldState.READY, copy_id=item_id, ready_at=now, ready_until=last)
    journal.touch(session, "Hold")


def unready(session: Session, hold_id: int, item_id: int) -> None:
    """A return is taken back: whom the copy lay ready for waits again. Raises CANNOT_UNDO."""
    done = session.execute(
        update(Hold)
        .where(Hold.id == hold_id, Hold.state == HoldState.READY, Hold.copy_id == item_id)
        .values(state=HoldState.WAITING, copy_id=None, ready_at=None, ready_until=None)
        .returning(Hold.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    journal.touch(session, "Hold")


def lies_ready(session: Session, item_id: int) -> bool:
    """Whether a copy lies ready for somebody."""
    lay = select(Hold.id).where(Hold.copy_id == item_id, Hold.state == HoldState.READY)
    return session.execute(lay).first() is not None


def expire(session: Session, hold: Waiting, now: datetime) -> int:
    """Nobody came: the hold ends and its copy goes on. Returns the journal line."""
    return end(session, hold, HoldState.EXPIRED, "hold.expired", now)


def end(session: Session, hold: Waiting, state: HoldState, action: str, now: datetime) -> int:
    """End a hold; a copy that lay ready goes on to the next."""
    before = remember(session, hold.id)
    copy_id = hold.copy_id if hold.state == HoldState.READY else None
    put(session, hold.id, state=state, copy_id=copy_id, ended_at=now, ended_on=now.date())
    following = pass_on(session, copy_id, now) if copy_id is not None else None
    return journal.write(
        session,
        action,
        "Hold",
        hold.id,
        now,
        before=before,
        passed_to=following.id if following else None,
    )


def give_up_doubles(session: Session, other: int, into: int, now: datetime) -> None:
    """Two records become one: what both wait for is waited for once."""
    kept = select(Hold.biblio_id).where(Hold.patron_id == into, Hold.ended_at.is_(None))
    rows = session.execute(
        _ROWS.where(Hold.patron_id == other, Hold.biblio_id.in_(kept.scalar_subquery()))
    ).all()
    for row in rows:
        end(session, row_of(Waiting, row), HoldState.CANCELLED, "hold.withdrawn", now)


def take_back_end(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `end`. Raises Refusal CANNOT_UNDO."""
    before, following = line.facts["before"], line.facts["passed_to"]
    if following is not None:
        unready(session, following, before["copy_id"])
    restore(session, before)


def remember(session: Session, hold_id: int) -> dict[str, Any]:
    """How a hold is now, as a journal line keeps it for `restore`."""
    row = session.execute(
        select(*(getattr(Hold, name) for name in _STATE)).where(Hold.id == hold_id)
    ).one()
    kept = {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row._mapping.items()
    }
    return {"id": hold_id, **kept}


def restore(session: Session, kept: dict[str, Any]) -> None:
    """As it was, if the copy is still to be had; else it waits. Raises Refusal CANNOT_UNDO for
    one that ended otherwise, or whose holder has been forgotten."""
    values = {name: _typed(name, kept[name]) for name in _STATE}
    if values["state"] == HoldState.READY and not _still_there(session, values["copy_id"]):
        values = {**dict.fromkeys(_STATE), "state": HoldState.WAITING}
    done = session.execute(
        update(Hold)
        .where(Hold.id == kept["id"], Hold.patron_id.is_not(None))
        .values(**values)
        .returning(Hold.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    journal.touch(session, "Hold")


def _still_there(session: Session, copy_id: int) -> bool:
    taken = select(Hold.id).where(Hold.copy_id == copy_id, Hold.state == HoldState.READY)
    out = select(Loan.id).where(
        Loan.item_id == copy_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
    )
    return session.execute(taken).first() is None and session.execute(out).first() is None


def _typed(name: str, value: Any) -> Any:
    if value is None or not name.endswith(("_at", "_on", "_until")):
        return value
    return datetime.fromisoformat(value) if name.endswith("_at") else date.fromisoformat(value)


def put(session: Session, hold_id: int, **values: Any) -> None:
    """Let these columns of a hold be so."""
    session.execute(update(Hold).where(Hold.id == hold_id).values(**values))
