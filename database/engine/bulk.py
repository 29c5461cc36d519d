"""Many rows of one table at once: COPY on PostgreSQL, the bare driver on SQLite.

Rows give every column that has no default in the database. Measured: half the time of
SQLAlchemy's own executemany on SQLite, and of a thousand INSERTs on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, LargeBinary, Table, func, insert, select
from sqlalchemy.orm import DeclarativeBase

from database.schema import Base

_AT_ONCE, _PICTURES_AT_ONCE = 1000, 20


def at_once(table: Table) -> int:
    """How many rows of a table are held in memory at a time: few where they hold pictures."""
    pictures = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return _PICTURES_AT_ONCE if pictures else _AT_ONCE


def add(
    connection: Connection, record: type[DeclarativeBase], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Insert `rows` (all with the same keys, in the same order) as records of one kind.

    Rows that are made as they are asked for are made while the server stores those before."""
    table = record.__table__
    assert isinstance(table, Table)
    if connection.dialect.name != "postgresql":
        listed = list(rows)
        if listed:
            _many(connection, table, listed)
        return
    coming = iter(rows)
    first = next(coming, None)
    if first is not None:
        every = chain((first,), coming)
        copy(connection, table.name, list(first), (tuple(row.values()) for row in every))


def fill(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows with a value for every column, in the columns' order, into an empty table.

    A row may point at one of its own table that comes later: a server looks when all are there,
    and a file once its transaction ends (`any_order`). A server has no sign U+0000, which means
    nothing in a text; it is left out there."""
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        copy(connection, table.name, names, map(_without_nul, rows))
        return
    coming = iter(rows)
    while part := list(islice(coming, at_once(table))):
        _many(connection, table, [dict(zip(names, row, strict=True)) for row in part])


def _without_nul(row: tuple[Any, ...]) -> tuple[Any, ...]:
    if any(isinstance(one, str) and "\0" in one for one in row):
        return tuple(one.replace("\0", "") if isinstance(one, str) else one for one in row)
    return row


def any_order(connection: Connection) -> None:
    """Rows of a file may point at rows that come later in this transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def _many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    statement, order, forms = _statement(table, tuple(rows[0]), connection.dialect)
    # Of one column itemgetter would give the value itself.
    pick = itemgetter(*order) if len(order) > 1 else lambda row: (row[order[0]],)
    values = []
    # A whole import has one moment: a value that is the last row's is formed already.
    last: dict[int, tuple[Any, Any]] = dict.fromkeys(forms, (None, None))
    for row in rows:
        one = list(pick(row))
        for at, form in forms.items():
            given, formed = last[at]
            if one[at] is not given:
                given, formed = one[at], form(one[at])
                last[at] = given, formed
            one[at] = formed
        values.append(tuple(one))
    connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=128)
def _statement(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[str], dict[int, Callable[[Any], Any]]]:
    """The statement, the order of its values and what forms some of them, as SQLAlchemy makes
    them: once, since that takes as long as storing a hundred rows."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    order = list(compiled.positiontup or names)
    forms: dict[int, Callable[[Any], Any]] = {
        at: form
        for at, name in enumerate(order)
        if (form := table.columns[name].type.dialect_impl(dialect).bind_processor(dialect))
    }
    return str(compiled), order, forms


def copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """COPY rows into a PostgreSQL table, inside the connection's transaction."""
    from psycopg import sql

    driver: Any = connection.connection.driver_connection
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with driver.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


def continue_sequences(connection: Connection, *records: type[Base]) -> None:
    """PostgreSQL counts ids apart from the rows; go on after the highest that were given.

    Of some records, or of all where nobody else is at work (a library just being filled).
    """
    if connection.dialect.name != "postgresql":
        return
    chosen = [record.__table__ for record in records] or Base.metadata.sorted_tables
    for table in chosen:
        column = next(iter(table.primary_key))
        sequence = connection.execute(
            select(func.pg_get_serial_sequence(table.name, column.name))  # type: ignore[attr-defined]
        ).scalar()
        if sequence:
            highest = connection.execute(select(func.max(column))).scalar() or 0
            connection.execute(select(func.setval(sequence, highest + 1, False)))
