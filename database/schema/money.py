"""Money, if the library takes any: what is owed, what was paid, and each day as it was closed.

Amounts are whole rupiah. A charge is never changed after it was made: what becomes of it is
told by its payments, so the sums always equal the rows.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of, partial
from database.vocabulary import ChargeKind, PaymentKind


class Charge(Base):
    """A sum a borrower owes, as the rule made it at that moment: `days` that count at
    `per_day` rupiah (or `weeks` begun weeks at so much each), all 0 for one that is not for days.
    `category` is the kind of patron then. `patron_id` is empty once the person, or a settled
    charge's loan, is forgotten."""

    __tablename__ = "charge"
    __table_args__ = (one_of("kind", ChargeKind), CheckConstraint("amount > 0", name="amount"))

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str]
    amount: Mapped[int]
    days: Mapped[int] = mapped_column(default=0)
    per_day: Mapped[int] = mapped_column(default=0)
    weeks: Mapped[int] = mapped_column(default=0, server_default="0")
    category: Mapped[str]
    made_at: Mapped[datetime]
    made_on: Mapped[date]
    cancelled_at: Mapped[datetime | None]


class Payment(Base):
    """A part or the whole of a charge settled. `receipt` is the number of the receipt, one for
    all charges paid at once; what is waived has a `reason` and no receipt."""

    __tablename__ = "payment"
    __table_args__ = (one_of("kind", PaymentKind), CheckConstraint("amount > 0", name="amount"))

    id: Mapped[int] = mapped_column(primary_key=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charge.id"), index=True)
    kind: Mapped[str]
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    receipt: Mapped[str] = mapped_column(default="", index=True)
    paid_at: Mapped[datetime]
    paid_on: Mapped[date] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]


STANDS = "reopened_at IS NULL"


class DayClose(Base):
    """A day as it was closed (tutup hari): its counts, the money that should be in the drawer
    (`recorded`) and was (`counted`), what was handed over, and why the two differ."""

    __tablename__ = "day_close"
    __table_args__ = (partial("uq_day_close_standing", "closed_on", unique=True, where=STANDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    closed_on: Mapped[date]
    closed_at: Mapped[datetime]
    visitors: Mapped[int]
    lent: Mapped[int]
    returned: Mapped[int]
    renewed: Mapped[int]
    used: Mapped[int]
    taken: Mapped[int]
    given_back: Mapped[int]
    recorded: Mapped[int]
    counted: Mapped[int]
    handed_over: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    actor: Mapped[str] = mapped_column(default="")
    reopened_at: Mapped[datetime | None]
