"""Scenes of the daily tasks on a demo library of their own, for the gallery."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import insert, select, update

from database.circulation import hold_lists, holds, identify, lending, quarantine, visits
from database.holdings import item_list
from database.library import Library
from database.patrons import consents, finding
from database.policy import quarantine_rules, settings
from database.schema import Loan, Patron, Unit
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.window import MainWindow
from tests.desktop.scenes import demo_file


@lru_cache(maxsize=1)
def program(now: datetime) -> Program:
    """The demo library with holds, copies that rest, and people to write to."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    demo_file.copied(folder / "tasks.db", now)
    library = Library.open(folder / "tasks.db")
    with library.transaction() as session:
        _rest(session, now)
        _wait(session, now)
        _agree(session, now)
        for kind, purpose, people in (("student", "discuss", 12), ("nurse", "borrow", 1)):
            visits.count_visit(session, kind, now, people, purpose)
    return Program(library, lambda: now, Pc(folder / "pc.ini"))


def _free(session) -> list[str]:
    found = (identify.find_item(session, f"B{number:06d}") for number in range(30, 400))
    return [
        one.barcode
        for one in found
        if one and not one.loan_id and one.status == "in_service" and one.item_type == "book"
    ]


def _rest(session, now: datetime) -> None:
    known = {name: unit_id for unit_id, name in quarantine_rules.units(session)}
    for name in ("Anggrek", "ICU", "Isolasi"):
        if name not in known:
            session.execute(insert(Unit).values(name=name, ward=True))
    known = {name: unit_id for unit_id, name in quarantine_rules.units(session)}
    for name, hours in (("Anggrek", 72), ("ICU", 72), ("Isolasi", 0)):
        quarantine_rules.save_rule(session, known[name], "", hours, now, stays_out=not hours)
    quarantine_rules.save_rule(session, None, "children", 48, now)
    for barcode, hours in zip(_free(session)[:4], (71, 72, 40, 3), strict=True):
        at = now - timedelta(hours=hours)
        lending.check_out(session, "W-ANGGREK", barcode, at)
        session.execute(
            update(Loan)
            .where(Loan.returned_at.is_(None), Loan.lent_at == at)
            .values(unit="Anggrek")
        )
        lending.check_in(session, barcode, at)
    rows = item_list.items_by_barcode(session, _free(session)[:1])
    quarantine.wipe(session, [quarantine.resting(session, now)[0].id], now)
    assert rows


def _wait(session, now: datetime) -> None:
    settings.put(session, settings.HOLD_ON_SHELF, True)
    people = finding.search(session, finding.PatronFilter(category="doctor"))[1]
    people += finding.search(session, finding.PatronFilter(category="nurse"))[1]
    good = [p for p in people if not p.valid_until or p.valid_until > now.date()]
    free = _free(session)
    for place, who in enumerate(good[:3]):
        item = identify.find_item(session, free[place])
        holds.place(session, who.number, item.biblio_id, now)
        holds.set_aside(session, free[place], now - timedelta(days=place))
    out = session.execute(
        select(Loan.item_id).where(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)).limit(2)
    ).scalars()
    for item_id in list(out):
        title = item_list.items_by_id(session, [item_id])[0].biblio_id
        for who in good[3:5]:
            holds.place(session, who.number, title, now)


def _agree(session, now: datetime) -> None:
    late = session.execute(
        select(Patron.id)
        .join(Loan, Loan.patron_id == Patron.id)
        .where(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None), Patron.kind == "person")
        .distinct()
    ).scalars()
    for patron_id in list(late):
        if not consents.stands(session, patron_id, "reminders"):
            consents.give(session, patron_id, "reminders", "desk", now)
        session.execute(update(Patron).where(Patron.id == patron_id).values(phone="+6281272004412"))


def window(now: datetime) -> MainWindow:
    """The program's window on that library."""
    return build_window(program(now))


def settle() -> None:
    """Let what was asked for later happen."""
    for _round in range(4):
        QApplication.processEvents()


def _part(name: str, then: Callable[[MainWindow], object] = lambda window: None):
    def scene(window: MainWindow) -> None:
        window.go("tasks", name)
        settle()
        then(window)
        settle()

    return scene


def _section(name: str, then: Callable[[MainWindow], object] = lambda window: None):
    def scene(window: MainWindow) -> None:
        window.go("settings", name)
        settle()
        then(window)
        settle()

    return scene


def _letters(window: MainWindow) -> None:
    part = window.current().parts["reminders"]
    rows = [row for row in part.table.rows() if row["person"].kind == "overdue"]
    part.table.select_ids([rows[0]["id"]])
    part.letter()


def _desk_return(window: MainWindow) -> None:
    """A copy somebody waits for comes back."""
    given = program(window.notice._now())
    waiting = given.read(hold_lists.waiting)
    copies = [
        one.barcode
        for row in waiting
        for one in given.read(lambda s, row=row: item_list.items_of(s, row.biblio_id))
        if one.due_on
    ]
    window.go("desk")
    window.scanned.emit(copies[0] if copies else "B000001")
    settle()


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "tasks-holds": _part("holds"),
    "tasks-quarantine": _part("quarantine"),
    "tasks-wiping-log": _part("quarantine", lambda w: w.current().parts["quarantine"].show_log()),
    "tasks-reminders": _part("reminders"),
    "tasks-visits": _part("visits"),
    "tasks-home": lambda window: window.go("home"),
    "tasks-desk-hold": lambda window: (window.go("desk"), window.current().place_hold()),
    "tasks-settings-holds": _section("holds"),
    "tasks-settings-quarantine": _section("quarantine"),
    "tasks-settings-holidays": _section(
        "closed", lambda w: w.current().sections["closed"].propose()
    ),
    "tasks-letter": _part("reminders", _letters),
    "tasks-desk-return": _desk_return,
}
