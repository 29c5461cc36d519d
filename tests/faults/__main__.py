"""Real faults for as long as wanted: `python -m tests.faults --hours 8`, or `--kills 1000`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import kills
from tests.libraries import memory
from tests.zone import be_in_jakarta


def main() -> int:
    """Kill, judge, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--hours", type=float)
    asked.add_argument("--kills", type=int)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    chosen = asked.parse_args()
    be_in_jakarta()
    hours = 1.0 if chosen.hours is None and chosen.kills is None else chosen.hours
    until = None if hours is None else time.monotonic() + 3600 * hours
    # A killed program loses nothing that it wrote, on whichever disk: in memory more is tried.
    with tempfile.TemporaryDirectory(prefix="selasar-faults-", dir=memory()) as folder:
        told = kills.run(Path(folder), chosen.seed, chosen.kills, until)
    print("\n".join(told.lines()))
    return 1 if told.failed else 0


if __name__ == "__main__":
    sys.exit(main())
