"""A day's work without a mouse: every act below is a key, and no widget is called by name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.catalogue import titles
from database.circulation import identify, visits
from database.patrons import finding
from database.patrons.finding import PatronFilter
from desktop import background
from desktop.widgets.help_frame import HelpFrame
from tests.libraries import NOW

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def typed(press):
    """Types a code or words and ends them with Enter."""

    def type_in(text):
        press(text)
        press(Key.Key_Return)

    return type_in


def loan_of(program, barcode):
    with program.library.reading() as session:
        return identify.find_item(session, barcode).loan_id


def test_the_desk_by_keys_alone(window, program, press, typed, qtbot):
    press(Key.Key_2, ALT)
    typed("M0001")
    typed("B000001")
    assert loan_of(program, "B000001")
    press(Key.Key_Z, CTRL)
    assert not loan_of(program, "B000001")
    press(Key.Key_Y, CTRL)
    assert loan_of(program, "B000001")
    press(Key.Key_Escape)
    typed("B000001")
    assert not loan_of(program, "B000001")
    before = program.read(lambda s: visits.guest_book(s, NOW.date()))
    press(Key.Key_F7)
    press("1")
    after = program.read(lambda s: visits.guest_book(s, NOW.date()))
    assert len(after) == len(before) + 1
    press(Key.Key_F6)
    typed("B000010")
    assert "B000010" in window.notice.text() or window.notice.text()


def test_a_title_and_a_patron_by_keys_alone(window, program, press, typed):
    press(Key.Key_3, ALT)
    press(Key.Key_N, CTRL)
    press(Key.Key_Return)
    press("Gizi untuk semua")
    press(Key.Key_S, CTRL)
    assert "Gizi untuk semua" in window.notice.text()
    press(Key.Key_4, ALT)
    press(Key.Key_N, CTRL)
    typed("Budi Santoso")
    press(Key.Key_Down)
    press(Key.Key_S, CTRL)
    wanted = PatronFilter(typed="Budi Santoso")
    assert program.read(lambda s: finding.search(s, wanted)[1])
    assert program.read(titles.has_any)


def test_every_place_is_reached_and_has_the_focus_somewhere(window, press):
    for digit in "1234567890":
        press(getattr(Key, f"Key_{digit}"), ALT)
        background.wait()
        QApplication.processEvents()
        at = QApplication.focusWidget()
        assert at is not None, window.current_key()
        assert at.isVisible()
        assert window.isAncestorOf(at)


def test_tab_goes_round_the_whole_desk_and_comes_back(window, press):
    press(Key.Key_2, ALT)
    first, seen = QApplication.focusWidget(), []
    for _step in range(120):
        press(Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        if seen[-1] is first:
            break
    assert seen[-1] is first, "Tab is caught somewhere"
    assert len(seen) > 5


def test_help_and_the_palette_open_and_close_by_keys(window, press, qtbot):
    press(Key.Key_F1)
    assert window.findChild(HelpFrame).isVisible()
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpFrame) is None)
    press(Key.Key_K, CTRL)
    press("bangsal")
    press(Key.Key_Return)
    assert window.current_key() == "wards"
