"""What is owed, paid, let off and given back.

A charge stands as it was made. What is open of it is its amount less what was paid and waived;
money given back does not make it owed again. Every act is one journal line and can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Line
from database.policy import house, numbering, settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Charge, DayClose, Item, Payment, PaymentKind, Setting


def _sum_of(*kinds: PaymentKind) -> Any:
    """Of one charge: what stands of these kinds of payment."""
    return (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(
            Payment.charge_id == Charge.id,
            Payment.kind.in_(kinds),
            Payment.cancelled_at.is_(None),
        )
        .correlate(Charge)
        .scalar_subquery()
    )


OPEN = Charge.amount - _sum_of(PaymentKind.PAID, PaymentKind.WAIVED)
"""Of one charge: what is still owed."""
_TAKEN = ~exists().where(Setting.key == settings.MONEY.key, Setting.value == "false")
OWING = Charge.cancelled_at.is_(None) & (OPEN > 0) & _TAKEN
"""Of a charge: something is owed. A library that takes no money is owed nothing."""


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge and what became of it; `out` tells that its copy has not come back."""

    id: int
    patron_id: int | None
    kind: str
    title: str
    barcode: str
    made_on: date
    amount: int
    days: int
    per_day: int
    weeks: int
    paid: int
    waived: int
    refunded: int
    status: str

    @property
    def left(self) -> int:
        """What is still owed."""
        return self.amount - self.paid - self.waived

    @property
    def refundable(self) -> int:
        """What was paid for a copy that is lost no longer, and not given back yet."""
        back = self.kind == "replacement" and self.status != "lost"
        return self.paid - self.refunded if back else 0


_CHARGES: Any = (
    select(
        Charge.id,
        Charge.patron_id,
        Charge.kind,
        Biblio.title,
        Item.barcode,
        Charge.made_on,
        Charge.amount,
        Charge.days,
        Charge.per_day,
        Charge.weeks,
        _sum_of(PaymentKind.PAID).label("paid"),
        _sum_of(PaymentKind.WAIVED).label("waived"),
        _sum_of(PaymentKind.REFUND).label("refunded"),
        Item.status,
    )
    .join(Item, Item.id == Charge.item_id)
    .join(Biblio, Biblio.id == Item.biblio_id)
    .where(Charge.cancelled_at.is_(None))
    .order_by(Charge.id)
)


def owed(session: Session, patron_id: int) -> int:
    """Rupiah a patron owes."""
    wanted = select(func.coalesce(func.sum(OPEN), 0)).where(Charge.patron_id == patron_id, OWING)
    return int(session.execute(wanted).scalar_one())


def charges(session: Session, patron_id: int) -> list[ChargeRow]:
    """All of a patron's charges, oldest first, also those settled."""
    rows = session.execute(_CHARGES.where(Charge.patron_id == patron_id))
    return rows_of(ChargeRow, rows)


def of_loan(session: Session, loan_id: int) -> list[ChargeRow]:
    """What one loan brought."""
    return rows_of(ChargeRow, session.execute(_CHARGES.where(Charge.loan_id == loan_id)))


