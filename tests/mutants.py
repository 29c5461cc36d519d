"""`python -m tests.mutants [--sample 200] [--module database/undo.py]`: mistakes put into the code
one at a time, and how many of them the tests notice (`pip install -e .[tests,mutants]`).

Which tests run which line is kept in tests/mutation/cache; `--fresh` finds it out anew. A survivor
that changes nothing anybody could see is written down in EQUIVALENT, with the reason.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter

from tests.mutation import run
from tests.mutation.equivalent import EQUIVALENT

TESTS = ("tests/database", "tests/pages")


def main() -> int:
    """Whether at least nine of ten were noticed, as the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=200, help="0 for all")
    parser.add_argument("--module", action="append", choices=run.MODULES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--tests", action="append", metavar="PATH", help="only these, with --fresh")
    parser.add_argument("--fresh", action="store_true")
    chosen = parser.parse_args()
    if chosen.fresh:
        shutil.rmtree(run.CACHE, ignore_errors=True)
    known = run.reached(chosen.tests or TESTS)
    listed = run.chosen(chosen.module or run.MODULES, chosen.sample, chosen.seed)
    found: dict[str, Counter[str]] = {}
    for one in run.outcomes(listed, known, chosen.workers):
        mistake = one.mistake
        what = one.what
        if what != "noticed" and (mistake.path, mistake.what, mistake.line) in EQUIVALENT:
            what = "equivalent"
        found.setdefault(mistake.path, Counter())[what] += 1
        if what in ("survived", "unreached"):
            _say(f"{what:9} {mistake.path}:{mistake.line} {mistake.what}")
    noticed = sum(own["noticed"] for own in found.values())
    real = sum(sum(own.values()) - own["equivalent"] for own in found.values())
    for path, own in sorted(found.items()):
        counted = sum(own.values()) - own["equivalent"]
        _say(f"{own['noticed']:4} of {counted:4}  {path}")
    _say(f"noticed {noticed} of {real}: {100 * noticed / max(real, 1):.0f} %")
    return 0 if noticed >= 0.9 * real else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
