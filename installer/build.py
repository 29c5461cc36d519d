"""Freeze Selasar into one folder that needs no Python: `python -m installer.build`.

Writes dist/selasar/ beside the sources, on Linux and on Windows alike.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import time
from pathlib import Path

from installer import contents

SPEC = contents.ROOT / "installer" / "selasar.spec"
WORK = contents.ROOT / "build"


def missing() -> list[str]:
    """What the build needs and this Python has not."""
    needed = {"PyInstaller": "pyinstaller", "babel": "babel", "PySide6": "PySide6-Essentials"}
    return [name for module, name in needed.items() if importlib.util.find_spec(module) is None]


def freeze() -> Path:
    """Compile the translations, then run PyInstaller; returns the program's folder."""
    from PyInstaller.__main__ import run

    from installer.compile_translations import compile_all

    compile_all()
    target = contents.DIST / contents.NAME
    # PyInstaller would reuse what it found in another environment.
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    run([
        str(SPEC), "--noconfirm", "--log-level", "WARN",
        "--distpath", str(contents.DIST), "--workpath", str(WORK),
    ])  # fmt: skip
    return target


def megabytes(folder: Path) -> float:
    """How much disk the folder takes, links not counted twice."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1_000_000


def main() -> int:
    """Build and say where it is and how large."""
    if absent := missing():
        print(f"The build needs {', '.join(absent)}. Install it with:", file=sys.stderr)
        print('    python -m pip install -e ".[installer]"', file=sys.stderr)
        return 2
    began = time.perf_counter()
    target = freeze()
    took = time.perf_counter() - began
    print(f"{target}: {megabytes(target):.0f} MB in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
