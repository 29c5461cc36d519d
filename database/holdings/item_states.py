"""What happens to a copy on the shelf: repair, missing, found, lost, weeded, given back, moved.

Each act has its own rule. It changes all the copies named or none; every copy gets a journal
line, which can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from database.holdings import item_changes
from database.refusal import Reason, Refusal
from database.schema import Item, ItemStatus, Ownership

_HERE = frozenset({ItemStatus.IN_SERVICE, ItemStatus.REFERENCE, ItemStatus.QUARANTINE})
_STOCK = _HERE | {ItemStatus.REPAIR, ItemStatus.MISSING}


@dataclass(frozen=True, slots=True)
class Details:
    """What an act asks for: the day a repair ends, why, and by which minutes (berita acara)."""

    until: date | None = None
    reason: str = ""
    minutes: str = ""


_ALLOWED: dict[str, frozenset[ItemStatus]] = {
    "repair": _HERE,
    "back": frozenset({ItemStatus.REPAIR, ItemStatus.QUARANTINE}),
    "missing": _HERE | {ItemStatus.REPAIR},
    "found": frozenset({ItemStatus.MISSING, ItemStatus.LOST}),
    "lost": _STOCK,
    "withdraw": _STOCK,
    "give_back": _STOCK | {ItemStatus.LOST},
    "give_away": _STOCK,
}


def possible(status: str, ownership: str, *, on_loan: bool) -> frozenset[str]:
    """The acts a copy in this state would not be refused."""
    if on_loan:
        return frozenset()
    others = ownership == Ownership.DEPOSIT
    barred = {"withdraw", "give_away"} if others else {"give_back"}
    return frozenset(name for name, allowed in _ALLOWED.items() if status in allowed) - barred


def to_repair(session: Session, ids: Sequence[int], details: Details, now: datetime) -> list[int]:
    """Send copies to be mended. Raises Refusal STATE_FORBIDS, ITEM_ON_LOAN, RECORD_GONE."""
    if details.until is not None and details.until < now.date():
        raise Refusal(Reason.VALUE_INVALID, field="until")
    until = details.until and datetime.combine(details.until, time(), now.tzinfo)

    def values(_row: Item) -> dict[str, Any]:
        return {"status": ItemStatus.REPAIR.value, "status_until": until}

    return _act(session, ids, "item.repair", _ALLOWED["repair"], values, now, reason=details.reason)


def back(session: Session, ids: Sequence[int], _details: Details, now: datetime) -> list[int]:
    """Mended, or out of quarantine. Raises Refusal STATE_FORBIDS, RECORD_GONE."""
    return _act(session, ids, "item.back", _ALLOWED["back"], _home, now)


def missing(session: Session, ids: Sequence[int], details: Details, now: datetime) -> list[int]:
    """Not in its place. Raises Refusal STATE_FORBIDS, ITEM_ON_LOAN, RECORD_GONE."""

    def values(_row: Item) -> dict[str, Any]:
        return {"status": ItemStatus.MISSING.value, "status_until": None}

    return _act(
        session, ids, "item.missing", _ALLOWED["missing"], values, now, reason=details.reason
    )


def found(session: Session, ids: Sequence[int], _details: Details, now: datetime) -> list[int]:
    """There again, also after having been written off. Raises Refusal STATE_FORBIDS."""
    return _act(session, ids, "item.found", _ALLOWED["found"], _home, now)


def lost(session: Session, ids: Sequence[int], details: Details, now: datetime) -> list[int]:
    """Given up; leaves the stock. Raises Refusal STATE_FORBIDS, ITEM_ON_LOAN, RECORD_GONE."""
    values = _gone(ItemStatus.LOST, details, now)
    return _act(session, ids, "item.lost", _ALLOWED["lost"], values, now)


def withdraw(session: Session, ids: Sequence[int], details: Details, now: datetime) -> list[int]:
    """Weed copies, by minutes and for a reason; never a deposit, which is another's.

    Raises Refusal REASON_MISSING, DEPOSIT_STAYS, STATE_FORBIDS, ITEM_ON_LOAN, RECORD_GONE.
    """
    if not details.reason.strip() or not details.minutes.strip():
        raise Refusal(Reason.REASON_MISSING)
    for number in ids:
        row = item_changes.stored(session, number)
        if row.ownership == Ownership.DEPOSIT:
            raise Refusal(Reason.DEPOSIT_STAYS, barcode=row.barcode)
    values = _gone(ItemStatus.WITHDRAWN, details, now)
    return _act(session, ids, "item.withdrawn", _ALLOWED["withdraw"], values, now)


def give_back(session: Session, ids: Sequence[int], details: Details, now: datetime) -> list[int]:
    """Return deposits to their owner.

    Raises Refusal NOT_A_DEPOSIT, STATE_FORBIDS, ITEM_ON_LOAN, RECORD_GONE.
    """
    for number in ids:
        row = item_changes.stored(session, number)
        if row.ownership != Ownership.DEPOSIT:
            raise Refusal(Reason.NOT_A_DEPOSIT, barcode=row.barcode)
    values = _gone(ItemStatus.RETURNED_TO_OWNER, details, now)
    return _act(session, ids, "item.given_back", _ALLOWED["give_back"], values, now)


def give_away(session: Session, ids: Sequence[int], details: Details, now: datetime) -> list[int]:
    """Let a reader keep copies; never a deposit, which is another's.

    Raises Refusal DEPOSIT_STAYS, STATE_FORBIDS, ITEM_ON_LOAN, RECORD_GONE.
    """
    for number in ids:
        row = item_changes.stored(session, number)
        if row.ownership == Ownership.DEPOSIT:
            raise Refusal(Reason.DEPOSIT_STAYS, barcode=row.barcode)
    values = _gone(ItemStatus.GIVEN, details, now)
    return _act(session, ids, "item.given", _ALLOWED["give_away"], values, now)


def move(session: Session, ids: Sequence[int], location: str, now: datetime) -> list[int]:
    """Another location for copies; those that are there already are left alone.

    Raises Refusal RECORD_GONE.
    """
    place = location.strip()
    rows = [item_changes.stored(session, number) for number in ids]
    return [
        item_changes.change(session, row, {"location": place}, "item.moved", now)
        for row in rows
        if row.location != place
    ]


Act = Callable[[Session, Sequence[int], Details, datetime], list[int]]
ACTS: dict[str, Act] = {
    "repair": to_repair,
    "back": back,
    "missing": missing,
    "found": found,
    "lost": lost,
    "withdraw": withdraw,
    "give_back": give_back,
    "give_away": give_away,
}
"""The acts by name; the journal calls them item.repair, item.back, item.missing, ..."""


def _home(row: Item) -> dict[str, Any]:
    """Where a copy belongs when nothing is wrong with it."""
    kept = row.item_type == "reference"
    status = ItemStatus.REFERENCE if kept else ItemStatus.IN_SERVICE
    return {
        "status": status.value,
        "status_until": None,
        "left_on": None,
        "minutes": "",
        "withdrawn_reason": "",
    }


def _gone(status: ItemStatus, details: Details, now: datetime) -> Callable[[Item], dict[str, Any]]:
    def values(row: Item) -> dict[str, Any]:
        return {
            "status": status.value,
            "status_until": None,
            "left_on": now.date(),
            "minutes": details.minutes.strip(),
            "withdrawn_reason": details.reason.strip(),
        }

    return values


def _act(
    session: Session,
    ids: Sequence[int],
    action: str,
    allowed: frozenset[ItemStatus],
    values: Callable[[Item], dict[str, Any]],
    now: datetime,
    **facts: str,
) -> list[int]:
    told = {name: text.strip() for name, text in facts.items() if text.strip()}
    lines = []
    for number in ids:
        row = item_changes.stored(session, number)
        if row.status not in allowed:
            raise Refusal(Reason.STATE_FORBIDS, barcode=row.barcode, status=row.status)
        if item_changes.on_loan(session, number):
            raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
        lines.append(item_changes.change(session, row, values(row), action, now, **told))
    return lines
