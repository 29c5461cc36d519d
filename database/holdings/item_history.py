"""The life of one copy: what was done to it and when it was out; nobody's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from database.refusal import Reason, Refusal
from database.schema import Biblio, InHouseUse, Item, Journal, Loan, Renewal
from database.text.dates import here


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `before` and `after` of what changed, `undone` if taken back."""

    id: str
    at: datetime
    action: str
    actor: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    day: date | None = None
    undone: bool = False


def history(session: Session, item_id: int) -> list[Event]:
    """All events of a copy, the newest first."""
    events = [
        *_lines(session, item_id),
        *_closings(session, item_id),
        *_loans(session, item_id),
        *_uses(session, item_id),
    ]
    return sorted(events, key=lambda event: (event.at, event.id), reverse=True)


_undoing = aliased(Journal)


def _lines(session: Session, item_id: int) -> Iterator[Event]:
    rows = session.execute(
        select(Journal.id, Journal.at, Journal.action, Journal.actor, Journal.facts, _undoing.id)
        .outerjoin(_undoing, _undoing.undoes_id == Journal.id)
        .where(Journal.kind == "Item", Journal.record_id == item_id, Journal.undoes_id.is_(None))
    )
    for number, at, action, actor, stored, undone in rows:
        facts = json.loads(stored)
        yield Event(
            f"j{number:09d}",
            at,
            action,
            actor,
            facts.get("before", {}),
            facts.get("after", {}),
            facts.get("reason", ""),
            undone=undone is not None,
        )


_CLOSINGS = {
    "stocktake.closed": (("items", "item.lost", "lost"), ("again", "item.found", "in_service")),
    "weeding.closed": (("items", "item.withdrawn", "withdrawn"),),
}


def _closings(session: Session, item_id: int) -> Iterator[Event]:
    """What a stocktake or a weeding made of the copy: one line tells of many copies, and there
    are few such lines."""
    rows = session.execute(
        select(Journal.id, Journal.at, Journal.action, Journal.actor, Journal.facts, _undoing.id)
        .outerjoin(_undoing, _undoing.undoes_id == Journal.id)
        .where(Journal.action.in_(tuple(_CLOSINGS)))
    )
    for number, at, action, actor, stored, undone in rows:
        facts = json.loads(stored)
        for key, told, after in _CLOSINGS[action]:
            before = dict(facts.get(key, ())).get(item_id)
            if before is not None:
                minutes = {"status": after, "minutes": facts.get("minutes", "")}
                yield Event(
                    f"j{number:09d}",
                    at,
                    told,
                    actor,
                    {"status": before, "minutes": ""},
                    minutes,
                    undone=undone is not None,
                )


def _loans(session: Session, item_id: int) -> Iterator[Event]:
    rows = session.execute(
        select(Loan.id, Loan.lent_at, Loan.due_on, Loan.returned_at, Loan.cancelled_at).where(
            Loan.item_id == item_id
        )
    )
    for number, lent_at, due_on, returned_at, cancelled_at in rows:
        struck = cancelled_at is not None
        yield Event(f"l{number:09d}", lent_at, "loan.checked_out", day=due_on, undone=struck)
        if returned_at is not None:
            yield Event(f"r{number:09d}", returned_at, "loan.returned", undone=struck)
    renewed = session.execute(
        select(Renewal.id, Renewal.renewed_at, Renewal.due_after, Renewal.cancelled_at)
        .join(Loan, Loan.id == Renewal.loan_id)
        .where(Loan.item_id == item_id)
    )
    for number, at, due_after, cancelled_at in renewed:
        undone = cancelled_at is not None
        yield Event(f"m{number:09d}", at, "loan.renewed", day=due_after, undone=undone)


def _uses(session: Session, item_id: int) -> Iterator[Event]:
    rows = session.execute(
        select(InHouseUse.id, InHouseUse.used_at, InHouseUse.cancelled_at).where(
            InHouseUse.item_id == item_id
        )
    )
    for number, at, cancelled_at in rows:
        yield Event(f"u{number:09d}", at, "item.used", undone=cancelled_at is not None)


def lent_since(session: Session, where: ColumnElement[bool]) -> Refusal:
    """CANNOT_UNDO with the first loan, of those `where` tells, that stands on an act: when it
    was made, and of which copy."""
    lent = session.execute(
        select(Loan.lent_at, Item.barcode, Biblio.title)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(where, Loan.cancelled_at.is_(None))
        .order_by(Loan.id)
        .limit(1)
    ).one_or_none()
    if lent is None:
        return Refusal(Reason.CANNOT_UNDO)
    who, at = f"{lent.barcode} “{lent.title}”", here(lent.lent_at)
    return Refusal(Reason.CANNOT_UNDO, act="loan.checked_out", at=at, who=who)
