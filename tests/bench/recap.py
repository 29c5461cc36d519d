"""The recap of a province: 10,000 reports of 167 libraries over five years, and 200 of them.

`python -m tests.bench.recap` makes the files beside the big libraries (2.6 GB, once), has the
program put them together as a command of its own, and tells time and most memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from database.demo import demo
from database.library import Library
from database.policy import house
from database.policy.calendar import shift_month
from database.reports import periods
from desktop.pages.report.month import write_month
from desktop.recap import reading
from tests.bench.big_library import CACHE
from tests.libraries import WIB

REPORTS, MONTHS, FEW = 10_000, 60, 200
FOLDER = CACHE / "province"
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=WIB)
NAME = "Perpustakaan Rumah Sakit Umum Daerah Kabupaten Nomor "
Note = Callable[[str, str, str, str], None]


def measure(note: Note) -> None:
    """All of them, and as many as one city sends."""
    folder = written()
    for many, goal in ((REPORTS, "<= 600 s, 300 MB"), (FEW, "<= 10 s")):
        took, memory = _recap(folder, many)
        note(f"recap of {many:,} reports", f"{took:.1f} s, {memory:.0f} MB", goal, "")


def written() -> Path:
    """The folder of reports, made where it does not stand yet."""
    done = FOLDER / "whole"
    if done.exists():
        return FOLDER
    FOLDER.mkdir(parents=True, exist_ok=True)
    model = _model()
    told = reading.enclosed(model)
    assert told is not None
    at = model.index(told)
    chance = random.Random(7)
    for number in range(REPORTS):
        library, month = divmod(number, MONTHS)
        period = shift_month("2021-11", month)
        text = _changed(json.loads(told), library, period, chance).ljust(len(told))
        assert len(text) == len(told)
        place = FOLDER / f"{period}-{library:03}.pdf"
        place.write_bytes(model[:at] + text + model[at + len(told) :])
    done.touch()
    return FOLDER


def _model() -> bytes:
    """A real report of the demo, its library of a long name."""
    where = CACHE / "province.db"
    where.unlink(missing_ok=True)
    demo.build(str(where), NOW)
    library = Library.open(where)
    with library.transaction() as session:
        facts = house.profile(session)
        house.save_profile(session, replace(facts, name=NAME + "000", npp="3374000"), NOW)
    path = CACHE / "model.pdf"
    with library.reading() as session:
        month, closed = periods.month_of(session, "2026-09", NOW.date())
        write_month(path, session, month, NOW.date(), closed)
    library.close()
    return path.read_bytes()


def _changed(told: dict, library: int, period: str, chance: random.Random) -> bytes:
    """What another library tells of another month."""
    told["library"] |= {"name": f"{NAME}{library:03}", "npp": f"3374{library:03}", "hospital": ""}
    told["period"] = told["figures"]["month"] = period
    for name in reading.HEADS:
        told["figures"][name]["now"] = chance.randrange(100, 999)
    plain = json.dumps(told["figures"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    told["digest"] = hashlib.sha256(plain.encode()).hexdigest()
    return json.dumps(told, ensure_ascii=False).encode()


def _recap(folder: Path, many: int) -> tuple[float, float]:
    """Seconds and the most megabytes of the command, in a process of its own."""
    files = sorted(folder.glob("*.pdf"))
    given = [str(folder)] if many == len(files) else [str(one) for one in files[:many]]
    out = [f"--xlsx={CACHE / 'recap.xlsx'}", f"--pdf={CACHE / 'recap.pdf'}"]
    begin = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "desktop", "recap", *given, *out], stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(running.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return time.perf_counter() - begin, used.ru_maxrss / 1024


if __name__ == "__main__":
    from tests.bench.noting import note, table

    measure(note)
    table()
