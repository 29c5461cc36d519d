"""Scenes of moving in: a hospital's list with a letterhead, and a dump of SLiMS."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl

from desktop.screens.moving import MovingScreen
from desktop.window import MainWindow
from tests.desktop.scenes.catalogue_scenes import settle
from tests.slims import dump

TODAY = date(2026, 11, 30)
STAFF = (
    ["PEMERINTAH KABUPATEN CONTOH"],
    ["RSUD CONTOH SEHAT"],
    [],
    ["No", "Nama Pegawai", "NIK", "NIP", "Unit Kerja", "No HP / WA", "Agama", "Masa Berlaku s.d."],
    [1, "dr. Dewi Contoh, Sp.A", "3201010101010001", "198503022010012001", "IGD", "081234567890",
     "Islam", "31-12-2027"],
    [2, "Ns. Budi Contoh, S.Kep.", "3201010101010002", 1.98711042015031e17, "ICU", 81234567891,
     "Kristen", "31-12-2027"],
    [3, "Sinta Contoh, A.Md.Keb.", "3201010101010003", "199001012019022003", "VK", "-", "Islam",
     "31-02-2027"],
    ["JUMLAH", 3],
    [],
    ["", "", "", "", "", "Kepala Bagian SDM"],
)  # fmt: skip
BOOKS = (
    ["Judul Buku", "Pengarang", "Penerbit", "Th. Terbit", "Jml Eks", "No. Inventaris", "Harga"],
    ["Keperawatan dasar", "Hidayat, A. Aziz Alimul", "Salemba Medika", 2015, 2,
     "0012/RSUD/H/2016 - 0013/RSUD/H/2016", "Rp 75.000,-"],
    ["Gizi dan diet", "Almatsier, Sunita", "Gramedia", 2004, 1, "0014/RSUD/H/2016", "85.000,00"],
    ["", "Anonim", "", "", 1, "", ""],
)  # fmt: skip


def workbook(folder: Path) -> Path:
    """Members on the first sheet, books on the second, a letterhead and signatures around."""
    book = openpyxl.Workbook()
    book.active.title = "Pegawai"
    for row in STAFF:
        book.active.append(row)
    page = book.create_sheet("Buku")
    for row in BOOKS:
        page.append(row)
    book.save(folder / "daftar rsud.xlsx")
    return folder / "daftar rsud.xlsx"


def _open(window: MainWindow, *files: Path) -> MovingScreen:
    screen = window.go("moving", ("catalogue", list(files)) if files else "catalogue")
    assert isinstance(screen, MovingScreen)
    settle()
    return screen


def choose(window: MainWindow) -> None:
    """Before any file is chosen."""
    _open(window)


def contents(window: MainWindow) -> None:
    """What a workbook holds."""
    _open(window, workbook(Path(tempfile.mkdtemp(prefix="selasar-gallery-"))))


def check(window: MainWindow, done: bool = False) -> None:
    """What would happen of it, or what did."""
    contents(window)
    screen = window.go("moving")
    assert isinstance(screen, MovingScreen)
    screen.contents.category.setCurrentIndex(1)
    screen.go_on()
    settle()
    if done:
        screen.go_on()
        settle()


def database(window: MainWindow) -> None:
    """A dump of another program."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    path = folder / "cadangan slims.sql"
    path.write_text(dump(TODAY), encoding="utf-8")
    _open(window, path)


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "moving-choose": choose,
    "moving-contents": contents,
    "moving-check": check,
    "moving-done": partial(check, done=True),
    "moving-database": database,
}
