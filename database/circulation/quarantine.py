"""Quarantine: what rests and for how long still, the morning list, and wiping copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Hold, HoldState, Item, ItemStatus, Journal, Wiping


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
    # Two questions, each by an index of its own; as one, every copy there is would be read.
    found = [*_resting(session, now, _RESTS), *_resting(session, now, _OUT_AGAIN)]
    return sorted(found, key=_first_out)


def _first_out(row: RestingRow) -> tuple[bool, float, int]:
    return row.until is None, row.until.timestamp() if row.until else 0.0, row.id


def today(session: Session, now: datetime) -> list[RestingRow]:
    """The morning list: what comes out of quarantine today, or came out and is not shelved."""
    rests = Item.status == ItemStatus.QUARANTINE
    return _resting(session, now, Item.status_until < _midnight(now), or_(rests, _OUT_AGAIN))


def of_today(rows: Sequence[RestingRow], now: datetime) -> list[RestingRow]:
    """Those of the morning list among all that rest."""
    return [one for one in rows if one.until is not None and one.until < _midnight(now)]


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)


def _resting(session: Session, now: datetime, *which: ColumnElement[bool]) -> list[RestingRow]:
    held = select(Hold.id).where(Hold.copy_id == Item.id, Hold.state == HoldState.READY).exists()
    wiped = select(func.max(Wiping.wiped_on)).where(
        Wiping.item_id == Item.id,
        Wiping.cancelled_at.is_(None),
        Wiping.wiped_on >= now.date() - _SINCE,
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
            wiped.scalar_subquery().label("wiped_on"),
            held.label("held"),
        )
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Item.cancelled_at.is_(None), *which)
        .order_by(Item.status_until.is_(None), Item.status_until, Item.id)
    )
    return [
        RestingRow(
            id=row.id,
            barcode=row.barcode,
            title=row.title,
            shelf=row.call_number,
            until=row.status_until,
            over=_is_over(row.status, row.status_until, now),
            wipeable=row.wipeable,
            wiped_on=row.wiped_on,
            held=row.held,
        )
        for row in rows
    ]


def _is_over(status: str, until: datetime | None, now: datetime) -> bool:
    return status != ItemStatus.QUARANTINE or (until is not None and until <= now)


_OUT_AGAIN = Item.status.in_([ItemStatus.IN_SERVICE, ItemStatus.REFERENCE]) & (
    Item.status_until.is_not(None)
)


_RESTS = Item.status == literal_column(f"'{ItemStatus.QUARANTINE}'")
"""Written out: an index over some rows is used only where the question says which."""


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
        select(Wiping.wiped_at.label("at"), Wiping.actor, Item.barcode, Biblio.title)
        .join(Item, Item.id == Wiping.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Wiping.cancelled_at.is_(None))
        .order_by(Wiping.id.desc())
        .limit(limit)
    )
    return rows_of(WipingRow, rows)


def _unwipe(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(Wiping).where(Wiping.id.in_(line.facts["wipings"])).values(cancelled_at=now)
    )


INVERSES: Inverses = {
    "quarantine.shelved": _unshelve,
    "item.wiped": _unwipe,
}
