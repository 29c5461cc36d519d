"""Whether the journal is as it was written: every line against the one before it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from database import journal
from database.schema import Journal, JournalCompleted
from database.text import chained

MAY_GO = frozenset({"override", "reason"})
"""The facts that forgetting takes out of a line."""
_TABLE, _LATE = Journal.__table__, JournalCompleted.__table__
_AT_ONCE = 2_000
_NO_LINE = (ValueError, KeyError, TypeError, AttributeError)
"""What a line that somebody wrote by hand may end in."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where the chain does not hold: `what` is "changed", "missing" (lines before this
    one) or "inserted"."""

    what: str
    line: int


def broken(connection: Connection) -> list[Broken]:
    """Every place where the journal is not as it was written, in order."""
    found: list[Broken] = []
    late = {row.line_id: row for row in connection.execute(select(_LATE))}
    wanted = {row.after_id for row in late.values()}
    chains, before, last = {0: chained.BEGIN}, chained.BEGIN, 0
    counted = connection.dialect.name != "postgresql"
    for row, following in _with_next(_rows(connection)):
        if not _fits(before, row, late):
            if following is not None and _fits(before, following, late):
                found.append(Broken("inserted", row.id))
                continue
            # On a server a number is also used up by what was rolled back.
            found.append(Broken("missing" if counted and row.id > last + 1 else "changed", row.id))
        before, last = row.chain, row.id
        if row.id in wanted:
            chains[row.id] = row.chain
    return sorted(found + _completed(connection, late, chains), key=lambda one: one.line)


def chain_all(connection: Connection) -> None:
    """Take what was written before there was a chain as it stands. Where any line is chained
    already nothing is: a sum that somebody took away must not be given anew."""
    chained_already = select(_TABLE.c.id).where(_TABLE.c.chain != "").limit(1)
    if connection.execute(chained_already).first() is not None:
        return
    change = (
        update(Journal)
        .where(Journal.id == bindparam("line"))
        .values(chain=bindparam("sum"), salt=bindparam("grain"))
    )
    before, changes = chained.BEGIN, []
    for row in _rows(connection):
        salt = secrets.token_hex(8)
        facts = chained.of_facts(row.facts, salt)
        before = chained.of_line(before, journal.said(dict(row._mapping)), facts)
        changes.append({"line": row.id, "sum": before, "grain": salt})
        if len(changes) == _AT_ONCE:
            connection.execute(change, changes)
            changes = []
    if changes:
        connection.execute(change, changes)


def is_at(connection: Connection, line: int, beginning: str) -> bool:
    """Whether a line has the sum that begins as it stands on a paper."""
    chain = connection.execute(select(_TABLE.c.chain).where(_TABLE.c.id == line)).scalar()
    return chain is not None and bool(beginning) and str(chain).startswith(beginning)


def _rows(connection: Connection) -> Iterator[Any]:
    last = 0
    wanted = select(_TABLE).order_by(_TABLE.c.id).limit(_AT_ONCE)
    while rows := connection.execute(wanted.where(_TABLE.c.id > last)).all():
        yield from rows
        last = rows[-1].id


def _with_next(rows: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    held = next(rows, None)
    for row in rows:
        yield held, row
        held = row
    if held is not None:
        yield held, None


def _fits(before: str, row: Any, late: dict[int, Any]) -> bool:
    """Whether a line is what was written behind `before`; of one completed later, what was opened.
    What it says in the end is proved by `_completed`."""
    values = dict(row._mapping)
    try:
        if row.id in late:
            values["record_id"], facts = late[row.id].opened_about, late[row.id].opened
        elif chained.gone(row.salt) <= MAY_GO:
            facts = chained.of_facts(row.facts, row.salt)
        else:
            return False
        return bool(chained.of_line(before, journal.said(values), facts) == row.chain)
    except _NO_LINE:
        return False


def _completed(
    connection: Connection, late: dict[int, Any], chains: dict[int, str]
) -> list[Broken]:
    """Lines that say something else than what they were completed with."""
    found = []
    for number, told in late.items():
        row = connection.execute(select(_TABLE).where(_TABLE.c.id == number)).one_or_none()
        if row is None:
            continue
        try:
            facts = chained.of_facts(row.facts, row.salt)
            before = chains.get(told.after_id, "")
            holds = chained.of_line(before, (number, row.record_id), facts) == told.chain
        except _NO_LINE:
            holds = False
        if not holds:
            found.append(Broken("changed", number))
    return found
