"""A member of an object of JSON that is kept as text, as a text or as a number, on both engines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Numeric, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Text(FunctionElement[str]):
    type = String()
    name = "member_text"
    inherit_cache = True


class _Number(FunctionElement[Any]):
    type = Numeric(asdecimal=False)
    name = "member_number"
    inherit_cache = True


@compiles(_Text, "sqlite")
def _text_on_sqlite(element: _Text, compiler: Any, **options: Any) -> str:
    column, key = (compiler.process(one, **options) for one in element.clauses)
    return f"coalesce(json_extract({column}, '$.\"' || {key} || '\"'), '')"


@compiles(_Text, "postgresql")
def _text_on_postgresql(element: _Text, compiler: Any, **options: Any) -> str:
    column, key = (compiler.process(one, **options) for one in element.clauses)
    return f"coalesce(CAST({column} AS json) ->> CAST({key} AS text), '')"


# What is no number, of a field that held words before, is none and no error.
@compiles(_Number, "sqlite")
def _number_on_sqlite(element: _Number, compiler: Any, **options: Any) -> str:
    text = _text_on_sqlite(element, compiler, **options)  # type: ignore[arg-type]
    return f"CASE WHEN {text} = '' OR {text} GLOB '*[^0-9.-]*' THEN NULL ELSE {text} + 0.0 END"


@compiles(_Number, "postgresql")
def _number_on_postgresql(element: _Number, compiler: Any, **options: Any) -> str:
    text = _text_on_postgresql(element, compiler, **options)  # type: ignore[arg-type]
    number = r"'^-?[0-9]+([.][0-9]+)?$'"
    return f"CASE WHEN {text} ~ {number} THEN CAST({text} AS numeric) END"


def text_of(column: Any, key: str) -> ColumnElement[str]:
    """The member `key` of the object in `column`, "" where it has none."""
    return _Text(column, literal(key))


def number_of(column: Any, key: str) -> ColumnElement[Any]:
    """The same as a number, NULL for none and for what is no number."""
    return _Number(column, literal(key))
