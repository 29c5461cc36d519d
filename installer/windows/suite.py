"""The test suite on Windows' Python in Wine: SQLite, every file started, failures with reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from installer.waiting import Failed
from installer.windows.workshop import Workshop, copy_sources

PATIENCE = 300
"""Seconds for a process, and as many more for each file; Wine is several times slower."""
RESULT = re.compile(r"^(tests/[\w/]+\.py)::.*? (PASSED|FAILED|SKIPPED|ERROR|XFAIL)\b", re.MULTILINE)
REASON = re.compile(r"^(?:FAILED|ERROR) ((tests/[\w/]+\.py)(?:::.*?)?)(?: - (.*))?$", re.MULTILINE)
END = re.compile(r"^=+ .* in [\d.]+s.*=+$", re.MULTILINE)
TOLD = re.compile(r"^(tests/[\w/]+\.py): (.*)$|^    (tests/.+?): (.*)$")
WHOLE = "files started"


@dataclass
class Outcome:
    """How the tests of one file ended."""

    file: str
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Whether a test failed or the file did not come to its end."""
        return bool(self.failures)

    def lines(self) -> list[str]:
        """As the report has it."""
        told = ", ".join(f"{number} {word}" for word, number in sorted(self.counts.items()))
        why = [f"    {name}: {reason}" for name, reason in self.failures]
        return [f"{self.file}: {told or 'nothing run'}", *why]


def read(asked: list[str], said: str) -> tuple[list[Outcome], list[str]]:
    """What pytest said of the files `asked`, and those it did not come to."""
    outcomes = {file: Outcome(file) for file in asked}
    reached = 0
    for file, word in RESULT.findall(said):
        if one := outcomes.get(file):
            one.counts[word.lower()] = one.counts.get(word.lower(), 0) + 1
            reached = asked.index(file)
    for name, file, why in REASON.findall(said):
        if file in outcomes:
            outcomes[file].failures.append((name, why))
    if END.search(said):
        return list(outcomes.values()), []
    stuck = outcomes[asked[reached]]
    stuck.failures.append((stuck.file, f"not run to its end: {' '.join(said.split())[-200:]}"))
    return [outcomes[file] for file in asked[: reached + 1]], asked[reached + 1 :]


def told_before(report: Path) -> list[Outcome]:
    """What a run that was stopped had told, to be gone on with; nothing after a whole one."""
    said = report.read_text(encoding="utf-8") if report.exists() else ""
    outcomes: list[Outcome] = []
    for line in said.splitlines() if WHOLE not in said else ():
        found = TOLD.match(line)
        if found and found[1]:
            counted = re.findall(r"(\d+) ([a-z]+)", found[2])
            outcomes.append(Outcome(found[1], {word: int(number) for number, word in counted}))
        elif found and outcomes:
            outcomes[-1].failures.append((found[3], found[4]))
    return outcomes


def files(sources: Path) -> list[str]:
    """Every file of tests."""
    found = (sources / "tests").rglob("test_*.py")
    return sorted(path.relative_to(sources).as_posix() for path in found)


def tests(shop: Workshop) -> str:
    """Folder by folder; one file that hangs takes no other along. A run that was stopped is gone
    on with."""
    sources = shop.sources("src-tests")
    copy_sources(sources)
    report = shop.folder / "tests.txt"
    outcomes = told_before(report)
    known = {one.file for one in outcomes}
    open_ones = [file for file in files(sources) if file not in known]
    with report.open("a" if outcomes else "w", encoding="utf-8") as out:
        for _folder, group in groupby(open_ones, key=lambda file: file.rpartition("/")[0]):
            left = list(group)
            while left:
                done, left = read(left, _run(shop, sources, left))
                outcomes += done
                out.writelines(f"{line}\n" for one in done for line in one.lines())
                out.flush()
        out.write(f"{summary(outcomes)}\n")
    return summary(outcomes) + f"; {report}"


def _run(shop: Workshop, sources: Path, asked: list[str]) -> str:
    words = ("-m", "pytest", "-v", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly",
             "-rfE", "--tb=line", "--continue-on-collection-errors", *asked)  # fmt: skip
    seconds = PATIENCE * (1 + len(asked))
    try:
        return shop.run_python(sources, *words, seconds=seconds, expect=None, beside=("testlib",))
    except Failed as stopped:
        return str(stopped)


def summary(outcomes: list[Outcome]) -> str:
    """The whole in a line."""
    total: dict[str, int] = {}
    for one in outcomes:
        for word, number in one.counts.items():
            total[word] = total.get(word, 0) + number
    counted = ", ".join(f"{number} {word}" for word, number in sorted(total.items()))
    bad = sum(one.bad for one in outcomes)
    return f"{len(outcomes)} {WHOLE}: {counted}; {bad} files with failures"
