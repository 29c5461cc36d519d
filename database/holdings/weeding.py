"""Weeding: rounds of decisions, and one closing with minutes.

Until a round is closed no copy changes and every decision may be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.among import among
from database.engine.rows import rows_of
from database.holdings.weeding_proposals import may_go
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import Biblio, Item, ItemStatus, Weeding, WeedingDecision, WeedingLine

PAPER = "weeding-minutes"


@dataclass(frozen=True, slots=True)
class Round:
    """A round of weeding as listed."""

    id: int
    name: str
    started_at: datetime
    closed_at: datetime | None
    minutes: str
    withdrawn: int


def start(session: Session, name: str, now: datetime) -> int:
    """Begin a round. Raises Refusal VALUE_INVALID."""
    if not name.strip():
        raise Refusal(Reason.VALUE_INVALID, field="name")
    number: int = session.execute(
        insert(Weeding).values(name=name.strip(), started_at=now, minutes="").returning(Weeding.id)
    ).scalar_one()
    journal.write(session, "weeding.started", "Weeding", number, now, name=name.strip())
    return number


def rounds(session: Session) -> list[Round]:
    """All rounds, the newest first."""
    count = (
        select(func.count())
        .where(WeedingLine.weeding_id == Weeding.id, WeedingLine.decision == "withdraw")
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Weeding.id,
            Weeding.name,
            Weeding.started_at,
            Weeding.closed_at,
            Weeding.minutes,
            count.label("withdrawn"),
        ).order_by(Weeding.id.desc())
    )
    return rows_of(Round, rows)


def _must_be_open(session: Session, number: int) -> None:
    row = session.execute(
        select(Weeding.name, Weeding.closed_at).where(Weeding.id == number)
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if row.closed_at is not None:
        raise Refusal(Reason.ROUND_CLOSED, name=row.name)


def decide(
    session: Session, number: int, items: Sequence[int], decision: str, reason: str, now: datetime
) -> int:
    """Decide of some copies ("withdraw", "keep", or "" for nothing yet); the journal line.

    Raises Refusal ROUND_CLOSED, VALUE_INVALID (no reason to withdraw), NOT_WEEDABLE (a deposit,
    a valid guideline, a copy that is lent or gone).
    """
    _must_be_open(session, number)
    if decision == WeedingDecision.WITHDRAW:
        if not reason.strip():
            raise Refusal(Reason.VALUE_INVALID, field="reason")
        _must_be_weedable(session, items, now.date())
    ours = and_(WeedingLine.weeding_id == number, among(WeedingLine.item_id, "ids"))
    before = [
        list(row)
        for row in session.execute(
            select(WeedingLine.item_id, WeedingLine.decision, WeedingLine.reason).where(ours),
            {"ids": list(items)},
        )
    ]
    _write(session, number, [(item, decision, reason.strip()) for item in items], now)
    return journal.write(
        session,
        "weeding.decided",
        "Weeding",
        number,
        now,
        items=list(items),
        before=before,
        decision=decision,
    )


def _write(
    session: Session, number: int, lines: Sequence[tuple[int, str, str]], now: datetime
) -> None:
    session.execute(
        delete(WeedingLine).where(
            WeedingLine.weeding_id == number, among(WeedingLine.item_id, "ids")
        ),
        {"ids": [item for item, _decision, _reason in lines]},
        execution_options={"synchronize_session": False},
    )
    rows = [
        {
            "weeding_id": number,
            "item_id": item,
            "decision": decision,
            "reason": reason,
            "decided_at": now,
        }
        for item, decision, reason in lines
        if decision
    ]
    if rows:
        session.execute(insert(WeedingLine), rows)


def _must_be_weedable(session: Session, items: Sequence[int], today: date) -> None:
    row = session.execute(
        select(Item.barcode, Biblio.title)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(among(Item.id, "ids"), ~may_go(today))
        .limit(1),
        {"ids": list(items)},
    ).first()
    if row is not None:
        raise Refusal(Reason.NOT_WEEDABLE, barcode=row.barcode, title=row.title)


def undecide(session: Session, line: Line, now: datetime) -> None:
    """Undo of a decision: what was decided before stands again. Raises Refusal ROUND_CLOSED."""
    assert line.record_id is not None
    _must_be_open(session, line.record_id)
    before = {item: (item, decision, reason) for item, decision, reason in line.facts["before"]}
    lines = [before.get(item, (item, "", "")) for item in line.facts["items"]]
    _write(session, line.record_id, lines, now)


def close(session: Session, number: int, minutes: str, now: datetime) -> int:
    """Withdraw what was decided, under the number of the minutes; returns the journal line.

    Raises Refusal ROUND_CLOSED, VALUE_INVALID, NOT_WEEDABLE (one was lent meanwhile).
    """
    _must_be_open(session, number)
    if not minutes.strip():
        raise Refusal(Reason.VALUE_INVALID, field="minutes")
    going = select(WeedingLine.item_id).where(
        WeedingLine.weeding_id == number, WeedingLine.decision == "withdraw"
    )
    ids = list(session.execute(going).scalars())
    _must_be_weedable(session, ids, now.date())
    minutes = outgoing.issue(session, outgoing.Letter(PAPER, number), now, minutes)
    before = session.execute(
        select(Item.id, Item.status).where(among(Item.id, "ids")).order_by(Item.id), {"ids": ids}
    )
    items = [list(row) for row in before]
    _withdraw(session, number, ids, minutes, now)
    session.execute(
        update(Weeding)
        .where(Weeding.id == number)
        .values(closed_at=now, closed_on=now.date(), minutes=minutes)
    )
    journal.touch(session, "Item")
    return journal.write(
        session, "weeding.closed", "Weeding", number, now, items=items, minutes=minutes
    )


def _withdraw(
    session: Session, number: int, ids: Sequence[int], minutes: str, now: datetime
) -> None:
    """The copies leave the stock; each keeps the minutes and why it went."""
    why = select(WeedingLine.reason).where(
        WeedingLine.weeding_id == number, WeedingLine.item_id == Item.id
    )
    session.execute(
        update(Item)
        .where(among(Item.id, "ids"))
        .values(
            status=ItemStatus.WITHDRAWN,
            left_on=now.date(),
            minutes=minutes,
            withdrawn_reason=why.correlate(Item).scalar_subquery(),
        ),
        {"ids": ids},
        execution_options={"synchronize_session": False},
    )


def reopen(session: Session, line: Line, now: datetime) -> None:
    """Undo of a closing. Raises Refusal CANNOT_UNDO where a copy was changed since."""
    ids = [item for item, _status in line.facts["items"]]
    changed = select(Item.id).where(
        among(Item.id, "ids"), Item.status != ItemStatus.WITHDRAWN.value
    )
    if session.execute(changed, {"ids": ids}).first():
        raise Refusal(Reason.CANNOT_UNDO)
    for status in sorted({status for _item, status in line.facts["items"]}):
        session.execute(
            update(Item)
            .where(among(Item.id, "ids"))
            .values(status=status, left_on=None, minutes="", withdrawn_reason=""),
            {"ids": [item for item, kept in line.facts["items"] if kept == status]},
            execution_options={"synchronize_session": False},
        )
    session.execute(
        update(Weeding)
        .where(Weeding.id == line.record_id)
        .values(closed_at=None, closed_on=None, minutes="")
    )
    if line.record_id is not None:
        outgoing.void(session, PAPER, line.record_id, now)
    journal.touch(session, "Item")


INVERSES: Inverses = {"weeding.decided": undecide, "weeding.closed": reopen}
