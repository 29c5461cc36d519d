"""What is kept about the rights of persons: their requests, and letters that they owe nothing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of
from database.vocabulary import RequestKind


class PrivacyRequest(Base):
    """A person asked for something; due within 3 x 24 hours (art. 30, 32, 40, 41).

    `patron_id` is who asked, until that person is forgotten."""

    __tablename__ = "privacy_request"
    __table_args__ = (one_of("kind", RequestKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    kind: Mapped[str]
    category: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Clearance(Base):
    """A letter that a member owes the library nothing (bebas pustaka), numbered by year.

    Without a name: that is the patron's, and goes when the patron is forgotten. Number, day,
    code and category stay, so that a letter shown later can still be checked."""

    __tablename__ = "clearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    cancelled_at: Mapped[datetime | None]
