"""kill -9 at a random moment of every long act, and what must hold afterwards."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pyrage import decrypt_file, x25519

from database.description import iso2709
from database.description.marc import Field, Record
from database.library import Library
from database.storage import checks, copies
from tests.database.storage import first_version
from tests.database.stories import furnish
from tests.faults import acts
from tests.libraries import NOW, PROFILE

_ANEW = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
TITLES = 1_500
SPANS = {
    "desk": 0.4, "scans": 0.5, "import": 2.5, "backup": 0.6, "seal": 0.3, "restore": 0.6,
    "upgrade": 1.2, "forget": 0.6,
}  # fmt: skip
"""Seconds within which each act is somewhere in its middle."""
_LATE_S = 120


@dataclass
class Told:
    """What was tried, and what was lost or wrong."""

    seed: int
    tried: Counter[str] = field(default_factory=Counter)
    confirmed: int = 0
    failed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The summary."""
        total = sum(self.tried.values())
        found = [
            f"seed {self.seed}: {total} kills, {self.confirmed} confirmed acts, "
            f"{len(self.failed)} lost or wrong"
        ]
        found += [f"  {name:8} {many:5} kills" for name, many in sorted(self.tried.items())]
        return [*found, *(f"  WRONG {one}" for one in self.failed)]


def prepare(folder: Path) -> Path:
    """What every trial begins with, made once."""
    folder.mkdir(parents=True)
    Library.create(folder / acts.LIBRARY, PROFILE, NOW).close()
    library = Library.open(folder / acts.LIBRARY)
    furnish(library, NOW)
    library.backup(folder / "backup.db")
    library.close()
    first_version.make(str(folder / "first.db"))
    (folder / "titles.mrc").write_bytes(b"".join(map(_title, range(TITLES))))
    identity = x25519.Identity.generate()
    (folder / "public").write_text(str(identity.to_public()), encoding="utf-8")
    (folder / "identity").write_text(str(identity), encoding="utf-8")
    return folder


def _title(number: int) -> bytes:
    fields = [
        Field("245", None, "10", [("a", f"Ilmu penyakit dalam jilid {number}")]),
        Field("100", None, "1 ", [("a", f"Penulis, Nomor {number % 97}")]),
        Field("650", None, " 4", [("a", f"Pokok soal {number % 31}")]),
    ]
    return iso2709.serialise(Record(fields=fields))


def kill_one(base: Path, folder: Path, act: str, chance: random.Random, told: Told) -> None:
    """One trial in a copy of what was prepared; what is wrong is noted."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    context = multiprocessing.get_context(_ANEW)
    if _ANEW == "forkserver":
        context.set_forkserver_preload(["tests.faults.acts", "alembic.command"])
    program = context.Process(target=acts.run, args=(act, folder, chance.randrange(300)))
    program.start()
    until = time.monotonic() + _LATE_S
    while not (folder / acts.SAID).exists() and time.monotonic() < until:
        time.sleep(0.002)
    program.join(chance.uniform(0, SPANS[act]))
    program.kill()
    program.join()
    told.tried[act] += 1
    try:
        told.confirmed += judge(folder, act)
    except Exception as error:  # whatever it is, the act did not stand
        told.failed.append(f"{act}: {type(error).__name__}: {error}")


def judge(folder: Path, act: str) -> int:
    """How many acts were confirmed; each must stand. Raises where one does not, or anything left
    behind is not whole."""
    said = (folder / acts.SAID).read_text(encoding="utf-8").splitlines()
    _library(folder, {int(one.split()[1]) for one in said if one.startswith("line ")})
    if act == "upgrade":
        first = Library.open(folder / "first.db", folder)
        assert first.contents().titles == 1, "the library of the first version"
        first.close()
    for what, name in (one.split() for one in said if " " in one and not one.startswith("line")):
        assert (folder / name).is_file(), f"{what} {name} is not there"
    for path in [*folder.glob("backup-*.db"), *folder.glob("restored-*.db")]:
        assert copies.verify(path).titles == 6, path.name
    identity = x25519.Identity.from_str((folder / "identity").read_text(encoding="utf-8"))
    for path in folder.glob("sealed-*.age"):
        decrypt_file(str(path), str(folder / "opened.db"), [identity])
        with closing(sqlite3.connect(folder / "opened.db")) as raw:
            assert raw.execute("PRAGMA quick_check(1)").fetchone() == ("ok",), path.name
    return sum(one not in {"begun", "ended"} for one in said)


def _library(folder: Path, lines: set[int]) -> None:
    library = Library.open(folder / acts.LIBRARY)
    try:
        with library.reading() as session:
            found = checks.check(session)
        assert found == [], found
        library.backup(folder / "afterwards.db")
    finally:
        library.close()
    with closing(sqlite3.connect(folder / acts.LIBRARY)) as raw:
        there = {row[0] for row in raw.execute("SELECT id FROM journal")}
    assert lines <= there, f"lost: {sorted(lines - there)[:5]}"


def run(folder: Path, seed: int, kills: int | None = None, until: float | None = None) -> Told:
    """So many kills, or until a moment: each act in its turn."""
    told, chance = Told(seed), random.Random(seed)
    base = prepare(folder / "base")
    names = sorted(acts.ACTS)
    number = 0
    # Whoever breaks it off is told what was tried until then.
    with suppress(KeyboardInterrupt):
        while (kills is None or number < kills) and (until is None or time.monotonic() < until):
            kill_one(base, folder / "trial", names[number % len(names)], chance, told)
            number += 1
    shutil.rmtree(folder / "trial", ignore_errors=True)
    return told
