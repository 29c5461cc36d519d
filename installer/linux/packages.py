"""The .deb and the tarball of a frozen program.

Both carry the same tree: the program in lib/selasar, a link to it in bin, and beside them what a
desktop reads: the entry of the menu, the type of the file and the mark in each size.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from installer import contents, mark

HERE = Path(__file__).resolve().parent
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
NEEDED = (
    "libegl1", "libgl1", "libxkbcommon0", "libxkbcommon-x11-0", "libdbus-1-3", "libfontconfig1",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-image0", "libxcb-render-util0",
)  # fmt: skip
"""What Qt takes from the system."""

CONTROL = """\
Package: selasar
Version: {version}
Architecture: {machine}
Maintainer: Selasar <selasar@localhost>
Installed-Size: {kilobytes}
Depends: libc6 (>= {libc}), {needed}
Section: misc
Priority: optional
Description: library program for small special libraries
 Catalogue, lending by barcode and the monthly report of a hospital's library,
 on one PC without a server or on several with PostgreSQL.
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: selasar

Files: *
Copyright: the makers of Selasar
License: Expat
"""
READ_ME = """\
Selasar {version}

  sudo cp -r lib bin share /usr/local/     for everyone on this PC
  cp -r lib bin share ~/.local/            for you alone
  lib/selasar/selasar                      to try it from here
"""


def machine() -> str:
    """What Debian calls this machine."""
    return MACHINES.get(platform.machine(), platform.machine())


def libc() -> str:
    """The program runs where the C library is this one or newer."""
    return os.confstr("CS_GNU_LIBC_VERSION").split()[-1]  # type: ignore[union-attr]


def lay_out(folder: Path, under: Path) -> None:
    """The tree that goes under /usr."""
    library = under / "lib" / "selasar"
    shutil.copytree(folder, library, symlinks=True)
    (under / "bin").mkdir(parents=True)
    (under / "bin" / "selasar").symlink_to("../lib/selasar/selasar")
    share = under / "share"
    for source, place in (
        (HERE / "selasar.desktop", "applications/selasar.desktop"),
        # A menu gives no file, and the option would then miss its word: two entries.
        (HERE / "selasar-open.desktop", "applications/selasar-open.desktop"),
        (HERE / "selasar.xml", "mime/packages/selasar.xml"),
        (contents.ROOT / "LICENSE", "doc/selasar/LICENSE"),
        (contents.ROOT / "resources" / "mark" / "mark.svg", _icon("scalable", "svg")),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, share / place)
    for side in mark.SIZES:
        target = share / _icon(f"{side}x{side}", "png")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(mark.png(side))
    (share / "doc" / "selasar" / "copyright").write_text(
        COPYRIGHT + _indented((contents.ROOT / "LICENSE").read_text(encoding="utf-8")),
        encoding="utf-8",
    )


def _icon(size: str, ending: str) -> str:
    return f"icons/hicolor/{size}/apps/selasar.{ending}"


def _indented(text: str) -> str:
    """As a field of several lines is written."""
    return "".join(f" {line.strip() or '.'}\n" for line in text.strip().splitlines())


def make_deb(folder: Path, out: Path, version: str = contents.VERSION) -> Path:
    """The Debian package of the frozen `folder`, written into `out`."""
    target = out / f"selasar_{version}_{machine()}.deb"
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "root"
        lay_out(folder, root / "usr")
        files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                runs = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if runs else 0o644)
        control = root / "DEBIAN" / "control"
        control.parent.mkdir()
        text = CONTROL.format(
            version=version,
            machine=machine(),
            kilobytes=sum(path.stat().st_size for path in files) // 1024,
            libc=libc(),
            needed=", ".join(NEEDED),
        )
        control.write_text(text, encoding="utf-8")
        words = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return target


def make_tarball(folder: Path, out: Path, version: str = contents.VERSION) -> Path:
    """The same for every other Linux, with a word on where it may go."""
    name = f"selasar-{version}-linux-{platform.machine()}"
    target = out / f"{name}.tar.xz"
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / name
        lay_out(folder, root)
        (root / "READ-ME.txt").write_text(READ_ME.format(version=version), encoding="utf-8")
        with tarfile.open(target, "w:xz") as packed:
            packed.add(root, name)
    return target
