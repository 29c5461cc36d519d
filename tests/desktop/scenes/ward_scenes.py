"""Scenes of the wards on a demo library of their own, for the gallery."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from database.circulation import identify, lending
from database.library import Library
from database.patrons import finding, membership
from database.schema import Patron
from database.wards import handouts, plans, rounds, wards, wishes
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.window import MainWindow
from tests.desktop.scenes import demo_file

PATIENTS = (
    ("Bu Sri", "M-02", 0, ""),
    ("Pak Darto", "M-04", 0, ""),
    ("Bu Ningsih", "M-05", 4, ""),
    ("Ibu Aminah", "M-07", 3, "Rudi, 0812 7200 4412"),
)


@lru_cache(maxsize=1)
def program(now: datetime) -> Program:
    """The demo library with patients on a ward, for as long as the pictures are taken."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    demo_file.copied(folder / "wards.db", now)
    library = Library.open(folder / "wards.db")
    with library.transaction() as session:
        _fill(session, now)
    return Program(library, lambda: now, Pc(folder / "pc.ini"))


def _fill(session, now: datetime) -> None:
    mawar = identify.find_patron(session, "W-MAWAR")
    free = iter(_free(session))
    for name, bed, days, caregiver in PATIENTS:
        until = now.date() + timedelta(days=days)
        facts = membership.PatronFacts(name, "patient", unit="Mawar", valid_until=until)
        number = membership.enrol(session, facts, now)
        session.execute(
            update(Patron)
            .where(Patron.id == number)
            .values(place_id=mawar.id, bed=bed, guardian=caregiver)
        )
        patron = finding.one(session, number)
        if bed != "M-05":
            lending.check_out(session, patron.number, next(free), now)
    wishes.ask(session, mawar.id, "M-05", "novel, huruf besar", now)
    for row in wards.rows(session, now.date())[:5]:
        plans.plan(session, row.id, frozenset({now.weekday(), 3}), now)
    for what, copies in (("Majalah lama", 12), ("Buku saku doa", 5)):
        facts = handouts.HandoutFacts("free", copies, now.date(), what, None, mawar.id)
        handouts.hand_out(session, facts, now)


def _free(session) -> list[str]:
    found = (identify.find_item(session, f"B{number:06d}") for number in range(30, 300))
    return [
        one.barcode
        for one in found
        if one and not one.loan_id and one.status == "in_service" and one.item_type == "book"
    ]


def window(now: datetime) -> MainWindow:
    """The program's window on that library."""
    made = build_window(program(now))
    made.go("wards")
    return made


def settle() -> None:
    """Let what was asked for later happen."""
    for _round in range(4):
        QApplication.processEvents()


def mawar(window: MainWindow) -> None:
    """The ward with patients in it."""
    screen = window.go("wards")
    settle()
    row = next(row for row in screen.overview.wards.rows() if row.number == "W-MAWAR")
    screen.overview.pick(row.id)
    settle()


def _person(window: MainWindow) -> None:
    screen = window.current()
    row = next(row for row in screen.overview.readers.rows() if row.bed == "M-07")
    screen.overview.readers.select_ids([row.id])


def _going(window: MainWindow) -> None:
    mawar(window)
    _person(window)
    window.current().overview.discharge()
    settle()


def _dialog(name: str) -> Callable[[MainWindow], None]:
    def scene(window: MainWindow) -> None:
        mawar(window)
        getattr(window.current().overview, name)()
        settle()

    return scene


def _entering(window: MainWindow) -> None:
    screen, given = window.go("wards"), program(window.notice._now())
    at = given.now() - timedelta(minutes=40)

    def begin(session):
        standing = rounds.open_one(session)
        return standing.id if standing else rounds.begin(session, at, given.now())

    screen.enter_round(given.write(begin))
    free = given.read(_free)
    today = given.now().date()
    there = given.read(lambda s: wards.readers(s, _ward(s, "W-MELATI"), today))
    home = there[0].barcodes[:1] if there else ()
    for code in ("W-MELATI", *free[:2], *home, "W-ANGGREK", free[3]):
        screen.entry.scan_box.scanned.emit(code)
        settle()


def _ward(session, number: str) -> int:
    return identify.find_patron(session, number).id


def _sheet(window: MainWindow) -> None:
    mawar(window)
    window.current().show_sheet()
    settle()


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "wards": mawar,
    "wards-going": _going,
    "wards-wish": _dialog("wish"),
    "wards-hand-out": _dialog("hand_out"),
    "wards-handed": _dialog("show_handouts"),
    "wards-plan": _dialog("plan"),
    "wards-begin": lambda window: window.go("wards").begin_round(),
    "wards-sheet": _sheet,
    "wards-round": _entering,
}
