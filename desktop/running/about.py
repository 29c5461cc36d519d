"""What this program is: its version, its parts and their licences, and what a helper must know of
this PC, without a name of anybody."""

from __future__ import annotations

import platform
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSysInfo
from PySide6.QtGui import QGuiApplication

from database.catalogue import titles
from database.storage import mirrored, places
from desktop import __version__, pc
from desktop.program import Program
from desktop.words import language
from resources import FOLDER


@dataclass(frozen=True, slots=True)
class Shipped:
    """A part of others that is shipped with the program."""

    name: str
    licence: str
    author: str


@cache
def parts() -> tuple[Shipped, ...]:
    """All of them; the list is made by `installer.licences`."""
    told = tomllib.loads((FOLDER / "licences.toml").read_text(encoding="utf-8"))
    return tuple(
        Shipped(one["name"], one["licence"], one.get("author", "")) for one in told["part"]
    )


def help_text(program: Program, printers: int) -> str:
    """For whoever helps from afar: versions, sizes, kinds of places. No name of a person, of the
    library, of a server, nor of the account on this PC."""
    library = program.library
    counted, copies = program.read(titles.counts)
    screens = [
        f"{one.size().width()}x{one.size().height()}@{one.devicePixelRatio():g}"
        for one in QGuiApplication.screens()
    ]
    lines = {
        "Selasar": __version__,
        "Library": f"{'SQLite' if library.is_file else 'PostgreSQL'}, schema {places.NEWEST}",
        "Titles, copies": f"{counted}, {copies}",
        "Place": _kind_of(Path(library.where)) if library.is_file else "server",
        "Backups": _kind_of(pc.backup_folder(program.pc)),
        "System": f"{QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}",
        "Python, Qt": f"{platform.python_version()}, {QLibraryInfo.version().toString()}",
        "Screens": ", ".join(screens),
        "Platform": QGuiApplication.platformName(),
        "Language": language.current(),
        "Printers": str(printers),
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def _kind_of(place: Path) -> str:
    """Where something lies, without the name of an account."""
    if service := mirrored.service(place):
        return f"mirrored by {service}"
    if place.is_relative_to(pc.data_folder()):
        return "usual place"
    if str(place).startswith(("\\\\", "//")):
        return "share"
    return "home" if place.is_relative_to(Path.home()) else "another place"
