"""The test suite on Windows' Python in Wine: SQLite, every file started, failures with reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from installer.waiting import Failed
from installer.windows.workshop import Workshop, copy_sources

LONGEST = 900
"""Seconds for one file; Wine is several times slower than Windows."""
COUNTED = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed)")
REASON = re.compile(r"^(?:FAILED|ERROR) (\S+)(?: - (.*))?$", re.MULTILINE)


@dataclass
class Outcome:
    """How the tests of one file ended."""

    file: str
    counts: dict[str, int]
    failures: list[tuple[str, str]]

    @property
    def bad(self) -> bool:
        """Whether a test failed or the file did not come to its end."""
        return bool(self.failures)


def read(file: str, said: str) -> Outcome:
    """What pytest said of a file, counted."""
    last = said.strip().rpartition("\n")[2]
    counts = {word.rstrip("s") if word.startswith("error") else word: int(number)
              for number, word in COUNTED.findall(last)}  # fmt: skip
    failures = [(name, why or "") for name, why in REASON.findall(said)]
    if not counts:
        failures.append((file, f"not run to its end: {' '.join(said.split())[-300:]}"))
    return Outcome(file, counts, failures)


def files(sources: Path) -> list[str]:
    """Every file of tests."""
    found = (sources / "tests").rglob("test_*.py")
    return sorted(path.relative_to(sources).as_posix() for path in found)


def tests(shop: Workshop) -> str:
    """Each file by itself, so that one that hangs takes no other along."""
    sources = shop.sources("src-tests")
    copy_sources(sources)
    report, outcomes = shop.folder / "tests.txt", []
    with report.open("w", encoding="utf-8") as out:
        for file in files(sources):
            outcomes.append(one := _run(shop, sources, file))
            told = ", ".join(f"{number} {word}" for word, number in one.counts.items())
            out.write(f"{file}: {told or 'not run to its end'}\n")
            out.writelines(f"    {name}: {why}\n" for name, why in one.failures)
            out.flush()
    return summary(outcomes) + f"; {report}"


def _run(shop: Workshop, sources: Path, file: str) -> Outcome:
    words = ("-m", "pytest", "-v", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly",
             "-rfE", "--tb=line", file)  # fmt: skip
    try:
        said = shop.run_python(sources, *words, seconds=LONGEST, expect=None, beside=("testlib",))
    except Failed as stopped:
        said = str(stopped)
    return read(file, said)


def summary(outcomes: list[Outcome]) -> str:
    """The whole in a line."""
    total: dict[str, int] = {}
    for one in outcomes:
        for word, number in one.counts.items():
            total[word] = total.get(word, 0) + number
    counted = ", ".join(f"{number} {word}" for word, number in sorted(total.items()))
    bad = sum(one.bad for one in outcomes)
    return f"{len(outcomes)} files started: {counted}; {bad} files with failures"
