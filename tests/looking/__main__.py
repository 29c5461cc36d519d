"""Every scene looked at, and what is wrong with it: `python -m tests.looking`.

Without `--size` the three that matter (1366x768, the same at 150 %, 1920x1080), each in all
dresses, and once in words that are 40 % longer. Exit code 1 where anything was found.
"""

from __future__ import annotations

import argparse
import sys

from tests.looking import walk

SIZES = ("1366x768", "911x512", "1920x1080")


def main() -> int:
    """Print a line a fault, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="")
    parser.add_argument("--scheme", action="append", choices=walk.SCHEMES)
    parser.add_argument(
        "--only", action="append", help="scenes that begin so; several may be named"
    )
    parser.add_argument("--quick", action="store_true", help="not the longer words")
    options = parser.parse_args()
    only = options.only or [""]
    walk.ready()
    total = 0
    for size in (options.size,) if options.size else SIZES:
        for scheme in options.scheme or walk.SCHEMES:
            total += told(f"{size} {scheme}", walk.faults(size, scheme, only))
    if not options.quick:
        total += told("1366x768 longer", walk.faults("1366x768", "light", only, long=True))
    print(f"{total} faults")
    return 1 if total else 0


def told(how: str, found: dict[str, list[str]]) -> int:
    """Print them; how many."""
    lines = [f"{how} {scene}: {line}" for scene, several in found.items() for line in several]
    print("\n".join([*lines, f"{how}: {len(lines)}"]), flush=True)
    return len(lines)


if __name__ == "__main__":
    sys.exit(main())
