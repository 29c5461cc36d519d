"""What a scanned code is: a copy, a patron, or an ISBN; however the scanner sent it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from database.description import isbn, scans
from database.description.scans import Reading
from database.engine.rows import row_of
from database.patrons.finding import ROWS, PatronRow
from database.policy import numbering, settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Deposit, Item, Loan, Patron, PatronCategory, PatronCode
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


@dataclass(frozen=True, slots=True)
class Recognised:
    """A code that a scanner sent, whatever had the focus. `kind` is "copy", "patron", "isbn",
    "ours" (a number as this library makes them that nothing has) or "foreign" (the EAN-13 of
    something else, two codes in one). `layout` names the wrong keyboard through which it came."""

    code: str
    kind: str
    layout: str = ""


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
    """The copy with this barcode, in any case of letters and however a scanner sent it."""
    exact = _item(session, code(barcode))
    if exact is not None:
        return exact
    others = (_item(session, one.code) for one in _other_readings(session, barcode))
    return next((found for found in others if found is not None), None)


def _item(session: Session, barcode: str) -> ItemAtDesk | None:
    row = session.execute(_ITEM, {"code": barcode}).one_or_none()
    return row_of(ItemAtDesk, row) if row else None


def _other_readings(session: Session, sent: str) -> list[Reading]:
    """How else it may be read; those in doubt only where they are numbers as we make them."""
    found = [one for one in scans.readings(sent) if one.code != code(sent)]
    if all(one.sure for one in found):
        return found
    patterns = _patterns(session)
    doubted = _follows(patterns, scans.bare(sent))
    return [one for one in found if one.sure or (_follows(patterns, one.code) and not doubted)]


def _patterns(session: Session) -> list[str]:
    """By which copies, cards of people and of wards, and the copies of a batch are numbered."""
    own = select(PatronCategory.number_pattern).where(PatronCategory.number_pattern != "")
    prefixes = session.execute(select(Deposit.prefix).distinct()).scalars()
    return [
        settings.get(session, settings.BARCODE_PATTERN),
        settings.get(session, settings.PATRON_PATTERN),
        settings.get(session, settings.PLACE_PATTERN),
        *session.execute(own.distinct()).scalars(),
        *(prefix + "-{seq:3}" for prefix in prefixes),
    ]


def _follows(patterns: list[str], number: str) -> bool:
    return any(numbering.sequence_in(one, number) is not None for one in patterns)


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
    """The patron with this number, staff number or further code, however a scanner sent it."""
    exact = _patron(session, code(number))
    if exact is not None:
        return exact
    others = (_patron(session, one.code) for one in _other_readings(session, number))
    return next((found for found in others if found is not None), None)


def _patron(session: Session, number: str) -> PatronRow | None:
    told = {"code": number, "staff": number.replace(" ", "")}
    row = session.execute(_PATRON, told).one_or_none()
    return row_of(PatronRow, row) if row else None


def identify(session: Session, scanned: str) -> Scanned:
    """What a scanned code is. Raises Refusal UNKNOWN_CODE."""
    item = _item(session, code(scanned))
    if item:
        return Scanned(item=item)
    patron = _patron(session, code(scanned))
    if patron:
        return Scanned(patron=patron)
    known = recognise(session, scanned)
    if known is not None and known.kind == "copy":
        return Scanned(item=_item(session, known.code))
    if known is not None and known.kind == "patron":
        return Scanned(patron=_patron(session, known.code))
    if known is not None and known.kind == "isbn":
        return Scanned(isbn=known.code)
    raise Refusal(Reason.UNKNOWN_CODE, code=scanned.strip()[:60])


def recognise(session: Session, sent: str) -> Recognised | None:
    """Whether these signs are a code, known or not; None for any other text.

    What is in the library goes before what only looks like a number of it, and what came as it
    should before what is mended.
    """
    plain = [one for one in scans.readings(sent) if not one.layout]
    ways = plain + [one for one in _other_readings(session, sent) if one.layout]
    for one in ways:
        if _item(session, one.code):
            return Recognised(one.code, "copy", one.layout)
        if _patron(session, one.code):
            return Recognised(one.code, "patron", one.layout)
        if one.isbn:
            return Recognised(one.isbn, "isbn", one.layout)
    patterns = _patterns(session) if ways else []
    for one in ways:
        if len(one.code) >= scans.LEAST and _follows(patterns, one.code):
            return Recognised(one.code, "ours", one.layout)
    if not plain:
        return None
    code_like = isbn.is_ean13(plain[0].code) or scans.has_prefix(sent)
    if code_like or _is_two(patterns, plain[0].code):
        return Recognised(plain[0].code, "foreign")
    return None


def _is_two(patterns: list[str], text: str) -> bool:
    """Whether a scanner sent two codes as one, for want of anything between them."""
    places = range(scans.LEAST, len(text) - scans.LEAST + 1)
    return any(_follows(patterns, text[:at]) and _follows(patterns, text[at:]) for at in places)
