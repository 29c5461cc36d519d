"""The setup.exe for one user, by NSIS, and the folder for a stick."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from desktop.pc import PORTABLE
from installer import contents, mark

HERE = Path(__file__).resolve().parent
USUAL_PLACES = (Path("C:/Program Files (x86)/NSIS"), Path("C:/Program Files/NSIS"))
"""NSIS' own setup puts nothing on the PATH."""

STICK = """\
Selasar di flashdisk: berkas ini membuat program menyimpan perpustakaan, cadangan, dan
pengaturannya di folder "data" di sebelah berkas ini, bukan di PC.

Selasar on a stick: this file makes the program keep its library, backups and settings in the
folder "data" beside it, and not on the PC.
"""


class NoNsis(RuntimeError):  # noqa: N818 - reads as a sentence where it is told
    """There is no makensis."""


def makensis() -> Path:
    """NSIS' compiler: on the PATH or where its setup puts it."""
    found = shutil.which("makensis")
    places = [Path(found)] if found else [place / "makensis.exe" for place in USUAL_PLACES]
    for place in places:
        if place.exists():
            return place
    raise NoNsis("The setup is made by NSIS: install it from nsis.sourceforge.io, or `apt` nsis.")


def stub(compiler: Path) -> str:
    """64 bits where this NSIS can, as Debian's; NSIS for Windows brings only 32."""
    shared = Path("/usr/share/nsis/Stubs")
    stubs = shared if shared.is_dir() else compiler.parent / "Stubs"
    return "amd64-unicode" if (stubs / "lzma_solid-amd64-unicode").exists() else "x86-unicode"


def make(folder: Path, out: Path, version: str = contents.VERSION, *, quick: bool = False) -> Path:
    """The setup of the frozen `folder`, written into `out`; `quick` packs it loosely."""
    compiler, pictures = makensis(), out / "mark"
    target = out / f"{contents.NAME}-{version}-setup.exe"
    mark.write_all(pictures)
    target.unlink(missing_ok=True)
    given = {
        "STUB": stub(compiler), "VERSION": version, "FOLDER": folder.resolve(),
        "MARK": pictures.resolve(), "OUT": target.resolve(),
    }  # fmt: skip
    dash = "/" if sys.platform == "win32" else "-"
    quickly = [f"{dash}XSetCompressor /FINAL zlib"] if quick else []
    words = [*(f"{dash}D{name}={value}" for name, value in given.items()), *quickly]
    done = subprocess.run(
        [str(compiler), f"{dash}V2", *words, "selasar.nsi"],
        cwd=HERE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not target.exists():
        raise RuntimeError(f"makensis: {done.stdout[-800:]}{done.stderr[-400:]}")
    shutil.rmtree(pictures)
    return target


def make_portable(folder: Path, out: Path, version: str = contents.VERSION) -> Path:
    """The same program for a stick: unpacked, it keeps everything beside itself."""
    target = out / f"{contents.NAME}-{version}-portable.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, Path("Selasar") / path.relative_to(folder))
        packed.writestr(f"Selasar/{PORTABLE}", STICK)
    return target
