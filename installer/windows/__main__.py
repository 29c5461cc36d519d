"""Make the Windows setup on Debian by Wine, and try it: `python -m installer.windows`.

Each step says what it proved and how long it took. What was done is remembered in the folder:
--only runs single steps again, --go-on takes up where a run ended.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from installer import contents
from installer.waiting import Failed
from installer.windows import downloads, suite, trial, workshop
from installer.windows.workshop import Workshop

STEPS: dict[str, tuple[str, Callable[[Workshop], str]]] = {
    "tools": ("what Debian brings", workshop.tools),
    "downloads": ("fetched and compared", workshop.fetched),
    "python": ("Python for Windows", workshop.python),
    "prefix": ("a fresh Windows", workshop.prefix),
    "freeze": ("the program frozen", workshop.freeze),
    "size": ("small enough", workshop.size),
    "smoke": ("the frozen program works", workshop.smoke),
    "setup": ("setup and zip packed", workshop.pack),
    "before": ("the version before", workshop.before),
    "install": ("installed silently", trial.install),
    "day": ("a day in the installed program", trial.day),
    "once": ("a second start", trial.once),
    "console": ("a console that ends", trial.console),
    "pages": ("the setup's pages", trial.pages),
    "removal": ("removed", trial.removal),
    "upgrade": ("upgraded", trial.upgrade),
    "refusals": ("refused and waited", trial.refusals),
    "portable": ("from a stick", trial.portable),
    "tests": ("the tests there", suite.tests),
}
UNASKED = {"tests"}
"""What takes longer than all else, run when it is asked for."""

ONLY_A_PC = """\
Only a real PC can tell: SmartScreen and Defender, ClearType and 125 to 200 % scaling, real printer
drivers and label rolls, sound, shares and OneDrive, console code pages, the registry's time zone,
and whether the Python here is python.org's: its zipped library bears no signature. What is handed
to hospitals is built by .github/workflows/windows.yml, or from a Python whose sum was compared.
"""


class Record:
    """What was proved, kept in the folder from run to run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "proved.json"
        self.proved: dict[str, list[str]] = {}
        if self.path.exists():
            self.proved = json.loads(self.path.read_text(encoding="utf-8"))

    def put(self, step: str, said: str, took: float) -> None:
        """A step is done."""
        self.proved[step] = [said, f"{took:.0f} s"]
        self.path.write_text(json.dumps(self.proved, indent=1), encoding="utf-8")

    def drop(self, step: str) -> None:
        """It runs again, and is not proved before it has ended."""
        self.proved.pop(step, None)

    def tell(self) -> str:
        """All that is proved, in the order of the steps."""
        lines = [
            f"  {name:<10} {took:>7}  {about}: {said}"
            for name, (about, _act) in STEPS.items()
            if name in self.proved
            for said, took in [self.proved[name]]
        ]
        return "\n".join(["Proved by Wine:", *lines])


def chosen(only: str, *, go_on: bool, tests: bool, done: set[str]) -> list[str]:
    """Which steps to run, in their order."""
    if only:
        asked = set(only.split(","))
        if unknown := asked - STEPS.keys():
            raise SystemExit(f"no step {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}")
        return [name for name in STEPS if name in asked]
    left = done if go_on else set()
    return [name for name in STEPS if name not in left and (tests or name not in UNASKED)]


def run(shop: Workshop, names: Sequence[str], record: Record) -> int:
    """The steps one after the other; the first that fails ends it."""
    for name in names:
        record.drop(name)
        print(f"{time.strftime('%H:%M:%S')}  {name}: {STEPS[name][0]}", flush=True)
        began = time.perf_counter()
        try:
            said = STEPS[name][1](shop)
        except (Failed, RuntimeError, OSError) as error:
            print(f"FAILED    {name}: {error}", flush=True)
            return 1
        record.put(name, said, time.perf_counter() - began)
        print(f"          {said} ({time.perf_counter() - began:.0f} s)", flush=True)
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "selasar-build"
    words = argparse.ArgumentParser(prog="python -m installer.windows", description=__doc__)
    words.add_argument("--folder", type=Path, default=contents.ROOT / "build" / "windows")
    words.add_argument("--cache", type=Path, default=cache, help="what was downloaded")
    words.add_argument("--only", default="", metavar="STEP,STEP", help=", ".join(STEPS))
    words.add_argument("--go-on", action="store_true", help="leave out what is proved already")
    words.add_argument("--tests", action="store_true", help="the test suite too")
    words.add_argument("--pin", action="store_true", help="write the lists of downloads anew")
    return words


def main(arguments: Sequence[str]) -> int:
    """Run what was asked, then tell what is proved and what is not."""
    given = parser().parse_args(list(arguments))
    if given.pin:
        downloads.pin(given.cache)
        return 0
    given.folder.mkdir(parents=True, exist_ok=True)
    shop, record = Workshop(given.folder.resolve(), given.cache), Record(given.folder)
    names = chosen(given.only, go_on=given.go_on, tests=given.tests, done=set(record.proved))
    try:
        code = run(shop, names, record)
    finally:
        shop.wine.close()
    print(record.tell(), ONLY_A_PC, sep="\n\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
