"""Care of copies that come back from the wards: quarantine by rule, and wiping."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class QuarantineRule(Base):
    """How many `hours` a copy rests that comes back from a unit; an empty side means any, the
    most specific rule wins. What comes back where `stays_out` never returns to the shelves."""

    __tablename__ = "quarantine_rule"
    __table_args__ = (
        Index(
            "uq_quarantine_rule_pair",
            text("coalesce(unit_id, 0)"),
            text("coalesce(item_type, '')"),
            unique=True,
        ),
        CheckConstraint("hours BETWEEN 0 AND 2160", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    item_type: Mapped[str | None]
    hours: Mapped[int]
    stays_out: Mapped[bool] = mapped_column(default=False)


class Wiping(Base):
    """A copy was wiped: when, and by whom."""

    __tablename__ = "wiping"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    wiped_at: Mapped[datetime]
    wiped_on: Mapped[date]
    actor: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
