"""The questions of accreditation typed into their grid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from database.standards import accreditation
from desktop.forms.grids.questions import QuestionsDialog
from tests.undoing import take_back_last

Key = Qt.Key


@pytest.fixture
def dialog(window, program, qtbot):
    made = QuestionsDialog(program, window.go("reports"))
    made.open()
    qtbot.waitExposed(made)
    yield made
    made.close()


def asked(program):
    return program.read(accreditation.questions)


def test_what_is_typed_is_saved_as_one_act_and_taken_back(dialog, program, qtbot):
    before = asked(program)
    dialog.grid.setCurrentIndex(dialog.model.index(0, 2))
    qtbot.keyClick(dialog.grid, Key.Key_Return)
    for text in ("Apakah ada SK pendirian?", "ada, oleh direktur", "ada"):
        # Tab leaves a cell and opens the next one for typing.
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, Key.Key_Tab)
    dialog.try_accept()
    after = asked(program)
    assert after[0].words == "Apakah ada SK pendirian?"
    assert after[0].answers == ("ada, oleh direktur", "ada")
    assert after[1:] == before[1:]
    program.write(lambda s: take_back_last(s, program.now()))
    assert asked(program) == before


def test_every_question_has_its_line_and_its_place_is_not_typed_over(dialog, program):
    assert dialog.model.rowCount() == len(asked(program)) >= 72
    place = dialog.model.item(0, 0)
    assert not place.isEditable()
    assert dialog.model.item(0, 1).text() == "1"


def test_delete_empties_a_cell_and_never_the_number(dialog, qtbot):
    for column, left in ((1, "1"), (2, "")):
        dialog.grid.setCurrentIndex(dialog.model.index(0, column))
        qtbot.keyClick(dialog.grid, Key.Key_Delete)
        assert dialog.model.item(0, column).text() == left


def test_nothing_changed_writes_nothing(dialog, program):
    changed = []
    program.library.changed.append(changed.append)
    dialog.try_accept()
    assert changed == []
    assert dialog.changed() == []
    assert QApplication.activeModalWidget() is not dialog
