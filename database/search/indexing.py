"""The index of words: what each title is found by, kept up by every change of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from sqlalchemy import Connection, bindparam, select, text

from database.description import marc
from database.description.field_facts import Projection
from database.description.projection import project
from database.engine import bulk
from database.engine.among import among
from database.schema import Biblio, Item
from database.search import headings, spelling
from database.text.joined import searchable
from database.text.stems import index_texts
from database.text.words import words

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What a title is found by: the two texts of `stems.index_texts`."""

    biblio_id: int
    title: str
    other: str


def index(connection: Connection, entries: Iterable[Words], *, fresh: bool = False) -> None:
    """(Re)write the index rows of some titles; `fresh` promises they have none yet."""
    listed = list(entries)
    if not listed:
        return
    spelling.learn(connection, set(" ".join(f"{one.title} {one.other}" for one in listed).split()))
    if not fresh:
        drop(connection, [one.biblio_id for one in listed])
    if connection.dialect.name == "postgresql":
        bulk.copy(
            connection, "biblio_words", ("biblio_id", "title", "words"), map(_vectors, listed)
        )
    else:
        # Straight to the driver: two values a row, ten thousands of rows in an import.
        connection.exec_driver_sql(
            "INSERT INTO biblio_words (rowid, title, rest) VALUES (?, ?, ?)",
            [(one.biblio_id, one.title, one.other) for one in listed],
        )


_COPIES = (
    select(Item.biblio_id, Item.barcode, Item.accession_number, Item.call_number)
    .where(among(Item.biblio_id, "ids"), Item.cancelled_at.is_(None))
    .order_by(Item.id)
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
    title, other = _vector(entry.title), _vector(entry.other)
    return entry.biblio_id, title, f"{title} {other}"


def _vector(words: str) -> str:
    """A tsvector as text."""
    return "'" + words.replace(" ", "' '") + "'" if words else ""


def words_of(connection: Connection, ids: Sequence[int]) -> list[Words]:
    """What the titles `ids` that stand are found by now."""
    rows = connection.execute(
        select(Biblio.id, Biblio.marc, Biblio.call_number).where(
            Biblio.id.in_(ids), Biblio.cancelled_at.is_(None)
        )
    )
    known = {number: (project(marc.from_json(kept)), shelf) for number, kept, shelf in rows}
    return words_for(connection, known)


def words_for(connection: Connection, known: Mapping[int, tuple[Projection, str]]) -> list[Words]:
    """What titles are found by, whose facts and call numbers are known: their own words, their
    copies' and those of the forms that lead to their headings."""
    ids = list(known)
    copies: dict[int, list[str]] = {}
    for biblio_id, *texts in connection.execute(_COPIES, {"ids": ids}):
        copies.setdefault(biblio_id, []).extend(t for t in texts if t)
    referred = headings.variants(connection, ids)
    found = []
    for biblio_id, (facts, call_number) in known.items():
        extra = [*searchable(call_number), *item_words(copies.get(biblio_id, ()))]
        extra += referred.get(biblio_id, ())
        other = (*facts.other_words, *extra)
        found.append(Words(biblio_id, *index_texts(facts.title_words, other)))
    return found


def item_words(texts: Iterable[str]) -> list[str]:
    """Words of barcodes, accession and call numbers; a code is also found written together."""
    return list(dict.fromkeys(chain.from_iterable(map(_code_words, texts))))


# The copies of a title share its call number.
@lru_cache(maxsize=1_000)
def _code_words(one: str) -> tuple[str, ...]:
    parts = words(one)
    return (*searchable(one), "".join(parts)) if len(parts) > 1 else searchable(one)


_PAGES = 200
_MERGE = text("INSERT INTO biblio_words (biblio_words, rank) VALUES ('merge', :pages)")
_CHANGED = text("SELECT total_changes()")


def settle(connect: Callable[[], Connection], between: Callable[[], object] = lambda: None) -> None:
    """Put the index in order after many titles came in: a long prefix ("9786020") is then found
    in half the time. Half a second at 100,000 titles, in pieces with `between()` after each.

    A file only. By SQLite's own account a merge is whole when it changes less than two rows
    (https://sqlite.org/fts5.html, "The 'merge' Command"); the first asks for all of it.
    """
    pages = -_PAGES
    while connect().dialect.name == "sqlite":
        before = connect().execute(_CHANGED).scalar_one()
        connect().execute(_MERGE, {"pages": pages})
        if connect().execute(_CHANGED).scalar_one() - before < 2:
            return
        pages = _PAGES
        between()


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
            settle(lambda: connection)
            return
        index(connection, words_of(connection, ids), fresh=True)
        last = ids[-1]
