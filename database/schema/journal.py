"""Who did what, when. Append-only; an undo is a second line that points at the first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class Journal(Base):
    """One act on one record. `facts` is JSON with what changed; never a person's data.

    Lines of one change share `act_id`, the id of its first line, which has none itself; `desk` is
    the PC it was done at.
    """

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_record", "kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(default="")
    desk: Mapped[str] = mapped_column(default="", server_default="")
    action: Mapped[str]
    kind: Mapped[str]
    record_id: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text, default="{}")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"), unique=True)
    act_id: Mapped[int | None] = mapped_column(index=True)
    chain: Mapped[str] = mapped_column(Text, default="", server_default="")
    """The sum over this line and the one before (`text.chained`), with a `salt` of its own."""
    salt: Mapped[str] = mapped_column(Text, default="", server_default="")


class JournalCompleted(Base):
    """What a line that was opened before its act was whole says in the end: the sum over that and
    over the newest line of that moment, `after_id`. And what its own sum was over: the sum of its
    facts as they were `opened`, and the record it was about."""

    __tablename__ = "journal_completed"

    line_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), primary_key=True)
    after_id: Mapped[int]
    chain: Mapped[str] = mapped_column(Text)
    opened: Mapped[str] = mapped_column(Text)
    opened_about: Mapped[int | None]
