"""Copies: numbers, adding, changing, striking, labels; each change whole with its index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import callnumber, shelf_order
from database.engine.among import among
from database.holdings import hold_claims, item_changes, item_numbers
from database.holdings.item_facts import ItemFacts
from database.journal import Inverses, Line
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Deposit, Hold, HoldState, Item, ItemStatus, Loan, Ownership
from database.text.words import code


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A copy as listed: `due_on` while it is on loan, `cancelled` if it was struck,
    `aside` while it lies ready for somebody."""

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
    invoice: str
    condition: str
    minutes: str
    withdrawn_reason: str
    deposit: str
    cancelled: bool
    wipeable: bool
    aside: bool


def add_items(
    session: Session, biblio_id: int, facts: ItemFacts, count: int, now: datetime
) -> list[int]:
    """Add `count` copies alike; numbers come from the patterns where none is given.

    Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, VALUE_INVALID, RECORD_GONE.
    """
    if not 1 <= count <= 1000 or (count > 1 and (facts.barcode or facts.accession_number)):
        raise Refusal(Reason.VALUE_INVALID, field="count")
    biblio = titles.stored(session, biblio_id)
    style = settings.call_number_style(session)
    shelf = callnumber.with_prefix(
        biblio.call_number, style.prefix(facts.item_type), style.prefixes
    )
    ids = []
    copy = _last_copy(session, biblio_id)
    for _ in range(count):
        copy += 1
        numbered = item_numbers.number(session, facts, now)
        ids.append(_insert_item(session, biblio_id, numbered, copy, shelf, biblio.class_group, now))
    for item_id in ids:
        journal.write(session, "item.added", "Item", item_id, now, biblio_id=biblio_id)
    titles.reindex(session, [biblio_id])
    return ids


def _last_copy(session: Session, biblio_id: int) -> int:
    return (
        session.execute(
            select(func.max(Item.copy_number)).where(Item.biblio_id == biblio_id)
        ).scalar()
        or 0
    )


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
            deposit_id=facts.deposit_id,
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
        "invoice": facts.invoice.strip(),
        "condition": facts.condition.strip(),
        "wipeable": facts.wipeable,
    }


def save_item(session: Session, item_id: int, facts: ItemFacts, now: datetime) -> int:
    """Change a copy; returns the journal line.

    Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, RECORD_GONE, ITEM_ON_LOAN, DEPOSIT_STAYS.
    """
    row = item_changes.stored(session, item_id)
    barcode, accession = code(facts.barcode) or row.barcode, facts.accession_number.strip()
    if barcode != row.barcode:
        item_numbers.must_be_free(session, Item.barcode, barcode, Reason.BARCODE_TAKEN)
    if accession and accession != row.accession_number:
        item_numbers.must_be_free(session, Item.accession_number, accession, Reason.ACCESSION_TAKEN)
    status = ItemStatus(facts.status)
    if not status.in_stock and item_changes.on_loan(session, item_id):
        raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
    _deposit_stays(row, facts)
    values = _item_values(
        replace(
            facts,
            barcode=barcode,
            accession_number=accession or row.accession_number or "",
            accessioned_on=facts.accessioned_on or row.accessioned_on,
        ),
        row.call_number,
        row.copy_number,
    )
    values["left_on"] = None if status.in_stock else (row.left_on or now.date())
    values["status_until"] = row.status_until if status == row.status else None
    return item_changes.change(session, row, values, "item.saved", now)


def _deposit_stays(row: Item, facts: ItemFacts) -> None:
    """A deposit is never weeded, and one of a batch belongs to its owner for good."""
    weeded = facts.status == ItemStatus.WITHDRAWN and facts.status != row.status
    ours = facts.ownership != Ownership.DEPOSIT
    if (weeded and not ours) or (row.deposit_id is not None and ours):
        raise Refusal(Reason.DEPOSIT_STAYS, barcode=row.barcode)


