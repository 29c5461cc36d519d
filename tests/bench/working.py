"""Lending, saving a title, a month's figures, an import: each whole, as the window does it."""

from __future__ import annotations

import itertools
import random
import sqlite3
import statistics as maths
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from database.catalogue import titles
from database.circulation import lending
from database.description import iso2709, marc, marc_form
from database.holdings import item_facts, item_list, items
from database.imports import importing
from database.library import Library
from database.patrons import membership
from database.policy.house import ProfileFacts
from database.reports import statistics
from tests.bench import big_library, desks
from tests.bench.big_library import NOW
from tests.bench.noting import note, p95, timed
from tests.libraries import ANYTHING

LOANS_TIMED = 300


def checkout(engine: str, library: Library) -> None:
    """Free items, one after the other; ours and the bare transaction take turns."""
    with library.reading() as session:
        taken = {
            row[0]
            for row in session.connection().exec_driver_sql(
                "SELECT item_id FROM loan WHERE returned_at IS NULL AND cancelled_at IS NULL"
            )
        }
    free = (n for n in range(1, big_library.ITEMS) if n not in taken)
    patrons = itertools.cycle(range(1, big_library.PATRONS))
    bare = _bare_checkout(library)
    ours_times, bare_times, lines = [], [], []

    def lend() -> None:
        barcode, number = f"B{next(free):06d}", f"M{next(patrons):05d}"
        with library.transaction() as session:
            lines.append(lending.check_out(session, number, barcode, NOW, ANYTHING).line)

    lend()
    for _ in range(LOANS_TIMED):
        ours_times.append(timed(lend))
        item, patron = next(free), next(patrons)
        bare_times.append(timed(lambda i=item, p=patron: bare(i, p)))
    ratio = maths.median(ours_times) / maths.median(bare_times)
    note(
        f"{engine}: durable checkout, whole rule",
        f"{ratio:.1f}x bare",
        "<= 10x",
        f"{maths.median(ours_times) * 1000:.2f} ms against {maths.median(bare_times) * 1000:.2f}",
    )
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


def save_titles(engine: str, library: Library) -> None:
    """A title saved under another name, and back again: projected, linked, indexed,
    journalled, committed."""
    chance = random.Random(17)
    times = []

    def save(number: int, record: marc.Record, shelf: str) -> None:
        with library.transaction() as session:
            titles.save_biblio(session, number, record, NOW, shelf)

    for _ in range(100):
        number = chance.randrange(1, big_library.TITLES)
        with library.reading() as session:
            record, shelf = titles.record_of(session, number)
        title = f"{chance.choice(big_library._A)} {chance.choice(big_library._C)} {number}, baru"
        values = {**marc_form.values(record), "title": title, "year": "1999"}
        other = marc_form.apply(record, values)
        times.append(timed(lambda n=number, r=other, s=shelf: save(n, r, s)))
        times.append(timed(lambda n=number, r=record, s=shelf: save(n, r, s)))
    note(
        f"{engine}: saving a changed title, p95",
        f"{p95(times):.1f} ms",
        "<= 20 ms",
        f"median {maths.median(times) * 1000:.1f} ms",
    )
    with library.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE action = 'biblio.saved'")


# --- figures ------------------------------------------------------------------------


def month(engine: str, library: Library) -> None:
    from desktop.pages.report.month import write_month

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


def bring_in(engine: str, server: str | None) -> None:
    import pymarc

    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.mrc"
        with path.open("wb") as stream:
            for number in range(20_000):
                stream.write(iso2709.serialise(big_library._record(chance, number)))

        def read_only() -> None:
            with path.open("rb") as stream:
                for _ in pymarc.MARCReader(stream):
                    pass

        where = empty(engine, server, folder)
        library = Library.create(where, ProfileFacts(), NOW)

        def bring() -> None:
            with library.transaction() as session:
                importing.run(session, [path], NOW)

        # Before and after: a machine is not equally fast from one second to the next.
        before = timed(read_only)
        ours = timed(bring)
        bare = (before + timed(read_only)) / 2
        library.close()
    note(
        f"{engine}: import of 20,000 records",
        f"{ours / bare:.1f}x pymarc's reading",
        "<= 5x",
        f"{ours:.1f} s against {bare:.1f} s",
    )


def beside_an_import(engine: str, server: str | None) -> None:
    """A desk goes on while 100,000 records come in."""
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.mrc"
        with path.open("wb") as stream:
            for number in range(100_000):
                stream.write(iso2709.serialise(big_library._record(chance, number)))
        where = empty(engine, server, folder)
        library = Library.create(where, ProfileFacts(), NOW)
        with library.transaction() as session:
            membership.enrol(session, membership.PatronFacts("Rina", "nurse", "M0001"), NOW)
            record = marc_form.apply(marc.Record(), {"title": "Banyak"})
            title = titles.add_biblio(session, record, NOW)
            items.add_items(session, title, item_facts.ItemFacts(), 600, NOW)
            codes = [row.barcode for row in item_list.items_of(session, title)]
        library.close()
        desks.beside_an_import(engine, where, path, codes, note)


def empty(engine: str, server: str | None, folder: str) -> str:
    """Where a library may be made that holds nothing yet."""
    if engine == "sqlite":
        return str(Path(folder) / "import.db")
    import psycopg

    assert server is not None
    with psycopg.connect(server, autocommit=True) as raw:
        raw.execute("DROP DATABASE IF EXISTS selasar_import WITH (FORCE)")
    return big_library.place(engine, server).replace("selasar_bench", "selasar_import")
