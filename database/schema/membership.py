"""Patrons: persons, and places (a ward or a bed) that borrow without any person's data."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, Key, one_of


class PatronKind(StrEnum):
    """A ward borrows as a place, so patients can read without being known."""

    PERSON = "person"
    PLACE = "place"


class PatronCategory(Base):
    """A kind of patron with its own validity; `audience` groups kinds on screens and
    decides what is stored: "staff", "student", "family", "patient", "public", "place"."""

    __tablename__ = "patron_category"
    __table_args__ = (one_of("kind", PatronKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default=PatronKind.PERSON)
    audience: Mapped[str]
    validity_days: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Patron(Base):
    """A borrower. No field exists for a medical-record number, NIK, BPJS number,
    diagnosis or date of admission (UU 27/2022: health data are specific data).

    `search_key` holds, folded, every word a patron is found by."""

    __tablename__ = "patron"
    __table_args__ = (
        one_of("kind", PatronKind),
        CheckConstraint("number = upper(number) AND number <> ''", name="number_upper"),
        CheckConstraint("sex IN ('', 'f', 'm')", name="sex"),
        UniqueConstraint("staff_number"),
        # All that finding patrons by words asks, so that it never reads the table itself.
        Index(
            "ix_patron_search",
            "name_key",
            "search_key",
            "category_id",
            "valid_until",
            "forgotten_at",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default=PatronKind.PERSON)
    category_id: Mapped[int] = mapped_column(ForeignKey("patron_category.id"), index=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key)
    search_key: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    institution: Mapped[str] = mapped_column(default="")
    staff_number: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    joined_on: Mapped[date]
    valid_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    blocked_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]
