"""The page that looks at what a scanner does: what came, how fast, and what to set."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from database.description.scans import TEST_CODE
from desktop import pc
from desktop.widgets.key_listener import Heard


@pytest.fixture
def section(window):
    window.go("settings", "scanner")
    return window.current().sections["scanner"]


def heard(text, gap=5.0, end="enter"):
    return Heard(text, (gap,) * len(text), end)


def test_the_test_code_is_heard_sign_by_sign_and_in_order(section, qtbot):
    assert section.field.hasFocus()
    QTest.keyClicks(section.field, TEST_CODE, delay=1)
    QTest.keyClick(section.field, Qt.Key.Key_Tab, delay=1)
    qtbot.waitUntil(lambda: section.verdict.text() != "")
    assert section.verdict.text().startswith("Beres")
    assert section.signs.text().endswith("8 9 Tab")
    assert section.field.hasFocus(), "Tab is looked at and goes nowhere"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEST_CODE.swapcase(), "Caps Lock"),
        ("SelasarßQaWyZm-0123456789", "Jerman"),
        ("B000001", "bukan kode uji"),
        (TEST_CODE + "#", "“#” setelah kode"),
    ],
)
def test_what_is_wrong_is_told(section, text, told):
    section.look(heard(text))
    assert told in section.verdict.text()
    assert section.set_button.isHidden()


def test_a_prefix_is_left_out_from_then_on(section, window, program):
    section.look(heard("ZZ" + TEST_CODE))
    assert "“ZZ” sebelum kode" in section.verdict.text()
    section.set_button.click()
    assert program.pc.get(pc.SCAN_PREFIX) == "ZZ"
    assert window.scanning.keys.habits.prefix == "ZZ"
    section.look(heard("ZZ" + TEST_CODE))
    assert section.verdict.text().startswith("Beres")


def test_a_slow_scanner_is_waited_for_or_is_too_slow(section, program):
    section.look(heard(TEST_CODE, gap=47))
    section.set_button.click()
    assert program.pc.get(pc.SCAN_PACE) == 50
    section.look(heard(TEST_CODE, gap=47))
    assert section.verdict.text().startswith("Beres")
    section.look(heard(TEST_CODE, gap=200))
    assert "Terlalu lambat" in section.verdict.text()
    assert section.set_button.isHidden()


def test_the_choices_hold_at_once(section, window, program):
    section.form.input("suffix").setCurrentIndex(2)
    assert program.pc.get(pc.SCAN_SUFFIX) == "tab"
    assert window.scanning.keys.habits.suffix == "tab"
    section.look(heard(TEST_CODE, end="enter"))
    section.set_button.click()
    assert program.pc.get(pc.SCAN_SUFFIX) == "any"
    section.form.input("pace").setText("400")
    assert program.pc.get(pc.SCAN_PACE) == 30


def test_the_page_with_the_code_is_printed_or_kept(section, window, monkeypatch):
    from desktop.printing import output

    sent = []
    monkeypatch.setattr(output, "print_pdf", lambda pdf, *_more, **_options: sent.append(pdf))
    section.print_code()
    assert sent[0].startswith(b"%PDF")
