"""Search as you type, against the bare driver and against the way of a peer."""

from __future__ import annotations

import json
import random
import sqlite3
import statistics as maths
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from database.description import marc
from database.library import Library
from database.patrons import finding
from database.search import asking, search, tiers
from database.search.indexes import OURS
from tests.bench import big_library
from tests.bench.noting import note, p95, timed

QUERIES = 300
SHOWN = 200
"""Patrons listed at once, as in the window."""


def typed_queries() -> list[str]:
    """What a person types, letter by letter, towards a title, an author, a number."""
    chance = random.Random(11)
    whole = [f"{chance.choice(big_library._B)} {chance.choice(big_library._C)}" for _ in range(40)]
    whole += [f"{chance.choice(big_library._FIRST)}{chance.randrange(997)}" for _ in range(30)]
    whole += [f"978602{chance.randrange(100_000):06d}" for _ in range(15)]
    whole += [f"B{chance.randrange(1, 100_000):06d}" for _ in range(15)]
    steps = [text[:end] for text in whole for end in range(2, len(text) + 1)]
    return chance.sample(steps, QUERIES)


def measure(engine: str, library: Library) -> None:
    queries = typed_queries()
    ours, bare, peer, narrow = [], [], [], []
    with library.reading() as session, _peer(library) as peers:
        search.search(session, "warm up")
        run_bare = _bare_search(library, session)
        run_peer = _peer_search(library, peers, _ALL)
        run_narrow = _peer_search(library, peers, _OWN)
        for query in queries:
            ours.append(timed(lambda q=query: search.search(session, q, 50)))
            bare.append(timed(lambda q=query: run_bare(q)))
        for query in queries[:60]:
            peer.append(timed(lambda q=query: run_peer(q)))
            narrow.append(timed(lambda q=query: run_narrow(q)))
    note(
        f"{engine}: search as you type, p95",
        f"{p95(ours):.1f} ms",
        "<= 16 ms",
        f"median {maths.median(ours) * 1000:.1f} ms",
    )
    note(
        f"{engine}: search against the same query on the bare driver",
        f"{sum(ours) / sum(bare):.2f}x",
        "<= 2x",
    )
    own = maths.mean(ours[:60])
    note(
        f"{engine}: search against LOWER(col) LIKE '%x%'",
        f"{maths.mean(peer) / own:.0f}x faster",
        ">= 30x",
        f"{maths.mean(narrow) / own:.0f}x without subjects, barcodes, accession numbers",
    )


def _bare_search(library: Library, session: Any) -> Callable[[str], object]:
    """The same statements on the bare driver, without our ordering and rows."""
    cursor = _bare_cursor(library, session)
    details, own = as_driver_takes_it(library, search.DETAILS)
    three = _bare_sqlite if library.is_file else _bare_postgresql

    def run(query: str) -> object:
        ids = three(library, cursor, asking.understand(query), search.key(query))[:50]
        own["ids"] = json.dumps(ids) if library.is_file else ids
        return cursor.execute(details, own).fetchall()

    return run


def as_driver_takes_it(library: Library, statement: Any) -> tuple[str, dict[str, Any]]:
    """A statement's text with named parameters in the driver's form, and its own values."""
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect(paramstyle="named") if library.is_file else library.engine.dialect
    compiled = statement.params(ids=[]).compile(dialect=dialect)
    return str(compiled), dict(compiled.params)


def _bare_sqlite(library: Library, cursor: Any, groups: Any, start: str) -> list[int]:
    """The three questions that make up a search on SQLite."""
    matching, beginning = str(tiers.MATCHING[OURS]), str(tiers.BEGINNING)
    asked = tiers.fts(groups)
    found = cursor.execute(matching, {"query": asked, "limit": 500}).fetchall()
    span = {"first": start, "last": start + "\U0010ffff", "limit": 50}
    rows = cursor.execute(beginning, span).fetchall() if found else []
    if len(rows) < 50 < len(found):
        wanted = {"query": f"title : ({asked})", "limit": 50}
        rows += cursor.execute(matching, wanted).fetchall()
    return [row[0] for row in rows + found]


def _bare_postgresql(library: Library, cursor: Any, groups: Any, start: str) -> list[int]:
    """The one statement that asks them on PostgreSQL."""
    statement = str(tiers.STATEMENT[OURS].compile(dialect=library.engine.dialect))
    values = tiers.binds(groups, start, 50, 500)
    return [row[1] for row in cursor.execute(statement, values).fetchall()]


def _bare_cursor(library: Library, session: Any) -> Any:
    if library.is_file:
        return sqlite3.connect(library.where).cursor()
    return session.connection().connection.driver_connection.cursor()


_COLUMNS = ("title", "contributors", "publisher", "series", "isbn", "issn", "classification",
            "call_number", "notes")  # fmt: skip
_OWN = tuple(f"LOWER({column}) LIKE {{mark}}" for column in _COLUMNS)
_ALL = (
    *_OWN,
    "id IN (SELECT biblio_id FROM biblio_heading JOIN heading"
    " ON heading.id = biblio_heading.heading_id WHERE LOWER(heading.name) LIKE {mark})",
    "id IN (SELECT biblio_id FROM item"
    " WHERE LOWER(barcode) LIKE {mark} OR LOWER(accession_number) LIKE {mark})",
)
"""What our own search covers."""


@contextmanager
def _peer(library: Library) -> Iterator[Any]:
    """A cursor on the titles as a peer keeps them: a table of columns, notes too. No temporary
    one, which PostgreSQL would not let two processes read at once."""
    shown, kind = ", ".join(_COLUMNS[:-1]), " TEXT, ".join(_COLUMNS)
    with closing(library.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute(f"CREATE TABLE peer (id INTEGER PRIMARY KEY, {kind} TEXT)")
        cursor.execute(f"SELECT id, {shown}, marc FROM biblio")
        rows = [(*row[:-1], _notes(row[-1])) for row in cursor.fetchall()]
        marks = ", ".join(["?" if library.is_file else "%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO peer VALUES ({marks})", rows)
        cursor.execute("ANALYZE peer")
        connection.commit()
        try:
            yield cursor
        finally:
            cursor.execute("DROP TABLE peer")
            connection.commit()


def _notes(stored: str) -> str:
    listed = marc.from_json(stored).fields
    return " ".join(text for one in listed if one.tag[0] == "5" for _, text in one.subfields)


def _peer_search(
    library: Library, cursor: Any, conditions: tuple[str, ...]
) -> Callable[[str], object]:
    """How SLiMS, BiblioteQ and others look: every word LIKE over every column, and over the
    tables of subjects and copies by a query within the query; sorted by title."""
    mark = "?" if library.is_file else "%s"
    one = "(" + " OR ".join(conditions).format(mark=mark) + ")"

    def run(query: str) -> object:
        parts = query.lower().split()
        where = " AND ".join(one for _ in parts)
        values = [f"%{part}%" for part in parts for _ in range(one.count(mark))]
        cursor.execute(f"SELECT id, title FROM peer WHERE {where} ORDER BY title LIMIT 50", values)
        return cursor.fetchall()

    return run


def measure_patrons(engine: str, library: Library) -> None:
    chance = random.Random(3)
    times = []
    with library.reading() as session:
        for _ in range(100):
            name = f"{chance.choice(big_library._FIRST)} {chance.choice(big_library._FIRST)[:3]}"
            wanted = finding.PatronFilter(name[: chance.randrange(2, len(name))])
            times.append(timed(lambda w=wanted: finding.search(session, w, SHOWN)))
    note(f"{engine}: patron search, p95", f"{p95(times):.1f} ms", "<= 16 ms")
