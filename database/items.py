"""Copies: numbers, adding, changing, striking, labels; each change whole with its index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import (
    callnumber,
    catalogue,
    house,
    journal,
    numbering,
    settings,
    shelf_order,
)
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    Item,
    ItemStatus,
    Loan,
    Ownership,
    Source,
)
from database.words import code


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of a copy. Empty barcode or accession number: made by pattern."""

    barcode: str = ""
    accession_number: str = ""
    call_number: str = ""
    volume: str = ""
    item_type: str = "book"
    location: str = ""
    ownership: str = Ownership.HOSPITAL
    source: str = Source.PURCHASE
    supplier: str = ""
    price: int | None = None
    accessioned_on: date | None = None
    status: str = ItemStatus.IN_SERVICE
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A copy as listed: `lent_to` and `due_on` while it is on loan."""

    id: int
    biblio_id: int
    barcode: str
    accession_number: str
    call_number: str
    volume: str
    copy_number: int
    item_type: str
    location: str
    ownership: str
    source: str
    supplier: str
    price: int | None
    accessioned_on: date
    status: str
    status_until: datetime | None
    note: str
    labelled: bool
    due_on: date | None
    title: str
    classification: str


def add_items(
    session: Session, biblio_id: int, facts: ItemFacts, count: int, now: datetime
) -> list[int]:
    """Add `count` copies alike; numbers come from the patterns where none is given.

    Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, VALUE_INVALID, RECORD_GONE.
    """
    if not 1 <= count <= 1000 or (count > 1 and (facts.barcode or facts.accession_number)):
        raise Refusal(Reason.VALUE_INVALID, field="count")
    biblio = catalogue.stored(session, biblio_id)
    style = settings.call_number_style(session)
    shelf = callnumber.with_prefix(
        biblio.call_number, style.prefix(facts.item_type), style.prefixes
    )
    ids = []
    copy = _last_copy(session, biblio_id)
    for _ in range(count):
        copy += 1
        numbered = number_item(session, facts, now)
        ids.append(_insert_item(session, biblio_id, numbered, copy, shelf, biblio.class_group, now))
    for item_id in ids:
        journal.write(session, "item.added", "Item", item_id, now, biblio_id=biblio_id)
    catalogue.reindex(session, [biblio_id])
    return ids


def _last_copy(session: Session, biblio_id: int) -> int:
    return (
        session.execute(
            select(func.max(Item.copy_number)).where(Item.biblio_id == biblio_id)
        ).scalar()
        or 0
    )


def number_item(session: Session, facts: ItemFacts, now: datetime) -> ItemFacts:
    """`facts` with the numbers it lacks, or refused for those it has and another copy too."""
    accessioned = facts.accessioned_on or now.date()
    barcode = code(facts.barcode) or _next(
        session, "barcode", settings.BARCODE_PATTERN, Item.barcode, accessioned, facts.source
    )
    accession = facts.accession_number.strip() or _next(
        session, "accession", settings.ACCESSION_PATTERN, Item.accession_number,
        accessioned, facts.source,
    )  # fmt: skip
    _must_be_free(session, Item.barcode, barcode, Reason.BARCODE_TAKEN)
    _must_be_free(session, Item.accession_number, accession, Reason.ACCESSION_TAKEN)
    return replace(facts, barcode=barcode, accession_number=accession, accessioned_on=accessioned)


def _must_be_free(session: Session, column: Any, number: str, reason: Reason) -> None:
    row = session.execute(
        select(Biblio.title).join(Item, Item.biblio_id == Biblio.id).where(column == number)
    ).first()
    if row:
        raise Refusal(reason, number=number, title=row.title)


def _next(
    session: Session, series: str, choice: settings.Choice[str], column: Any, day: date, source: str
) -> str:
    """The next number of a pattern that no copy has (imported ones may stand ahead)."""
    pattern, facts = settings.get(session, choice), _pattern_facts(session, day, source)
    while True:
        number = _number(series, pattern, numbering.take(session, series), facts)
        if _is_free(session, column, number):
            return number


def _pattern_facts(session: Session, day: date, source: str) -> dict[str, str]:
    return {
        "year": str(day.year),
        "month": f"{day.month:02d}",
        "source": Source(source).letter,
        "library": house.profile(session).short_name,
    }


def _number(series: str, pattern: str, sequence: int, facts: dict[str, str]) -> str:
    number = numbering.write(pattern, sequence, facts)
    return code(number) if series == "barcode" else number


def _is_free(session: Session, column: Any, number: str) -> bool:
    return session.execute(select(Item.id).where(column == number)).first() is None


def next_numbers(session: Session, source: str, day: date, count: int) -> list[tuple[str, str]]:
    """(barcode, accession number) the next `count` copies would get; nothing is taken."""
    facts = _pattern_facts(session, day, source)
    series = (
        ("barcode", settings.BARCODE_PATTERN, Item.barcode),
        ("accession", settings.ACCESSION_PATTERN, Item.accession_number),
    )
    listed = []
    for name, choice, column in series:
        pattern, sequence = settings.get(session, choice), numbering.last(session, name)
        found: list[str] = []
        while len(found) < count:
            sequence += 1
            number = _number(name, pattern, sequence, facts)
            if _is_free(session, column, number):
                found.append(number)
        listed.append(found)
    return list(zip(*listed, strict=True))


def _insert_item(
    session: Session,
    biblio_id: int,
    facts: ItemFacts,
    copy: int,
    shelf: str,
    group: str,
    now: datetime,
) -> int:
    found: int = session.execute(
        insert(Item)
        .values(
            biblio_id=biblio_id,
            copy_number=copy,
            created_at=now,
            class_group=group,
            **_item_values(facts, shelf, copy),
        )
        .returning(Item.id)
    ).scalar_one()
    return found


def _item_values(facts: ItemFacts, shelf: str, copy: int) -> dict[str, Any]:
    if facts.price is not None and facts.price < 0:
        raise Refusal(Reason.VALUE_INVALID, field="price")
    call_number = facts.call_number.strip() or shelf
    return {
        "barcode": facts.barcode,
        "accession_number": facts.accession_number or None,
        "call_number": call_number,
        "shelf_key": shelf_order.key(call_number, facts.volume, copy),
        "volume": facts.volume.strip(),
        "item_type": facts.item_type,
        "location": facts.location.strip(),
        "ownership": facts.ownership,
        "source": facts.source,
        "supplier": facts.supplier.strip(),
        "price": facts.price,
        "accessioned_on": facts.accessioned_on,
        "status": facts.status,
        "note": facts.note.strip(),
    }


def save_item(session: Session, item_id: int, facts: ItemFacts, now: datetime) -> None:
    """Change a copy. Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, RECORD_GONE, ITEM_ON_LOAN."""
    row = session.execute(
        select(Item).where(Item.id == item_id, Item.cancelled_at.is_(None))
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    barcode, accession = code(facts.barcode) or row.barcode, facts.accession_number.strip()
    if barcode != row.barcode:
        _must_be_free(session, Item.barcode, barcode, Reason.BARCODE_TAKEN)
    if accession and accession != row.accession_number:
        _must_be_free(session, Item.accession_number, accession, Reason.ACCESSION_TAKEN)
    status = ItemStatus(facts.status)
    if not status.in_stock and _on_loan(session, item_id):
        raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
    values = _item_values(
        replace(
            facts, barcode=barcode, accession_number=accession or row.accession_number or "",
            accessioned_on=facts.accessioned_on or row.accessioned_on,
        ),
        row.call_number,
        row.copy_number,
    )  # fmt: skip
    values["left_on"] = None if status.in_stock else (row.left_on or now.date())
    before = {
        name: str(getattr(row, name)) for name in values if getattr(row, name) != values[name]
    }
    session.execute(update(Item).where(Item.id == item_id).values(**values))
    journal.write(session, "item.saved", "Item", item_id, now, before=before)
    catalogue.reindex(session, [row.biblio_id])


def _on_loan(session: Session, item_id: int) -> bool:
    return (
        session.execute(
            select(Loan.id).where(
                Loan.item_id == item_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
            )
        ).first()
        is not None
    )


def cancel_item(session: Session, item_id: int, now: datetime) -> int:
    """Strike a wrong copy; its numbers stay used. Returns the title's id.

    Raises Refusal ITEM_ON_LOAN, RECORD_GONE.
    """
    row = session.execute(
        select(Item.biblio_id, Item.barcode).where(Item.id == item_id, Item.cancelled_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if _on_loan(session, item_id):
        raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
    session.execute(update(Item).where(Item.id == item_id).values(cancelled_at=now))
    journal.touch(session, "Biblio", "Item")
    catalogue.reindex(session, [row.biblio_id])
    biblio_id: int = row.biblio_id
    return biblio_id


def remove_item(session: Session, item_id: int, now: datetime) -> None:
    """Strike a copy by hand, with its journal line. Raises as `cancel_item`."""
    biblio_id = cancel_item(session, item_id, now)
    journal.write(session, "item.cancelled", "Item", item_id, now, biblio_id=biblio_id)


_ITEMS: Any = (
    select(
        Item.id, Item.biblio_id, Item.barcode, func.coalesce(Item.accession_number, ""),
        Item.call_number, Item.volume, Item.copy_number, Item.item_type, Item.location,
        Item.ownership, Item.source, Item.supplier, Item.price, Item.accessioned_on, Item.status,
        Item.status_until, Item.note, Item.labelled_at.is_not(None), Loan.due_on, Biblio.title,
        Biblio.classification,
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .outerjoin(
        Loan,
        (Loan.item_id == Item.id) & Loan.returned_at.is_(None) & Loan.cancelled_at.is_(None),
    )
    .where(Item.cancelled_at.is_(None))
)  # fmt: skip


def items_of(session: Session, biblio_id: int) -> list[ItemRow]:
    """The copies of a title, in copy order."""
    rows = session.execute(
        _ITEMS.where(Item.biblio_id == biblio_id).order_by(Item.copy_number, Item.id)
    )
    return [ItemRow(*row) for row in rows]


def items_by_barcode(session: Session, barcodes: Iterable[str]) -> list[ItemRow]:
    """Copies in the order of `barcodes`. Raises Refusal UNKNOWN_ITEM for the first unknown one."""
    wanted = [code(one) for one in barcodes]
    found: dict[str, ItemRow] = {}
    for at in range(0, len(wanted), 500):
        rows = session.execute(_ITEMS.where(Item.barcode.in_(wanted[at : at + 500])))
        found.update((row.barcode, ItemRow(*row)) for row in rows)
    for one in wanted:
        if one not in found:
            raise Refusal(Reason.UNKNOWN_ITEM, code=one)
    return [found[one] for one in wanted]


def items_to_label(session: Session, *, only_new: bool) -> list[ItemRow]:
    """Copies in stock in call-number order: all, or those without a label yet."""
    wanted = _ITEMS.where(Item.status.not_in(["lost", "withdrawn", "returned_to_owner"]))
    if only_new:
        wanted = wanted.where(Item.labelled_at.is_(None))
    return [ItemRow(*row) for row in session.execute(wanted.order_by(Item.shelf_key, Item.id))]


def count_unlabelled(session: Session) -> int:
    """How many copies wait for a label."""
    found: int = session.execute(
        select(func.count()).select_from(Item).where(
            Item.labelled_at.is_(None), Item.cancelled_at.is_(None)
        )
    ).scalar_one()  # fmt: skip
    return found


def mark_labelled(session: Session, item_ids: Sequence[int], now: datetime) -> None:
    """The labels of these copies came out well."""
    for at in range(0, len(item_ids), 500):
        session.execute(
            update(Item).where(Item.id.in_(item_ids[at : at + 500])).values(labelled_at=now)
        )
    journal.write(session, "labels.printed", "Item", None, now, count=len(item_ids))
