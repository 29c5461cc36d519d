"""Rows of a question as dataclasses, each value by the name its column bears in the question.

A field that the question does not name, or a name that is no field, fails at the first row; by
place, two columns of one type could change places unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Result, Row

Kind = TypeVar("Kind")


def row_of(kind: Callable[..., Kind], row: Row[*tuple[Any, ...]]) -> Kind:
    """One row as a `kind`."""
    return kind(**dict(zip(row._fields, row, strict=True)))


def rows_of(kind: Callable[..., Kind], result: Result[*tuple[Any, ...]]) -> list[Kind]:
    """All rows of a result as `kind`, in their order."""
    names = tuple(result.keys())
    if names == tuple(getattr(kind, "__dataclass_fields__", ())):
        # Named alike and in the same order: by place is the same, and takes half the time.
        return [kind(*row) for row in result]
    return [kind(**dict(zip(names, row, strict=True))) for row in result]


def first_of(connection: Connection, statement: str) -> tuple[Any, ...] | None:
    """The first row of a statement without values, asked of the driver itself: what every act asks
    may cost no more than the engine needs for it."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        found: tuple[Any, ...] | None = driver.execute(statement).fetchone()
        return found
    row = connection.exec_driver_sql(statement).first()
    return tuple(row) if row is not None else None
