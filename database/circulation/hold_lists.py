"""Lists of holds: what lies ready, who waits, what nobody fetched; and which title is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from database.circulation import identify
from database.description import isbn
from database.holdings import hold_queue
from database.refusal import Reason, Refusal
from database.schema import Biblio, BiblioIdentifier, Hold, HoldState, Item, Patron, PatronCategory
from database.search import search


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as listed. `wanted` is the one copy it is for, `copy` what lies ready or was."""

    id: int
    state: str
    biblio_id: int
    title: str
    wanted: str
    patron_id: int
    number: str
    name: str
    audience: str
    unit: str
    phone: str
    placed_on: date
    copy: str
    shelf: str
    ready_until: date | None
    ended_on: date | None
    queue: int
    free: int

    @property
    def shown(self) -> str:
        """How the holder is called before others."""
        return self.number if self.audience in hold_queue.PRIVATE else self.name


_wanted = aliased(Item)
_copy = aliased(Item)


def _rows(*where: Any) -> Any:
    return (
        select(
            Hold.id,
            Hold.state,
            Hold.biblio_id,
            Biblio.title,
            func.coalesce(_wanted.barcode, "").label("wanted"),
            Hold.patron_id,
            Patron.number,
            Patron.name,
            PatronCategory.audience,
            Patron.unit,
            Patron.phone,
            Hold.placed_on,
            func.coalesce(_copy.barcode, "").label("copy"),
            func.coalesce(_copy.call_number, Biblio.call_number).label("shelf"),
            Hold.ready_until,
            Hold.ended_on,
        )
        .join(Biblio, Biblio.id == Hold.biblio_id)
        .join(Patron, Patron.id == Hold.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .outerjoin(_wanted, _wanted.id == Hold.item_id)
        .outerjoin(_copy, _copy.id == Hold.copy_id)
        .where(*where)
    )


def _row(row: Any, queue: int = 0, free: int = 0) -> HoldRow:
    return HoldRow(**row._mapping, queue=queue, free=free)


def ready(session: Session) -> list[HoldRow]:
    """What lies ready, what must be fetched first at the top."""
    wanted = _rows(Hold.state == HoldState.READY).order_by(Hold.ready_until, Hold.id)
    return [_row(row) for row in session.execute(wanted)]


def waiting(session: Session) -> list[HoldRow]:
    """Who waits, by title and place in the queue; `free` copies stand on the shelf."""
    wanted = _rows(Hold.state == HoldState.WAITING)
    return _queued(session, wanted.order_by(Biblio.title_key, Biblio.id, Hold.place, Hold.id))


def of_title(session: Session, biblio_id: int) -> list[HoldRow]:
    """The holds of a title that stand: what lies ready, then the queue."""
    wanted = _rows(Hold.biblio_id == biblio_id, Hold.ended_at.is_(None))
    return _queued(session, wanted.order_by(Hold.state, Hold.place, Hold.id))


def of_patron(session: Session, patron_id: int) -> list[HoldRow]:
    """What a patron waits for, or may fetch."""
    found = session.execute(
        _rows(Hold.patron_id == patron_id, Hold.ended_at.is_(None)).order_by(Hold.state, Hold.id)
    ).all()
    listed = []
    for row in found:
        queue = [
            one.id for one in hold_queue.standing(session, row.biblio_id) if one.state == "waiting"
        ]
        listed.append(_row(row, queue.index(row.id) + 1 if row.id in queue else 0))
    return listed


def expired(session: Session, day: date) -> list[HoldRow]:
    """What nobody fetched, ended on `day`: back to the shelf, or ready for the next already."""
    wanted = _rows(Hold.state == HoldState.EXPIRED, Hold.ended_on == day).order_by(Hold.id)
    return [_row(row) for row in session.execute(wanted)]


def _queued(session: Session, wanted: Any) -> list[HoldRow]:
    listed: list[HoldRow] = []
    counted: dict[int, int] = {}
    free: dict[int, int] = {}
    for row in session.execute(wanted).all():
        at = 0
        if row.state == HoldState.WAITING:
            at = counted[row.biblio_id] = counted.get(row.biblio_id, 0) + 1
        if row.biblio_id not in free:
            free[row.biblio_id] = len(hold_queue.free_copies(session, row.biblio_id))
        listed.append(_row(row, at, free[row.biblio_id]))
    return listed


def find_title(session: Session, typed: str) -> int:
    """The title meant by a barcode, an ISBN, an id or words that find exactly one.

    Raises Refusal NOT_ONE_TITLE with how many there are.
    """
    item = identify.find_item(session, typed)
    if item is not None:
        return item.biblio_id
    number = isbn.canonical(typed) if isbn.looks_like(typed) else ""
    stands = select(Biblio.id).where(Biblio.cancelled_at.is_(None))
    if number:
        wanted = stands.join(BiblioIdentifier).where(BiblioIdentifier.value == number)
        found = list(session.execute(wanted.distinct().limit(3)).scalars())
    elif typed.strip().isdecimal():
        found = list(session.execute(stands.where(Biblio.id == int(typed))).scalars())
    else:
        matched = search.matches(session, typed, 3)
        found = [one for one in matched.ids if one not in matched.why]
    if len(found) != 1:
        raise Refusal(Reason.NOT_ONE_TITLE, typed=typed.strip()[:60], count=len(found))
    return found[0]
