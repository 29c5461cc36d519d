"""Fifty readers at once before the pages, while a desk goes on scanning twice a second.

Each reader has an address of the loopback network of its own, as each telephone would; between
two pages they read a second. The baseline is one reader alone before the same pages.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from tests.bench import desks, searching

READERS, PAGES, PAUSE_S = 50, 12, 1.0
SCANS = 40
GOAL_MS, DESK_GOAL_MS = 150, 100
Note = Callable[..., None]
P95 = Callable[[list[float]], float]


def measure(engine: str, where: str, note: Note, p95: P95) -> None:
    """Both figures for one library; what was lent is taken out again afterwards."""
    before = desks._marks(where)
    server = desks._begin(
        "import sys; from desktop.commands import run; sys.exit(run(sys.argv[1:]))",
        "serve", "--library", where, "--port", "0", "--json",
    )  # fmt: skip
    try:
        assert server.stdout
        port = json.loads(server.stdout.readline())["port"]
        _read(port, 0)
        alone = _read(port, 1)
        scans = desks._begin(
            desks._DESK, where, "M00001", json.dumps(desks._free(where, SCANS)), "0.5"
        )
        assert scans.stdout
        assert scans.stdin
        scans.stdout.readline()
        scans.stdin.write("go\n")
        scans.stdin.flush()
        with ThreadPoolExecutor(READERS) as readers:
            told = list(readers.map(lambda number: _read(port, number), range(2, READERS + 2)))
        lent, _refused, errors = json.loads(scans.communicate(timeout=600)[0])
    finally:
        server.terminate()
        desks._clean(where, before)
    times = [one for reader in told for one in reader]
    note(
        f"{engine}: {READERS} readers at once, p95",
        f"{p95(times):.0f} ms",
        f"<= {GOAL_MS} ms",
        f"one alone {p95(alone):.0f} ms; {len(times)} of {READERS * PAGES} pages answered",
    )
    note(
        f"{engine}: two scans a second beside them, p95",
        f"{p95(lent):.1f} ms",
        f"<= {DESK_GOAL_MS} ms",
        f"{len(lent)} scans, {len(errors)} errors",
    )


def _read(port: int, number: int) -> list[float]:
    """Seconds of each page of one reader that was answered; one that was told to come again
    later, because the PC had too much to do, is left out and shows in how many were."""
    queries = searching.typed_queries()
    link = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=60, source_address=(f"127.0.1.{number + 1}", 0)
    )
    times = []
    time.sleep(PAUSE_S * (number % 10) / 10)
    for page in range(PAGES):
        words = quote(queries[(number * PAGES + page) % len(queries)])
        path = f"/judul/{number * PAGES + page + 1}" if page % 3 == 2 else f"/cari?q={words}"
        begin = time.perf_counter()
        link.request("GET", path)
        answer = link.getresponse()
        answer.read()
        if answer.status == http.HTTPStatus.OK:
            times.append(time.perf_counter() - begin)
        time.sleep(PAUSE_S)
    link.close()
    return times


if __name__ == "__main__":
    from tests.bench.noting import note, p95, table

    measure("postgresql" if "://" in sys.argv[1] else "sqlite", sys.argv[1], note, p95)
    table()