def cancel_item(session: Session, item_id: int, now: datetime) -> int:
    """Strike a wrong copy; its numbers stay used. Returns the title's id.

    Raises Refusal ITEM_ON_LOAN, RECORD_GONE.
    """
    row = session.execute(
        select(Item.biblio_id, Item.barcode).where(Item.id == item_id, Item.cancelled_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if item_changes.on_loan(session, item_id):
        raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
    session.execute(update(Item).where(Item.id == item_id).values(cancelled_at=now))
    hold_claims.copy_gone(session, item_id)
    journal.touch(session, "Biblio", "Item")
    titles.reindex(session, [row.biblio_id])
    biblio_id: int = row.biblio_id
    return biblio_id


def remove_item(session: Session, item_id: int, now: datetime) -> int:
    """Strike a copy by hand; returns the journal line. Raises as `cancel_item`."""
    facts = hold_claims.copy_gone(session, item_id)
    biblio_id = cancel_item(session, item_id, now)
    return journal.write(
        session, "item.cancelled", "Item", item_id, now, biblio_id=biblio_id, **facts
    )


_ASIDE = select(Hold.id).where(Hold.copy_id == Item.id, Hold.state == HoldState.READY).exists()
_ITEMS: Any = (
    select(
        Item.id, Item.biblio_id, Item.barcode, func.coalesce(Item.accession_number, ""),
        Item.call_number, Item.volume, Item.copy_number, Item.item_type, Item.location,
        Item.ownership, Item.source, Item.supplier, Item.price, Item.accessioned_on, Item.status,
        Item.status_until, Item.note, Item.labelled_at.is_not(None), Loan.due_on, Biblio.title,
        Biblio.classification, Item.invoice, Item.condition, Item.minutes, Item.withdrawn_reason,
        func.coalesce(Deposit.name, ""), Item.cancelled_at.is_not(None), Item.wipeable, _ASIDE,
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .outerjoin(Deposit, Deposit.id == Item.deposit_id)
    .outerjoin(
        Loan,
        (Loan.item_id == Item.id) & Loan.returned_at.is_(None) & Loan.cancelled_at.is_(None),
    )
)  # fmt: skip
_STANDING = Item.cancelled_at.is_(None)


def items_of(session: Session, biblio_id: int, *, struck: bool = False) -> list[ItemRow]:
    """The copies of a title, in copy order; with `struck` those cancelled too, last."""
    wanted = _ITEMS.where(Item.biblio_id == biblio_id)
    if not struck:
        wanted = wanted.where(_STANDING)
    order = (Item.cancelled_at.is_not(None), Item.copy_number, Item.id)
    return [ItemRow(*row) for row in session.execute(wanted.order_by(*order))]


def items_of_deposit(session: Session, deposit_id: int) -> list[ItemRow]:
    """The copies of a batch, in the order of their numbers."""
    wanted = _ITEMS.where(_STANDING, Item.deposit_id == deposit_id)
    return [ItemRow(*row) for row in session.execute(wanted.order_by(Item.barcode))]


def items_by_id(session: Session, ids: Sequence[int]) -> list[ItemRow]:
    """These copies, struck ones too, in the order of `ids`."""
    found: dict[int, ItemRow] = {}
    for at in range(0, len(ids), 500):
        rows = session.execute(_ITEMS.where(Item.id.in_(ids[at : at + 500])))
        found.update((row.id, ItemRow(*row)) for row in rows)
    return [found[number] for number in ids if number in found]


def items_by_barcode(session: Session, barcodes: Iterable[str]) -> list[ItemRow]:
    """Copies in the order of `barcodes`. Raises Refusal UNKNOWN_ITEM for the first unknown one."""
    wanted = [code(one) for one in barcodes]
    found: dict[str, ItemRow] = {}
    for at in range(0, len(wanted), 500):
        rows = session.execute(_ITEMS.where(_STANDING, Item.barcode.in_(wanted[at : at + 500])))
        found.update((row.barcode, ItemRow(*row)) for row in rows)
    for one in wanted:
        if one not in found:
            raise Refusal(Reason.UNKNOWN_ITEM, code=one)
    return [found[one] for one in wanted]


def ids_of_titles(session: Session, biblio_ids: Sequence[int]) -> list[int]:
    """The copies in stock of these titles, by title and copy."""
    wanted = (
        select(Item.id)
        .where(among(Item.biblio_id, "ids"), _STANDING, Item.left_on.is_(None))
        .order_by(Item.biblio_id, Item.copy_number, Item.id)
    )
    return list(session.scalars(wanted, {"ids": list(biblio_ids)}))


def items_to_label(session: Session, *, only_new: bool) -> list[ItemRow]:
    """Copies in stock in call-number order: all, or those without a label yet."""
    wanted = _ITEMS.where(
        _STANDING, Item.status.not_in(["lost", "withdrawn", "returned_to_owner", "given"])
    )
    if only_new:
        wanted = wanted.where(Item.labelled_at.is_(None))
    return [ItemRow(*row) for row in session.execute(wanted.order_by(Item.shelf_key, Item.id))]


def count_unlabelled(session: Session) -> int:
    """How many copies wait for a label."""
    found: int = session.execute(
        select(func.count())
        .select_from(Item)
        .where(Item.labelled_at.is_(None), Item.cancelled_at.is_(None))
    ).scalar_one()
    return found


def _cancel_item(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    ever_lent = session.execute(
        select(Loan.id).where(Loan.item_id == line.record_id, Loan.cancelled_at.is_(None))
    ).first()
    if ever_lent:
        raise Refusal(Reason.CANNOT_UNDO)
    cancel_item(session, line.record_id, now)


INVERSES: Inverses = {"item.added": _cancel_item, **item_changes.INVERSES}
