"""Events of the desk, each with snapshots so that figures outlive the people in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text, true
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of, partial
from database.vocabulary import FineUnit, LateCounting, Period, Sanction

ON_ROUND = "round_id IS NOT NULL"
OPEN = "returned_at IS NULL AND cancelled_at IS NULL"


class LoanRule(Base):
    """What a category may borrow of an item type; an empty side means any, the most
    specific rule wins.

    `loan_limit` of a rule for an item type counts copies of that type, of any other rule all
    copies. `days` are hours where `period` says so; `renewal_days` is the length of a renewal,
    None for that of a loan. `late_counting` says which days are days late. A copy that is at most
    `grace_days` of them late is not late. `fine_per_day` (for each begun week where `fine_unit`
    says so) and `fine_cap` (of one copy) are rupiah; `suspension_per_day` are open days without
    lending for each day late, at most `suspension_cap`."""

    __tablename__ = "loan_rule"
    __table_args__ = (
        Index(
            "uq_loan_rule_pair",
            text("coalesce(category_id, 0)"),
            text("coalesce(item_type, '')"),
            unique=True,
        ),
        CheckConstraint("loan_limit >= 0 AND days >= 0 AND renewals >= 0", name="not_negative"),
        one_of("period", Period),
        one_of("sanction", Sanction),
        one_of("fine_unit", FineUnit),
        one_of("late_counting", LateCounting),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("patron_category.id"))
    item_type: Mapped[str | None]
    loan_limit: Mapped[int]
    days: Mapped[int]
    renewals: Mapped[int] = mapped_column(default=0)
    lendable: Mapped[bool] = mapped_column(default=True)
    period: Mapped[str] = mapped_column(server_default="days")
    renewal_days: Mapped[int | None]
    grace_days: Mapped[int] = mapped_column(server_default="0")
    holds_allowed: Mapped[bool] = mapped_column(server_default=true())
    sanction: Mapped[str] = mapped_column(server_default="none")
    fine_per_day: Mapped[int] = mapped_column(server_default="0")
    fine_cap: Mapped[int | None]
    suspension_per_day: Mapped[int] = mapped_column(server_default="1")
    suspension_cap: Mapped[int | None]
    fine_unit: Mapped[str] = mapped_column(server_default="day")
    late_counting: Mapped[str] = mapped_column(server_default="open")


class Loan(Base):
    """One lending. `due_at` is the hour at which a loan by hours is due. `category`, `unit`,
    `item_type` and `class_group` are as they were then.

    `outcome` tells how a loan ended whose copy did not come back: "given" or "lost"; the day
    it ended stands in `returned_on`. `suspended_until` is the suspension that its late end
    brought. `follows_since` is the day its reader went home and left it to follow. `round_id` is
    the round on which it was lent."""

    __tablename__ = "loan"
    __table_args__ = (
        partial("uq_loan_open_item", "item_id", unique=True, where=OPEN),
        Index("ix_loan_item_id", "item_id"),
        Index("ix_loan_patron_id", "patron_id"),
        partial("ix_loan_open_patron", "patron_id", where=OPEN),
        partial("ix_loan_open_due", "due_on", where=OPEN),
        Index("ix_loan_lent_on", "lent_on", "category", "class_group", "cancelled_at"),
        Index(
            "ix_loan_returned_on", "returned_on", "category", "due_on", "cancelled_at", "outcome"
        ),
        CheckConstraint("due_on >= lent_on", name="due_after_lent"),
        CheckConstraint("(returned_at IS NULL) = (returned_on IS NULL)", name="returned_whole"),
        partial("ix_loan_round_id", "round_id", where=ON_ROUND),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"))
    lent_at: Mapped[datetime]
    lent_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    returned_on: Mapped[date | None]
    renewals: Mapped[int] = mapped_column(default=0)
    category: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    item_type: Mapped[str] = mapped_column(default="book")
    class_group: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(server_default="")
    suspended_until: Mapped[date | None]
    follows_since: Mapped[date | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("ward_round.id"))


class Renewal(Base):
    """A loan made longer; not counted as a new loan (ISO 2789)."""

    __tablename__ = "renewal"
    __table_args__ = (Index("ix_renewal_renewed_on", "renewed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    renewed_at: Mapped[datetime]
    renewed_on: Mapped[date]
    due_before: Mapped[date]
    due_after: Mapped[date]
    category: Mapped[str]
    cancelled_at: Mapped[datetime | None]


class InHouseUse(Base):
    """A copy read in the library (ISO 2789: in-house use)."""

    __tablename__ = "in_house_use"
    __table_args__ = (Index("ix_in_house_use_used_on", "used_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    used_at: Mapped[datetime]
    used_on: Mapped[date]
    category: Mapped[str] = mapped_column(default="")
    class_group: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]


class Visit(Base):
    """Arrivals of one category: `people` is 1, or the size of a group. No names."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_visited_on", "visited_on", "category"),
        CheckConstraint("people > 0", name="people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visited_at: Mapped[datetime]
    visited_on: Mapped[date]
    category: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    people: Mapped[int] = mapped_column(default=1)
    cancelled_at: Mapped[datetime | None]
