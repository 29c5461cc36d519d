"""Small registers beside the library's own work: activities, agreements, staff, rooms, money."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class RegisterEntry(Base):
    """One line of a register; which fields it has stands in resources/registers.toml.

    What figures are made of are columns: `day` and `until` (a span, or a deadline's end),
    `kind`, `men` and `women` or `people`, `quantity`, `amount` and `spent` in rupiah, `minutes`
    of work, `score` in hundredths. All else is in `facts`, as JSON."""

    __tablename__ = "register_entry"
    __table_args__ = (
        Index("ix_register_entry_register", "register", "day"),
        CheckConstraint("until IS NULL OR until >= day", name="until_after_day"),
        CheckConstraint(
            "men >= 0 AND women >= 0 AND people >= 0 AND quantity >= 0 AND amount >= 0"
            " AND spent >= 0 AND minutes >= 0",
            name="not_negative",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    day: Mapped[date]
    until: Mapped[date | None]
    kind: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    partner: Mapped[str] = mapped_column(default="")
    men: Mapped[int] = mapped_column(default=0)
    women: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    quantity: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    score: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text, default="{}")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Threshold(Base):
    """A number of a standard that a librarian with the regulation in hand has confirmed."""

    __tablename__ = "threshold"

    standard: Mapped[str] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    article: Mapped[str]
    verified_by: Mapped[str]
    verified_on: Mapped[date]


class PeriodReport(Base):
    """A month's (quarter's, year's) report once closed: its figures as they were, for ever.

    A later correction is another row with the next `revision`; nothing here is changed but the
    number, the signing and the sending."""

    __tablename__ = "period_report"
    __table_args__ = (Index("uq_period_report_period", "period", "revision", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    revision: Mapped[int]
    figures: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    program: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    narrative: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime]
    closed_on: Mapped[date]
    signed_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    sent_by: Mapped[str] = mapped_column(default="")
