"""Questions of other libraries in CQL 1.2 (loc.gov/standards/sru/cql/spec.html).

Parsed by cql-parser; its last release is of 2023 and the language of 2007, so nothing is missing.
What it makes becomes plain clauses of our own here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

LONGEST, DEEPEST = 1000, 20
"""Signs of a query, and brackets within each other."""
_turn = Lock()


class CqlError(ValueError):
    """A query that is not answered: the number of its diagnostic
    (loc.gov/standards/sru/diagnostics) and what it is about."""

    def __init__(self, number: int, about: str = "") -> None:
        super().__init__(about)
        self.number = number
        self.about = about


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked: in which index ("" where none is named), how, and the term."""

    index: str
    relation: str
    term: str


@dataclass(frozen=True, slots=True)
class Both:
    """Two that are joined by "and", "or" or "not"."""

    way: str
    left: Both | Clause
    right: Both | Clause


Query = Both | Clause


def parse(text: str) -> Query:
    """A query as clauses. Raises CqlError."""
    if not text.strip():
        raise CqlError(7, "query")
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise CqlError(10, "too long")
    try:
        # The parser keeps what it is at in itself.
        with _turn:
            root = _parser().parse(text, tracking=True).root
    except Exception as error:  # whatever a parser says to what is no query
        raise CqlError(10, str(error)[:120]) from error
    return _told(root)


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


@cache
def _parser() -> Any:
    from cql.lexer import CQLLexer
    from cql.parser import CQLParser12

    # A broken query is told to whoever asked; our log is not for it.
    logging.getLogger("cql").setLevel(logging.CRITICAL)
    lexer: Any = CQLLexer()
    parser = CQLParser12()
    lexer.build()
    parser.build(lexer)
    return parser


def _told(node: Any) -> Query:
    if getattr(node, "sortSpecs", None):
        raise CqlError(80)
    operator = getattr(node, "operator", None)
    if operator is not None:
        way = str(operator.value).lower()
        if way not in {"and", "or", "not"} or operator.modifiers:
            raise CqlError(37, way)
        return Both(way, _told(node.left), _told(node.right))
    relation = node.relation
    if relation is not None and relation.modifiers:
        raise CqlError(20, str(relation.modifiers[0].name))
    index = str(node.index or "").lower()
    how = str(relation.comparitor).lower() if relation is not None else "="
    return Clause(index.removeprefix("cql.serverchoice"), how, str(node.term))
