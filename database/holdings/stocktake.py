"""Stocktake: the shelves compared with the catalogue while the library stays open.

Nothing is marked by starting or scanning. A copy counts as found when it is read at a shelf, or
when it was lent or came back since the start. Several people may scan; a code read twice
counts once. The figures always balance: recorded = found + on loan + quarantine + repair +
not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.among import among
from database.holdings.stock_balance import (
    OUT,
    Figures,
    Round,
    Scope,
    figures,
    one,
    place_of,
    round_of,
    within,
)
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import Biblio, Item, ItemStatus, Ownership, ScanOutcome, StockScan, Stocktake
from database.text.dates import local_day
from database.text.words import code as as_code

PAPER = "stocktake-minutes"


@dataclass(frozen=True, slots=True)
class Scan:
    """What one code turned out to be. `line` is its journal line; `belongs` is where a
    misplaced copy should stand, `before` the call number a copy out of order follows."""

    outcome: ScanOutcome
    code: str
    line: int
    title: str = ""
    call_number: str = ""
    belongs: str = ""
    before: str = ""
    status: str = ""


def start(session: Session, name: str, scope: Scope, now: datetime) -> int:
    """Begin a round; several may run, of different scopes. Raises Refusal VALUE_INVALID."""
    if not name.strip() or scope.ownership not in {"", *Ownership}:
        raise Refusal(Reason.VALUE_INVALID, field="name")
    number: int = session.execute(
        insert(Stocktake)
        .values(
            name=name.strip(),
            ownership=scope.ownership,
            location=scope.location.strip(),
            started_at=now,
            minutes="",
        )
        .returning(Stocktake.id)
    ).scalar_one()
    journal.write(session, "stocktake.started", "Stocktake", number, now, name=name.strip())
    return number


def rounds(session: Session) -> list[Round]:
    """All rounds, the newest first."""
    rows = session.execute(select(Stocktake.__table__).order_by(Stocktake.id.desc()))
    return [round_of(row) for row in rows]


def _open_round(session: Session, number: int) -> Round:
    found = one(session, number)
    if found.closed_at is not None:
        raise Refusal(Reason.ROUND_CLOSED, name=found.name)
    return found


_ITEM = select(
    Item.id,
    Item.barcode,
    Item.status,
    Item.ownership,
    Item.location,
    Item.call_number,
    Item.shelf_key,
    Item.cancelled_at,
    Biblio.title,
    OUT.label("out"),
).join(Biblio, Biblio.id == Item.biblio_id)


def scan(session: Session, number: int, scanned: str, location: str, now: datetime) -> Scan:
    """Read one code at a shelf (`location`, empty if nobody said which).

    Raises Refusal RECORD_GONE, ROUND_CLOSED.
    """
    stocktake = _open_round(session, number)
    code = as_code(scanned)[:60]
    row = session.execute(
        _ITEM.where(or_(Item.barcode == code, Item.accession_number == scanned.strip()))
    ).first()
    outcome = _outcome(session, stocktake, row, location)
    before = _previous(session, number, location) if outcome is ScanOutcome.FOUND else None
    if before is not None and row and row.shelf_key and row.shelf_key < before.shelf_key:
        outcome = ScanOutcome.OUT_OF_ORDER
    told = {"item_id": row.id if row else None, "code": code, "location": location}
    scan_id = _write(session, number, outcome, told, now)
    line = journal.write(
        session, "stocktake.scanned", "Stocktake", number, now, scan=scan_id, outcome=outcome.value
    )
    if row is None:
        return Scan(outcome, code, line)
    belongs = row.location if outcome is ScanOutcome.MISPLACED else ""
    follows = before.call_number if outcome is ScanOutcome.OUT_OF_ORDER and before else ""
    return Scan(
        outcome, row.barcode, line, row.title, row.call_number, belongs, follows, row.status
    )


def _write(
    session: Session, number: int, outcome: ScanOutcome, told: dict[str, Any], now: datetime
) -> int:
    made: int = session.execute(
        insert(StockScan)
        .values(
            stocktake_id=number,
            outcome=outcome,
            counts=outcome.found,
            scanned_at=now,
            actor=session.info.get("actor", ""),
            **told,
        )
        .returning(StockScan.id)
    ).scalar_one()
    return made


def _outcome(session: Session, stocktake: Round, row: Any, location: str) -> ScanOutcome:
    if row is None:
        return ScanOutcome.UNKNOWN
    status = ItemStatus(row.status)
    lost = status in {ItemStatus.LOST, ItemStatus.MISSING}
    gone = row.cancelled_at is not None or (not status.in_stock and not lost)
    if gone or not _covers(stocktake.scope, row):
        return ScanOutcome.FOREIGN
    if _counted(session, stocktake.id, row.id):
        return ScanOutcome.DOUBLE
    if row.out:
        return ScanOutcome.ON_LOAN
    if lost:
        return ScanOutcome.FOUND_AGAIN
    misplaced = bool(location and row.location and row.location != location)
    return ScanOutcome.MISPLACED if misplaced else ScanOutcome.FOUND


def _covers(scope: Scope, row: Any) -> bool:
    """A copy that stands at the wrong shelf still belongs to a round of its own location."""
    return scope.ownership in {"", row.ownership} and scope.location in {"", row.location}


def _counted(session: Session, number: int, item_id: int) -> bool:
    found = select(StockScan.id).where(
        StockScan.stocktake_id == number,
        StockScan.item_id == item_id,
        StockScan.counts,
        StockScan.undone_at.is_(None),
    )
    return session.execute(found).first() is not None


def _previous(session: Session, number: int, location: str) -> Any:
    """The copy found just before at the same shelf, for the order."""
    return session.execute(
        select(Item.shelf_key, Item.call_number)
        .join(StockScan, StockScan.item_id == Item.id)
        .where(
            StockScan.stocktake_id == number,
            StockScan.location == location,
            StockScan.counts,
            StockScan.undone_at.is_(None),
            StockScan.outcome != ScanOutcome.MISPLACED.value,
        )
        .order_by(StockScan.id.desc())
        .limit(1)
    ).first()


def unscan(session: Session, line: Line, now: datetime) -> None:
    """Undo of one scan. Raises Refusal ROUND_CLOSED."""
    assert line.record_id is not None
    _open_round(session, line.record_id)
    session.execute(
        update(StockScan).where(StockScan.id == line.facts["scan"]).values(undone_at=now)
    )


def close(session: Session, number: int, minutes: str, now: datetime) -> int:
    """End a round: what was not found is lost from today, under the number of the minutes.

    What was found though it had been written off stands again. Returns the journal line.
    Raises Refusal ROUND_CLOSED, VALUE_INVALID (no number of minutes).
    """
    stocktake = _open_round(session, number)
    if not minutes.strip():
        raise Refusal(Reason.VALUE_INVALID, field="minutes")
    about = outgoing.Letter(PAPER, number, subject=stocktake.name)
    minutes = outgoing.issue(session, about, now, minutes)
    counted = figures(session, number)
    lost = _statuses(session, and_(*within(stocktake), place_of(stocktake) == "missing"))
    again = _statuses(session, _found_again(number))
    _mark(session, lost, ItemStatus.LOST, now)
    _mark(session, again, ItemStatus.IN_SERVICE, None)
    session.execute(
        update(Stocktake).where(Stocktake.id == number).values(closed_at=now, minutes=minutes)
    )
    journal.touch(session, "Item")
    return journal.write(
        session,
        "stocktake.closed",
        "Stocktake",
        number,
        now,
        minutes=minutes,
        items=lost,
        again=again,
        figures={name: getattr(counted, name) for name in Figures.__slots__},
    )


def _found_again(number: int) -> Any:
    return exists().where(
        StockScan.stocktake_id == number,
        StockScan.item_id == Item.id,
        StockScan.outcome == ScanOutcome.FOUND_AGAIN.value,
        StockScan.undone_at.is_(None),
    )


def _statuses(session: Session, where: Any) -> list[tuple[int, str]]:
    rows = session.execute(select(Item.id, Item.status).where(where).order_by(Item.id))
    return [(number, status) for number, status in rows]


def _mark(
    session: Session, items: Sequence[tuple[int, str]], status: ItemStatus, left: datetime | None
) -> None:
    if items:
        session.execute(
            update(Item)
            .where(among(Item.id, "ids"))
            .values(status=status, left_on=local_day(left) if left else None),
            {"ids": [number for number, _status in items]},
            execution_options={"synchronize_session": False},
        )


def reopen(session: Session, line: Line, now: datetime) -> None:
    """Undo of a closing: every copy it marked is as it was.

    Raises Refusal CANNOT_UNDO where one of them was changed since.
    """
    lost = [number for number, _status in line.facts["items"]]
    changed = select(Item.id).where(among(Item.id, "ids"), Item.status != ItemStatus.LOST.value)
    if session.execute(changed, {"ids": lost}).first():
        raise Refusal(Reason.CANNOT_UNDO)
    for status in {status for _number, status in [*line.facts["items"], *line.facts["again"]]}:
        back = [pair for pair in [*line.facts["items"], *line.facts["again"]] if pair[1] == status]
        gone = not ItemStatus(status).in_stock
        _mark(session, back, ItemStatus(status), line.at if gone else None)
    session.execute(
        update(Stocktake).where(Stocktake.id == line.record_id).values(closed_at=None, minutes="")
    )
    if line.record_id is not None:
        outgoing.void(session, PAPER, line.record_id, now)
    journal.touch(session, "Item")


INVERSES: Inverses = {"stocktake.scanned": unscan, "stocktake.closed": reopen}
