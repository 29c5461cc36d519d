"""The catalogue: titles with their whole MARC record, headings, copies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.schema.base import Base, Key, one_of, partial
from database.vocabulary import NO_VALUES, ItemStatus, Ownership, ReferenceOrigin, Relation, Source

_FILTERED = ("id", "material", "class_group", "language", "year", "cancelled_at")
_SORTED = (
    "created_on",
    "title_key",
    "author_key",
    "shelf_key",
    "year",
    "publisher",
    "material",
    "language",
    "class_group",
)


def _listed(column: str) -> Index:
    """The list of titles in one order, filtered and counted without reading the wide rows."""
    return Index(f"ix_biblio_by_{column}", column, *(name for name in _FILTERED if name != column))


class Biblio(Base):
    """One title. `marc` is the whole record (MARC-in-JSON); every other column but
    `call_number`, its `shelf_key`, the times and `batch_id` (the journal line of the import
    that brought it) is a projection of it, made by `projection.project`. `own` are the values of
    the library's own fields, as of copies and patrons: see `text.own_values`."""

    __tablename__ = "biblio"
    __table_args__ = (
        *map(_listed, _SORTED),
        partial("ix_biblio_review_on", "review_on", where="review_on IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    marc: Mapped[str] = mapped_column(Text)
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(Key)
    author_key: Mapped[str] = mapped_column(Key, server_default="")
    match_key: Mapped[str] = mapped_column(index=True)
    contributors: Mapped[str] = mapped_column(default="")
    edition: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    publisher: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    extent: Mapped[str] = mapped_column(default="")
    series: Mapped[str] = mapped_column(default="")
    isbn: Mapped[str] = mapped_column(default="")
    issn: Mapped[str] = mapped_column(default="")
    classification: Mapped[str] = mapped_column(default="")
    nlm: Mapped[str] = mapped_column(default="")
    class_group: Mapped[str] = mapped_column(server_default="")
    call_number: Mapped[str] = mapped_column(default="")
    shelf_key: Mapped[str] = mapped_column(Key, server_default="")
    language: Mapped[str] = mapped_column(default="")
    material: Mapped[str] = mapped_column(default="book")
    review_on: Mapped[date | None]
    own: Mapped[str] = mapped_column(Text, server_default=NO_VALUES)
    created_at: Mapped[datetime]
    created_on: Mapped[date]
    updated_at: Mapped[datetime]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"), index=True)
    cancelled_at: Mapped[datetime | None]

    items: Mapped[list[Item]] = relationship(back_populates="biblio")
    headings: Mapped[list[BiblioHeading]] = relationship(back_populates="biblio")


class BiblioIdentifier(Base):
    """Numbers by which a title is recognised: "isbn" (13 digits), "issn" (8), "control"."""

    __tablename__ = "biblio_identifier"
    __table_args__ = (Index("ix_biblio_identifier_value", "value", "kind"),)

    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class Heading(Base):
    """A controlled name or subject: kind "person", "body", "meeting", "title" or "subject"."""

    __tablename__ = "heading"
    __table_args__ = (
        UniqueConstraint("key", "kind", "scheme"),
        Index("ix_heading_kind_key", "kind", "key", "scheme"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    scheme: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    key: Mapped[str] = mapped_column(Key)


class HeadingReference(Base):
    """A form that is not the heading and leads to it ("see")."""

    __tablename__ = "heading_reference"
    __table_args__ = (
        one_of("origin", ReferenceOrigin),
        UniqueConstraint("heading_id", "key", "origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    heading_id: Mapped[int] = mapped_column(ForeignKey("heading.id"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(Key, index=True)
    origin: Mapped[str] = mapped_column(default=ReferenceOrigin.SEE)


class HeadingRelation(Base):
    """Two headings of one kind: `other_id` is narrower than `heading_id`, or they are related, told
    once with the smaller id first."""

    __tablename__ = "heading_relation"
    __table_args__ = (
        one_of("relation", Relation),
        CheckConstraint("heading_id <> other_id", name="apart"),
        CheckConstraint("relation = 'narrower' OR heading_id < other_id", name="told_once"),
        Index("ix_heading_relation_other_id", "other_id", "relation"),
    )

    heading_id: Mapped[int] = mapped_column(ForeignKey("heading.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("heading.id"), primary_key=True)
    relation: Mapped[str]


class BiblioHeading(Base):
    """A heading used by a title that stands: role "main", "added", "subject" or "series"."""

    __tablename__ = "biblio_heading"
    __table_args__ = (Index("ix_biblio_heading_heading_id", "heading_id", "biblio_id"),)

    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    heading_id: Mapped[int] = mapped_column(ForeignKey("heading.id"))
    role: Mapped[str]

    biblio: Mapped[Biblio] = relationship(back_populates="headings")
    heading: Mapped[Heading] = relationship()


class Item(Base):
    """One copy. `left_on` is the day it ceased to be stock; `cancelled_at` strikes a
    wrong row, whose numbers stay used for ever. `class_group` is its title's, for figures.
    A copy in service with a `status_until` came out of quarantine then and is not yet shelved."""

    __tablename__ = "item"
    __table_args__ = (
        one_of("status", ItemStatus),
        one_of("ownership", Ownership),
        one_of("source", Source),
        CheckConstraint("price IS NULL OR price >= 0", name="price"),
        CheckConstraint("barcode = upper(barcode) AND barcode <> ''", name="barcode_upper"),
        # All a month's figures ask of copies, so that they never read the table itself.
        Index(
            "ix_item_stock",
            "biblio_id",
            "class_group",
            "item_type",
            "ownership",
            "accessioned_on",
            "left_on",
            "cancelled_at",
            "source",
            "status",
        ),
        Index("ix_item_location", "location", "biblio_id", "cancelled_at"),
        partial("ix_item_unlabelled", "id", where="labelled_at IS NULL"),
        partial("ix_item_status_until", "status_until", where="status_until IS NOT NULL"),
        partial("ix_item_resting", "id", where="status = 'quarantine'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"))
    barcode: Mapped[str] = mapped_column(unique=True)
    accession_number: Mapped[str | None] = mapped_column(unique=True)
    call_number: Mapped[str] = mapped_column(default="")
    shelf_key: Mapped[str] = mapped_column(Key, server_default="", index=True)
    volume: Mapped[str] = mapped_column(default="")
    copy_number: Mapped[int] = mapped_column(default=1)
    item_type: Mapped[str] = mapped_column(default="book")
    class_group: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    ownership: Mapped[str] = mapped_column(default=Ownership.HOSPITAL)
    source: Mapped[str] = mapped_column(default=Source.PURCHASE)
    supplier: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]
    accessioned_on: Mapped[date]
    status: Mapped[str] = mapped_column(default=ItemStatus.IN_SERVICE)
    status_until: Mapped[datetime | None]
    left_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    labelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"), index=True)
    cancelled_at: Mapped[datetime | None]
    invoice: Mapped[str] = mapped_column(server_default="")
    condition: Mapped[str] = mapped_column(server_default="")
    minutes: Mapped[str] = mapped_column(server_default="")
    withdrawn_reason: Mapped[str] = mapped_column(server_default="")
    wipeable: Mapped[bool] = mapped_column(server_default=false())
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("deposit.id"), index=True)
    own: Mapped[str] = mapped_column(Text, server_default=NO_VALUES)

    biblio: Mapped[Biblio] = relationship(back_populates="items")


class Cover(Base):
    """A picture of a title's cover. One that was replaced or taken away stays, so that it can
    come back; the one shown has no `removed_at`."""

    __tablename__ = "cover"
    __table_args__ = (Index("ix_cover_biblio_id", "biblio_id", "removed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"))
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class RecordTemplate(Base):
    """A record half described, to begin new titles from."""

    __tablename__ = "record_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    marc: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Vocabulary(Base):
    """The words of all titles ever indexed, to mend a slip in a search."""

    __tablename__ = "vocabulary"

    word: Mapped[str] = mapped_column(primary_key=True)
