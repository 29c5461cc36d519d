"""The house: who the library is, when it is open, how it counts and what it chose."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of
from database.vocabulary import OwnKind, OwnRecord


class Profile(Base):
    """The one library this file holds, as it stands on letterheads and in forms: `npp` is its
    national number (Nomor Pokok Perpustakaan), `decree` the one it was founded by."""

    __tablename__ = "profile"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    hospital: Mapped[str] = mapped_column(default="")
    government: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    dinas: Mapped[str] = mapped_column(default="")
    demo: Mapped[bool] = mapped_column(default=False)
    npp: Mapped[str] = mapped_column(default="", server_default="")
    kind: Mapped[str] = mapped_column(default="", server_default="")
    subkind: Mapped[str] = mapped_column(default="", server_default="")
    founded: Mapped[str] = mapped_column(default="", server_default="")
    decree: Mapped[str] = mapped_column(default="", server_default="")
    province: Mapped[str] = mapped_column(default="", server_default="")
    contact: Mapped[str] = mapped_column(default="", server_default="")
    contact_phone: Mapped[str] = mapped_column(default="", server_default="")
    accreditation: Mapped[str] = mapped_column(default="", server_default="")
    vision: Mapped[str] = mapped_column(default="", server_default="")


class Picture(Base):
    """A logo on the letterhead: `place` is "government" or "hospital"."""

    __tablename__ = "picture"

    place: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Signatory(Base):
    """Who signs as `role` ("director", "head" or "librarian") from a day on; old papers keep old
    names. `capacity` is how one signs for another ("a.n. Direktur", "Plt.", "Plh."), `rank` the
    rank and class of a civil servant ("Pembina, IV/a"). Who signs up to a day (`valid_until`) only
    stands in for whoever signed before, who signs again afterwards."""

    __tablename__ = "signatory"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    nip: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    capacity: Mapped[str] = mapped_column(default="", server_default="")
    rank: Mapped[str] = mapped_column(default="", server_default="")
    valid_until: Mapped[date | None]


class OpeningHours(Base):
    """When the library opens on a weekday (Monday 0); a weekday without a row is closed."""

    __tablename__ = "opening_hours"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)

    weekday: Mapped[int] = mapped_column(primary_key=True)
    opens: Mapped[time]
    closes: Mapped[time]


class ClosedDay(Base):
    """A day the weekly hours do not tell: a holiday, or (`open`) an exception that is open."""

    __tablename__ = "closed_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    open: Mapped[bool] = mapped_column(default=False)


class YearlyClosing(Base):
    """A day that is closed every year, from `since` on and before `until`."""

    __tablename__ = "yearly_closing"
    __table_args__ = (
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int]
    day: Mapped[int]
    name: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]


class ConfirmedYear(Base):
    """A year whose holidays somebody confirmed."""

    __tablename__ = "confirmed_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    confirmed_on: Mapped[date]


class Setting(Base):
    """A choice the library owns, as JSON text under the key it is declared with."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class OwnField(Base):
    """A field that the library declared itself, of titles, copies or patrons. `key` is what its
    values are kept under, in `own` of their records; `choices` are a JSON list of texts."""

    __tablename__ = "own_field"
    __table_args__ = (
        one_of("record", OwnRecord),
        one_of("kind", OwnKind),
        UniqueConstraint("record", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str]
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default=OwnKind.TEXT)
    choices: Mapped[str] = mapped_column(default="[]")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Draft(Base):
    """What was typed at a desk about a record (`name`) and is not saved yet, as JSON text."""

    __tablename__ = "draft"

    desk: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    kept_at: Mapped[datetime]


class Counter(Base):
    """The last number given out in a series; numbers are never given twice."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
