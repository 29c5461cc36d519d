"""Two programs on one library: what one does shows at the other."""

from __future__ import annotations

from database.circulation import lending
from database.library import Library
from desktop.application import build_window
from tests.libraries import NOW


def test_a_loan_at_another_desk_shows_at_this_one(program, show, qtbot):
    window = show(build_window(program), 1366, 768)
    window.go("desk", ("patron", "M0001"))
    desk = window.current()
    desks = program.library.hear_others(program.library.tell)
    other = Library.open(program.library.where)
    try:
        assert desks.wait_until_listening(20)
        with other.transaction() as session:
            lending.check_out(session, "M0001", "B000001", NOW)
        qtbot.waitUntil(lambda: desk.hand.count() == 1, timeout=20_000)
    finally:
        desks.stop()
        other.close()
