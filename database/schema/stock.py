"""Stocktakes and weedings: what was seen on the shelves, what is decided of which copy."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of, partial
from database.vocabulary import ScanOutcome, WeedingDecision


class Stocktake(Base):
    """Comparing the shelves with the catalogue; starting one changes no copy. An empty
    scope means all; `minutes` is the number of its minutes, given when it is closed."""

    __tablename__ = "stocktake"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    ownership: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    minutes: Mapped[str] = mapped_column(default="")


class StockScan(Base):
    """One code read at a shelf. A copy is found once a stocktake: a second reading is a double."""

    __tablename__ = "stock_scan"
    __table_args__ = (
        one_of("outcome", ScanOutcome),
        partial(
            "uq_stock_scan_found",
            "stocktake_id",
            "item_id",
            unique=True,
            where="counts AND undone_at IS NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktake.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    code: Mapped[str]
    outcome: Mapped[str]
    counts: Mapped[bool]
    location: Mapped[str] = mapped_column(default="")
    actor: Mapped[str] = mapped_column(default="")
    scanned_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Weeding(Base):
    """A round of weeding. Until it is closed with its minutes no copy changes."""

    __tablename__ = "weeding"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    started_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    minutes: Mapped[str] = mapped_column(default="")


class WeedingLine(Base):
    """What is decided of one copy in a round, and why."""

    __tablename__ = "weeding_line"
    __table_args__ = (one_of("decision", WeedingDecision),)

    weeding_id: Mapped[int] = mapped_column(ForeignKey("weeding.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    decision: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime]
