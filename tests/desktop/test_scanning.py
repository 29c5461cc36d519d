"""A scan is known wherever the focus is, and what a person types never is one.

Keys are real key events: a scanner sends one every few milliseconds, a hand does not.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from database.circulation import money
from database.holdings import print_queue
from desktop import pc
from desktop.forms.payment import PaymentDialog
from desktop.forms.scanned import ways
from desktop.forms.scanned.dialog import ScannedListDialog
from desktop.screens.moving import asking_files
from desktop.widgets.form_dialog import FormDialog
from tests.libraries import NOW

END = {"enter": Qt.Key.Key_Return, "tab": Qt.Key.Key_Tab}


def scan(code, end="enter", delay=1):
    """As a scanner does it, to whatever has the focus."""
    where = QApplication.focusWidget()
    QTest.keyClicks(where, code, delay=delay)
    if end:
        QTest.keyClick(where, END[end], delay=delay)


def barcodes(window):
    return [row["barcode"] for row in window.screen_of("desk").hand.rows()]


@pytest.fixture
def desk(window):
    window.go("desk")
    return window.current()


PLACES = ["home", "catalogue", "patrons", "wards", "services", "reports", "settings", "tasks"]


@pytest.mark.parametrize("place", PLACES)
def test_a_card_scanned_on_any_screen_opens_the_desk(window, place):
    window.go(place)
    scan("M0001")
    assert window.current_key() == "desk"
    assert window.current().patron.number == "M0001"
    assert window.title_of(place) in window.notice.text()


@pytest.mark.parametrize("delay", [1, 5, 20])
@pytest.mark.parametrize("end", ["enter", "tab", ""])
def test_the_field_it_hit_is_as_before(window, qtbot, delay, end):
    window.go("patrons")
    window.current().new()
    line = window.current().card.form.input("name")
    line.setFocus()
    line.setText("")
    QTest.keyClicks(line, "Rina Wati", delay=45)
    assert line.text() == "Rina Wati"
    line.setSelection(2, 4)
    scan("M0001", end, delay)
    qtbot.waitUntil(lambda: window.current_key() == "desk")
    assert (line.text(), line.selectedText()) == ("Rina Wati", "na W")
    assert line.cursorPosition() == 6
    line.undo()
    assert line.text() != "Rina Wati"
    assert window.current().patron.number == "M0001"


def test_a_choice_under_the_focus_does_not_move(window):
    window.go("patrons")
    window.current().new()
    choice = window.current().card.form.input("category")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    before = choice.currentIndex()
    scan("M0002")
    assert choice.currentIndex() == before
    assert window.current().patron.number == "M0002"


def test_what_is_typed_slowly_is_typed(window, qtbot):
    window.go("catalogue")
    line = window.current().list.search.line
    line.setFocus()
    QTest.keyClicks(line, "M0001", delay=45)
    qtbot.waitUntil(lambda: line.text() == "M0001")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.current_key() == "catalogue"
    assert line.text() == "M0001"


@pytest.mark.parametrize("text", ["Ns. Rina Wati", "081234567890", "15000", "a", "buku ajar 2"])
def test_what_comes_fast_and_is_no_code_is_typed(window, qtbot, text):
    window.go("catalogue")
    line = window.current().list.search.line
    line.setFocus()
    QTest.keyClicks(line, text)
    qtbot.waitUntil(lambda: line.text() == text)
    assert window.current_key() == "catalogue"


def test_keys_typed_before_another_key_keep_their_order(window):
    window.go("catalogue")
    line = window.current().list.search.line
    line.setFocus()
    QTest.keyClicks(line, "abc")
    QTest.keyClick(line, Qt.Key.Key_Left)
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_End)
    assert line.text() == "abxc"


def test_a_pasted_code_is_no_scan(window):
    window.go("catalogue")
    line = window.current().list.search.line
    line.setFocus()
    QApplication.clipboard().setText("M0001")
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "M0001"
    assert window.current_key() == "catalogue"


def charge(amount):
    return money.ChargeRow(
        1, 1, "overdue", "Ilmu", "B000001", NOW.date(), amount, 3, 1000, 0, 0, 0, 0, "open"
    )


def test_a_scan_does_not_reach_the_amount_of_a_payment(program, desk):
    box = PaymentDialog(program, desk, "Rina", [charge(5000)])
    box.open()
    amount = box.form.input("amount")
    amount.setFocus()
    amount.selectAll()
    before = (amount.text(), amount.selectedText())
    scan("B000001")
    assert (amount.text(), amount.selectedText()) == before
    assert box.isVisible()
    assert "B000001" in box.said()
    scan("8991234567891")
    assert amount.text() == before[0]
    box.reject()


def test_a_dialog_that_asks_for_a_card_takes_it(window, desk):
    desk.place_hold()
    box = QApplication.activeModalWidget()
    scan("]C1m0001")
    assert box.form.value("patron") == "M0001"
    assert box.form.input("title").hasFocus()
    scan("B000001", "tab")
    assert box.form.value("title") == "B000001"
    box.reject()


def test_an_isbn_goes_into_the_form_of_a_title_whichever_field_has_the_focus(window):
    window.go("catalogue", "new")
    form = window.current().form.form
    form.focus("title")
    scan("9786022322122")
    assert form.value("isbn") == "978-602-232-212-2"
    assert form.input("title").hasFocus()
    form.focus("isbn")
    scan("]E0978602232212251250")
    assert form.value("isbn") == "978-602-232-212-2"
    assert form.input("title").hasFocus()
    assert form.value("title") == ""


def test_a_foreign_code_is_told_where_one_is(window):
    window.go("reports")
    scan("8991234567891")
    assert window.current_key() == "reports"
    assert "8991234567891" in window.notice.text()


def test_the_curtain_hides_scans_too(window, desk):
    window.curtain.draw()
    scan("M0001")
    assert desk.patron is None
    window.curtain.lift()
    assert desk.patron is None


def test_a_wrong_keyboard_is_mended_and_told_once(window):
    window.go("wards")
    scan("M)))!")
    assert window.current().patron.number == "M0001"
    assert "Caps Lock" in window.notice.text()
    scan("M)))!")
    assert "Caps Lock" not in window.notice.text()


def test_a_second_scan_at_once_is_a_scan_of_its_own(window, qtbot):
    window.go("home")
    scan("M0001")
    scan("B000001")
    assert barcodes(window) == ["B000001"]
    scan("B000010", "")
    qtbot.waitUntil(lambda: not window.scanning.keys.holds())
    scan("B000011", "tab")
    assert set(barcodes(window)) == {"B000001", "B000010", "B000011"}


def test_carriage_return_and_line_feed_are_one_end(window):
    window.go("home")
    scan("M0001")
    where = QApplication.focusWidget()
    QTest.keyClick(where, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(where, Qt.Key.Key_Return)
    assert window.current().patron.number == "M0001"


def test_the_pace_of_this_pc_counts(window, program, qtbot):
    program.pc.put(pc.SCAN_PACE, 0)
    window.scanning.obey()
    window.go("catalogue")
    line = window.current().list.search.line
    line.setFocus()
    scan("M0001")
    assert window.current_key() == "catalogue"
    program.pc.put(pc.SCAN_PACE, 80)
    window.scanning.obey()
    line.clear()
    scan("M0001", delay=30)
    assert window.current_key() == "desk"


def test_the_suffix_of_this_pc_counts(window, program, qtbot):
    program.pc.put(pc.SCAN_SUFFIX, "tab")
    window.scanning.obey()
    window.go("catalogue")
    line = window.current().list.search.line
    line.setFocus()
    scan("M0001", "enter")
    assert window.current_key() == "catalogue"
    scan("M0001", "tab")
    assert window.current_key() == "desk"


def test_a_copy_scanned_into_the_queue_waits_for_its_label(window):
    window.go("printing")
    scan("B000001")
    assert window.current_key() == "printing"
    part = window.current().part()
    assert part.paper_chosen() == "labels"


def test_a_scan_reaches_the_box_of_the_part_in_sight(window):
    window.go("tasks", "holds")
    part = window.current().part()
    told = []
    part.scan_box.scanned.connect(told.append)
    part.ready.view.setFocus()
    scan("B000001")
    assert told == ["B000001"]
    scan("M0001")
    assert window.current_key() == "desk"


def test_codes_are_scanned_into_a_box_that_asks_for_many(window, program, qtbot):
    """Each as a line of its own: what is known, what is a title's, and what nobody knows."""
    window.go("printing")
    dialog = ScannedListDialog(
        program, window.current(), ways.into_queue(print_queue.LABELS, "Label"), lambda: None
    )
    dialog.open()
    QApplication.processEvents()
    assert QApplication.focusWidget() is dialog.area
    for code in ("B000001", "M0001", "9786020000015", "B999999"):
        scan(code)
    qtbot.waitUntil(lambda: "B999999" in dialog.area.raw())
    assert dialog.codes() == ["B000001", "M0001", "9786020000015", "B999999"]
    assert dialog.said() == ""
    dialog.reject()


def test_isbns_are_scanned_into_the_list_to_be_pasted(window, monkeypatch):
    def scanned(dialog):
        dialog.open()
        QApplication.processEvents()
        scan("9786020000015")
        scan("9786020000022")
        dialog.reject()
        return True

    monkeypatch.setattr(FormDialog, "exec", scanned)
    window.go("moving")
    assert asking_files.pasted(window.current()).split() == ["9786020000015", "9786020000022"]
