"""What of a library people and other programs read: lists for a spreadsheet.

The lists leave out what was struck and who was forgotten; the whole is in the lines of JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Select, func, select

from database.schema import (
    Biblio,
    Charge,
    Hold,
    Item,
    Loan,
    OwnKind,
    OwnRecord,
    Patron,
    PatronCategory,
    Payment,
    Visit,
)
from database.text import own_values
from database.text.own_values import OwnRow

Asked = Select[*tuple[Any, ...]]
_AT_ONCE = 500


class Words(Protocol):
    """How columns and codes are called."""

    def heading(self, column: str) -> str:
        """What the column of a list is called."""

    def said(self, column: str, code: str) -> str:
        """What a value of a column is called; itself where it is no code."""


@dataclass(frozen=True, slots=True)
class List:
    """A list: the file it is written into, and the question whose columns it has."""

    file: str
    query: Asked
    own: tuple[OwnRow, ...] | None = None
    """The library's own fields that stand behind its columns, out of the last, `own`."""

    def count(self, connection: Connection) -> int:
        """How many rows it has."""
        counted = select(func.count()).select_from(self.query.order_by(None).subquery())
        return connection.execute(counted).scalar_one()

    def _names(self) -> list[str]:
        return [str(one.key) for one in self.query.selected_columns]

    def head(self, words: Words) -> list[str]:
        """Its columns' names."""
        names = self._names() if self.own is None else self._names()[:-1]
        return [*map(words.heading, names), *(one.name for one in self.own or ())]

    def rows(self, connection: Connection, words: Words) -> Iterator[list[Any]]:
        """Its rows, codes as words."""
        names = self._names()
        reading = connection.execution_options(yield_per=_AT_ONCE)
        for row in reading.execute(self.query):
            told = [
                words.said(name, value) if isinstance(value, str) else _plain(value)
                for name, value in zip(names, row, strict=True)
            ]
            if self.own is not None:
                told += _own(self.own, told.pop())
            yield told


def _own(fields: tuple[OwnRow, ...], stored: str) -> list[Any]:
    """A record's values of the library's own fields, numbers as numbers."""
    values = own_values.unpacked(stored)
    found: list[Any] = [values.get(one.key, "") for one in fields]
    for at, one in enumerate(fields):
        if one.kind == OwnKind.NUMBER and own_values.number(found[at]) is not None:
            found[at] = float(found[at])
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def lists(fields: Sequence[OwnRow] = ()) -> tuple[List, ...]:
    """Every list, in the order people look for them; `fields` are the library's own."""

    def own(record: OwnRecord) -> tuple[OwnRow, ...]:
        return tuple(one for one in fields if one.record == record)

    return (
        List("judul.csv", _titles(), own(OwnRecord.TITLE)),
        List("eksemplar.csv", _copies(), own(OwnRecord.ITEM)),
        List("anggota.csv", _patrons(), own(OwnRecord.PATRON)),
        List("pinjaman.csv", _loans()),
        List("reservasi.csv", _holds()),
        List("denda.csv", _charges()),
        List("pembayaran.csv", _payments()),
        List("kunjungan.csv", _visits()),
    )


def _titles() -> Asked:
    return (
        select(
            Biblio.title,
            Biblio.contributors.label("authors"),
            Biblio.edition,
            Biblio.place,
            Biblio.publisher,
            Biblio.year,
            Biblio.extent,
            Biblio.series,
            Biblio.isbn,
            Biblio.issn,
            Biblio.classification,
            Biblio.nlm,
            Biblio.call_number,
            Biblio.language,
            Biblio.material.label("kind"),
            Biblio.own,
        )
        .where(Biblio.cancelled_at.is_(None))
        .order_by(Biblio.id)
    )


def _copies() -> Asked:
    return (
        select(
            Item.barcode,
            Item.accession_number,
            Biblio.title,
            Biblio.contributors.label("authors"),
            Biblio.isbn,
            Item.call_number,
            Item.volume,
            Item.copy_number,
            Item.item_type.label("collection"),
            Item.location,
            Item.ownership,
            Item.source,
            Item.supplier,
            Item.invoice,
            Item.price,
            Item.accessioned_on.label("acquired_on"),
            Item.status,
            Item.left_on,
            Item.note,
            Item.own,
        )
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Item.cancelled_at.is_(None))
        .order_by(Item.id)
    )


def _patrons() -> Asked:
    return (
        select(
            Patron.number,
            Patron.name,
            PatronCategory.name.label("category"),
            Patron.sex,
            Patron.unit,
            Patron.institution,
            Patron.staff_number,
            Patron.phone,
            Patron.email,
            Patron.guardian,
            Patron.guarantor,
            Patron.joined_on,
            Patron.valid_until,
            Patron.ended_on,
            Patron.blocked_reason,
            Patron.note,
            Patron.own,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Patron.forgotten_at.is_(None), Patron.merged_into.is_(None))
        .order_by(Patron.id)
    )


def _loans() -> Asked:
    return (
        select(
            Loan.lent_on,
            Loan.due_on,
            Loan.returned_on,
            Loan.renewals,
            Item.barcode,
            Biblio.title,
            Patron.number,
            Patron.name,
            PatronCategory.name.label("category"),
            Loan.unit,
        )
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(Patron, Patron.id == Loan.patron_id)
        .outerjoin(PatronCategory, PatronCategory.code == Loan.category)
        .where(Loan.cancelled_at.is_(None))
        .order_by(Loan.id)
    )


def _holds() -> Asked:
    return (
        select(
            Hold.placed_on,
            Biblio.title,
            Patron.number,
            Patron.name,
            Hold.ready_until,
            Hold.ended_on,
        )
        .join(Biblio, Biblio.id == Hold.biblio_id)
        .outerjoin(Patron, Patron.id == Hold.patron_id)
        .order_by(Hold.id)
    )


def _charges() -> Asked:
    paid = (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.charge_id == Charge.id, Payment.cancelled_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            Charge.made_on,
            Charge.amount,
            paid.label("settled"),
            Item.barcode,
            Biblio.title,
            Patron.number,
            Patron.name,
        )
        .join(Item, Item.id == Charge.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(Patron, Patron.id == Charge.patron_id)
        .where(Charge.cancelled_at.is_(None))
        .order_by(Charge.id)
    )


def _payments() -> Asked:
    return (
        select(
            Payment.paid_on,
            Payment.amount,
            Payment.receipt,
            Payment.reason,
            Patron.number,
            Patron.name,
        )
        .join(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Patron, Patron.id == Charge.patron_id)
        .where(Payment.cancelled_at.is_(None))
        .order_by(Payment.id)
    )


def _visits() -> Asked:
    return (
        select(
            Visit.visited_on,
            PatronCategory.name.label("category"),
            Visit.purpose,
            Visit.people,
        )
        .outerjoin(PatronCategory, PatronCategory.code == Visit.category)
        .where(Visit.cancelled_at.is_(None))
        .order_by(Visit.id)
    )
