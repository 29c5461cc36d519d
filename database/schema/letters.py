"""The register of outgoing letters: which number went to which paper."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class OutgoingLetter(Base):
    """A number that was given out, and never again, also when its paper was cancelled.

    `paper` is the name of the printed paper ("clearance-letter", ...; "other" for one written
    elsewhere), `record_id` what it is about, as that paper counts. To whom it went stands in
    `recipient`; of a patron only the link, which goes when that person is forgotten. `copies_to`
    is a line each."""

    __tablename__ = "outgoing_letter"
    __table_args__ = (
        Index("ix_outgoing_letter_day", "issued_on"),
        Index("ix_outgoing_letter_paper", "paper", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    paper: Mapped[str]
    record_id: Mapped[int | None]
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    recipient: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    copies_to: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
