"""What other libraries ask for: a query as titles, in the order of the desk's own search.

Words are asked of the desk's search and then held to the part of the record that was named, so
that `title = keperawatan` finds by the same words, but only where the title has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.description import isbn
from database.engine.among import among
from database.exchange.cql import Both, Clause, CqlError, Query
from database.schema import Biblio, BiblioHeading, BiblioIdentifier, Heading
from database.search import search
from database.text.words import key, words

BOUND = 2000
"""Titles that are looked at for one clause."""
_ANY = frozenset({"", "cql.anywhere", "cql.keywords", "bath.any", "any", "keyword"})
_TEXTS: dict[str, Any] = {
    "title": Biblio.title,
    "dc.title": Biblio.title,
    "bath.title": Biblio.title,
    "creator": Biblio.contributors,
    "author": Biblio.contributors,
    "dc.creator": Biblio.contributors,
    "dc.contributor": Biblio.contributors,
    "bath.author": Biblio.contributors,
    "bath.name": Biblio.contributors,
    "publisher": Biblio.publisher,
    "dc.publisher": Biblio.publisher,
    "bath.publisher": Biblio.publisher,
}
_NUMBERS = {
    "isbn": "isbn",
    "bath.isbn": "isbn",
    "issn": "issn",
    "bath.issn": "issn",
    "dc.identifier": "",
}
_SUBJECTS = frozenset({"subject", "dc.subject", "bath.subject"})
_YEARS = frozenset({"date", "year", "dc.date"})
_RECORDS = frozenset({"rec.id", "rec.identifier", "id"})
INDEXES = tuple(sorted({*_TEXTS, *_NUMBERS, *_SUBJECTS, *_YEARS, *_RECORDS, "cql.anywhere"}))
"""What may be named, for the explanation."""
_WORDS = frozenset({"=", "==", "all", "any", "adj", "exact", "scr", "cql.scr"})
_ORDER: dict[str, Callable[[int, int], bool]] = {
    "=": lambda year, asked: year == asked,
    "==": lambda year, asked: year == asked,
    "<": lambda year, asked: year < asked,
    ">": lambda year, asked: year > asked,
    "<=": lambda year, asked: year <= asked,
    ">=": lambda year, asked: year >= asked,
    "<>": lambda year, asked: year != asked,
}


def find(session: Session, query: Query) -> list[int]:
    """The numbers of the titles that a query finds. Raises CqlError."""
    if isinstance(query, Clause):
        return _clause(session, query)
    left, right = find(session, query.left), find(session, query.right)
    return _joined(query, left, right)


def _joined(query: Both, left: list[int], right: list[int]) -> list[int]:
    if query.way == "or":
        return list(dict.fromkeys([*left, *right]))[:BOUND]
    other = set(right)
    return [one for one in left if (one in other) is (query.way == "and")]


def _clause(session: Session, clause: Clause) -> list[int]:
    if clause.index in _YEARS:
        return _of_years(session, clause)
    if clause.relation not in _WORDS:
        raise CqlError(19, clause.relation)
    if clause.index in _RECORDS:
        return _standing(session, [int(clause.term)] if _is_number(clause.term) else [])
    if clause.index in _NUMBERS:
        return _numbered(session, _NUMBERS[clause.index], clause.term)
    if clause.index in _ANY:
        return _by_words(session, clause)
    if clause.index in _TEXTS:
        return _held(session, clause, _texts(session, clause, _TEXTS[clause.index]))
    if clause.index in _SUBJECTS:
        return _held(session, clause, _subjects(session, clause))
    raise CqlError(16, clause.index)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def _by_words(session: Session, clause: Clause) -> list[int]:
    term = clause.term.replace("*", " ").replace("?", " ")
    asked = words(term) if clause.relation == "any" else (term,)
    found = [one for text in asked for one in search.matches(session, text, BOUND).ids]
    return list(dict.fromkeys(found))[:BOUND]


def _texts(session: Session, clause: Clause, column: Any) -> dict[int, str]:
    ids = _by_words(session, clause)
    rows = session.execute(select(Biblio.id, column).where(among(Biblio.id, "ids")), {"ids": ids})
    texts = {number: str(text) for number, text in rows}
    return {one: texts[one] for one in ids if one in texts}


def _subjects(session: Session, clause: Clause) -> dict[int, str]:
    ids = _by_words(session, clause)
    rows = session.execute(
        select(BiblioHeading.biblio_id, Heading.name)
        .join(Heading, Heading.id == BiblioHeading.heading_id)
        .where(among(BiblioHeading.biblio_id, "ids"), BiblioHeading.role == "subject"),
        {"ids": ids},
    )
    texts: dict[int, list[str]] = {}
    for number, name in rows:
        texts.setdefault(number, []).append(name)
    return {one: " / ".join(texts[one]) for one in ids if one in texts}


def _held(session: Session, clause: Clause, texts: dict[int, str]) -> list[int]:
    """Those whose text has the words, each as it begins; "==" and "exact" the whole text."""
    asked = words(clause.term)
    if clause.relation in {"==", "exact"}:
        return [one for one, text in texts.items() if key(text) == key(clause.term)]
    if clause.relation == "adj":
        return [one for one, text in texts.items() if key(clause.term) in key(text)]
    enough = any if clause.relation == "any" else all
    return [
        one
        for one, text in texts.items()
        if enough(any(word.startswith(part) for word in words(text)) for part in asked)
    ]


def _numbered(session: Session, kind: str, term: str) -> list[int]:
    bare = isbn.canonical(term) or isbn.bare(term)
    wanted = (
        select(BiblioIdentifier.biblio_id)
        .join(Biblio, Biblio.id == BiblioIdentifier.biblio_id)
        .where(BiblioIdentifier.value == bare, Biblio.cancelled_at.is_(None))
    )
    if kind:
        wanted = wanted.where(BiblioIdentifier.kind == kind)
    return list(session.execute(wanted.order_by(Biblio.id).limit(BOUND)).scalars())


def _of_years(session: Session, clause: Clause) -> list[int]:
    if clause.relation not in _ORDER:
        raise CqlError(19, clause.relation)
    if not _is_number(clause.term):
        raise CqlError(36, clause.term)
    passes, year = _ORDER[clause.relation], int(clause.term)
    known = session.execute(
        select(Biblio.year)
        .where(Biblio.year.is_not(None), Biblio.cancelled_at.is_(None))
        .distinct()
    ).scalars()
    years = [one for one in known if one is not None and passes(one, year)]
    rows = session.execute(
        select(Biblio.id)
        .where(among(Biblio.year, "years"), Biblio.cancelled_at.is_(None))
        .order_by(Biblio.id)
        .limit(BOUND),
        {"years": years},
    )
    return list(rows.scalars())


def _standing(session: Session, ids: Sequence[int]) -> list[int]:
    rows = session.execute(
        select(Biblio.id).where(among(Biblio.id, "ids"), Biblio.cancelled_at.is_(None)),
        {"ids": list(ids)},
    )
    return list(rows.scalars())
