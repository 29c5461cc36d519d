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
