"""What is held on terms of its own: batches lent to the library, and issues of serials."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class Deposit(Base):
    """A batch of copies that belongs to another (the dinas) and goes back to it. `prefix`
    begins the numbers of its copies; it is never given to another batch."""

    __tablename__ = "deposit"
    __table_args__ = (
        UniqueConstraint("prefix"),
        CheckConstraint("due_on IS NULL OR due_on >= received_on", name="due_after_received"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    prefix: Mapped[str]
    document: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date]
    due_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Serial(Base):
    """How a title of the kind serial comes out."""

    __tablename__ = "serial"

    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"), primary_key=True)
    frequency: Mapped[str]
    issues_a_volume: Mapped[int]
    supplier: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None]


class SerialIssue(Base):
    """One issue, expected or here; `item_id` once it can be lent."""

    __tablename__ = "serial_issue"
    __table_args__ = (UniqueConstraint("biblio_id", "year", "volume", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"))
    year: Mapped[int]
    volume: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    expected_on: Mapped[date | None]
    received_on: Mapped[date | None]
    claimed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
