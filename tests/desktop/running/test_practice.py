"""The practice library: beside the real one, marked, thrown away by one act, with a lesson that
watches what is done."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from database.circulation import identify
from database.library import Library
from desktop import pc
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.running import practice
from tests.libraries import LIVED


@pytest.fixture
def practising(lived_file, tmp_path, show, qtbot):
    """A window on a library of made-up people, under the red line."""
    where = tmp_path / "practice.db"
    shutil.copy(lived_file, where)
    library = Library.open(where)
    program = Program(library, lambda: LIVED, Pc(tmp_path / "pc.ini"))
    window = build_window(program)
    begun = []
    made = practice.Practice(window, program, lambda: begun.append(True))
    show(window, 1366, 768)
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window, made, begun
    library.close()


def test_the_line_says_that_nothing_counts_and_what_to_do(practising):
    window, made, _begun = practising
    assert made.line.isVisible()
    assert made.line.mapTo(window, made.line.rect().topLeft()).y() == 0
    told = made.line.task.full_text()
    assert told.startswith("1/7")
    assert made.lesson.barcode in told
    assert made.lesson.number in told


def test_the_lesson_goes_on_when_it_was_done_by_whatever_way(practising, press, qtbot):
    window, made, _begun = practising
    lesson = made.lesson
    window.scanned.emit(lesson.number)
    assert made.at == 0
    window.scanned.emit(lesson.barcode)
    qtbot.waitUntil(lambda: made.at == 1)
    assert lesson.older in made.line.task.full_text()
    press(Qt.Key.Key_F3)
    desk = window.current()
    while desk.hand.current()["barcode"] != lesson.older:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: made.at == 2)
    press(Qt.Key.Key_Escape)
    window.scanned.emit(lesson.barcode)
    qtbot.waitUntil(lambda: made.at == 3)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: made.at == 4)
    with made._program.library.reading() as session:
        assert identify.find_item(session, lesson.barcode).loan_id


def test_it_ends_and_begins_anew(practising):
    _window, made, begun = practising
    for _step in range(9):
        made.skip()
    assert not made.line.skip_button.isVisible()
    assert "selesai" in made.line.task.full_text()
    made.line.findChildren(type(made.line.skip_button))[-1].click()
    assert begun == [True]


def test_it_lies_in_a_folder_of_its_own_and_goes_as_one(lived_file, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.pc.data_folder", lambda: tmp_path)
    settings = Pc(tmp_path / "practice" / "pc.ini")
    practice.folder().mkdir()
    shutil.copy(lived_file, practice.folder() / "practice.db")  # one that stands is opened again
    (tmp_path / "library.db").write_text("the real one", encoding="utf-8")
    where = practice.made_up(practice.folder(), settings, lambda: LIVED, True)
    assert where == str(tmp_path / "practice" / "practice.db")
    assert settings.get(pc.LIBRARY) == where
    practice.throw_away()
    assert [one.name for one in tmp_path.iterdir()] == ["library.db"]
