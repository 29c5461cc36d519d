"""Copies that come with imported records: read out of their fields, stored with free numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from database import (
    catalogue,
    items,
    journal,
    numbering,
    settings,
    shelf_order,
)
from database.callnumber import Style
from database.import_plan import NotTaken, Result
from database.import_reader import Planned
from database.schema import Item


def store_copies(
    session: Session,
    chunk: list[Planned],
    result: Result,
    line: int,
    now: datetime,
    style: Style,
) -> None:
    """Store the copies of a chunk under numbers that are free."""
    wanted = [(one, copy) for one in chunk if one.biblio_id for copy in one.copies]
    if not wanted:
        return
    taken = _taken(session, Item.barcode, [copy.barcode for _, copy in wanted])
    registered = _taken(session, Item.accession_number, [c.accession_number for _, c in wanted])
    rows = []
    for one, copy in wanted:
        if copy.barcode in taken:
            refused = NotTaken(one.file, one.position, "barcode_taken", copy.barcode)
            result.items_refused.append(refused)
            continue
        taken.add(copy.barcode)
        accession = copy.accession_number if copy.accession_number not in registered else ""
        registered.add(accession)
        rows.append(_item_row(one, copy, accession, line, now, style))
    if rows:
        session.execute(insert(Item), rows)
        _number_on(session, rows)
        catalogue.reindex(session, sorted({row["biblio_id"] for row in rows}))
        journal.touch(session, "Item")
    result.items += len(rows)


def _item_row(
    one: Planned, copy: items.ItemFacts, accession: str, line: int, now: datetime, style: Style
) -> dict[str, Any]:
    assert one.facts is not None
    shelf = copy.call_number or catalogue.call_number_of(one.facts, style)
    return {
        "biblio_id": one.biblio_id,
        "barcode": copy.barcode,
        "accession_number": accession or None,
        "call_number": shelf,
        "shelf_key": shelf_order.key(shelf, copy.volume, 1),
        "location": copy.location,
        "price": copy.price,
        "item_type": one.facts.material,
        "class_group": catalogue.group_of(one.facts),
        "accessioned_on": now.date(),
        "created_at": now,
        "batch_id": line,
    }


def _taken(session: Session, column: Any, numbers: list[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(numbers), 400):
        found.update(
            session.execute(select(column).where(column.in_(numbers[at : at + 400]))).scalars()
        )
    return found


def _number_on(session: Session, rows: list[dict[str, Any]]) -> None:
    """Our own patterns go on after the highest number that came in."""
    pairs = (
        ("barcode", settings.BARCODE_PATTERN, "barcode"),
        ("accession", settings.ACCESSION_PATTERN, "accession_number"),
    )
    for series, choice, column in pairs:
        pattern = settings.get(session, choice)
        met = [numbering.sequence_in(pattern, row[column] or "") for row in rows]
        highest = max((number for number in met if number is not None), default=0)
        if highest and highest < 10**9:
            numbering.raise_to(session, series, highest)
