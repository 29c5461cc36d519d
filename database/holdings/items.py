"""Copies: numbers, adding, changing, striking; each change whole with its index."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import callnumber, shelf_order
from database.holdings import hold_claims, item_changes, item_numbers
from database.holdings.item_facts import ItemFacts
from database.journal import Inverses, Line
from database.policy import own_fields, settings
from database.refusal import Reason, Refusal
from database.schema import Item, ItemStatus, Loan, Ownership, OwnRecord


def add_items(
    session: Session, biblio_id: int, facts: ItemFacts, count: int, now: datetime
) -> list[int]:
    """Add `count` copies alike; numbers come from the patterns where none is given.

    Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, VALUE_INVALID, OWN_VALUE_UNFIT, RECORD_GONE,
    TIME_TO_COME.
    """
    if not 1 <= count <= 1000 or (count > 1 and (facts.barcode or facts.accession_number)):
        raise Refusal(Reason.VALUE_INVALID, field="count")
    biblio = titles.stored(session, biblio_id)
    style = settings.call_number_style(session)
    shelf = callnumber.with_prefix(
        biblio.call_number, style.prefix(facts.item_type), style.prefixes
    )
    own = own_fields.checked(session, OwnRecord.ITEM, facts.own)
    ids = []
    copy = _last_copy(session, biblio_id)
    for _ in range(count):
        copy += 1
        numbered = item_numbers.number(session, facts, now)
        group = biblio.class_group
        ids.append(_insert_item(session, biblio_id, numbered, copy, shelf, group, own, now))
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
    own: str,
    now: datetime,
) -> int:
    found: int = session.execute(
        insert(Item)
        .values(
            biblio_id=biblio_id,
            copy_number=copy,
            created_at=now,
            class_group=group,
            own=own,
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


def save_item(
    session: Session, item_id: int, facts: ItemFacts, now: datetime, read: object | None = None
) -> int:
    """Change a copy, which was `read` so (an ItemRow or its facts); returns the journal line.

    Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, RECORD_GONE, ITEM_ON_LOAN, DEPOSIT_STAYS,
    OWN_VALUE_UNFIT, CHANGED_MEANWHILE, TIME_TO_COME.
    """
    row = item_changes.stored(session, item_id)
    barcode, accession = (
        item_numbers.tidy(facts.barcode) or row.barcode,
        facts.accession_number.strip(),
    )
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
            accessioned_on=item_numbers.entered_on(facts, now, row.accessioned_on),
        ),
        row.call_number,
        row.copy_number,
    )
    values["own"] = own_fields.checked(session, OwnRecord.ITEM, facts.own, row.own)
    values["left_on"] = None if status.in_stock else (row.left_on or now.date())
    values["status_until"] = row.status_until if status == row.status else None
    return item_changes.change(session, row, values, "item.saved", now, read)


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


def _cancel_item(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    ever_lent = session.execute(
        select(Loan.id).where(Loan.item_id == line.record_id, Loan.cancelled_at.is_(None))
    ).first()
    if ever_lent:
        raise Refusal(Reason.CANNOT_UNDO)
    cancel_item(session, line.record_id, now)


INVERSES: Inverses = {"item.added": _cancel_item, **item_changes.INVERSES}
