""" "One of these values" as a single parameter, however many there are.

SQLAlchemy's own `in_` writes one parameter a value; building and parsing such a statement
anew for hundreds of values takes longer than answering it.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class _Listed(TypeDecorator[list[Any]]):
    """Values as one parameter: JSON, but numbers as an array on PostgreSQL.

    Thousands of texts are made into an array one by one in Python, into JSON at once."""

    impl = String
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of
        self.texts = isinstance(of, String)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The array's type follows the column's, or an index on it would not be used."""
        return ARRAY(self.of) if self._as_array(dialect) else String()

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        """The engine unrolls JSON again."""
        listed = list(value or ())
        return listed if self._as_array(dialect) else json.dumps(listed)

    def _as_array(self, dialect: Dialect) -> bool:
        return dialect.name == "postgresql" and not self.texts


class _Among(FunctionElement[Any]):
    # Not Boolean: SQLite would be asked "... IN (...) = 1", which no index answers.
    type = NullType()
    name = "among"
    inherit_cache = True


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled parts


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    listed = list(element.clauses)[1].type
    if isinstance(listed, _Listed) and listed.texts:
        # An array made once, so that an index is looked up for each of its texts.
        values = f"ARRAY(SELECT json_array_elements_text(CAST({values} AS json)))"
    return f"{column} = ANY ({values})"


def among(column: Any, name: str) -> ColumnElement[Any]:
    """`column` is one of the plain values (strings, integers) bound to `name`."""
    of = column.type
    return _Among(column, bindparam(name, type_=_Listed(String() if _is_text(of) else of)))


def _is_text(of: TypeEngine[Any]) -> bool:
    return isinstance(of, String)
