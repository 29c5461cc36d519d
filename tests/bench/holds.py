"""How long the window's thread is held: a day of acts, each screen's first opening, idle, memory.

`python -m tests.bench.holds LIBRARY` for a file or `postgresql://...`; without one it is played
on the big library of the benchmark. A hold is the time from an act until the window answers
again: it holds all that the act did on the thread, and all that followed from it at once.
"""

from __future__ import annotations

import itertools
import os
import statistics as maths
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from database.library import Library
from desktop import background, theme
from desktop.application import build_window
from desktop.pc import Pc
from desktop.places import rooms_and_papers
from desktop.program import Program
from desktop.running import warm
from desktop.window import MainWindow
from desktop.words import language
from tests.bench import big_library
from tests.bench.big_library import NOW

ACTS, SCANS = 500, 10_000
LONG_MS, LONGEST_MS = 50, 100
IDLE_S = 5
Hold = tuple[str, float]


def measure(where: str, note: Callable[..., None], engine: str = "") -> None:
    """Play the day, open every screen, rest, scan on; note what was found of each."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    language.use("id")
    theme.apply(app, "light")
    library = Library.open(where)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(library, lambda: NOW, Pc(Path(folder) / "pc.ini"))
        window = build_window(program)
        window.show()
        settle(app)
        warm.now(rooms_and_papers)  # as the program does behind, a moment after its start
        tell(note, f"{engine} first opening of a screen", openings(app, window))
        window.go("desk")
        settle(app)
        tell(note, f"{engine} an act at the desk", day(app, window))
        note(f"{engine} idle CPU", f"{idle(app):.2f} %", "0 %", f"over {IDLE_S} s")
        before = memory_mb()
        for _name, _ms in itertools.islice(acts(app, window), SCANS):
            pass
        grown = memory_mb() - before
        note(f"{engine} memory over {SCANS:,} acts", f"{grown:+.0f} MB", "steady", f"{before:.0f}")
        window.close()
        background.wait()
        settle(app)
    library.close()


def settle(app: QApplication) -> None:
    """All that was asked for in the background is there."""
    background.wait()
    for _turn in range(4):
        app.processEvents()


def held(app: QApplication, act: Callable[[], object]) -> float:
    """Milliseconds until the window answers again."""
    began = time.perf_counter()
    act()
    app.processEvents()
    return (time.perf_counter() - began) * 1000


def openings(app: QApplication, window: MainWindow) -> list[Hold]:
    """Every place opened for the first time, and what its answers hold when they come."""
    found = []
    for place in [one for one in window._places if one != window.current_key()]:
        found.append((place, held(app, lambda place=place: window.go(place))))
        background.wait()
        found.append((f"{place}: answers", held(app, lambda: None)))
    return found


def acts(app: QApplication, window: MainWindow) -> Iterator[Hold]:
    """Without end: a card, two books, one of them back, renewed, undone, a visitor, done."""
    numbers = itertools.cycle(range(1, big_library.PATRONS))
    books = itertools.cycle(range(1, big_library.ITEMS))
    control = Qt.KeyboardModifier.ControlModifier

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(window.current().focusWidget() or window, key, modifier)

    while True:
        card, first, second = next(numbers), next(books), next(books)
        yield "card", held(app, lambda n=card: window.scanned.emit(f"M{n:05d}"))
        for book in (first, second, first):
            yield "book", held(app, lambda n=book: window.scanned.emit(f"B{n:06d}"))
        yield "undo", held(app, lambda: press(Qt.Key.Key_Z, control))
        yield "renew", held(app, lambda: press(Qt.Key.Key_F8))
        yield "visitor", held(app, lambda: press(Qt.Key.Key_F7))
        yield "done", held(app, lambda: press(Qt.Key.Key_Escape))


def day(app: QApplication, window: MainWindow) -> list[Hold]:
    """As many acts as a very full day has."""
    return list(itertools.islice(acts(app, window), ACTS))


def tell(note: Callable[..., None], what: str, holds: list[Hold]) -> None:
    """How many were long, and which was the longest."""
    worst = max(holds, key=lambda hold: hold[1])
    long = sum(ms > LONG_MS for _name, ms in holds)
    longest = sum(ms > LONGEST_MS for _name, ms in holds)
    note(
        f"{what}: holds over {LONG_MS} ms, over {LONGEST_MS} ms",
        f"{long}, {longest} of {len(holds)}",
        "0, 0",
        f"median {maths.median(ms for _name, ms in holds):.1f} ms; "
        f"longest {worst[1]:.0f} ms: {worst[0]}",
    )


def idle(app: QApplication) -> float:
    """Share of a processor that a window takes that nobody touches, in per cent."""
    began, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < IDLE_S:
        app.processEvents()
        time.sleep(0.05)
    return 100 * (time.process_time() - used) / (time.perf_counter() - began)


def memory_mb() -> float:
    """What the process holds now; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(one.split()[1]) / 1024 for one in told if one.startswith("VmRSS"))


if __name__ == "__main__":
    from tests.bench.noting import note, table

    measure(sys.argv[1] if sys.argv[1:] else str(big_library.CACHE / "big.db"), note)
    table()
