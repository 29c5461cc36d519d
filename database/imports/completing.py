"""Copies that stand already, told more of by a list of copies: what is empty is filled in.

Those that came with the same import are simply written whole; of others what stood is journalled,
and nothing that somebody has written is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import shelf_order
from database.holdings.item_facts import ItemFacts
from database.imports.planned import Planned
from database.journal import Inverses, Line
from database.schema import Item, ItemStatus

COLUMNS = (
    "accession_number",
    "call_number",
    "location",
    "supplier",
    "price",
    "source",
    "invoice",
    "note",
    "accessioned_on",
    "status",
    "item_type",
    "own",
)
_BLANK = (None, "")
_ITEM: Any = Item.__table__


def complete(
    session: Session, standing: Sequence[tuple[Planned, ItemFacts, Any]], line: int, now: datetime
) -> int:
    """Fill in what the list knows of copies that stand; how many were told more of."""
    own, others = [], []
    before: dict[str, dict[str, Any]] = {}
    after: dict[str, dict[str, Any]] = {}
    for _one, copy, row in standing:
        told = {name: getattr(copy, name) for name in COLUMNS if name != "own"}
        told = {name: value for name, value in told.items() if value not in _BLANK}
        if row.batch_id == line:
            told["own"] = copy.noted(row.own)
            own.append({**_row(row), **told, "own_id": row.id})
            continue
        told["own"] = copy.noted(row.own, keep=True)
        missing = {
            name: value
            for name, value in told.items()
            if (name == "own" or _is_empty(row, name)) and value != getattr(row, name)
        }
        if missing:
            before[str(row.id)] = {name: getattr(row, name) for name in missing}
            after[str(row.id)] = missing
            others.append({**_row(row), **missing, "own_id": row.id})
    _write(session, [*own, *others])
    # A copy is found by its numbers: by those it has now, too.
    titles.reindex(session, sorted({row.biblio_id for _one, _copy, row in standing}))
    if before:
        journal.write(session, "item.completed", "Item", None, now, before=before, after=after)
    return len(own) + len(others)


def _row(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _is_empty(row: Any, name: str) -> bool:
    """A status or kind that nobody chose is what every copy begins with; a day always is one."""
    if name == "status":
        return bool(row.status == ItemStatus.IN_SERVICE)
    return name not in ("accessioned_on", "source", "item_type") and getattr(row, name) in _BLANK


def _write(session: Session, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    for row in rows:
        if isinstance(row["accessioned_on"], str):
            row["accessioned_on"] = date.fromisoformat(row["accessioned_on"])
        row["shelf_key"] = shelf_order.key(row["call_number"] or "", "", 1)
    names = [name for name in rows[0] if name != "own_id"]
    session.connection().execute(
        update(_ITEM)
        .where(_ITEM.c.id == bindparam("own_id"))
        .values({name: bindparam(name) for name in names}),
        rows,
    )
    journal.touch(session, "Item")


def _uncomplete(session: Session, line: Line, _now: datetime) -> None:
    """What was empty is empty again; what was changed since stays."""
    ids = [int(one) for one in line.facts["before"]]
    rows = session.execute(select(_ITEM).where(_ITEM.c.id.in_(ids))).all()
    put_back = []
    for row in rows:
        number, stands = str(row.id), _row(row)
        stood, became = line.facts["before"][number], line.facts.get("after", {}).get(number, {})
        same = [name for name in stood if became.get(name, stands[name]) == stands[name]]
        put_back.append({**stands, **{name: stood[name] for name in same}, "own_id": row.id})
    _write(session, put_back)
    titles.reindex(session, sorted({row.biblio_id for row in rows}))


INVERSES: Inverses = {"item.completed": _uncomplete}
