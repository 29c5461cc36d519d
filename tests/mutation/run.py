"""Which tests run which line, and what becomes of them with a mistake in it."""

from __future__ import annotations

import ast
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from threading import local

from tests.mutation.mistakes import Mistake, mistakes_of

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(__file__).parent / "cache"
LATE, MOST = 240, 40
"""Seconds after which a mistake counts as noticed (it loops); tests run for one of them at
first."""
MODULES = (
    "database/circulation/identify.py", "database/circulation/lending.py",
    "database/circulation/may_lend.py", "database/circulation/loan_undo.py",
    "database/circulation/sanctions.py", "database/circulation/money.py",
    "database/circulation/returns.py", "database/policy/loan_rules.py",
    "database/policy/calendar.py", "database/holdings/hold_queue.py",
    "database/holdings/hold_claims.py", "database/reports/statistics.py",
    "database/reports/headline.py", "database/reports/indicators.py",
    "database/reports/disclosure.py", "database/privacy/forgetting.py",
    "database/privacy/forgetting_steps.py", "database/imports/plan.py",
    "database/imports/undo.py", "database/description/projection.py",
    "database/description/callnumber.py", "database/description/shelf_order.py",
    "database/undo.py", "database/reports/acts.py", "desktop/pages/drawing/bars.py",
    "desktop/pages/labels/layout.py", "desktop/pages/report/table.py",
    "database/reports/tables/circulation.py", "database/reports/tables/membership.py",
    "database/reports/tables/collection.py", "database/reports/tables/late.py",
)  # fmt: skip
"""Where a mistake hurts most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """ "noticed", "survived", or "unreached" where no test runs the line."""

    mistake: Mistake
    what: str


def copied() -> Path:
    """The tree as it stands, in a folder of its own."""
    folder = Path(mkdtemp(prefix="selasar-mutant-"))
    ignored = shutil.ignore_patterns(".git", ".venv*", "cache", "__pycache__", "build", "dist")
    shutil.copytree(ROOT, folder / "tree", ignore=ignored, dirs_exist_ok=True)
    return folder / "tree"


def reached(paths: Sequence[str]) -> dict[str, dict[int, list[str]]]:
    """By module and line, the tests (on files) that run it; read once and kept."""
    kept = CACHE / "reached.json"
    if not kept.exists():
        CACHE.mkdir(exist_ok=True)
        _measure(CACHE / "coverage.db", paths)
        kept.write_text(json.dumps(_read(CACHE / "coverage.db")), encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    return {path: {int(n): tests for n, tests in own.items()} for path, own in found.items()}


def _measure(data: Path, paths: Sequence[str]) -> None:
    rc = CACHE / "coveragerc"
    rc.write_text("[run]\nsource =\n    database\n    desktop/pages\n", encoding="utf-8")
    hook = "tests.mutation.contexts"
    command = [
        sys.executable, "-m", "coverage", "run", f"--rcfile={rc}", f"--data-file={data}",
        "-m", "pytest", "-q", "-n", "0", "-p", "no:randomly", "-p", hook,
        "-k", "not postgresql", *paths,
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _read(data: Path) -> dict[str, dict[int, list[str]]]:
    from coverage.numbits import numbits_to_nums

    found: dict[str, dict[int, list[str]]] = {}
    with sqlite3.connect(data) as store:
        rows = store.execute(
            "SELECT f.path, c.context, b.numbits FROM line_bits b"
            " JOIN file f ON f.id = b.file_id JOIN context c ON c.id = b.context_id"
        )
        for path, test, bits in rows:
            own = found.setdefault(str(Path(path).relative_to(ROOT)), {})
            for line in numbits_to_nums(bits):
                if test:
                    own.setdefault(line, []).append(test)
    return found


def chosen(modules: Sequence[str], sample: int, seed: int) -> list[Mistake]:
    """Some of all mistakes, alike from every module; all of them for 0."""
    listed = []
    rng = random.Random(seed)
    for path in modules:
        own = mistakes_of(path, (ROOT / path).read_text(encoding="utf-8"))
        share = max(sample // len(modules), 1)
        listed += rng.sample(own, min(share, len(own))) if sample else own
    return listed


def outcomes(
    listed: Sequence[Mistake], known: dict[str, dict[int, list[str]]], workers: int
) -> Iterator[Outcome]:
    """What becomes of each, as they are found."""
    trees, mine = count(), local()

    def try_one(mistake: Mistake) -> Outcome:
        if not hasattr(mine, "tree"):
            mine.tree, mine.number = copied(), next(trees)
        tests = _reaching(known.get(mistake.path, {}), mistake)
        if not tests:
            return Outcome(mistake, "unreached")
        place = mine.tree / mistake.path
        before = place.read_text(encoding="utf-8")
        place.write_text(mistake.text, encoding="utf-8")
        try:
            first, rest = _parted(tests, mistake)
            found = _run(mine.tree, first)
            if found == "survived" and rest:
                found = _run(mine.tree, rest, len(rest) // MOST * LATE + LATE)
            return Outcome(mistake, found)
        finally:
            place.write_text(before, encoding="utf-8")

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(try_one, listed)


def _reaching(own: dict[int, list[str]], mistake: Mistake) -> list[str]:
    """The tests of the statement a mistake is in; of what is run when the module is read, or by
    it, all that use the module, and the files of tests that name it: a test of a table runs no
    line."""
    begin = _begin_of(mistake)
    if begin and (tests := next((own[n] for n in range(begin, mistake.line + 1) if n in own), [])):
        return tests
    named = re.compile(rf"\b{Path(mistake.path).stem}\b")
    files = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if named.search(path.read_text(encoding="utf-8"))
    ]
    inside = {one.partition("::")[0] for one in files}
    used = {test for tests in own.values() for test in tests}
    return [*files, *(one for one in used if one.partition("::")[0] not in inside)]


def _begin_of(mistake: Mistake) -> int:
    """The line on which the statement of a function begins; 0 where it is of the module."""
    begin = 0
    source = (ROOT / mistake.path).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            for one in node.body:
                begin = max(begin, *_inside(one, mistake.line), 0)
    return begin


def _inside(statement: ast.stmt, line: int) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(statement)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]


def _parted(tests: Sequence[str], mistake: Mistake) -> tuple[list[str], list[str]]:
    """Some to be tried first, those of the module's own room before others, and the rest."""
    room = "/".join(Path(mistake.path).parts[1:-1])
    listed = sorted(set(tests), key=lambda one: (room not in one, one))
    return listed[:MOST], listed[MOST:]


def _run(tree: Path, tests: Sequence[str], patience: int = LATE) -> str:
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly",
        "-p", "no:cacheprovider", *tests,
    ]  # fmt: skip
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, timeout=patience,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "noticed"
    return "survived" if done.returncode == 0 else "noticed"
