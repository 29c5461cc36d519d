"""`python -m tests.races [--acts 20000] [--engine sqlite|postgresql]`: four programs at random on
one library of each engine, and what they broke."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from database.library import Library
from tests.libraries import NOW, PROFILE, named, own_server
from tests.racing import race


def main() -> int:
    """Whether nothing was broken, as the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=20_000)
    parser.add_argument("--programs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    chosen = parser.parse_args()
    wrong = 0
    for engine in chosen.engine or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as folder, own_server(engine) as server:
            where = str(Path(folder) / "race.db") if not server else named(server, "race")
            Library.create(where, PROFILE, NOW).close()
            begun = time.monotonic()
            told = race.run(
                where, NOW, count=chosen.acts, programs=chosen.programs, seed=chosen.seed
            )
            took, (head, *lines) = time.monotonic() - begun, told.lines()
            sys.stdout.write(f"{engine}, {took:.0f} s, {chosen.programs} programs, {head}\n")
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            wrong += len(told.broken) + len(told.errors)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
