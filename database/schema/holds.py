"""Holds: who waits for which title, and which copy lies ready for whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of, partial
from database.vocabulary import HoldState

_STANDS = "ended_at IS NULL"
_LIES_READY = "state = 'ready'"


class Hold(Base):
    """A patron's (or a ward's) wish for a title, or with `item_id` for one copy of it.

    `place` orders those who wait for a title. `copy_id` is the copy that lies ready until the
    end of `ready_until`, or that was lent in the end. `category` is the patron's kind then."""

    __tablename__ = "hold"
    __table_args__ = (
        one_of("state", HoldState),
        CheckConstraint("(state IN ('waiting', 'ready')) = (ended_at IS NULL)", name="ended_whole"),
        CheckConstraint("state <> 'ready' OR copy_id IS NOT NULL", name="ready_copy"),
        partial("uq_hold_standing", "biblio_id", "patron_id", unique=True, where=_STANDS),
        partial("uq_hold_ready", "copy_id", unique=True, where=_LIES_READY),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    category: Mapped[str]
    place: Mapped[int]
    placed_at: Mapped[datetime]
    placed_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=HoldState.WAITING)
    copy_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    ready_at: Mapped[datetime | None]
    ready_until: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
