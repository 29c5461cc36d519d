"""Two desks at twenty scans a second each, and a scan until the desk is painted again.

The two desks are processes of their own on one library. The painted desk is the real window,
off screen: from the scanner's Enter until Qt has carried out the window's update request, in which
it paints all that the scan changed, at a million loans.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select

from database.circulation import lending
from database.library import Library
from database.schema import Journal, Loan
from tests.bench.big_library import NOW
from tests.libraries import ANYTHING

ROOT = Path(__file__).resolve().parents[2]
A_SECOND, SECONDS, PAINTED = 20, 15, 120
GOAL_MS = 50

_DESK = """
import json, sys, time
from database.circulation import lending
from database.library import Library
from database.refusal import Refusal
from tests.bench.big_library import NOW
from tests.libraries import ANYTHING

where, patron, codes, pace = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), float(sys.argv[4])
library = Library.open(where)
print("ready", flush=True)
sys.stdin.readline()
times, refused, errors, begin = [], 0, [], time.perf_counter()
for number, code in enumerate(codes):
    time.sleep(max(0.0, begin + number * pace - time.perf_counter()))
    at = time.perf_counter()
    try:
        with library.transaction() as session:
            if number % 3 == 2:
                lending.check_in(session, codes[number - 1], NOW)
            else:
                lending.check_out(session, patron, code, NOW, ANYTHING)
    except Refusal:
        refused += 1
    except Exception as error:
        errors.append(repr(error)[:200])
    times.append(time.perf_counter() - at)
print(json.dumps([times, refused, errors]), flush=True)
"""

_SCREEN = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from desktop import theme
from desktop.words import language
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from database.library import Library
from tests.bench.big_library import NOW

class Painted(QObject):
    seen = False
    def eventFilter(self, watched, event):
        self.seen = self.seen or event.type() == QEvent.Type.UpdateRequest
        return False

where, folder, codes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
app = QApplication([])
language.use("id")
theme.apply(app, "light")
library = Library.open(where)
window = build_window(Program(library, lambda: NOW, Pc(Path(folder) / "pc.ini")))
window.resize(1366, 768)
window.show()
window.go("desk")
desk, times, painted = window.current(), [], Painted()
window.installEventFilter(painted)
desk.scan("M00001")
for number, code in enumerate(codes):
    if number and number % 5 == 0:
        desk.finish()
        desk.scan(f"M{number:05d}")
    app.processEvents()
    painted.seen, begin = False, time.perf_counter()
    desk.scan(code)
    while not painted.seen:
        app.processEvents()
    times.append(time.perf_counter() - begin)
print(json.dumps([times, library.contents().open_loans]), flush=True)
"""


def measure(engine: str, where: str, note: Callable[..., None], p95: Callable[..., float]) -> None:
    """Both figures for one library; what was lent is taken out again afterwards."""
    before = _marks(where)
    try:
        free = _free(where, 2 * A_SECOND * SECONDS + PAINTED)
        _two_desks(engine, where, free[: 2 * A_SECOND * SECONDS], note, p95)
        _painted(engine, where, free[-PAINTED:], note, p95)
    finally:
        _clean(where, before)


