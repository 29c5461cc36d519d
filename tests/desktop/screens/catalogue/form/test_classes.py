"""Finding a class from the title's form, and how call numbers are made, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from database.catalogue import known
from database.policy import settings
from desktop.screens.catalogue.form.class_picker import ClassPicker
from tests.desktop.keying import combo


@pytest.fixture
def form(window):
    return window.go("catalogue", "new").form


def picker(window):
    found = window.findChildren(ClassPicker)
    return found[-1] if found else None


def test_a_class_is_found_by_word_and_taken(window, form, press, program):
    form.form.put("title", "Ilmu Kebidanan")
    form.form.put("main_author", "Prawirohardjo, Sarwono")
    form.form.focus("classification")
    press(*combo("look_up"))
    press("midwifery")
    popup = picker(window)
    assert [popup.list.cell(0, column) for column in range(3)] == [
        "618.2",
        "Kebidanan (obstetri)",
        "WQ",
    ]
    press(Qt.Key.Key_Return)
    assert form.form.value("classification") == "618.2"
    assert form.form.input("classification").hasFocus()
    assert form.form.hint("classification") == "Kebidanan (obstetri)"
    assert "WQ Obstetri" in form.form.hint("nlm")
    assert form.form.value("call_number") == "618.2 PRA i"


def test_an_nlm_schedule_waits_for_its_number(window, form, press):
    form.form.focus("nlm")
    press(*combo("look_up"))
    press("jantung")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    press("300")
    assert form.form.value("nlm") == "WG 300"
    form.settle()
    assert form.form.hint("nlm") == "Sistem kardiovaskular"
    assert "616.1" in form.form.hint("classification")


def test_esc_closes_the_picker_and_not_the_form(window, form, press):
    form.form.focus("classification")
    press(*combo("look_up"))
    press("zzzz")
    assert picker(window).list.count() == 0
    press(Qt.Key.Key_Escape)
    assert form.form.input("classification").hasFocus()
    assert form.isVisible()
    assert form.form.value("classification") == ""


def test_the_button_in_the_field_opens_it_too(window, form, qtbot):
    line = form.form.input("classification")
    qtbot.mouseClick(line._button, Qt.MouseButton.LeftButton)
    popup = picker(window)
    qtbot.mouseClick(
        popup.list.view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=popup.list.view.visualRect(popup.list.view.model().index(3, 1)).center(),
    )
    assert form.form.value("classification") == "300"


def test_the_library_chooses_how_call_numbers_are_made(window, press, program):
    screen = window.go("settings", "call_numbers")
    part = screen.sections["call_numbers"].part
    part.form.put("scheme", "nlm")
    part.form.put("letters", 4)
    part.form.put("title_letter", False)
    part.prefixes.put("prefix_thesis", "ta")
    assert "WY 100 POTT" in part.example.text()
    assert "TA WY 100 POTT" in part.example.text()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    style = program.read(settings.call_number_style)
    assert (style.letters, style.title_letter, style.scheme) == (4, False, "nlm")
    assert style.prefix("thesis") == "TA"
    form = window.go("catalogue", "new").form
    form.form.put("title", "The nurse")
    form.form.put("nlm", "WY 100")
    form.form.put("main_author", "Potter, Patricia")
    form.settle()
    assert form.form.value("call_number") == "WY 100 POTT"
    form.save(False)
    assert program.read(lambda s: known.similar(s, "The nurse"))


def test_a_prefix_of_signs_is_told(window, press, program):
    screen = window.go("settings", "call_numbers")
    part = screen.sections["call_numbers"].part
    part.prefixes.put("prefix_thesis", "K-1")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "prefix_thesis" in part.prefixes.shown_errors()
    assert program.read(settings.call_number_style).prefix("thesis") == "KTI"
