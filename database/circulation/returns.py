"""What becomes of a copy that comes back: found again, to rest, given for good, or laid ready
for whoever waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database.holdings import hold_queue
from database.journal import Line
from database.policy import quarantine_rules
from database.refusal import Reason, Refusal
from database.schema import Item, ItemStatus, Loan, Ownership
from database.text.dates import local_day

_BACK = frozenset({ItemStatus.MISSING, ItemStatus.LOST})
_RESTS = frozenset({ItemStatus.IN_SERVICE, ItemStatus.REFERENCE, ItemStatus.QUARANTINE, *_BACK})
_KEPT = ("status", "status_until", "left_on")


@dataclass(frozen=True, slots=True)
class After:
    """What the desk is told: notes ("found_again", "stays_out", "kept_apart"), until when the
    copy rests, and whom it lies ready for. `facts` are for the journal."""

    facts: dict[str, Any]
    notes: tuple[str, ...] = ()
    until: datetime | None = None
    hold: str = ""
    hold_id: int = 0


def settle(
    session: Session,
    item_id: int,
    item_type: str,
    loan_id: int,
    audience: str | None,
    now: datetime,
) -> After:
    """Decide, and change the copy. The loan has been closed already."""
    row = session.execute(
        select(Item.status, Item.status_until, Item.left_on, Item.ownership).where(
            Item.id == item_id
        )
    ).one()
    status = ItemStatus(row.status)
    notes: tuple[str, ...] = ("found_again",) if status in _BACK else ()
    values: dict[str, Any] = {}
    if status in _BACK:
        values = {"status": ItemStatus.IN_SERVICE, "left_on": None}
    elif status in {ItemStatus.IN_SERVICE, ItemStatus.REFERENCE} and row.status_until is not None:
        values = {"status_until": None}
    if status in _RESTS:
        found = quarantine_rules.verdict(session, loan_id, item_type, audience)
        values |= _rest(found, row.ownership, now)
        notes += _notes(found, row.ownership)
    if values:
        session.execute(update(Item).where(Item.id == item_id).values(**values))
    if values.get("status") == ItemStatus.GIVEN:
        session.execute(update(Loan).where(Loan.id == loan_id).values(outcome="given"))
    return _ready(session, item_id, row, values, notes, now)


def _rest(found: quarantine_rules.Verdict, ownership: str, now: datetime) -> dict[str, Any]:
    """A deposit belongs to another and cannot be given: it is kept apart, without an end."""
    if found.stays_out and ownership != Ownership.DEPOSIT:
        return {"status": ItemStatus.GIVEN, "status_until": None, "left_on": now.date()}
    if found.stays_out:
        return {"status": ItemStatus.QUARANTINE, "status_until": None}
    if found.hours:
        until = now + timedelta(hours=found.hours)
        return {"status": ItemStatus.QUARANTINE, "status_until": until}
    return {}


def _notes(found: quarantine_rules.Verdict, ownership: str) -> tuple[str, ...]:
    if not found.stays_out:
        return ()
    return ("kept_apart",) if ownership == Ownership.DEPOSIT else ("stays_out",)


def _ready(
    session: Session,
    item_id: int,
    before: Any,
    values: dict[str, Any],
    notes: tuple[str, ...],
    now: datetime,
) -> After:
    until = values.get("status_until")
    first_day = local_day(until) if until is not None else None
    # What was given away or is kept apart without an end goes to nobody: `offer` sees its state.
    hold = hold_queue.offer(session, item_id, now, first_day)
    facts: dict[str, Any] = {"status_before": before.status}
    if values:
        facts["item_before"] = {name: _plain(getattr(before, name)) for name in _KEPT}
        facts["item_after"] = {name: _plain(value) for name, value in values.items()}
    if hold is not None:
        facts["hold"] = hold.id
    return After(facts, notes, until, hold.shown if hold else "", hold.id if hold else 0)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def take_back(session: Session, line: Line, item_id: int) -> None:
    """The copy as it was before it came back. Raises Refusal CANNOT_UNDO if something later
    stands on it."""
    if "hold" in line.facts:
        hold_queue.unready(session, line.facts["hold"], item_id)
    if "item_before" not in line.facts:
        _take_back_found(session, line, item_id)
        return
    before, after = line.facts["item_before"], line.facts["item_after"]
    row = session.execute(select(Item.status).where(Item.id == item_id)).one()
    released = row.status in {ItemStatus.IN_SERVICE, ItemStatus.REFERENCE}
    if "status" in after and row.status != after["status"] and not released:
        raise Refusal(Reason.CANNOT_UNDO)
    until, left = before["status_until"], before["left_on"]
    session.execute(
        update(Item)
        .where(Item.id == item_id)
        .values(
            status=before["status"],
            status_until=datetime.fromisoformat(until) if until else None,
            left_on=date.fromisoformat(left) if left else None,
        )
    )


def _take_back_found(session: Session, line: Line, item_id: int) -> None:
    """A line of before returns knew of quarantine: only what was found again had changed."""
    before = line.facts.get("status_before")
    if before in {"missing", "lost"}:
        session.execute(
            update(Item)
            .where(Item.id == item_id)
            .values(status=before, left_on=local_day(line.at) if before == "lost" else None)
        )
