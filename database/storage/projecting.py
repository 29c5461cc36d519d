"""What is made from records and typed values, made anew after an upgrade.

A migration changes tables and never runs today's rules over what is stored: a step that did would
write something else each time the rules change. So the steps leave such columns empty, and the
newest program fills them once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from database.description import described, marc, shelf_order
from database.description.projection import project
from database.schema import Biblio, Item, Patron
from database.storage import journal_chain
from database.text import joined, phones
from database.text.words import key

_AT_ONCE = 1000
_MADE = (*described.COLUMNS, "shelf_key", "class_group")


def project_anew(connection: Connection) -> None:
    """Titles, the order of copies on the shelf, the words of patrons' names and their telephone
    numbers, and once the chain of the journal; only what differs is written."""
    _titles(connection)
    _copies(connection)
    _names(connection)
    _phones(connection)
    journal_chain.chain_all(connection)


def _titles(connection: Connection) -> None:
    wanted = (Biblio.marc, Biblio.call_number, *(getattr(Biblio, name) for name in _MADE))
    for rows in _chunks(connection, Biblio, *wanted):
        changed = []
        for row in rows:
            facts = project(marc.from_json(row.marc))
            values = described.columns(row.marc, facts, row.call_number)
            made = {name: values[name] for name in _MADE}
            if any(made[name] != getattr(row, name) for name in _MADE):
                changed.append({"at": row.id, **made})
        _write(connection, Biblio, changed)


def _copies(connection: Connection) -> None:
    wanted = (Item.call_number, Item.volume, Item.copy_number, Item.shelf_key)
    for rows in _chunks(connection, Item, *wanted):
        keys = [
            (row, shelf_order.key(row.call_number, row.volume, row.copy_number)) for row in rows
        ]
        changed = [{"at": row.id, "shelf_key": key} for row, key in keys if key != row.shelf_key]
        _write(connection, Item, changed)


def _names(connection: Connection) -> None:
    """The name's words begin a patron's key, what else it is looked for by stands behind them."""
    for rows in _chunks(connection, Patron, Patron.name, Patron.search_key):
        changed = []
        for row in rows:
            old, new = f" {key(row.name)} ", f" {' '.join(joined.searchable(row.name))} "
            held = f"{row.search_key} "
            if row.name and held.startswith(old) and not held.startswith(new):
                words = (new + held.removeprefix(old)).rstrip()
                changed.append({"at": row.id, "search_key": words})
        _write(connection, Patron, changed)


def _phones(connection: Connection) -> None:
    """Numbers typed in many ways before there was one form; what is no number stays as typed."""
    for rows in _chunks(connection, Patron, Patron.phone):
        numbers = [(row, phones.normal(row.phone)) for row in rows if row.phone]
        changed = [{"at": row.id, "phone": new} for row, new in numbers if new != row.phone]
        _write(connection, Patron, changed)


def _write(connection: Connection, record: Any, changed: Sequence[dict[str, Any]]) -> None:
    if changed:
        names = [name for name in changed[0] if name != "at"]
        table = record.__table__
        change = update(table).where(table.c.id == bindparam("at"))
        connection.execute(change.values({name: bindparam(name) for name in names}), changed)


def _chunks(connection: Connection, record: Any, *columns: Any) -> Iterator[Sequence[Row[Any]]]:
    last = 0
    while True:
        wanted = select(record.id, *columns).where(record.id > last).order_by(record.id)
        rows = connection.execute(wanted.limit(_AT_ONCE)).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id
