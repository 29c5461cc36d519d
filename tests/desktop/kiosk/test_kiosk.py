"""The readers' screen, by scanner and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from database.circulation import identify
from database.registers import registers, survey
from desktop import pc
from desktop.kiosk.window import KioskWindow


@pytest.fixture
def kiosk(program, show):
    return show(KioskWindow(program), 1366, 768)


def scan(kiosk, qtbot, *codes):
    for code in codes:
        qtbot.keyClicks(kiosk.desk.scan_box.line, code)
        qtbot.keyClick(kiosk.desk.scan_box.line, Qt.Key.Key_Return)


def lent(program, barcode):
    return program.read(lambda s: identify.find_item(s, barcode)).patron_name


def seen(kiosk):
    """All that can be read on it."""
    return " ".join(one.text() for one in kiosk.findChildren(QLabel) if one.isVisible())


def test_a_reader_borrows_by_card_and_book(kiosk, qtbot, program):
    scan(kiosk, qtbot, "M0001", "B000001")
    assert lent(program, "B000001") == "Ns. Rina Wati, S.Kep."
    assert "25 Januari 2027" in kiosk.desk.about.text()
    assert "Rina" not in seen(kiosk)


def test_a_book_alone_comes_back(kiosk, qtbot, program):
    scan(kiosk, qtbot, "M0001", "B000001")
    kiosk.desk.finish()
    scan(kiosk, qtbot, "B000001")
    assert lent(program, "B000001") is None
    scan(kiosk, qtbot, "B000001")
    assert "kartu" in kiosk.desk.told.text()


def test_nobody_is_named_in_a_refusal(kiosk, qtbot):
    scan(kiosk, qtbot, "M0001", "B000001")
    kiosk.desk.finish()
    scan(kiosk, qtbot, "M0002", "B000001")
    assert "Rina" not in seen(kiosk)
    assert "Bagus" not in seen(kiosk)
    scan(kiosk, qtbot, "B000099")
    assert "Bagus" not in seen(kiosk)


def test_what_was_begun_is_forgotten_for_the_next_reader(kiosk, qtbot, program):
    scan(kiosk, qtbot, "M0001")
    kiosk._idle.timeout.emit()
    scan(kiosk, qtbot, "B000001")
    assert lent(program, "B000001") is None


def test_the_search_shows_where_a_book_stands_and_no_reader(kiosk, qtbot):
    scan(kiosk, qtbot, "M0001", "B000001")
    qtbot.keyClick(kiosk, Qt.Key.Key_F3)
    qtbot.keyClicks(kiosk.search.box.line, "kebidanan")
    qtbot.waitUntil(lambda: kiosk.search.rows[0].isVisible())
    assert "Kebidanan" in kiosk.search.rows[0].title.full_text()
    assert "Rina" not in seen(kiosk)
    assert kiosk.desk.patron is None


def test_leaving_asks_for_the_code(kiosk, qtbot, program):
    program.pc.put(pc.KIOSK_CODE, pc.hash_code("2580"))
    kiosk.close()
    assert kiosk.isVisible()
    dialog = QApplication.activeModalWidget()
    dialog.form.put("code", "1111")
    dialog.try_accept()
    assert kiosk.isVisible()
    kiosk.ask_to_leave()
    dialog = QApplication.activeModalWidget()
    dialog.form.put("code", "2580")
    dialog.try_accept()
    assert not kiosk.isVisible()


def test_a_code_is_not_kept_as_it_is(program):
    kept = pc.hash_code("2580")
    assert "2580" not in kept
    assert pc.code_fits("2580", kept)
    assert not pc.code_fits("2581", kept)


def test_nine_answers_are_kept_without_a_name(kiosk, qtbot, program):
    kiosk.survey_button.click()
    for key in "443":
        qtbot.keyClicks(kiosk.survey, key)
    qtbot.keyClick(kiosk.survey, Qt.Key.Key_Backspace)
    assert "Pertanyaan 3 dari 9" in seen(kiosk)
    for key in "2222222":
        assert program.read(lambda s: registers.entries(s, "survey")) == []
        qtbot.keyClicks(kiosk.survey, key)
    assert "Terima kasih" in seen(kiosk)
    (kept,) = program.read(lambda s: registers.entries(s, "survey"))
    assert [kept.values[one] for one in survey.ELEMENTS] == [4, 4, 2, 2, 2, 2, 2, 2, 2]
    assert kept.values["people"] == 1
    kiosk.begin_again()
    kiosk.survey_button.click()
    kiosk.survey.buttons[0].click()
    assert "Pertanyaan 2 dari 9" in seen(kiosk)


def test_whether_the_service_may_be_rated_here_is_this_pc_s_choice(program, show):
    for wanted in (True, False):
        program.pc.put(pc.KIOSK_SURVEY, wanted)
        made = show(KioskWindow(program))
        assert made.survey_button.isVisible() is wanted
        made.close()
