"""Four programs at once on one library, each by itself at random; seeds are told."""

from __future__ import annotations

import multiprocessing
import random
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from database.library import Library
from database.refusal import Fault
from tests.racing import acts, invariants

_ANEW = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""Programs of their own, parted from one that has loaded what all need (Windows: begun anew)."""
STEP = timedelta(minutes=11)
"""So much later is each act than the one before, whoever does it: loans run late in time."""


@dataclass
class Told:
    """What came of a race."""

    seed: int
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The summary: each act, how often it was done, and what it was told else."""
        total = sum(self.counts.values())
        found = [f"seed {self.seed}: {total} acts, {sum(self.faults.values())} told to wait"]
        for name in acts.ACTS:
            own = {what: n for (act, what), n in self.counts.items() if act == name}
            done, others = own.pop("done", 0), sorted(own.items(), key=lambda one: -one[1])
            said = ", ".join(f"{what} {n}" for what, n in others)
            found.append(f"  {name:8} {done:6} done   {said}")
        found += [f"  BROKEN {one}" for one in self.broken]
        return found + [f"  ERROR {one}" for one in self.errors]


def run(where: str, now: datetime, *, count: int, programs: int, seed: int) -> Told:
    """Furnish the empty library at `where`, let `programs` do `count` acts together, and ask."""
    library = Library.open(where)
    acts.furnish(library, now)
    library.close()
    context = multiprocessing.get_context(_ANEW)
    if _ANEW == "forkserver":
        context.set_forkserver_preload(["tests.racing.race"])
    clock, told = context.Value("l", 0), context.Queue()
    given = (where, now, clock, count, told)
    started = [
        context.Process(target=_program, args=(*given, seed * 100 + n)) for n in range(programs)
    ]
    for process in started:
        process.start()
    found = Told(seed)
    for _process in started:
        counts, faults, errors = told.get()
        found.counts += counts
        found.faults += faults
        found.errors += errors
    for process in started:
        process.join()
    library = Library.open(where)
    found.broken = invariants.broken(library)
    library.close()
    return found


def _program(where: str, begin: datetime, clock: Any, count: int, told: Any, seed: int) -> None:
    rng, library = random.Random(seed), Library.open(where)
    counts: Counter[tuple[str, str]] = Counter()
    faults: Counter[str] = Counter()
    errors: list[str] = []
    while (now := _next(clock, count, begin)) is not None and len(errors) < 3:
        try:
            counts[acts.one(rng, library, now)] += 1
        except Fault as fault:
            faults[str(fault.trouble)] += 1
        except Exception:
            errors.append(traceback.format_exc())
    library.close()
    told.put((counts, faults, errors))


def _next(clock: Any, count: int, begin: datetime) -> datetime | None:
    with clock.get_lock():
        clock.value += 1
        return begin + clock.value * STEP if clock.value <= count else None
