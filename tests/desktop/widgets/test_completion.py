"""A suggestion is taken and one goes on; Esc closes the list and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.completion import complete
from desktop.widgets.dialog import Dialog, choose, confirm
from desktop.widgets.form import Choice, Field, Form, TagsField
from desktop.widgets.form_dialog import FormDialog

# The list is a window of its own, which the screen of the tests has no way to raise.
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
KNOWN = ["Bedah", "Bedah Saraf", "Anak"]


@pytest.fixture
def form(show):
    made = Form(
        [
            Field("unit", "Unit"),
            Field("phone", "Telepon"),
            TagsField("tags", "Subjek", suggest=lambda text: KNOWN),
            Choice("kind", "Jenis", options=[("a", "Awal"), ("b", "Besar")], find=True),
            Field("last", "Akhir"),
        ]
    )
    complete(made.input("unit"), lambda text: [one for one in KNOWN if text.lower() in one.lower()])
    page = QWidget()
    QVBoxLayout(page).addWidget(made)
    show(page)
    return made


def popup_of(line, qtbot):
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    return popup


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_suggestion_is_taken_and_the_next_word_lands_in_the_next_field(form, qtbot, key):
    unit, phone = form.input("unit"), form.input("phone")
    unit.setFocus()
    QTest.keyClicks(unit, "bed")
    popup = popup_of(unit, qtbot)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, key)
    assert unit.text() == "Bedah Saraf"
    assert not popup.isVisible()
    assert phone.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_with_none_chosen_the_word_stays_as_typed(form, qtbot, key):
    unit = form.input("unit")
    unit.setFocus()
    QTest.keyClicks(unit, "bed")
    QTest.keyClick(popup_of(unit, qtbot), key)
    assert unit.text() == "bed"
    assert form.input("phone").hasFocus()


def test_esc_closes_the_list_only(form, qtbot):
    left = []
    QShortcut("Esc", form.window()).activated.connect(lambda: left.append(True))
    unit = form.input("unit")
    unit.setFocus()
    QTest.keyClicks(unit, "bed")
    popup = popup_of(unit, qtbot)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert unit.text() == "bed"
    assert left == []
    QTest.keyClick(unit, Qt.Key.Key_Escape)
    assert left == [True]


def test_a_chip_is_taken_once(form, qtbot):
    line = form.input("tags").line
    line.setFocus()
    QTest.keyClicks(line, "be")
    popup = popup_of(line, qtbot)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.value("tags") == ["Bedah"]
    assert line.text() == ""


def test_one_of_a_list_is_found_by_typing_and_left_by_enter(form, qtbot):
    choice = form.input("kind")
    choice.setFocus()
    line = choice.lineEdit()
    QTest.keyClicks(line, "bes")
    popup = choice.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form.value("kind") == "b"
    assert form.input("last").hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_in_hand_on_a_page(show, key):
    pressed = []
    page = QWidget()
    button = Button("Tambah", lambda: pressed.append(True))
    QVBoxLayout(page).addWidget(button)
    show(page)
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == [True]


def answered(qtbot, ask, act):
    """What `ask()` gives when `act(box)` is done in the dialog it opens."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))
    return ask()


def enter(box):
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Return)


def test_the_likely_answer_of_a_question_has_the_focus(show, qtbot):
    page = show(QWidget())
    asked = [("Tutup dan geser", "primary"), ("Tutup saja", "outlined")]
    assert answered(qtbot, lambda: choose(page, "Geser?", "2", asked), enter) == 0
    assert answered(qtbot, lambda: confirm(page, "Tutup?", "", "Tutup"), enter)
    assert not answered(qtbot, lambda: confirm(page, "?", "", "Hapus", danger=True), enter)


def test_a_dialog_of_fields_begins_in_the_first(show, qtbot):
    page = show(QWidget())
    box = FormDialog(page, "Betulkan", "Betulkan", [Field("n", "Jumlah")], {"n": "3"})
    box.open()
    assert box.focusWidget() is box.form.input("n")
    assert box.accept_button.isDefault()
    box.reject()


def test_enter_on_the_closing_button_closes(show, qtbot):
    page = show(QWidget())
    box = Dialog(page, "Hari ini", "Urungkan", cancel_text="Tutup")
    box.open()
    box.cancel_button.setFocus()
    QTest.keyClick(box.cancel_button, Qt.Key.Key_Return)
    assert not box.isVisible()
