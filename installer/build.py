"""Make what is handed out, for the platform it runs on: `python -m installer.build`.

Writes into dist/, beside the sources: the frozen program as a folder that needs no Python, and
for Windows a setup and a zip for a stick, for Linux a .deb and a tarball, with their sums.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from installer import contents

SPEC = contents.ROOT / "installer" / "selasar.spec"
WORK = contents.ROOT / "build"


def missing() -> list[str]:
    """What the build needs and this Python has not."""
    needed = {"PyInstaller": "pyinstaller", "babel": "babel", "PySide6": "PySide6-Essentials"}
    return [name for module, name in needed.items() if importlib.util.find_spec(module) is None]


def freeze() -> Path:
    """Compile the translations, draw the mark, then run PyInstaller; the program's folder."""
    from installer import mark
    from installer.compile_translations import compile_all

    compile_all()
    target = contents.DIST / contents.NAME
    # PyInstaller would reuse what it found in another environment.
    shutil.rmtree(WORK / contents.NAME, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    mark.write_all(contents.MARK)
    # Where in its line each instruction stands is a quarter of all that is compiled, and told to
    # nobody who has not the sources beside it.
    subprocess.run(
        [sys.executable, "-X", "no_debug_ranges", "-m", "PyInstaller", str(SPEC),
         "--noconfirm", "--log-level", "WARN",
         "--distpath", str(contents.DIST), "--workpath", str(WORK)], check=True,
    )  # fmt: skip
    return target


def pack(folder: Path, out: Path, platform: str = sys.platform) -> list[Path]:
    """What is handed out of the frozen `folder` for `platform`; nothing for macOS."""
    if platform == "win32":
        from installer.windows import setup

        return [setup.make(folder, out), setup.make_portable(folder, out)]
    if platform.startswith("linux"):
        from installer.linux import packages

        return [packages.make_deb(folder, out), packages.make_tarball(folder, out)]
    return []


def megabytes(folder: Path) -> float:
    """How much disk a folder or a file takes, links not counted twice."""
    found = folder.rglob("*") if folder.is_dir() else [folder]
    files = (path for path in found if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1_000_000


def count(folder: Path) -> int:
    """How many files are copied to a PC."""
    return sum(path.is_file() for path in folder.rglob("*"))


def write_sums(files: Sequence[Path]) -> Path:
    """SHA256SUMS beside the files, as `sha256sum --check` reads it."""
    target = files[0].parent / "SHA256SUMS"
    lines = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def main(arguments: Sequence[str] = ()) -> int:
    """Build and say where it is and how large."""
    words = argparse.ArgumentParser(prog="python -m installer.build", description=__doc__)
    words.add_argument("--freeze", action="store_true", help="only the folder, nothing packed")
    only_freeze = words.parse_args(list(arguments)).freeze
    if absent := missing():
        print(f"The build needs {', '.join(absent)}. Install it with:", file=sys.stderr)
        print('    python -m pip install -e ".[installer]"', file=sys.stderr)
        return 2
    began = time.perf_counter()
    target = freeze()
    took = time.perf_counter() - began
    told = f"{megabytes(target):.0f} MB, {count(target)} files"
    print(f"{target}: {told}, frozen in {took:.0f} s", flush=True)
    made = [] if only_freeze else pack(target, contents.DIST)
    for path in made:
        print(f"{path}: {megabytes(path):.1f} MB")
    if made:
        print(write_sums(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
