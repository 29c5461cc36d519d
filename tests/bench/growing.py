"""The same search over ten times as many titles: `python -m tests.bench.growing`.

Two libraries of one make are asked the same questions in turn, in one run: 100,000 titles, which
is the baseline, and 1,000,000. Titles, numbers and words alone, with a copy of each title.
"""

from __future__ import annotations

import argparse
import random
import statistics as maths
from datetime import date
from pathlib import Path

from database.engine import bulk
from database.library import Library
from database.policy.house import ProfileFacts
from database.schema import Item
from database.search import indexing, listing, search
from tests.bench import big_library, searching
from tests.bench.noting import note, p95, table, timed

SIZES = (100_000, 1_000_000)
GOAL = 2.0


def place(engine: str, server: str | None, count: int) -> str:
    """Where the library of so many titles is kept between runs."""
    big_library.CACHE.mkdir(exist_ok=True)
    if engine == "sqlite":
        return str(big_library.CACHE / f"titles-{count}.db")
    assert server is not None
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/selasar_titles_{count}" + (f"?{query}" if query else "")


def build(where: str, count: int) -> None:
    """Make it; a million titles take a quarter of an hour."""
    library = Library.create(where, ProfileFacts("Perpustakaan besar", "BESAR"), big_library.NOW)
    with library.transaction() as session:
        groups = big_library._titles(session, random.Random(7), count)
        connection = session.connection()
        copies = (
            {
                "id": number, "biblio_id": number, "barcode": f"B{number:06d}",
                "class_group": groups[number - 1], "location": "Rak", "source": "purchase",
                "accessioned_on": date(2016, 1, 4), "created_at": big_library.NOW,
                "labelled_at": big_library.NOW, "call_number": "", "volume": "",
                "copy_number": 1, "item_type": "book", "ownership": "hospital", "supplier": "",
                "status": "in_service", "note": "",
            }
            for number in range(1, count + 1)
        )  # fmt: skip
        big_library.bulk_rows(connection, Item, copies)
        bulk.continue_sequences(connection)
        indexing.settle(lambda: connection)
    with library.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    library.close()


def stands(where: str, count: int) -> bool:
    """Whether it was built whole."""
    try:
        library = Library.open(where)
    except Exception:  # whatever is wrong with it, it is built anew or the build says why
        return False
    whole = library.contents().titles == count
    library.close()
    return whole


def measure(engine: str, server: str | None) -> None:
    """Each question asked of both, one after the other."""
    places = [place(engine, server, count) for count in SIZES]
    for where, count in zip(places, SIZES, strict=True):
        if not stands(where, count):
            Path(where).unlink(missing_ok=True)
            print(f"  {count} titles built in {timed(lambda w=where, n=count: build(w, n)):.0f} s")
    libraries = [Library.open_to_look(where) for where in places]
    queries = searching.typed_queries()
    for name, ask in (
        ("search as you type", lambda session, words: search.search(session, words, 50)),
        ("the list of titles", listing.find),
    ):
        small, great = [], []
        with libraries[0].reading() as little, libraries[1].reading() as much:
            for session in (little, much):
                for words in queries[:30]:
                    ask(session, words)
            for words in queries:
                small.append(timed(lambda q=words, run=ask: run(little, q)))
                great.append(timed(lambda q=words, run=ask: run(much, q)))
        note(
            f"{engine}: {name} over {SIZES[1]:,} titles against {SIZES[0]:,}, p95",
            f"{p95(great) / p95(small):.2f}x",
            f"<= {GOAL:.0f}x",
            f"{p95(great):.1f} ms against {p95(small):.1f} ms;"
            f" median {maths.median(great) * 1000:.1f} against {maths.median(small) * 1000:.1f}",
        )
    for library in libraries:
        library.close()


def main() -> None:
    """Both engines, or one of them."""
    from tests.bench import running

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--server", help="URL of a PostgreSQL server; else an embedded one")
    options = parser.parse_args()
    engines = ("sqlite", "postgresql") if options.engine == "both" else (options.engine,)
    with running._server(options.server, "postgresql" in engines) as server:
        for engine in engines:
            print(engine, flush=True)
            measure(engine, server)
    table()


if __name__ == "__main__":
    main()
