"""The index of words: what each title is found by, kept up by every change of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from sqlalchemy import Connection, bindparam, select, text

from database.description import marc
from database.description.field_facts import Projection
from database.description.projection import project
from database.engine import bulk
from database.engine.among import among
from database.schema import Biblio, Item, NeighbourTitle
from database.search import headings, spelling
from database.search.indexes import NEIGHBOURS, OURS, Index
from database.text.joined import searchable
from database.text.stems import IN_TITLE, index_texts
from database.text.words import words

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What a title is found by: the two texts of `stems.index_texts`."""

    biblio_id: int
    title: str
    other: str


def index(
    connection: Connection,
    entries: Iterable[Words],
    *,
    fresh: bool = False,
    into: Index = OURS,
) -> None:
    """(Re)write the index rows of some titles; `fresh` promises they have none yet."""
    listed = list(entries)
    if not listed:
        return
    met = set(" ".join(f"{one.title} {one.other}" for one in listed).split())
    spelling.learn(connection, met, into)
    if not fresh:
        drop(connection, [one.biblio_id for one in listed], into)
    if connection.dialect.name == "postgresql":
        columns = (into.record, "title", "words")
        bulk.copy(connection, into.words, columns, map(_vectors, listed))
    else:
        # Straight to the driver: two values a row, ten thousands of rows in an import.
        connection.exec_driver_sql(
            f"INSERT INTO {into.words} (rowid, title, rest) VALUES (?, ?, ?)",  # noqa: S608
            [(one.biblio_id, _twice(one.title), one.other) for one in listed],
        )


_COPIES = (
    select(Item.biblio_id, Item.barcode, Item.accession_number, Item.call_number)
    .where(among(Item.biblio_id, "ids"), Item.cancelled_at.is_(None))
    .order_by(Item.id)
)


def drop(connection: Connection, ids: Sequence[int], index: Index = OURS) -> None:
    """Let some titles be found no more."""
    key = index.record if connection.dialect.name == "postgresql" else "rowid"
    dropped = text(f"DELETE FROM {index.words} WHERE {key} IN :ids")  # noqa: S608 - names of ours
    connection.execute(dropped.bindparams(bindparam("ids", expanding=True)), {"ids": list(ids)})


def _twice(title: str) -> str:
    """The words of a title, and again as those of a title alone."""
    return f"{title} {IN_TITLE}{title.replace(' ', f' {IN_TITLE}')}" if title else ""


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
_CHANGED = text("SELECT total_changes()")


def settle(
    connect: Callable[[], Connection],
    between: Callable[[], object] = lambda: None,
    index: Index = OURS,
) -> None:
    """Put the index in order after many titles came in: a long prefix ("9786020") is then found
    in half the time. Half a second at 100,000 titles, in pieces with `between()` after each.

    A file only. By SQLite's own account a merge is whole when it changes less than two rows
    (https://sqlite.org/fts5.html, "The 'merge' Command"); the first asks for all of it.
    """
    pages = -_PAGES
    merge = text(f"INSERT INTO {index.words} ({index.words}, rank) VALUES ('merge', :pages)")  # noqa: S608
    while connect().dialect.name == "sqlite":
        before = connect().execute(_CHANGED).scalar_one()
        connect().execute(merge, {"pages": pages})
        if connect().execute(_CHANGED).scalar_one() - before < 2:
            return
        pages = _PAGES
        between()


def reindex(connection: Connection, wanted: Collection[Index] = (OURS, NEIGHBOURS)) -> None:
    """Build the indexes anew from the records."""
    for into, record, made in (
        (OURS, Biblio, words_of),
        (NEIGHBOURS, NeighbourTitle, _words_of_neighbours),
    ):
        if into not in wanted:
            continue
        connection.execute(text(f"DELETE FROM {into.words}"))  # noqa: S608 - a name of ours
        last = 0
        every = select(record.id).order_by(record.id).limit(_CHUNK)
        while ids := list(connection.execute(every.where(record.id > last)).scalars()):
            index(connection, made(connection, ids), fresh=True, into=into)
            last = ids[-1]
        settle(lambda: connection, index=into)


def _words_of_neighbours(connection: Connection, ids: Sequence[int]) -> list[Words]:
    """What titles of neighbours are found by: what stands in their records, no more."""
    rows = connection.execute(
        select(NeighbourTitle.id, NeighbourTitle.marc).where(NeighbourTitle.id.in_(ids))
    )
    return [of_record(number, project(marc.from_json(kept))) for number, kept in rows]


def of_record(number: int, facts: Projection) -> Words:
    """What a title is found by of which nothing is known but its record."""
    return Words(number, *index_texts(facts.title_words, facts.other_words))
