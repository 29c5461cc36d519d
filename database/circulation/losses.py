"""A copy that does not come back as it went: lost on loan, found again, damaged, given away.

Each is one act made of several journal lines, taken back as one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.circulation import discharge, identify, lending, money, sanctions
from database.circulation.identify import ItemAtDesk
from database.circulation.lending import Done
from database.holdings import hold_queue, item_states
from database.journal import Line
from database.patrons import finding
from database.refusal import NOTHING, Allowed, Reason, Refusal
from database.schema import Charge, ChargeKind, ItemStatus, Loan

_GONE = frozenset({ItemStatus.LOST, ItemStatus.MISSING})
FOUND = "found"
"""The reason under which what is still owed for a copy that was found is let off."""


def _on_loan(session: Session, barcode: str) -> tuple[ItemAtDesk, int]:
    item = identify.item_scanned(session, barcode)
    if item.loan_id is None:
        raise Refusal(
            Reason.NOT_ON_LOAN,
            title=item.title,
            barcode=item.barcode,
            status=item.status,
            shelf=item.call_number,
        )
    return item, item.loan_id


def usual_charge(session: Session, barcode: str) -> int:
    """What a lost copy costs its borrower: its price, 0 for those who are never charged."""
    item = identify.item_scanned(session, barcode)
    return (item.price or 0) if sanctions.may_charge(session, item.audience or "place") else 0


def write_off(session: Session, barcode: str, amount: int, now: datetime) -> Done:
    """A copy on loan is lost: the loan ends and `amount` rupiah are owed for it, 0 for none.

    Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN, VALUE_INVALID.
    """
    item, loan_id = _on_loan(session, barcode)
    if amount < 0:
        raise Refusal(Reason.VALUE_INVALID, field="amount")
    loan = sanctions.ended(session, loan_id)
    lines = discharge.end_lost(session, loan_id, now)
    charge_id = 0
    if amount and sanctions.may_charge(session, loan.audience):
        charge_id = sanctions.charge(session, loan, ChargeKind.REPLACEMENT, amount, now)
    line = journal.write(session, "loan.lost", "Loan", loan_id, now, lines=lines, charge=charge_id)
    owed = sum(row.amount for row in money.of_loan(session, loan_id))
    return Done(
        "lost",
        line,
        item.title,
        item.barcode,
        item.patron_name or "",
        item.audience or "",
        loan_id=loan_id,
        charge=owed,
    )


def give_away(session: Session, barcode: str, now: datetime) -> Done:
    """A place or a patient keeps a copy for good.

    Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN, VALUE_INVALID (another's, dear, or a member's).
    """
    item, loan_id = _on_loan(session, barcode)
    assert item.patron_id is not None
    if item.audience not in sanctions.NEVER_CHARGED:
        raise Refusal(Reason.VALUE_INVALID, field="outcome")
    lines = discharge.end_given(session, item.patron_id, loan_id, now)
    line = journal.write(session, "loan.given", "Loan", loan_id, now, lines=lines)
    return Done(
        "given",
        line,
        item.title,
        item.barcode,
        item.patron_name or "",
        item.audience or "",
        loan_id=loan_id,
    )


def found(session: Session, barcode: str, now: datetime) -> Done:
    """A lost copy is there again: what is still owed for it is let off, and what was paid may
    be given back (`refunds`). It is laid ready for whoever waits for it.

    Raises Refusal UNKNOWN_ITEM, STATE_FORBIDS.
    """
    item = identify.item_scanned(session, barcode)
    lines = item_states.found(session, [item.id], item_states.Details(), now)
    for row in money.of_item(session, item.id):
        if row.kind == ChargeKind.REPLACEMENT and row.left:
            lines.append(money.waive(session, [row.id], row.left, FOUND, now).line)
    hold = hold_queue.offer(session, item.id, now)
    if hold is not None:
        lines.append(journal.write(session, "hold.ready", "Hold", hold.id, now, item=item.id))
    line = journal.write(session, "item.found_again", "Item", item.id, now, lines=lines)
    return Done(
        "found",
        line,
        item.title,
        item.barcode,
        shelf=item.call_number,
        notes=("found_again",),
        hold=hold.shown if hold else "",
        hold_id=hold.id if hold else 0,
    )


def take_in(session: Session, barcode: str, now: datetime, allowed: Allowed = NOTHING) -> Done:
    """Whatever lies on the desk: a copy on loan comes back, one that was lost or missing is
    found again. Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN, BEFORE_LAST_ACT."""
    if is_gone(session, barcode):
        return found(session, barcode, now)
    return lending.check_in(session, barcode, now, allowed)


def is_gone(session: Session, barcode: str) -> bool:
    """Whether nobody has a copy, and it counts as lost or was not in its place."""
    item = identify.find_item(session, barcode)
    return item is not None and item.loan_id is None and item.status in _GONE


def refunds(session: Session, barcode: str) -> list[money.ChargeRow]:
    """What was paid for a copy that is lost no longer, and not given back yet."""
    item = identify.find_item(session, barcode)
    rows = money.of_item(session, item.id) if item else []
    return [row for row in rows if row.refundable > 0]


def damaged(session: Session, barcode: str, amount: int, reason: str, now: datetime) -> Done:
    """A copy came back damaged: it goes to repair, and its last borrower owes `amount`, 0 for
    nothing. Nobody is charged who is never charged, or is forgotten by now.

    Raises Refusal UNKNOWN_ITEM, ITEM_ON_LOAN, STATE_FORBIDS, VALUE_INVALID.
    """
    if amount < 0:
        raise Refusal(Reason.VALUE_INVALID, field="amount")
    item = identify.item_scanned(session, barcode)
    details = item_states.Details(reason=reason)
    lines = item_states.to_repair(session, [item.id], details, now)
    last = last_loan(session, item.id)
    charge_id = 0
    if amount and last:
        loan = sanctions.ended(session, last[1])
        if sanctions.may_charge(session, loan.audience):
            charge_id = sanctions.charge(session, loan, ChargeKind.DAMAGE, amount, now)
    line = journal.write(
        session, "item.damaged", "Item", item.id, now, lines=lines, charge=charge_id
    )
    return Done("damaged", line, item.title, item.barcode, charge=amount if charge_id else 0)


def uncharge(session: Session, line: Line, now: datetime) -> None:
    """Strike the charge of a damage or a loss. Raises Refusal CANNOT_UNDO once it was paid."""
    if line.facts.get("charge"):
        sanctions.cancel_charges(session, Charge.id == line.facts["charge"], now)


def last_borrower(session: Session, barcode: str) -> str:
    """The name of who had a copy last, "" where that is forgotten."""
    item = identify.find_item(session, barcode)
    last = last_loan(session, item.id) if item else None
    row = finding.one(session, last[0]) if last else None
    return row.name if row else ""


def last_loan(session: Session, item_id: int) -> tuple[int, int] | None:
    """The patron and the loan of who had a copy last, while that is not forgotten."""
    row = session.execute(
        select(Loan.patron_id, Loan.id)
        .where(Loan.item_id == item_id, Loan.cancelled_at.is_(None))
        .order_by(Loan.lent_at.desc(), Loan.id.desc())
        .limit(1)
    ).first()
    return (row.patron_id, row.id) if row and row.patron_id is not None else None


def newest_debtor(session: Session) -> int | None:
    """Who owes for the newest lost or damaged copy."""
    wanted = (
        select(Charge.patron_id)
        .where(money.OWING, Charge.patron_id.is_not(None), Charge.kind != "overdue")
        .order_by(Charge.id.desc())
        .limit(1)
    )
    return session.scalars(wanted).first()
