"""What waits to be printed: labels, cards and slips of copies and patrons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class PrintJob(Base):
    """One thing to print, of a copy or of a patron; it goes when it came out well."""

    __tablename__ = "print_job"
    __table_args__ = (
        UniqueConstraint("paper", "item_id", name="uq_print_job_item"),
        UniqueConstraint("paper", "patron_id", name="uq_print_job_patron"),
        CheckConstraint("(item_id IS NULL) <> (patron_id IS NULL)", name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    added_at: Mapped[datetime]
