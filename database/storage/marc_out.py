"""The titles of a library as MARC, with their copies: for other programs, and other libraries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from database.description import marc
from database.description.marc import Field, Record
from database.engine.among import among
from database.schema import Biblio, Item, ItemStatus

_AT_ONCE = 500


def records(
    connection: Connection,
    titles: Sequence[int] | None = None,
    chosen: Sequence[int] | None = None,
) -> Iterator[Record]:
    """Every title that stands, or of some `titles`, its copies in 952 as Koha writes them: of all
    ways to tell of copies the one most programs read; only those `chosen` where some are."""
    last = 0
    wanted = select(Biblio.id, Biblio.title, Biblio.marc).where(Biblio.cancelled_at.is_(None))
    if titles is not None:
        wanted = wanted.where(among(Biblio.id, "titles")).params(titles=list(titles))
    while True:
        rows = connection.execute(
            wanted.where(Biblio.id > last).order_by(Biblio.id).limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        copies: dict[int, list[Field]] = {}
        standing = select(Item.__table__).where(
            among(Item.biblio_id, "ids"), Item.cancelled_at.is_(None)
        )
        if chosen is not None:
            standing = standing.where(among(Item.id, "chosen")).params(chosen=list(chosen))
        ids = [row.id for row in rows]
        for item in connection.execute(standing.order_by(Item.id), {"ids": ids}):
            copies.setdefault(item.biblio_id, []).append(_copy(item))
        for row in rows:
            record, _whole = marc.stored(row.marc, row.title)
            record.fields = [one for one in record.fields if one.tag != "952"]
            record.fields += copies.get(row.id, [])
            yield record
        last = rows[-1].id


_LOST = {ItemStatus.LOST: "1", ItemStatus.MISSING: "4"}
_GONE = (ItemStatus.WITHDRAWN, ItemStatus.RETURNED_TO_OWNER, ItemStatus.GIVEN)


def _copy(item: Any) -> Field:
    status = ItemStatus(item.status)
    told = (
        ("0", "1" if status in _GONE else "0"),
        ("1", _LOST.get(status, "0")),
        ("4", "1" if status is ItemStatus.REPAIR or item.condition == "damaged" else "0"),
        ("7", "1" if status is ItemStatus.REFERENCE else "0"),
        ("c", item.location),
        ("d", item.accessioned_on.isoformat()),
        ("e", " ".join(one for one in (item.source, item.supplier) if one)),
        ("g", "" if item.price is None else f"{item.price}.00"),
        ("h", item.volume),
        ("i", item.accession_number or ""),
        ("o", item.call_number),
        ("p", item.barcode),
        ("t", str(item.copy_number)),
        ("y", item.item_type),
        ("x", item.note),
    )
    return Field("952", None, "  ", [(code, value) for code, value in told if value])
