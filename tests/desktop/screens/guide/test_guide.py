"""The first start: resumed where it stopped, with its answers kept."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.library import Library
from database.policy import house, settings
from desktop.application import Stage
from desktop.pc import Pc
from desktop.program import Program
from desktop.screens.guide import GuideScreen
from desktop.screens.home import HomeScreen
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture(scope="session")
def new_file(tmp_path_factory):
    """A library just made."""
    path = tmp_path_factory.mktemp("new") / "new.db"
    Library.create(path, house.ProfileFacts(name="Perpustakaan"), NOW).close()
    return path


@pytest.fixture
def begun(new_file, tmp_path):
    """Starts the program on one library, as often as asked."""
    where = tmp_path / "library.db"
    shutil.copy(new_file, where)
    opened = []

    def start():
        opened.append(Library.open(where))
        return Program(opened[-1], lambda: NOW, Pc(tmp_path / "pc.ini"))

    yield start
    for library in opened:
        library.close()


def go_on(press):
    press(Key.Key_Return, CTRL)


@pytest.fixture
def front(show, qtbot):
    """Shows a window in front."""

    def bring(window):
        show(window, 1366, 768)
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return bring


def test_killed_at_the_fourth_step_it_resumes_there(begun, front, press):
    window = front(Stage(begun()).window)
    guide = window.current()
    assert isinstance(guide, GuideScreen)
    go_on(press)
    press(Key.Key_A, CTRL)
    press("Perpustakaan RSUD Bhakti Sehat")
    press(Key.Key_Return)
    press("RSUD-BS")
    go_on(press)
    press("Dewi Lestari")
    go_on(press)
    assert guide.at == 3
    program = begun()  # the first program never closed: it was killed
    assert program.read(house.profile).name == "Perpustakaan RSUD Bhakti Sehat"
    again = front(Stage(program).window)
    assert again.current().at == 3
    signer = program.read(lambda s: house.signer(s, "librarian", NOW.date()))
    assert signer.name == "Dewi Lestari"
    again.current().back()
    assert again.current().steps[2].part.forms["librarian"].value("name") == "Dewi Lestari"


def test_what_was_typed_and_not_sent_is_there_again(begun, front, press):
    window = front(Stage(begun()).window)
    go_on(press)
    window.current().steps[1].part.form.put("city", "Mandala")
    window.close()
    again = front(Stage(begun()).window)
    assert again.current().at == 1
    assert again.current().steps[1].part.form.value("city") == "Mandala"


def test_a_wrong_answer_stays_and_says_why(begun, front, press):
    guide = front(Stage(begun()).window).current()
    guide.show_step(1)
    guide.steps[1].part.form.put("name", "")
    go_on(press)
    assert guide.at == 1
    assert set(guide.steps[1].part.form.shown_errors()) == {"name"}
    guide.skip()
    assert guide.at == 2


def test_every_step_can_be_skipped_and_home_follows(begun, front, qtbot):
    program = begun()
    stage = Stage(program)
    first = front(stage.window)
    guide = first.current()
    guide.next()
    for _step in range(4):
        guide.skip()
    assert guide.at == 5
    assert not guide.skip_button.isVisible()
    guide.next()
    qtbot.waitUntil(lambda: stage.window is not first)
    front(stage.window)
    assert isinstance(stage.window.current(), HomeScreen)
    assert stage.window.current().first_steps.isVisible()
    assert program.read(lambda s: settings.get(s, settings.GUIDE_DONE))
    QApplication.processEvents()


def test_all_of_it_can_be_skipped_at_once(begun, front, qtbot):
    stage = Stage(begun())
    first = front(stage.window)
    first.current().skip()
    qtbot.waitUntil(lambda: stage.window is not first)
    front(stage.window)
    assert isinstance(stage.window.current(), HomeScreen)


def test_a_backup_can_be_restored_instead(begun, front):
    window = front(Stage(begun()).window)
    window.current().leave_for.emit("settings", "backups")
    assert window.current_key() == "settings"
    assert window.current().section() is window.current().sections["backups"]
