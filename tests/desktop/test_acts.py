"""Ctrl+Z and Ctrl+Y: this program's own acts, one after the other, in all rooms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import event

from database import undo
from database.catalogue import titles
from database.circulation import identify, lending, visits
from database.holdings import item_facts, items
from database.library import Library
from database.patrons import membership
from database.policy import settings
from database.refusal import Reason
from database.reports import acts as listed
from database.search import search
from desktop.forms.acts import ActsDialog, BinDialog
from desktop.words import acts as words
from tests.database.imports.test_importing import record
from tests.desktop.screens.desk.test_desk import clock, program, scan, window  # noqa: F401
from tests.libraries import NOW


def loan_of(program, barcode):  # noqa: F811
    found = program.read(lambda s: identify.find_item(s, barcode))
    return found and found.loan_id


@pytest.fixture
def press(window, qtbot):  # noqa: F811
    def key(which):
        qtbot.keyClick(window, which, Qt.KeyboardModifier.ControlModifier)

    return key


def test_every_act_that_can_be_taken_back_has_a_name():
    assert set(words.ACTS) >= undo.INVERTIBLE
    assert {*words.GOOD, *words.BAD, *words.GRAVE} <= set(words.ACTS)


def test_what_has_no_title_is_called_by_its_act_when_it_is_taken_back(window, program, press):  # noqa: F811
    program.write(lambda s: visits.count_visit(s, "nurse", NOW))
    window.notice.clear()
    press(Qt.Key.Key_Z)
    assert window.notice.text() == "Diurungkan: Pengunjung"


def test_acts_are_taken_back_and_done_again_one_after_the_other(window, scan, program, press):  # noqa: F811
    scan("M0001", "B000001", "B000010")
    window.go("patrons")
    program.write(
        lambda s: membership.enrol(s, membership.PatronFacts("Rina", "nurse", number="R-1"), NOW)
    )
    window.notice.clear()
    for _time in range(3):
        press(Qt.Key.Key_Z)
        window.notice.clear()
    assert [loan_of(program, code) for code in ("B000001", "B000010")] == [None, None]
    assert program.read(lambda s: identify.find_patron(s, "R-1")) is None
    for _time in range(3):
        press(Qt.Key.Key_Y)
        window.notice.clear()
    assert all(loan_of(program, code) for code in ("B000001", "B000010"))
    assert program.read(lambda s: identify.find_patron(s, "R-1")).name == "Rina"
    press(Qt.Key.Key_Y)
    assert window.notice.tone() == "look"
    window.notice.clear()
    press(Qt.Key.Key_Z)
    assert program.read(lambda s: identify.find_patron(s, "R-1")) is None


def test_the_desk_shows_what_was_taken_back_elsewhere(window, scan, program, press):  # noqa: F811
    scan("M0001", "B000001")
    window.notice.clear()
    desk = window.current()
    window.go("reports")
    press(Qt.Key.Key_Z)
    assert desk.acts_card.standing() == []


def test_another_way_ends_what_can_be_done_again(window, scan, program, press):  # noqa: F811
    scan("M0001", "B000001")
    window.notice.clear()
    press(Qt.Key.Key_Z)
    scan("B000010")
    window.notice.clear()
    press(Qt.Key.Key_Y)
    assert window.notice.tone() == "look"
    assert loan_of(program, "B000001") is None


def test_what_is_done_again_goes_through_the_rules_again(window, scan, program, press):  # noqa: F811
    scan("M0001", "B000001")
    window.notice.clear()
    press(Qt.Key.Key_Z)
    other = Library.open(program.library.where)
    try:
        with other.transaction() as session:
            lending.check_out(session, "M0002", "B000001", NOW)
    finally:
        other.close()
    window.notice.clear()
    press(Qt.Key.Key_Y)
    assert window.notice.tone() == "refused"


def test_an_act_of_another_desk_is_taken_by_no_key(window, scan, program, press):  # noqa: F811
    scan("M0001", "B000001")
    other = Library.open(program.library.where)
    try:
        other.desk = "PC-2"
        with other.transaction() as session:
            visits.count_visit(session, "nurse", NOW)
    finally:
        other.close()
    window.notice.clear()
    press(Qt.Key.Key_Z)
    assert loan_of(program, "B000001") is None
    window.notice.clear()
    press(Qt.Key.Key_Z)
    assert window.notice.tone() == "look"
    rows = program.read(lambda s: listed.since(s, NOW - timedelta(days=1), undo.INVERTIBLE))
    (foreign,) = [row for row in rows if row.desk == "PC-2"]
    assert (foreign.action, foreign.undone) == ("visit.counted", False)


def test_one_change_is_one_act_however_many_lines_it_has(window, program, press):  # noqa: F811
    window.go("catalogue")
    before = program.library.contents()

    def with_copies(session):
        number = titles.add_biblio(session, record("Baru", "9786020000099"), NOW)
        return items.add_items(session, number, item_facts.ItemFacts(), 3, NOW)

    program.write(with_copies)
    (row, *_others) = program.read(
        lambda s: listed.since(s, NOW - timedelta(days=1), undo.INVERTIBLE)
    )
    assert row.of == 4
    press(Qt.Key.Key_Z)
    assert program.library.contents() == before


def test_a_setting_is_taken_back_and_done_again(window, program, press):  # noqa: F811
    def read():
        return program.read(lambda s: settings.get(s, settings.HOLD_DAYS))

    program.write(lambda s: settings.change(s, settings.HOLD_DAYS, 7, NOW))
    press(Qt.Key.Key_Z)
    assert read() == 3
    press(Qt.Key.Key_Y)
    assert read() == 7


def test_the_list_says_what_stands_on_an_act(window, scan, program, show, clock):  # noqa: F811
    scan("M0001", "B000001")
    window.current().finish()
    clock.moment = NOW + timedelta(days=2)
    scan("B000001")
    dialog = show(ActsDialog(program, window.current()))
    rows = dialog.table.rows()
    lent = next(row for row in rows if row.action == "loan.checked_out")
    assert lent.borrower == "Ns. Rina Wati, S.Kep."
    dialog.table.select_ids([lent.id])
    dialog.try_accept()
    assert "Kembali" in dialog.told.text()
    assert loan_of(program, "B000001") is None
    back = next(row for row in rows if row.action == "loan.returned")
    dialog.table.select_ids([back.id])
    dialog.try_accept()
    dialog.table.select_ids([lent.id])
    dialog.try_accept()
    assert [row.undone for row in dialog.table.rows()[:2]] == [True, True]


def test_the_list_reaches_as_far_back_as_is_set(window, scan, program, show, clock):  # noqa: F811
    scan("M0001", "B000001")
    clock.moment = NOW + timedelta(days=30)
    assert len(show(ActsDialog(program, window.current())).table.rows()) > 0
    clock.moment = NOW + timedelta(days=31)
    assert show(ActsDialog(program, window.current())).table.rows() == []


def test_the_list_is_narrowed_by_what_is_typed(window, scan, program, show):  # noqa: F811
    scan("M0001", "B000001", "B000010")
    dialog = show(ActsDialog(program, window.current()))
    dialog.wanted.setText("penyakit dipinjam")
    assert [row.title for row in dialog.table.rows()] == ["Buku Ajar Ilmu Penyakit Dalam. Jilid 1"]


def test_the_list_takes_a_handful_of_statements(scan, program):  # noqa: F811
    scan("M0001", "B000001", "B000010", "B000011")
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(program.library.engine, "before_cursor_execute", note)
    rows = program.read(lambda s: listed.since(s, NOW - timedelta(days=1), undo.INVERTIBLE))
    event.remove(program.library.engine, "before_cursor_execute", note)
    assert len(rows) > 3
    assert len(asked) <= 8


def test_what_was_taken_away_is_brought_back_from_the_bin(window, program, show, clock):  # noqa: F811
    def struck(session):
        number = titles.add_biblio(session, record("Salah hapus", "9786020000099"), NOW)
        titles.cancel_biblio(session, number, NOW)
        return number

    number = program.write(struck)
    copy = program.read(lambda s: identify.find_item(s, "B000010")).id
    program.write(lambda s: items.remove_item(s, copy, NOW))
    clock.moment = NOW + timedelta(days=80)
    dialog = show(BinDialog(program, window.current()))
    assert [row.title for row in dialog.table.rows()] == ["Ilmu Kebidanan", "Salah hapus"]
    for _row in range(2):
        dialog.table.select_first()
        dialog.try_accept()
    assert dialog.table.rows() == []
    assert program.read(lambda s: identify.find_item(s, "B000010")).title == "Ilmu Kebidanan"
    with program.library.reading() as session:
        assert titles.record_of(session, number)[0] == record("Salah hapus", "9786020000099")
        assert [one.id for one in search.search(session, "salah hapus").rows] == [number]


def test_the_bin_is_emptied_after_ninety_days(window, program, show, clock):  # noqa: F811
    copy = program.read(lambda s: identify.find_item(s, "B000010")).id
    program.write(lambda s: items.remove_item(s, copy, NOW))
    clock.moment = NOW + timedelta(days=91)
    assert show(BinDialog(program, window.current())).table.rows() == []


def test_what_was_allowed_is_told_with_its_reason_and_how_often(window, scan, program, show):  # noqa: F811
    scan("M0003", "B000001", "B000010", "B000011")
    assert "bulan ini" not in window.notice.text()
    allowed = {Reason.LIMIT_REACHED: "ujian besok"}
    program.write(lambda s: lending.check_out(s, "M0003", "B000011", NOW, allowed))
    scan("B000012")
    assert "Diizinkan 1 kali bulan ini" in window.notice.text()
    dialog = show(ActsDialog(program, window.current()))
    dialog.wanted.setText("ujian besok")
    (row,) = dialog.table.rows()
    assert row.allowed == (("limit_reached", "ujian besok"),)
