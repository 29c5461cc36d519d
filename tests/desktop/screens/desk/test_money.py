"""Money at the desk: the fine told, taken, printed, taken back; lost, found, the day's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from database.circulation import cash_book, identify, lending, losses, money
from database.policy import loan_rule_list, settings
from database.refusal import Reason
from database.reports import day_close
from database.schema import Patron
from desktop import background, pc
from desktop.forms.acts import ActsDialog
from desktop.forms.payment import PaymentDialog
from desktop.screens.desk.day_end import DayEnd
from desktop.screens.patrons.card.standing import state
from desktop.widgets.dialog import Dialog
from tests.desktop.screens.desk.test_desk import acts, clock, program, scan, window  # noqa: F401
from tests.libraries import NOW

LATE = NOW + timedelta(days=17)


@pytest.fixture
def late(window, scan, clock):  # noqa: F811
    """B000001 came back three open days late, on the screen."""
    scan("M0001", "B000001")
    window.current().finish()
    clock.moment = LATE
    scan("B000001")
    return window.current()


def answer(deed):
    """Do this with the dialog that is about to open."""

    def act():
        box = QApplication.activeModalWidget()
        assert isinstance(box, Dialog)
        deed(box)

    QTimer.singleShot(0, act)


def fill(**values):
    def deed(box):
        for key, value in values.items():
            box.form.put(key, value)
        box.try_accept()

    return deed


def owed(program, number="M0001"):  # noqa: F811
    return program.read(lambda s: money.owed(s, identify.find_patron(s, number).id))


def test_a_late_return_tells_the_fine_and_the_key(late, window):  # noqa: F811
    assert "Rp 1.500" in window.notice.text()
    assert "F9" in window.notice.text()


def test_the_fine_is_taken_and_its_receipt_printed(late, window, program, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path)
    answer(lambda box: box.try_accept())
    late.money.pay()
    assert owed(program) == 0
    assert "0001/KW" in window.notice.text()
    late.print_slip()
    (paper,) = (tmp_path / "papers").glob("*.pdf")
    assert "0001-KW" in paper.name


def test_a_part_is_waived_only_with_a_reason(late, program):  # noqa: F811
    seen = []

    def try_without(box):
        box.form.put("amount", 500)
        box.form.put("kind", "waived")
        box.try_accept()
        seen.append(box.refused.text())
        fill(reason="sakit")(box)

    answer(try_without)
    late.money.pay()
    assert seen[0]
    assert owed(program) == 1000


def test_the_borrower_card_says_what_is_owed(late, scan, window):  # noqa: F811
    scan("M0001")
    assert "Rp 1.500" in late.borrower._owed.text()
    assert late.borrower._owed.isVisible()


def test_a_payment_is_taken_back_with_ctrl_z(late, window, program):  # noqa: F811
    answer(lambda box: box.try_accept())
    late.money.pay()
    window.undo()
    assert owed(program) == 1500


def test_without_money_nothing_speaks_of_it(window, scan, clock, program):  # noqa: F811
    program.write(lambda s: settings.put(s, settings.MONEY, False))
    scan("M0001", "B000001")
    clock.moment = LATE
    window.current().finish()
    scan("B000001")
    assert "Rp" not in window.notice.text()
    shown = window.current().money.keys()
    assert all(key.sequence != "F9" for key in shown)


def test_a_lost_copy_is_charged_found_again_and_paid_back(window, scan, program):  # noqa: F811
    scan("M0001", "B000001")
    desk = window.current()
    desk.hand.select_first()
    answer(fill(amount=90_000))
    desk.money.lost()
    assert owed(program) == 90_000
    assert len(acts(window)) == 2
    answer(lambda box: box.try_accept())
    desk.money.pay()
    desk.finish()
    scan("B000001")
    assert window.notice.action().sequence == "F4"
    answer(lambda box: box.try_accept())
    window.notice.act()
    assert program.read(lambda s: losses.refunds(s, "B000001")) == []
    assert program.read(lambda s: cash_book.cash_book(s, NOW.date(), NOW.date())).balance == 0


def test_a_ward_keeps_a_copy(window, scan, program):  # noqa: F811
    scan("W-MAWAR", "B000020")
    desk = window.current()
    desk.hand.select_first()
    desk.money.given()
    state = program.read(lambda s: identify.find_item(s, "B000020")).status
    assert (state == "given") == (window.notice.tone() == "done")


def test_a_damaged_copy_goes_to_repair(window, scan, program):  # noqa: F811
    scan("M0001", "B000001")
    desk = window.current()
    desk.finish()
    scan("B000001")
    answer(fill(amount=25_000))
    desk.money.damaged()
    assert owed(program) == 25_000
    assert program.read(lambda s: identify.find_item(s, "B000001")).status == "repair"


def test_the_day_is_closed_backed_up_and_reopened(late, program, tmp_path, qtbot, show):  # noqa: F811
    program.pc.put(pc.BACKUPS, str(tmp_path / "copies"))
    answer(lambda box: box.try_accept())
    late.money.pay()
    dialog = show(DayEnd(program, late))
    dialog.form.put("counted", 1400)
    dialog.try_accept()
    assert "1" in dialog.refused.text() or dialog.refused.text(), "a difference needs a note"
    dialog.form.put("note", "kembalian kurang")
    dialog.try_accept()
    background.wait()
    QApplication.processEvents()
    closed = program.read(lambda s: day_close.of_day(s, LATE.date()))
    assert (closed.counted, closed.difference) == (1400, -100)
    assert list((tmp_path / "copies").glob("*.db"))
    assert not dialog.form.isVisible()
    assert dialog.sheet(LATE.date()).startswith(b"%PDF")
    dialog.reopen()
    assert program.read(lambda s: day_close.of_day(s, LATE.date())) is None


def test_the_patron_has_a_page_of_money_only_where_there_is_some(late, window, program):  # noqa: F811
    screen = window.go("patrons")
    who = program.read(lambda s: identify.find_patron(s, "M0001")).id
    screen.arrive(("patron", who))
    tabs = screen.card.tabs
    assert tabs.isTabVisible(screen.money._tab)
    assert "1.500" in screen.money._band.text()
    other = program.read(lambda s: identify.find_patron(s, "M0002")).id
    screen.arrive(("patron", other))
    assert not tabs.isTabVisible(screen.money._tab)
    screen.arrive(("patron", who))
    screen.money.write_letter()
    letter = screen.papers._pdf
    assert letter.startswith(b"%PDF")
    screen.papers.closed.emit()
    screen.money.show_receipt()
    assert screen.papers._pdf is letter, "nothing paid yet"
    answer(lambda box: box.try_accept())
    screen.money.pay()
    screen.money.show_receipt()
    assert screen.papers._pdf is not letter


def test_a_rule_by_type_is_added_and_asked_about(window, program):  # noqa: F811
    screen = window.go("settings")
    screen.arrive("matrix")
    section = screen.sections["matrix"]
    with program.library.transaction() as session:
        loan_rule_list.add(session, loan_rule_list.RuleFacts("nurse", "audiovisual", 1, 2, 0), NOW)
    section.load()
    section.kind.set_raw("nurse")
    section.type.set_raw("audiovisual")
    both = section.answer.text()
    section.type.set_raw("book")
    assert section.answer.text() != both
    rows = {row["name"]: row for row in section.table.rows()}
    assert len(rows) == section.table.count()


def test_a_suspension_stands_on_the_card_and_at_the_patron(window, scan, clock, program):  # noqa: F811
    row = next(one for one in program.read(loan_rule_list.matrix) if one.facts.category == "nurse")
    facts = replace(row.facts, sanction="suspension")
    program.write(lambda s: loan_rule_list.save(s, row.id, facts, NOW))
    scan("M0001", "B000001")
    window.current().finish()
    clock.moment = LATE
    scan("B000001", "M0001")
    assert "2 Feb 2027" in window.current().borrower._band.text()
    scan("B000010")
    assert window.notice.action().sequence == "F4", "allowed with a reason"
    assert "2 Feb 2027" in state(window.current().patron, LATE.date()).text


def test_the_amount_is_all_that_is_open(late, program):  # noqa: F811
    rows = program.read(lambda s: money.charges(s, identify.find_patron(s, "M0001").id))
    dialog = PaymentDialog(program, late, "Rina", rows)
    assert dialog.form.value("amount") == 1500
    dialog.deleteLater()


def test_one_act_of_the_day_is_taken_back_by_itself(window, scan, program, show):  # noqa: F811
    scan("M0001", "B000001", "B000010")
    desk = window.current()
    desk.finish()
    scan("B000010")
    dialog = show(ActsDialog(program, desk))
    acts_ = [(row.action, row.undone) for row in dialog.table.rows()]
    assert acts_[:3] == [
        ("loan.returned", False),
        ("loan.checked_out", False),
        ("loan.checked_out", False),
    ]
    lent = [row.id for row in dialog.table.rows() if row.action == "loan.checked_out"]
    dialog.table.select_ids([lent[1]])  # B000001, the first
    dialog.try_accept()
    assert program.read(lambda s: identify.find_item(s, "B000001")).loan_id is None
    dialog.table.select_ids([lent[0]])  # its return stands on it
    dialog.try_accept()
    assert "Kembali" in dialog.told.text(), "what stands on it"
    assert [row.undone for row in dialog.table.rows() if row.id in lent] == [False, True]


def test_a_suspension_is_lifted_at_the_desk(window, scan, program):  # noqa: F811
    until = NOW.date() + timedelta(days=9)
    with program.library.transaction() as session:
        session.execute(
            update(Patron).where(Patron.number == "M0001").values(suspended_until=until)
        )
    scan("M0001", "B000001")
    assert window.notice.tone() == "refused"
    answer(fill(reason="dinas luar"))
    window.current().money.lift()
    assert window.notice.tone() == "done"
    scan("B000001")
    assert program.read(lambda s: identify.find_item(s, "B000001")).loan_id


def test_the_switch_of_money_holds_at_once(window, program):  # noqa: F811
    desk = window.go("desk")

    def bound():
        return {one.key().toString() for one in desk._shortcuts}

    assert "F9" in bound()
    with program.library.transaction() as session:
        settings.put(session, settings.MONEY, False)
    desk.reload()
    assert "F9" not in bound()
    with program.library.transaction() as session:
        settings.put(session, settings.MONEY, True)
    desk.reload()
    assert "F9" in bound()


def test_a_copy_lent_by_a_wrong_clock_comes_back_for_a_reason(window, scan, clock, program):  # noqa: F811
    clock.moment = NOW + timedelta(days=400)
    with program.library.transaction() as session:
        expired = {Reason.MEMBERSHIP_EXPIRED: "jam"}
        lending.check_out(session, "M0002", "B000001", clock.moment, expired)
    clock.moment = NOW
    scan("B000001")
    assert window.notice.action().sequence == "F4"
    answer(fill(reason="jam komputer salah"))
    window.notice.act()
    assert program.read(lambda s: identify.find_item(s, "B000001")).loan_id is None
