"""Receipts, and the cash book: what was taken, given back and let off in a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from database.engine.rows import rows_of
from database.schema import Biblio, Charge, DayClose, Item, Patron, Payment, PaymentKind


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One line of a receipt or of the cash book; `payer` is "" for one who is forgotten."""

    receipt: str
    paid_at: datetime
    paid_on: date
    kind: str
    amount: int
    charge_kind: str
    title: str
    barcode: str
    days: int
    weeks: int
    payer: str
    number: str
    reason: str


_PAYMENTS: Any = (
    select(
        Payment.receipt,
        Payment.paid_at,
        Payment.paid_on,
        Payment.kind,
        Payment.amount,
        Charge.kind.label("charge_kind"),
        Biblio.title,
        Item.barcode,
        Charge.days,
        Charge.weeks,
        func.coalesce(Patron.name, "").label("payer"),
        func.coalesce(Patron.number, "").label("number"),
        Payment.reason,
    )
    .join(Charge, Charge.id == Payment.charge_id)
    .join(Item, Item.id == Charge.item_id)
    .join(Biblio, Biblio.id == Item.biblio_id)
    .outerjoin(Patron, Patron.id == Charge.patron_id)
    .where(Payment.cancelled_at.is_(None))
    .order_by(Payment.paid_at, Payment.id)
)


def receipt(session: Session, number: str) -> list[ReceiptRow]:
    """What stands under one receipt's number; empty for none, or one taken back."""
    wanted = _PAYMENTS.where(Payment.receipt == number, Payment.receipt != "")
    return rows_of(ReceiptRow, session.execute(wanted))


def last_receipt(session: Session, patron_id: int) -> str:
    """The number of a patron's newest receipt, "" for none."""
    wanted = (
        select(Payment.receipt)
        .join(Charge, Charge.id == Payment.charge_id)
        .where(Charge.patron_id == patron_id, Payment.receipt != "", Payment.cancelled_at.is_(None))
        .order_by(Payment.id.desc())
        .limit(1)
    )
    return session.execute(wanted).scalar() or ""


@dataclass(frozen=True, slots=True)
class CashBook:
    """Money of a span of days: `carried` was there before, `balance` is there at its end.

    `difference` is what was counted too much (or, below 0, too little) when days were closed."""

    first: date
    last: date
    rows: tuple[ReceiptRow, ...]
    carried: int
    difference: int
    handed_over: int

    def _sum(self, kind: PaymentKind) -> int:
        return sum(row.amount for row in self.rows if row.kind == kind)

    @property
    def taken(self) -> int:
        """Paid in."""
        return self._sum(PaymentKind.PAID)

    @property
    def given_back(self) -> int:
        """Given back."""
        return self._sum(PaymentKind.REFUND)

    @property
    def waived(self) -> int:
        """Let off; moves no money."""
        return self._sum(PaymentKind.WAIVED)

    @property
    def balance(self) -> int:
        """What should be there."""
        kept = self.carried + self.taken - self.given_back
        return kept + self.difference - self.handed_over


_FLOW = func.coalesce(
    func.sum(
        case(
            (Payment.kind == PaymentKind.PAID, Payment.amount),
            (Payment.kind == PaymentKind.REFUND, -Payment.amount),
            else_=0,
        )
    ),
    0,
)
_CLOSED = DayClose.reopened_at.is_(None)
# What is counted too much or too little at a close is from then on what is there.
_OVER = func.coalesce(func.sum(DayClose.counted - DayClose.recorded), 0)
_HANDED = func.coalesce(func.sum(DayClose.handed_over), 0)


def cash_book(session: Session, first: date, last: date) -> CashBook:
    """What was taken, given back and let off from `first` to `last`."""
    rows = session.execute(_PAYMENTS.where(Payment.paid_on.between(first, last)))
    flown = session.execute(
        select(_FLOW).where(Payment.cancelled_at.is_(None), Payment.paid_on < first)
    ).scalar_one()
    closes = select(_OVER, _HANDED).where(_CLOSED)
    over, handed = session.execute(closes.where(DayClose.closed_on < first)).one()
    found, away = session.execute(closes.where(DayClose.closed_on.between(first, last))).one()
    return CashBook(
        first,
        last,
        tuple(rows_of(ReceiptRow, rows)),
        int(flown) + int(over) - int(handed),
        int(found),
        int(away),
    )
