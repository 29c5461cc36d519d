"""Scenes of home and the desk on a demo library of their own, for the gallery."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from PySide6.QtWidgets import QApplication

from database.circulation import identify
from database.library import Library
from database.patrons import finding
from database.patrons.finding import PatronFilter, PatronRow
from database.policy import loan_rules
from desktop import background
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.window import MainWindow
from tests.desktop.scenes import demo_file


@lru_cache(maxsize=1)
def program(now: datetime) -> Program:
    """The demo library, for as long as the pictures are taken."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    demo_file.copied(folder / "desk.db", now)
    library = Library.open(folder / "desk.db")
    return Program(library, lambda: now, Pc(folder / "pc.ini"))


def window(now: datetime) -> MainWindow:
    """The program's window on the demo library."""
    return build_window(program(now))


def settle() -> None:
    """Let what was asked for later, or in the background, happen."""
    background.wait()
    for _round in range(4):
        QApplication.processEvents()


def scan(window: MainWindow, *codes: str) -> None:
    """As the scanner would, wherever one is."""
    for code in codes:
        window.scanned.emit(code)
        settle()


def patron(window: MainWindow, category: str, room: int) -> PatronRow:
    """Somebody of a category who may still take `room` copies."""
    given = window.desk_program
    with given.library.reading() as session:
        rule = loan_rules.rule_for(session, category, "book")
        found = finding.search(session, PatronFilter(category=category))[1]
    today = given.now().date()
    return next(
        row
        for row in found
        if rule.loan_limit - row.open_loans >= room
        and (row.valid_until is None or row.valid_until > today)
    )


def free(window: MainWindow, count: int) -> list[str]:
    """Copies on the shelf."""
    with window.desk_program.library.reading() as session:
        found = (identify.find_item(session, f"B{number:06d}") for number in range(30, 300))
        loose = [
            one.barcode for one in found if one and not one.loan_id and one.status == "in_service"
        ]
    return loose[:count]


def _on(set_scene: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
    def scene(window: MainWindow) -> None:
        window.desk_program = program(window.notice._now())
        set_scene(window)

    return scene


def home_scene(window: MainWindow) -> None:
    """The first thing seen."""
    window.go("home")
    settle()
    window.current().show_year()
    settle()


def lending_scene(window: MainWindow) -> None:
    """Two copies lent to a doctor, one given back before."""
    scan(window, patron(window, "doctor", 3).number, *free(window, 2))


def limit_scene(window: MainWindow) -> None:
    """One too many."""
    scan(window, patron(window, "student", 2).number, *free(window, 3))


def reason_scene(window: MainWindow) -> None:
    """Why it is allowed all the same."""
    limit_scene(window)
    window.notice.act()


def ward_scene(window: MainWindow) -> None:
    """A pile for a ward."""
    scan(window, "W-MAWAR", *free(window, 3))


def unknown_scene(window: MainWindow) -> None:
    """A code nobody knows."""
    scan(window, "XZ-99")


def found_scene(window: MainWindow) -> None:
    """The catalogue in the whole window, a title chosen."""
    window.go("catalogue", "keperawatan")
    settle()


SCENES = {
    "home": _on(home_scene),
    "found": _on(found_scene),
    "desk": _on(lambda window: window.go("desk")),
    "desk-lending": _on(lending_scene),
    "desk-limit": _on(limit_scene),
    "desk-reason": _on(reason_scene),
    "desk-ward": _on(ward_scene),
    "desk-unknown": _on(unknown_scene),
}
