"""The search of the catalogue as a folder, on a telephone's slow processor: `python -m
tests.bench.offline`. Chromium is slowed down six times; the baseline is the same search unslowed.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from database.library import Library
from database.policy.house import ProfileFacts
from database.search import indexing
from desktop.web.folder import site
from tests.bench import big_library, searching

TITLES, SLOWER, GOAL_MS = 10_000, 6, 100
SHORT = (
    "p",
    "a",
    "k",
    "pe",
    "97",
    "978",
    "9786",
    "978602",
    "ke",
    "b0",
    "di",
    "an",
    "pa ke",
    "in d",
)
"""Begins of a great many words: what is there after the first keys."""
Note = Callable[..., None]
P95 = Callable[[list[float]], float]
_ASK = """([words]) => {
    const box = document.getElementById("q");
    box.value = words;
    const begin = performance.now();
    document.querySelector("form.search").requestSubmit();
    document.body.offsetHeight;
    return performance.now() - begin;
}"""


def measure(note: Note, p95: P95) -> None:
    """Nothing is measured where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        note("search of the folder", "no Chromium here", f"<= {GOAL_MS} ms")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        library = _library(Path(folder) / "library.db")
        written = site.write(library, Path(folder) / "site", big_library.NOW)
        library.close()
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((Path(folder) / "site" / "cari.html").as_uri())
        page.wait_for_function("document.documentElement.dataset.ready")
        queries = [*SHORT, *searching.typed_queries()[:100]]
        page.evaluate(_ASK, ["keperawatan"])
        plain = {one: page.evaluate(_ASK, [one]) for one in queries}
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        slow = {one: page.evaluate(_ASK, [one]) for one in queries}
        browser.close()
    worst = max(slow, key=lambda one: slow[one])
    note(
        f"search of a folder of {TITLES:,} titles, slowed {SLOWER} times, the slowest of all",
        f"{slow[worst]:.0f} ms",
        f"<= {GOAL_MS} ms",
        f"“{worst}”; p95 {p95([one / 1000 for one in slow.values()]):.0f} ms,"
        f" unslowed {p95([one / 1000 for one in plain.values()]):.0f} ms;"
        f" {written.loaded / 1_000_000:.1f} MB loaded",
    )


def _library(where: Path) -> Library:
    library = Library.create(where, ProfileFacts("Perpustakaan", "P"), big_library.NOW)
    with library.transaction() as session:
        big_library._titles(session, random.Random(7), TITLES)
        indexing.settle(session.connection)
    return library


if __name__ == "__main__":
    from tests.bench.noting import note, p95, table

    measure(note, p95)
    table()
