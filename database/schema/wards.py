"""The library on the wards: rounds with the trolley, wishes, and what is handed out for good."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class RoundPlan(Base):
    """On which weekdays (Monday 0) the trolley comes to a ward."""

    __tablename__ = "round_plan"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)


class WardRound(Base):
    """One round with the trolley, over one or several wards."""

    __tablename__ = "ward_round"
    __table_args__ = (Index("ix_ward_round_held_on", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    held_at: Mapped[datetime]
    held_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class RoundStop(Base):
    """A ward that a round came to. `unit` is its name as it was then."""

    __tablename__ = "round_stop"
    __table_args__ = (UniqueConstraint("round_id", "place_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("ward_round.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    unit: Mapped[str]
    cancelled_at: Mapped[datetime | None]


class WardRequest(Base):
    """What a ward's reader asked for. `wish` and `bed` are emptied soon after it was met or
    given up: what a patient wanted to read is nobody's business later."""

    __tablename__ = "ward_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    bed: Mapped[str] = mapped_column(default="")
    wish: Mapped[str]
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    met: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None]


class Handout(Base):
    """Leaflets, or uncatalogued magazines and paperbacks, given away for good: only counted.

    `kind` is "leaflet" or "free"; `biblio_id` is the catalogued leaflet, `what` its name as it
    was then; `place_id` is the ward, none for the library's own rack."""

    __tablename__ = "handout"
    __table_args__ = (
        CheckConstraint("kind IN ('leaflet', 'free')", name="kind"),
        CheckConstraint("copies > 0", name="copies"),
        Index("ix_handout_handed_on", "handed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    biblio_id: Mapped[int | None] = mapped_column(ForeignKey("biblio.id"), index=True)
    what: Mapped[str] = mapped_column(default="")
    copies: Mapped[int]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    unit: Mapped[str] = mapped_column(default="")
    handed_on: Mapped[date]
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