def _free(where: str, count: int) -> list[str]:
    """Copies nobody has."""
    from database.schema import Item

    library = Library.open(where)
    out = select(Loan.item_id).where(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
    with library.reading() as session:
        wanted = select(Item.barcode).where(Item.id.not_in(out)).order_by(Item.id).limit(count)
        found = list(session.execute(wanted).scalars())
    library.close()
    return found


def _two_desks(
    engine: str, where: str, free: list[str], note: Callable[..., None], p95: Callable[..., float]
) -> None:
    """Each desk has its own copies, and every tenth is one that both scan."""
    half = len(free) // 2
    mine, others = free[:half], free[half:]
    others[9::10] = mine[9::10]
    pace = str(1 / A_SECOND)
    desks = [
        _begin(_DESK, where, "M00001", json.dumps(mine), pace),
        _begin(_DESK, where, "M00002", json.dumps(others), pace),
    ]
    for desk in desks:
        assert desk.stdout
        assert desk.stdout.readline().strip() == "ready"
    for desk in desks:
        assert desk.stdin
        desk.stdin.write("go\n")
        desk.stdin.flush()
    told = [json.loads(desk.communicate(timeout=600)[0]) for desk in desks]
    times = [one for answer in told for one in answer[0]]
    errors = [one for answer in told for one in answer[2]]
    note(
        f"{engine}: two desks at {A_SECOND} scans a second, p95",
        f"{p95(times):.1f} ms",
        f"<= {GOAL_MS} ms",
        f"{len(times)} scans, {sum(one[1] for one in told)} refused",
    )
    note(f"{engine}: errors of two desks", str(len(errors)), "0", "; ".join(errors[:3]))


_IMPORT = """
import sys
from pathlib import Path
from database import undo
from database.imports import importing
from database.library import Library
from tests.bench.big_library import NOW

library = Library.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
path = Path(sys.argv[2])
undo.in_pieces(library, lambda session: importing.run(session, [path], NOW), NOW)
library.close()
"""


def beside_an_import(
    engine: str, where: str, path: Path, codes: list[str], note: Callable[..., None]
) -> None:
    """A scan every half second while another program brings `path` in; `codes` of free copies,
    more than are needed. The library holds patron M0001."""
    importer = _begin(_IMPORT, where, str(path))
    assert importer.stdin
    assert importer.stdout
    assert importer.stdout.readline().strip() == "ready"
    importer.stdin.write("go\n")
    importer.stdin.flush()
    library, times, begun = Library.open(where), [], time.perf_counter()
    for number, code in enumerate(codes):
        if importer.poll() is not None:
            break
        at = time.perf_counter()
        with library.transaction() as session:
            lending.check_out(session, "M0001", code, NOW, ANYTHING)
        times.append(time.perf_counter() - at)
        time.sleep(max(0.0, begun + (number + 1) / 2 - time.perf_counter()))
    took = time.perf_counter() - begun
    library.close()
    if importer.wait():
        raise RuntimeError(importer.stderr.read() if importer.stderr else "")
    times.sort()
    note(
        f"{engine}: a scan beside an import of 100,000, p99",
        f"{times[int(len(times) * 0.99)] * 1000:.0f} ms",
        "<= 200 ms",
        f"median {times[len(times) // 2] * 1000:.0f} ms, {len(times)} scans in {took:.0f} s",
    )


def _painted(
    engine: str, where: str, free: list[str], note: Callable[..., None], p95: Callable[..., float]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        running = _begin(_SCREEN, where, folder, json.dumps(free))
        out, errors = running.communicate(timeout=600)
    if running.returncode:
        raise RuntimeError(errors)
    times, lent = json.loads(out.splitlines()[-1])
    note(
        f"{engine}: a scan until the desk is painted again, p95",
        f"{p95(times):.1f} ms",
        f"<= {GOAL_MS} ms",
        f"median {sorted(times)[len(times) // 2] * 1000:.1f} ms, {lent} open loans",
    )


def _begin(program: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _marks(where: str) -> tuple[int, int]:
    """The last loan and journal line before."""
    library = Library.open(where)
    with library.reading() as session:
        marks = session.execute(
            select(
                select(func.coalesce(func.max(Loan.id), 0)).scalar_subquery(),
                select(func.coalesce(func.max(Journal.id), 0)).scalar_subquery(),
            )
        ).one()
    library.close()
    return marks[0], marks[1]


def _clean(where: str, before: tuple[int, int]) -> None:
    library = Library.open(where)
    with library.engine.begin() as connection:
        tables: Any = (Loan.__table__, Journal.__table__)
        for table, last in zip(tables, before, strict=True):
            connection.execute(delete(table).where(table.c.id > last))
    library.close()


def main() -> None:
    """Try it small: on a library at the place given, a file or a URL."""
    from tests.bench.noting import note, p95

    measure("here", sys.argv[1], note, p95)


if __name__ == "__main__":
    main()
