"""How long the frozen program takes to its window, beside the same program run by Python, and how
many files each opens for it: `python -m installer.starts [dist/selasar]`, on Linux.

Needs Xvfb, xdotool and strace. Both open one demo library, taking turns; a first pair is not
counted. A cold disk is felt in the number of files more than in any time taken here.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer.contents import DIST, NAME, ROOT

RUNS = 7
MOST = 1.3
"""As long as unfrozen, at most so many times."""
STANDS_S = "1"
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)".*\) = (\d+|-1)')


def window_after(command: list[str], environment: dict[str, str]) -> float:
    """Seconds from the start to a window that can be seen."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
    while process.poll() is None:
        if subprocess.run(search, env=environment, capture_output=True, check=False).stdout:
            took = time.perf_counter() - began
            process.wait(60)
            return took
        time.sleep(0.005)
    raise RuntimeError(f"{command[0]} ended with {process.returncode} before its window")


def opened(command: list[str], environment: dict[str, str], folder: Path) -> tuple[int, int]:
    """How many files it opened until it was closed again, and how often it looked in vain."""
    told = folder / "strace.txt"
    traced = ["strace", "-f", "-qq", "-e", "trace=open,openat", "-o", str(told), *command]
    subprocess.run(traced, cwd=ROOT, env=environment, check=True, capture_output=True)
    found = OPENED.findall(told.read_text(encoding="utf-8", errors="replace"))
    files = {path for path, handle in found if handle != "-1"}
    return len(files), sum(handle == "-1" for _path, handle in found)


def measure(frozen: Path, folder: Path, environment: dict[str, str]) -> float:
    """Print both sides; how many times as long the frozen one takes."""
    python = [sys.executable, "-m", "desktop"]
    library = str(folder / "demo.db")
    subprocess.run(
        [*python, "demo", "--library", library], cwd=ROOT, env=environment, check=True,
        capture_output=True,
    )  # fmt: skip
    sides = {
        "frozen": [str(frozen / NAME), "--library", library],
        "unfrozen": [*python, "--library", library],
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _turn in range(RUNS + 1):
        for name, command in sides.items():
            times[name].append(window_after(command, environment))
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    for name, command in sides.items():
        files, vain = opened(command, environment | {"SELASAR_QUIT_AFTER": "0"}, folder)
        said = f"{medians[name]:.2f} s, {files} files opened, {vain} looked for in vain"
        print(f"{name:<9} {said}", flush=True)
    return medians["frozen"] / medians["unfrozen"]


def main(arguments: list[str]) -> int:
    """Measure on a screen that nobody sees; 1 where it is too slow."""
    frozen = Path(arguments[0] if arguments else DIST / NAME).resolve()
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told, tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "DISPLAY": f":{told.readline().strip()}", "HOME": folder}
            environment |= {"SELASAR_QUIT_AFTER": STANDS_S, "XDG_CONFIG_HOME": folder}
            for name in ("QT_QPA_PLATFORM", "XDG_DATA_HOME", "PYTHONDONTWRITEBYTECODE"):
                environment.pop(name, None)
            ratio = measure(frozen, Path(folder), environment)
    finally:
        screen.terminate()
        screen.wait()
    print(f"{ratio:.2f}x as long frozen, at most {MOST}x")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
