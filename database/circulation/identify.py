"""What a scanned code is: a copy, a patron, or an ISBN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from database.description import isbn
from database.engine.rows import row_of
from database.patrons.finding import ROWS, PatronRow
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, Loan, Patron, PatronCategory, PatronCode
from database.text.words import code


@dataclass(frozen=True, slots=True)
class ItemAtDesk:
    """A scanned copy and, while it is out, its open loan."""

    id: int
    biblio_id: int
    barcode: str
    status: str
    status_until: datetime | None
    item_type: str
    location: str
    call_number: str
    title: str
    class_group: str
    loan_id: int | None
    patron_id: int | None
    due_on: date | None
    category: str | None
    renewals: int | None
    patron_name: str | None
    audience: str | None
    due_at: datetime | None
    price: int | None


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code is: exactly one of the three is set."""

    patron: PatronRow | None = None
    item: ItemAtDesk | None = None
    isbn: str = ""


_open = aliased(Loan)


_holder = aliased(Patron)


_ITEM: Any = (
    select(
        Item.id,
        Item.biblio_id,
        Item.barcode,
        Item.status,
        Item.status_until,
        Item.item_type,
        Item.location,
        Item.call_number,
        Biblio.title,
        Item.class_group,
        _open.id.label("loan_id"),
        _open.patron_id,
        _open.due_on,
        _open.category,
        _open.renewals,
        _holder.name.label("patron_name"),
        PatronCategory.audience,
        _open.due_at,
        Item.price,
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .outerjoin(
        _open,
        (_open.item_id == Item.id) & _open.returned_at.is_(None) & _open.cancelled_at.is_(None),
    )
    .outerjoin(_holder, _holder.id == _open.patron_id)
    .outerjoin(PatronCategory, PatronCategory.id == _holder.category_id)
    .where(Item.barcode == bindparam("code"), Item.cancelled_at.is_(None))
)


# The id first, by one of three unique indexes; joined at once, SQLite would read every patron.
_PATRON = ROWS.where(
    Patron.id
    == select(Patron.id)
    .where(
        or_(
            Patron.number == bindparam("code"),
            Patron.staff_number == bindparam("staff"),
            Patron.id
            == select(PatronCode.patron_id)
            .where(PatronCode.code == bindparam("staff"))
            .scalar_subquery(),
        )
    )
    .where(Patron.forgotten_at.is_(None))
    .limit(1)
    .correlate(None)
    .scalar_subquery()
)


def find_item(session: Session, barcode: str) -> ItemAtDesk | None:
    """The copy with this barcode, in any case of letters."""
    row = session.execute(_ITEM, {"code": code(barcode)}).one_or_none()
    return row_of(ItemAtDesk, row) if row else None


def item_scanned(session: Session, barcode: str) -> ItemAtDesk:
    """The copy with this barcode. Raises Refusal UNKNOWN_ITEM."""
    item = find_item(session, barcode)
    if item is None:
        raise Refusal(Reason.UNKNOWN_ITEM, code=barcode.strip()[:60])
    return item


def item_at_hand(session: Session, barcode: str) -> ItemAtDesk:
    """The copy with this barcode, which nobody has. Raises Refusal UNKNOWN_ITEM,
    ALREADY_ON_LOAN."""
    item = item_scanned(session, barcode)
    if item.loan_id is not None:
        raise Refusal(
            Reason.ALREADY_ON_LOAN,
            title=item.title,
            barcode=item.barcode,
            patron=item.patron_name,
            audience=item.audience,
            due_on=item.due_on,
        )
    return item


def find_patron(session: Session, number: str) -> PatronRow | None:
    """The patron with this number, staff number or further code."""
    scanned = code(number)
    row = session.execute(
        _PATRON, {"code": scanned, "staff": scanned.replace(" ", "")}
    ).one_or_none()
    return row_of(PatronRow, row) if row else None


def identify(session: Session, scanned: str) -> Scanned:
    """What a scanned code is. Raises Refusal UNKNOWN_CODE."""
    item = find_item(session, scanned)
    if item:
        return Scanned(item=item)
    patron = find_patron(session, scanned)
    if patron:
        return Scanned(patron=patron)
    number = isbn.canonical(scanned) if isbn.looks_like(scanned) else ""
    if number:
        return Scanned(isbn=number)
    raise Refusal(Reason.UNKNOWN_CODE, code=scanned.strip()[:60])
