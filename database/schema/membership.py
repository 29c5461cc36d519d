"""Patrons: persons, and places (a ward or a bed) that borrow without any person's data."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, Key, one_of
from database.vocabulary import NO_VALUES, PatronKind


class Unit(Base):
    """A unit or ward of the hospital. `ward` ones receive rounds; a `sensitive` one (isolation,
    TB, VCT, psychiatry) never leaves the house by its name, only as its `report_group`."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    ward: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)
    report_group: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class PatronCategory(Base):
    """A kind of patron with its own validity; `audience` groups kinds on screens and
    decides what is stored: "staff", "student", "family", "patient", "public", "place".

    `number_pattern` is the kind's own series of numbers, "" the library's common one.
    `forget_loans_after` and `forget_person_after` are days from a return, and from the end of
    a membership, until the person behind them is forgotten; None keeps them."""

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
    number_pattern: Mapped[str] = mapped_column(default="")
    forget_loans_after: Mapped[int | None]
    forget_person_after: Mapped[int | None]


class Patron(Base):
    """A borrower. No field exists for a medical-record number, NIK, BPJS number,
    diagnosis or date of admission (UU 27/2022: health data are specific data).

    `search_key` holds, folded, every word a patron is found by. `place_id` is the ward a bed,
    a patient or a patient's family belongs to. A `child` needs a `guardian`. A block holds
    until the end of `blocked_until`, without one until it is taken away; nothing is lent up to
    `suspended_until`, which late returns set. `merged_into` is the
    record that took this one's loans over. One who is forgotten keeps, without a name, what
    the figures of past months count: kind, sex, and the days of the membership. So does one
    who was merged into another. `phone` is international, as typed where it is no number."""

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
        # Two of one name are told apart, or found to be one, by their telephone.
        Index("ix_patron_phone", "phone"),
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
    email: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="")
    joined_on: Mapped[date]
    valid_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    blocked_reason: Mapped[str] = mapped_column(default="")
    blocked_until: Mapped[date | None]
    suspended_until: Mapped[date | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    bed: Mapped[str] = mapped_column(default="")
    child: Mapped[bool] = mapped_column(default=False)
    guardian: Mapped[str] = mapped_column(default="")
    guarantor: Mapped[str] = mapped_column(default="")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("patron.id"), index=True)
    created_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]
    own: Mapped[str] = mapped_column(Text, server_default=NO_VALUES)


class PatronCode(Base):
    """A further code that opens a patron's transaction: the bar code of a staff card, say."""

    __tablename__ = "patron_code"
    __table_args__ = (CheckConstraint("code = upper(code) AND code <> ''", name="code_upper"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)


class PatronPhoto(Base):
    """A patron's photograph, for the card."""

    __tablename__ = "patron_photo"

    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Consent(Base):
    """What a patron agreed to (`purpose`: "membership", "reminders", "photo"), to which text,
    when, by which way, and when it was withdrawn (UU 27/2022 art. 21-24: provable)."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    purpose: Mapped[str]
    text_version: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]


class PatronBefore(Base):
    """What stood in a patron before an act of today, so that it can be taken back.

    Apart from the journal, which is kept for ever and holds no person's data: this is
    emptied when the day is over and when the person is forgotten."""

    __tablename__ = "patron_before"

    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), primary_key=True)
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), primary_key=True, index=True)
    before: Mapped[str]
    kept_at: Mapped[datetime]