def of_item(session: Session, item_id: int) -> list[ChargeRow]:
    """What one copy brought, by whomever."""
    return rows_of(ChargeRow, session.execute(_CHARGES.where(Charge.item_id == item_id)))


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled; `line` is the journal line to undo, `left` what is open after it."""

    line: int
    receipt: str
    amount: int
    left: int


def pay(session: Session, ids: Sequence[int], amount: int, now: datetime) -> Settled:
    """Take money for these charges, the first ones first; a part is allowed.

    Raises Refusal VALUE_INVALID, NOTHING_OWED, MORE_THAN_OWED, DAY_CLOSED.
    """
    return _settle(session, ids, PaymentKind.PAID, amount, "", now)


def waive(session: Session, ids: Sequence[int], amount: int, reason: str, now: datetime) -> Settled:
    """Let somebody off these charges, or a part of them, for a reason that stays with it.

    Raises Refusal WHY_MISSING, VALUE_INVALID, NOTHING_OWED, MORE_THAN_OWED, DAY_CLOSED.
    """
    if not reason.strip():
        raise Refusal(Reason.WHY_MISSING, field="reason")
    return _settle(session, ids, PaymentKind.WAIVED, amount, reason.strip(), now)


def refund(session: Session, charge_id: int, amount: int, reason: str, now: datetime) -> Settled:
    """Give back what was paid for a copy that was found again; a part is allowed.

    Raises Refusal VALUE_INVALID, NOTHING_OWED, MORE_THAN_OWED, DAY_CLOSED.
    """
    _day_is_open(session, now)
    row = next(iter(_locked(session, [charge_id])), None)
    if row is None or not row.refundable:
        raise Refusal(Reason.NOTHING_OWED)
    _fits(amount, row.refundable)
    receipt = _next_receipt(session, now.date())
    made = _write(session, row.id, PaymentKind.REFUND, amount, reason.strip(), receipt, now)
    line = _tell(session, PaymentKind.REFUND, row.id, [made], amount, now)
    return Settled(line, receipt, amount, row.refundable - amount)


def _settle(
    session: Session, ids: Sequence[int], kind: PaymentKind, amount: int, reason: str, now: datetime
) -> Settled:
    _day_is_open(session, now)
    rows = [row for row in _locked(session, ids) if row.left > 0]
    total = sum(row.left for row in rows)
    if not rows:
        raise Refusal(Reason.NOTHING_OWED)
    _fits(amount, total)
    receipt = _next_receipt(session, now.date()) if kind is PaymentKind.PAID else ""
    rest, made = amount, []
    for row in rows:
        part = min(row.left, rest)
        if part:
            made.append(_write(session, row.id, kind, part, reason, receipt, now))
        rest -= part
    line = _tell(session, kind, rows[0].id, made, amount, now)
    return Settled(line, receipt, amount, total - amount)


def _fits(amount: int, most: int) -> None:
    if amount <= 0:
        raise Refusal(Reason.VALUE_INVALID, field="amount")
    if amount > most:
        raise Refusal(Reason.MORE_THAN_OWED, amount=most, field="amount")


def _locked(session: Session, ids: Sequence[int]) -> list[ChargeRow]:
    """The charges, held so that two desks never take one sum twice."""
    wanted = sorted(set(ids))
    session.execute(select(Charge.id).where(Charge.id.in_(wanted)).with_for_update()).all()
    rows = session.execute(_CHARGES.where(Charge.id.in_(wanted)))
    return rows_of(ChargeRow, rows)


def _write(
    session: Session,
    charge_id: int,
    kind: PaymentKind,
    amount: int,
    reason: str,
    receipt: str,
    now: datetime,
) -> int:
    made: int = session.execute(
        insert(Payment)
        .values(
            charge_id=charge_id,
            kind=kind,
            amount=amount,
            reason=reason,
            receipt=receipt,
            paid_at=now,
            paid_on=now.date(),
            actor=session.info.get("actor", ""),
        )
        .returning(Payment.id)
    ).scalar_one()
    return made


_ACTIONS = {
    PaymentKind.PAID: "charge.paid",
    PaymentKind.WAIVED: "charge.waived",
    PaymentKind.REFUND: "charge.refunded",
}


def _tell(
    session: Session,
    kind: PaymentKind,
    charge_id: int,
    made: Sequence[int],
    amount: int,
    now: datetime,
) -> int:
    # The reason may name somebody: it stays with the payment, not in the journal.
    return journal.write(
        session, _ACTIONS[kind], "Charge", charge_id, now, payments=list(made), amount=amount
    )


def _next_receipt(session: Session, day: date) -> str:
    """Numbered by year; a number once given out is never given again."""
    pattern = settings.get(session, settings.RECEIPT_PATTERN)
    facts = numbering.parts_of(day, house.profile(session).short_name)
    return numbering.write(pattern, numbering.take(session, f"receipt.{day.year}"), facts)


def _day_is_open(session: Session, now: datetime) -> None:
    closed = select(DayClose.id).where(
        DayClose.closed_on >= now.date(), DayClose.reopened_at.is_(None)
    )
    if session.execute(closed.limit(1)).first():
        raise Refusal(Reason.DAY_CLOSED, day=now.date())


def _cancel(session: Session, line: Line, now: datetime) -> None:
    """Strike the payments of one act; the receipt's number stays used.

    Raises Refusal CANNOT_UNDO where the day is closed, or money was given back since.
    """
    ours = Payment.id.in_(line.facts["payments"])
    first = select(func.min(Payment.paid_on)).where(ours).scalar_subquery()
    closed = select(DayClose.id).where(DayClose.closed_on >= first, DayClose.reopened_at.is_(None))
    later = select(Payment.id).where(
        Payment.charge_id.in_(
            select(Payment.charge_id).where(Payment.id.in_(line.facts["payments"]))
        ),
        Payment.kind == PaymentKind.REFUND,
        Payment.cancelled_at.is_(None),
        Payment.id > max(line.facts["payments"]),
    )
    if session.execute(closed.limit(1)).first() or session.execute(later.limit(1)).first():
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(
        update(Payment).where(Payment.id.in_(line.facts["payments"])).values(cancelled_at=now)
    )


INVERSES = dict.fromkeys(_ACTIONS.values(), _cancel)
