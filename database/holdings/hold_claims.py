"""What those who wait for a title may claim of a copy at the desk.

A copy that lies ready goes to its holder alone. A copy on the shelf may go to another reader
only while enough free copies are left for all who wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.holdings.hold_queue import (
    Waiting,
    after_expiry,
    free_copies,
    pass_on,
    put,
    remember,
    restore,
    standing,
)
from database.refusal import Reason, Refusal
from database.schema import Hold, HoldState


def _served(waiting: Sequence[Waiting], free: set[int]) -> bool:
    """Whether the free copies are enough for all of `waiting`."""
    special = {each.item_id for each in waiting if each.item_id in free}
    anywhere = sum(each.item_id is None for each in waiting)
    return anywhere <= len(free - special)


def must_be_free(
    session: Session, item_id: int, biblio_id: int, patron_id: int, now: datetime, **about: Any
) -> None:
    """Raises Refusal ON_HOLD where a copy is for another; what was not fetched goes on first."""
    found = after_expiry(session, biblio_id, now)
    if not found:
        return
    aside = next((each for each in found if each.copy_id == item_id), None)
    mine = next((each for each in found if each.patron_id == patron_id), None)
    if aside is not None:
        if aside.patron_id != patron_id:
            _refuse(aside, 1, about)
        return
    if mine is not None and mine.state == HoldState.READY:
        return
    before = [
        each
        for each in found
        if each.state == HoldState.WAITING
        and each.patron_id != patron_id
        and (mine is None or each.place < mine.place)
    ]
    wanted = next((each for each in before if each.item_id == item_id), None)
    if wanted is not None:
        _refuse(wanted, len(before), about)
    if not _served(before, free_copies(session, biblio_id) - {item_id}):
        _refuse(before[0], len(before), about)


def _refuse(first: Waiting, waiting: int, about: dict[str, Any]) -> None:
    raise Refusal(
        Reason.ON_HOLD,
        overridable=True,
        patron=first.name,
        audience=first.audience,
        waiting=waiting,
        **about,
    )


def must_not_block(session: Session, item_id: int, biblio_id: int, title: str) -> None:
    """A renewal. Raises Refusal HELD_BY_OTHERS unless free copies serve all who wait."""
    waiting = [one for one in standing(session, biblio_id) if one.state == HoldState.WAITING]
    if not waiting:
        return
    special = any(one.item_id == item_id for one in waiting)
    if special or not _served(waiting, free_copies(session, biblio_id)):
        raise Refusal(Reason.HELD_BY_OTHERS, title=title, waiting=len(waiting))


def fill(
    session: Session, item_id: int, biblio_id: int, patron_id: int, now: datetime
) -> dict[str, Any]:
    """A copy was lent: the borrower's hold is filled, and whoever it lay ready for by right (an
    exception was made) waits again at the same place. What must be known to take it back."""
    found = standing(session, biblio_id)
    if not found:
        return {}
    facts: dict[str, Any] = {}
    aside = next((each for each in found if each.copy_id == item_id), None)
    mine = next((each for each in found if each.patron_id == patron_id), None)
    if aside is not None and aside.patron_id != patron_id:
        facts["hold_passed_over"] = remember(session, aside.id)
        put(
            session,
            aside.id,
            state=HoldState.WAITING,
            copy_id=None,
            ready_at=None,
            ready_until=None,
        )
    if mine is not None:
        facts["hold_filled"] = remember(session, mine.id)
        put(
            session,
            mine.id,
            state=HoldState.FILLED,
            copy_id=item_id,
            ended_at=now,
            ended_on=now.date(),
        )
        if mine.copy_id not in (None, item_id):
            assert mine.copy_id is not None
            pass_on(session, mine.copy_id, now)
    journal.touch(session, "Hold")
    return facts


def unfill(session: Session, facts: dict[str, Any]) -> None:
    """A loan is taken back: the holds stand as before. Raises Refusal CANNOT_UNDO."""
    for name in ("hold_filled", "hold_passed_over"):
        if name in facts:
            restore(session, facts[name])


def copy_gone(session: Session, item_id: int) -> dict[str, Any]:
    """A copy that lay ready is no longer to be had: its holder waits at the same place. What
    must be known to take it back."""
    lay = select(Hold.id).where(Hold.copy_id == item_id, Hold.state == HoldState.READY)
    hold_id = session.execute(lay).scalar()
    if hold_id is None:
        return {}
    facts = {"hold_gone": remember(session, hold_id)}
    session.execute(
        update(Hold)
        .where(Hold.copy_id == item_id, Hold.state == HoldState.READY)
        .values(state=HoldState.WAITING, copy_id=None, ready_at=None, ready_until=None)
    )
    journal.touch(session, "Hold")
    return facts


def copy_back(session: Session, facts: dict[str, Any]) -> None:
    """The inverse of `copy_gone`, where its holder waits still."""
    kept = facts.get("hold_gone")
    if kept is None:
        return
    waits = select(Hold.id).where(Hold.id == kept["id"], Hold.state == HoldState.WAITING)
    if session.execute(waits).first() is not None:
        restore(session, kept)
