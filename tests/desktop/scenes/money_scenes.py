"""Scenes of money: a fine at the desk, its payment, a lost copy, the day's end, the matrix."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QDialog
from sqlalchemy import update

from database.circulation import identify, lending, losses, money
from database.refusal import Refusal
from database.schema import Patron
from desktop.forms.payment import PaymentDialog
from desktop.screens.desk.day_end import DayEnd
from desktop.window import MainWindow
from tests.desktop.scenes.desk_scenes import _on, free, patron, scan, settle, window
from tests.libraries import ANYTHING

__all__ = ["SCENES", "window"]


def _lend_late(window: MainWindow, at: int) -> tuple[str, str]:
    """A nurse's number, and the barcode of a copy she has had ten days too long."""
    given = window.desk_program
    who = patron(window, "nurse", 1)
    then = given.now() - timedelta(days=24)
    for barcode in free(window, 270)[at:]:
        try:
            with given.library.transaction() as session:
                lending.check_out(session, who.number, barcode, then, ANYTHING)
        except Refusal:
            continue  # somebody had it since then
        return who.number, barcode
    raise LookupError("no copy has lain so long")


def _owing(window: MainWindow) -> str:
    """Somebody who owes for a late and for a lost copy."""
    given = window.desk_program
    number, barcode = _lend_late(window, 40)
    with given.library.transaction() as session:
        losses.write_off(session, barcode, 145_000, given.now())
    return number


def fine_scene(window: MainWindow) -> None:
    """A copy came back late."""
    scan(window, _lend_late(window, 30)[1])


def owing_scene(window: MainWindow) -> None:
    """Somebody who owes stands at the desk."""
    scan(window, _owing(window))


def pay_scene(window: MainWindow) -> None:
    """What is owed is taken."""
    number = _owing(window)
    scan(window, number)
    desk = window.current()
    rows = desk.program.read(lambda s: money.charges(s, desk.patron.id))
    _open(PaymentDialog(desk.program, desk, desk.patron.name, rows))


def page_scene(window: MainWindow) -> None:
    """The page of a patron who owes and has paid."""
    number = _owing(window)
    given = window.desk_program
    with given.library.transaction() as session:
        who = identify.find_patron(session, number).id
        first = next(one for one in money.charges(session, who) if one.left)
        money.pay(session, [first.id], first.left, given.now())
    screen = window.go("patrons")
    settle()
    screen.arrive(("patron", who))
    screen.card.tabs.setCurrentIndex(screen.money._tab)


def day_scene(window: MainWindow) -> None:
    """The day's end, before the drawer is counted."""
    window.go("desk")
    desk = window.current()
    _open(DayEnd(desk.program, desk))


def _open(dialog: QDialog) -> None:
    dialog.open()
    settle()


def today_scene(window: MainWindow) -> None:
    """What was done in the last days, each to be taken back."""
    from desktop.forms.acts import ActsDialog

    number, barcode = _lend_late(window, 30)
    scan(window, barcode)
    scan(window, number)
    desk = window.current()
    _open(ActsDialog(desk.program, desk))


def suspended_scene(window: MainWindow) -> None:
    """Somebody who returned late, and may not borrow yet."""
    given = window.desk_program
    who = patron(window, "nurse", 2)
    until = given.now().date() + timedelta(days=6)
    with given.library.transaction() as session:
        session.execute(update(Patron).where(Patron.id == who.id).values(suspended_until=until))
    scan(window, who.number)


def matrix_scene(window: MainWindow) -> None:
    """Every rule, and which one applies."""
    window.go("settings")
    settle()
    window.current().arrive("matrix")


def rule_scene(window: MainWindow) -> None:
    """One rule whole."""
    matrix_scene(window)
    window.current().section().add()
    settle()


SCENES = {
    "money-fine": _on(fine_scene),
    "money-owing": _on(owing_scene),
    "money-pay": _on(pay_scene),
    "money-page": _on(page_scene),
    "money-day": _on(day_scene),
    "money-today": _on(today_scene),
    "money-suspended": _on(suspended_scene),
    "money-matrix": _on(matrix_scene),
    "money-rule": _on(rule_scene),
}
