"""From the process's start to the first painted window, and the memory it holds then.

Both programs find their modules compiled, as an installed program does: a first pair of starts,
not counted, fills a cache of bytecode of their own."""

from __future__ import annotations

import os
import statistics as maths
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7

_PAINTED = """
import time
def painted(app, window):
    window.show()
    for _ in range(3):
        app.processEvents()
    window.grab()
    kilobytes = 0
    try:
        for line in open("/proc/self/status"):
            if line.startswith("VmRSS"):
                kilobytes = int(line.split()[1])
    except OSError:
        pass
    print(time.time(), kilobytes)
"""
BARE = (
    _PAINTED
    + """
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
import sqlalchemy.orm
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 768)
painted(app, window)
"""
)
OURS = (
    _PAINTED
    + """
import gc, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
gc.disable()  # as desktop.__main__ does while it reads
from desktop import theme
from desktop.words import language
from desktop.application import build_window, open_or_create
from desktop.commands import local_now
from desktop.pc import Pc
from desktop.program import Program
gc.enable()
app = QApplication([])
settings = Pc(Path(sys.argv[2]))
language.use("id")
theme.apply(app, "light")
program = Program(open_or_create(sys.argv[1], settings, local_now), local_now, settings)
painted(app, build_window(program))
"""
)


def measure(library: str, note: Callable[..., None]) -> None:
    """Median of several starts of each, taking turns."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        settings, compiled = str(Path(folder) / "pc.ini"), str(Path(folder) / "compiled")
        pairs = [
            (_once(compiled, BARE), _once(compiled, OURS, library, settings))
            for _ in range(RUNS + 1)
        ][1:]
    bare = maths.median(pair[0][0] for pair in pairs)
    ours = maths.median(pair[1][0] for pair in pairs)
    memory = max(pair[1][1] for pair in pairs) / 1024
    note(
        "start to first painted window, 100,000 titles",
        f"{ours / bare:.2f}x a bare window",
        "<= 2.5x",
        f"{ours:.2f} s against {bare:.2f} s",
    )
    note("resident memory at first paint", f"{memory:.0f} MB", "<= 220 MB")


def _once(compiled: str, program: str, *arguments: str) -> tuple[float, int]:
    import time

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    painted, kilobytes = done.stdout.split()[-2:]
    return float(painted) - begin, int(kilobytes)
