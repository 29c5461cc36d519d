"""Copies that come with imported records: read out of their fields, stored with free numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import materials, shelf_order
from database.engine.among import among
from database.holdings import item_facts
from database.imports.plan import NotTaken, Result
from database.imports.reader import Planned
from database.policy import numbering, settings
from database.schema import Item, ItemStatus


def store_copies(
    session: Session,
    chunk: list[Planned],
    result: Result,
    line: int,
    now: datetime,
) -> None:
    """Store the copies of a chunk. One whose row was struck with an import that was taken
    back stands again in that row: its barcode is the same book's."""
    wanted = [(one, copy) for one in chunk if one.biblio_id for copy in one.copies]
    if not wanted:
        return
    taken, struck = _taken(session, [copy.barcode for _, copy in wanted])
    registered = _registered(session, [copy.accession_number for _, copy in wanted])
    rows, revived = [], []
    for one, copy in wanted:
        if copy.barcode in taken:
            left_out = NotTaken(one.file, one.position, "barcode_taken", copy.barcode)
            result.items_refused.append(left_out)
            continue
        taken.add(copy.barcode)
        again = struck.get(copy.barcode)
        own = again.accession_number if again else None
        fresh = copy.accession_number == own or copy.accession_number not in registered
        accession = copy.accession_number if fresh else ""
        registered.add(accession)
        if not fresh:
            told = NotTaken(one.file, one.position, "accession_taken", copy.accession_number, True)
            result.mended.append(told)
        row = _item_row(one, copy, accession, line, now)
        revived += [{**row, "own_id": again.id}] if again else []
        rows += [] if again else [row]
    _store(session, rows, revived)
    result.items += len(rows) + len(revived)


def _store(session: Session, rows: list[dict[str, Any]], revived: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(Item), rows)
    if revived:
        changed: dict[str, Any] = {name: bindparam(name) for name in revived[0] if name != "own_id"}
        session.connection().execute(
            update(Item.__table__)  # type: ignore[arg-type]
            .where(Item.__table__.c.id == bindparam("own_id"))
            .values(**changed, cancelled_at=None, status=ItemStatus.IN_SERVICE),
            revived,
        )
    if rows or revived:
        _number_on(session, [*rows, *revived])
        titles.reindex(session, sorted({row["biblio_id"] for row in (*rows, *revived)}))
        journal.touch(session, "Item")


def _item_row(
    one: Planned, copy: item_facts.ItemFacts, accession: str, line: int, now: datetime
) -> dict[str, Any]:
    assert one.described is not None
    title = one.described.row
    shelf = copy.call_number or title["call_number"]
    return {
        "biblio_id": one.biblio_id,
        "barcode": copy.barcode,
        "accession_number": accession or None,
        "call_number": shelf,
        "shelf_key": shelf_order.key(shelf, copy.volume, 1),
        "location": copy.location,
        "price": copy.price,
        "item_type": materials.item_type(title["material"]),
        "class_group": title["class_group"],
        "accessioned_on": now.date(),
        "created_at": now,
        "batch_id": line,
    }


_BY_BARCODE = select(
    Item.id, Item.barcode, Item.accession_number, Item.cancelled_at, Item.batch_id
).where(among(Item.barcode, "numbers"))
_BY_ACCESSION = select(Item.accession_number).where(among(Item.accession_number, "numbers"))


def _taken(session: Session, barcodes: list[str]) -> tuple[set[str], dict[str, Any]]:
    """Barcodes that stand, and rows of an import that was taken back, which may stand again."""
    taken, struck = set(), {}
    for row in session.execute(_BY_BARCODE, {"numbers": sorted(set(barcodes))}):
        if row.cancelled_at is not None and row.batch_id is not None:
            struck[row.barcode] = row
        else:
            taken.add(row.barcode)
    return taken, struck


def _registered(session: Session, numbers: list[str]) -> set[str]:
    asked = sorted({number for number in numbers if number})
    rows = session.execute(_BY_ACCESSION, {"numbers": asked}) if asked else ()
    return {row[0] or "" for row in rows}


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
