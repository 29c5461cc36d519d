"""Taking times, and the table of what was found."""

from __future__ import annotations

import statistics as maths
import time
from collections.abc import Callable

_rows: list[tuple[str, str, str, str]] = []


def note(what: str, found: str, goal: str, remark: str = "") -> None:
    """One row of the table."""
    _rows.append((what, found, goal, remark))
    print(f"  {what}: {found} ({goal}) {remark}", flush=True)


def table() -> None:
    """The whole table, as Markdown."""
    print("\n| what | found | goal | remark |\n|---|---|---|---|")
    for row in _rows:
        print("| " + " | ".join(row) + " |")


def timed(act: Callable[[], object]) -> float:
    """Seconds `act` takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def p95(times: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return maths.quantiles(times, n=20)[-1] * 1000
