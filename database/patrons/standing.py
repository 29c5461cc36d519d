"""Writing how memberships stand, after each act that changes what figures count of them.

The newest event of a patron says what the patron's columns say; a test holds that. An event
takes effect on the day of its act and never earlier, so a figure of a day that is over stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, insert, literal, not_, select, update
from sqlalchemy.orm import Session

from database.engine import bulk
from database.engine.among import among
from database.schema import MembershipEvent, Patron, PatronCategory, Standing

_SNAPSHOT = ("kind", "category", "sex", "joined_on", "valid_until", "ended_on")


def join(session: Session, patron_id: int, today: date) -> None:
    """The first event of a patron just added; it reaches back to a day of joining that is past."""
    found = _now(session, [patron_id])[patron_id]
    _add(session, patron_id, found, Standing.JOINED, min(found["joined_on"], today), today)


def join_many(session: Session, patron_ids: Sequence[int], today: date) -> None:
    """The same of many patrons just added."""
    rows = [
        {
            "patron_id": number,
            "event": Standing.JOINED.value,
            "since": min(found["joined_on"], today),
            "recorded_on": today,
            **found,
        }
        for number, found in sorted(_now(session, patron_ids).items())
    ]
    bulk.add(session.connection(), MembershipEvent, rows)


def join_all(session: Session) -> None:
    """The first event of every patron that has none: those added many at once."""
    days = (Patron.joined_on, Patron.joined_on, Patron.valid_until, Patron.ended_on)
    known = exists().where(MembershipEvent.patron_id == Patron.id)
    rows = (
        select(
            Patron.id,
            literal(Standing.JOINED.value),
            Patron.kind,
            PatronCategory.code,
            Patron.sex,
            *days,
            Patron.joined_on,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(not_(known))
        .order_by(Patron.id)
    )
    names = ("patron_id", "event", "kind", "category", "sex", "since", "joined_on", "valid_until",
             "ended_on", "recorded_on")  # fmt: skip
    session.execute(insert(MembershipEvent).from_select(names, rows, include_defaults=False))


def keep(session: Session, patron_ids: Sequence[int], now: datetime) -> None:
    """Write an event for each of these patrons whose membership is not what it was."""
    _follow(session, patron_ids, now.date(), back=False)


def take_back(session: Session, patron_ids: Sequence[int], now: datetime) -> None:
    """After an act was undone: where all is as before it, its event is gone as if never written."""
    _follow(session, patron_ids, now.date(), back=True)


def drop(session: Session, patron_ids: Sequence[int]) -> None:
    """Patrons who are taken away, as if they had never been enrolled, never stood anyhow."""
    session.execute(
        delete(MembershipEvent).where(among(MembershipEvent.patron_id, "ids")),
        {"ids": list(patron_ids)},
        execution_options={"synchronize_session": False},
    )


def _now(session: Session, patron_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = session.execute(
        select(
            Patron.id,
            Patron.kind,
            PatronCategory.code.label("category"),
            Patron.sex,
            Patron.joined_on,
            Patron.valid_until,
            Patron.ended_on,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(among(Patron.id, "ids")),
        {"ids": list(patron_ids)},
    )
    return {row.id: {name: row._mapping[name] for name in _SNAPSHOT} for row in rows}


def _follow(session: Session, patron_ids: Sequence[int], today: date, *, back: bool) -> None:
    events: dict[int, list[Any]] = {}
    rows = session.execute(
        select(MembershipEvent.__table__)
        .where(among(MembershipEvent.patron_id, "ids"))
        .order_by(MembershipEvent.id),
        {"ids": list(patron_ids)},
    )
    for row in rows:
        events.setdefault(row.patron_id, []).append(row)
    for number, found in _now(session, patron_ids).items():
        _follow_one(session, found, events[number], today, back=back)


def _follow_one(
    session: Session, found: dict[str, Any], events: Sequence[Any], today: date, *, back: bool
) -> None:
    newest = events[-1]
    if _snapshot(newest) == found:
        return
    before = events[-2] if len(events) > 1 else None
    mended = newest.recorded_on == today or newest.since >= today
    if before is not None and (back or mended) and _snapshot(before) == found:
        _erase(session, newest, before)
    elif mended:
        event = _event(events[:-1], found, newest.since) if before else newest.event
        session.execute(
            update(MembershipEvent)
            .where(MembershipEvent.id == newest.id)
            .values(**found, event=event, recorded_on=today)
        )
    else:
        session.execute(
            update(MembershipEvent).where(MembershipEvent.id == newest.id).values(until=today)
        )
        _add(session, newest.patron_id, found, _event(events, found, today), today, today)


def _erase(session: Session, newest: Any, before: Any) -> None:
    session.execute(delete(MembershipEvent).where(MembershipEvent.id == newest.id))
    session.execute(
        update(MembershipEvent).where(MembershipEvent.id == before.id).values(until=None)
    )


def _add(
    session: Session, patron_id: int, found: dict[str, Any], event: str, since: date, today: date
) -> None:
    session.execute(
        insert(MembershipEvent).values(
            patron_id=patron_id, event=event, since=since, recorded_on=today, **found
        )
    )


def _snapshot(row: Any) -> dict[str, Any]:
    return {name: row._mapping[name] for name in _SNAPSHOT}


def _event(earlier: Sequence[Any], found: dict[str, Any], since: date) -> Standing:
    """What a change is called: by whether there was a membership before it, and is one now."""
    last = earlier[-1]
    begins = max(since, found["joined_on"])
    was = begins == since and _is_member(_snapshot(last), since - timedelta(days=1))
    ever = any(one.joined_on < (one.until or since) for one in earlier)
    if not _is_member(found, begins):
        return Standing.ENDED if was else Standing.CHANGED
    if not was:
        return Standing.REVIVED if ever else Standing.JOINED
    if last.category != found["category"]:
        return Standing.MOVED
    later = found["valid_until"] is None or (
        last.valid_until is not None and found["valid_until"] > last.valid_until
    )
    renewed = later and found["valid_until"] != last.valid_until
    return Standing.RENEWED if renewed else Standing.CHANGED


def _is_member(stood: dict[str, Any], day: date) -> bool:
    ended, until = stood["ended_on"], stood["valid_until"]
    return bool(
        stood["joined_on"] <= day and (not ended or ended > day) and (not until or until >= day)
    )
