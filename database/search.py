"""Searching titles: any word order, prefixes as you type, accents and hyphens ignored.

The words of a title and of everything else about it are folded in Python and kept in
`biblio_words`: FTS5 on SQLite, two tsvectors on PostgreSQL. First come titles that begin
with what was typed, then those with every word in the title, then all others: three
bounded questions, since ranking all matches of two letters costs 100 ms at 100,000 titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.orm import Session

from database import bulk, marc
from database.projection import project
from database.schema import Biblio, Item
from database.words import key, words

COUNTED = 500
_CHUNK = 500
_NUMBER_RUN = re.compile(r"(?<![\w])\d[\d\- ]*[\dxX](?![\w])")


@dataclass(frozen=True, slots=True)
class Found:
    """One title in a list. `items` are copies in stock, `available` those not lent."""

    id: int
    title: str
    contributors: str
    year: int | None
    call_number: str
    available: int
    items: int
    classification: str = ""
    publisher: str = ""
    isbn: str = ""
    material: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """The first rows of a search and how many titles it finds, counted up to a bound."""

    count: int
    rows: list[Found]
    words: tuple[str, ...]


# --- what is asked --------------------------------------------------------------

Group = tuple[tuple[str, ...], ...]
"""Alternatives; each is words that must all be there (as prefixes)."""


def understand(query: str) -> list[Group]:
    """Words asked for; a run of digits with hyphens or blanks may also be one number."""
    groups: list[Group] = []
    rest_at = 0
    for match in _NUMBER_RUN.finditer(query):
        parts = words(match.group())
        joined = "".join(parts)
        if len(parts) < 2 or not 6 <= len(joined) <= 13:
            continue
        groups += [((word,),) for word in words(query[rest_at : match.start()])]
        groups.append(((joined,), parts))
        rest_at = match.end()
    groups += [((word,),) for word in words(query[rest_at:])]
    return list(dict.fromkeys(groups))


def _fts(groups: Sequence[Group]) -> str:
    def one(alternative: tuple[str, ...]) -> str:
        return (
            "(" + " AND ".join(f'"{word}"{_star(word, groups, "*")}' for word in alternative) + ")"
        )

    return " AND ".join("(" + " OR ".join(map(one, group)) + ")" for group in groups)


def _tsquery(groups: Sequence[Group]) -> str:
    def one(alternative: tuple[str, ...]) -> str:
        return (
            "(" + " & ".join(f"'{word}'{_star(word, groups, ':*')}" for word in alternative) + ")"
        )

    return " & ".join("(" + " | ".join(map(one, group)) + ")" for group in groups)


def _star(word: str, groups: Sequence[Group], star: str) -> str:
    """Words are prefixes; one letter beside others is itself (hepatitis B), for nearly every
    title has a word that begins with it."""
    return star if len(word) > 1 or len(groups) == 1 else ""


# --- finding --------------------------------------------------------------------

_SQLITE = {
    "title": text(
        "SELECT rowid FROM biblio_words WHERE biblio_words MATCH :query ORDER BY rowid LIMIT :limit"
    ),
    "any": text(
        "SELECT rowid FROM biblio_words WHERE biblio_words MATCH :query ORDER BY rowid LIMIT :limit"
    ),
}
# Without ORDER BY: the planner would else walk the primary key for want of a better guess.
_POSTGRESQL = {
    "title": text(
        "SELECT biblio_id FROM biblio_words WHERE title @@ CAST(:query AS tsquery) LIMIT :limit"
    ),
    "any": text(
        "SELECT biblio_id FROM biblio_words WHERE words @@ CAST(:query AS tsquery) LIMIT :limit"
    ),
}

_BEGINS = (
    select(Biblio.id)
    .where(
        Biblio.title_key >= bindparam("first"),
        Biblio.title_key < bindparam("last"),
        Biblio.cancelled_at.is_(None),
    )
    .order_by(Biblio.title_key, Biblio.id)
    .limit(bindparam("limit"))
)
_DETAILS = select(
    Biblio.id,
    Biblio.title,
    Biblio.contributors,
    Biblio.year,
    Biblio.call_number,
    Biblio.classification,
    Biblio.publisher,
    Biblio.isbn,
    Biblio.material,
).where(Biblio.id.in_(bindparam("ids", expanding=True)))
# Plain SQL: built once, run at every key press.
_COPIES = text(
    "SELECT i.biblio_id, count(*),"
    " sum(CASE WHEN i.status IN ('in_service', 'reference') AND l.id IS NULL THEN 1 ELSE 0 END)"
    " FROM item i LEFT JOIN loan l"
    " ON l.item_id = i.id AND l.returned_at IS NULL AND l.cancelled_at IS NULL"
    " WHERE i.biblio_id IN :ids AND i.cancelled_at IS NULL"
    " AND i.status NOT IN ('lost', 'withdrawn', 'returned_to_owner')"
    " GROUP BY i.biblio_id"
).bindparams(bindparam("ids", expanding=True))


def search(session: Session, query: str, limit: int = 50, counted: int = COUNTED) -> Results:
    """The first `limit` titles for `query`; an empty query lists the newest titles.

    The count stops at `counted`: nobody reads "48,213 titles" while typing, and counting
    them all takes PostgreSQL longer than finding the first fifty.
    """
    groups = understand(query)
    if not groups:
        return _newest(session, limit)
    anywhere = _everywhere(session, groups, max(counted, limit))
    if not anywhere and len(groups) > 1 and len(words(query)[-1]) == 1:
        # The first letter of a word that is still being typed.
        groups = groups[:-1]
        anywhere = _everywhere(session, groups, max(counted, limit))
    ids = _begins(session, key(query), limit) if anywhere else []
    if len(ids) < limit < len(anywhere):
        ids += _in_title(session, groups, limit)
    ids = list(dict.fromkeys([*ids, *anywhere]))[:limit]
    return Results(len(anywhere), details(session, ids), words(query))


def _everywhere(session: Session, groups: list[Group], limit: int) -> list[int]:
    """Titles that have every word anywhere; their number is the count that is shown."""
    asked, statements = _asked(session, groups)
    return sorted(session.execute(statements["any"], {"query": asked, "limit": limit}).scalars())


def _in_title(session: Session, groups: list[Group], limit: int) -> list[int]:
    """Titles that have every word in the title itself."""
    asked, statements = _asked(session, groups)
    wanted = f"title : ({asked})" if statements is _SQLITE else asked
    return sorted(session.execute(statements["title"], {"query": wanted, "limit": limit}).scalars())


def _begins(session: Session, start: str, limit: int) -> list[int]:
    """Titles that are or begin with what was typed, in the alphabet: an index range."""
    if not start:
        return []
    binds = {"first": start, "last": start + "\U0010ffff", "limit": limit}
    return list(session.execute(_BEGINS, binds).scalars())


def _asked(session: Session, groups: list[Group]) -> tuple[str, dict[str, Any]]:
    """The words as the engine wants them, and its statements."""
    if session.get_bind().dialect.name == "postgresql":
        return _tsquery(groups), _POSTGRESQL
    return _fts(groups), _SQLITE


def _newest(session: Session, limit: int) -> Results:
    standing = Biblio.cancelled_at.is_(None)
    ids = session.execute(
        select(Biblio.id).where(standing).order_by(Biblio.id.desc()).limit(limit)
    ).scalars()
    total = session.execute(
        text("SELECT count(*) FROM biblio WHERE cancelled_at IS NULL")
    ).scalar_one()
    return Results(total, details(session, list(ids)), ())


def details(session: Session, ids: list[int]) -> list[Found]:
    """List rows for `ids`, in that order."""
    if not ids:
        return []
    copies = {row[0]: (row[1], row[2]) for row in session.execute(_COPIES, {"ids": ids})}
    rows = {row[0]: row for row in session.execute(_DETAILS, {"ids": ids})}
    return [_found(rows[one], copies.get(one, (0, 0))) for one in ids if one in rows]


def _found(row: Any, copies: tuple[int, int]) -> Found:
    number, title, contributors, year, call_number, *rest = row
    return Found(
        number, title, contributors, year, call_number, int(copies[1]), int(copies[0]), *rest
    )


# --- indexing -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """What a title is found by."""

    biblio_id: int
    title: Sequence[str]
    other: Sequence[str]


def index(connection: Connection, entries: Iterable[Words], *, fresh: bool = False) -> None:
    """(Re)write the index rows of some titles; `fresh` promises they have none yet."""
    listed = list(entries)
    if not listed:
        return
    if not fresh:
        drop(connection, [one.biblio_id for one in listed])
    if connection.dialect.name == "postgresql":
        bulk.copy(
            connection, "biblio_words", ("biblio_id", "title", "words"), list(map(_vectors, listed))
        )
    else:
        # Straight to the driver: two values a row, ten thousands of rows in an import.
        connection.exec_driver_sql(
            "INSERT INTO biblio_words (rowid, title, rest) VALUES (?, ?, ?)",
            [(one.biblio_id, " ".join(one.title), " ".join(one.other)) for one in listed],
        )


_DROP = {
    "postgresql": text("DELETE FROM biblio_words WHERE biblio_id IN :ids"),
    "sqlite": text("DELETE FROM biblio_words WHERE rowid IN :ids"),
}


def drop(connection: Connection, ids: Sequence[int]) -> None:
    """Let some titles be found no more."""
    statement = _DROP[connection.dialect.name].bindparams(bindparam("ids", expanding=True))
    connection.execute(statement, {"ids": list(ids)})


def _vectors(entry: Words) -> tuple[int, str, str]:
    return entry.biblio_id, _vector(entry.title), _vector((*entry.title, *entry.other))


def _vector(folded: Sequence[str]) -> str:
    """A tsvector as text; the server refuses lexemes over 2 kB, and nobody types one."""
    return " ".join(f"'{word[:200]}'" for word in dict.fromkeys(folded))


def words_of(connection: Connection, ids: Sequence[int]) -> list[Words]:
    """What the titles `ids` are found by now, copies included."""
    copies: dict[int, list[str]] = {}
    rows = connection.execute(
        select(Item.biblio_id, Item.barcode, Item.accession_number, Item.call_number).where(
            Item.biblio_id.in_(ids), Item.cancelled_at.is_(None)
        )
    )
    for biblio_id, *texts in rows:
        copies.setdefault(biblio_id, []).extend(t for t in texts if t)
    found = []
    for biblio_id, stored, call_number in connection.execute(
        select(Biblio.id, Biblio.marc, Biblio.call_number).where(Biblio.id.in_(ids))
    ):
        facts = project(marc.from_json(stored))
        extra = [*item_words(copies.get(biblio_id, ())), *words(call_number)]
        found.append(Words(biblio_id, facts.title_words, (*facts.other_words, *extra)))
    return found


def item_words(texts: Iterable[str]) -> list[str]:
    """Words of barcodes, accession and call numbers; a code is also found written together."""
    found: list[str] = []
    for one in texts:
        parts = words(one)
        found.extend(parts)
        if len(parts) > 1:
            found.append("".join(parts))
    return list(dict.fromkeys(found))


def reindex(connection: Connection) -> None:
    """Build the whole index anew from the records."""
    connection.execute(text("DELETE FROM biblio_words"))
    last = 0
    while True:
        ids = list(
            connection.execute(
                select(Biblio.id).where(Biblio.id > last).order_by(Biblio.id).limit(_CHUNK)
            ).scalars()
        )
        if not ids:
            return
        index(connection, words_of(connection, ids), fresh=True)
        last = ids[-1]
