"""A newcomer's first hour by keys alone: from the first window to the first loan."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from database.circulation import identify
from database.library import Library
from database.policy import house
from database.reports import overview
from desktop.application import Stage
from desktop.pc import Pc
from desktop.program import Program
from desktop.screens.home import HomeScreen
from tests.libraries import NOW

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MOST_KEYS = 220
"""At a slow two keys a second these are under two minutes, of the three that it may take."""


@pytest.fixture(scope="session")
def born_file(tmp_path_factory):
    """A library just made, named as the program names it."""
    path = tmp_path_factory.mktemp("born") / "born.db"
    Library.create(path, house.ProfileFacts(name="Perpustakaan"), NOW).close()
    return path


@pytest.fixture
def stage(born_file, tmp_path, show, qtbot):
    """The program as it is found on the first morning."""
    where = tmp_path / "library.db"
    shutil.copy(born_file, where)
    library = Library.open(where)
    made = Stage(Program(library, lambda: NOW, Pc(tmp_path / "pc.ini")))
    bring(made.window, show, qtbot)
    yield made
    library.close()


def bring(window, show, qtbot):
    show(window, 1366, 768)
    with qtbot.waitActive(window):
        window.activateWindow()


class Counted:
    """Presses, and counts each key; what is typed counts by its letters."""

    def __init__(self, press):
        self._press, self.keys = press, 0

    def __call__(self, what, modifier=None):
        self.keys += len(what) if isinstance(what, str) else 1
        self._press(what, modifier) if modifier is not None else self._press(what)


def test_enter_goes_on_through_the_whole_guide(stage, press):
    guide = stage.window.current()
    press(Key.Key_Return)
    assert guide.at == 1
    assert guide.steps[1].part.form.value("name") == "", "nothing to be typed over"
    press("Perpustakaan RSUD Bhakti Sehat")
    for _field in range(7):
        press(Key.Key_Return)
    assert guide.at == 2
    for _field in range(12):
        if guide.at == 2:
            press(Key.Key_Return)
    assert guide.at == 3
    press(Key.Key_Return)
    assert guide.at == 4
    press(Key.Key_Return)
    assert guide.at == 5


def test_the_first_loan_takes_few_keys(stage, press, show, qtbot):
    program, keys = stage._program, Counted(press)
    first = stage.window
    keys(Key.Key_Return)
    keys("Perpustakaan RSUD Bhakti Sehat")
    keys(Key.Key_Return, CTRL)
    for _step in range(4):
        keys(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: stage.window is not first)
    bring(stage.window, show, qtbot)
    home = stage.window.current()
    assert isinstance(home, HomeScreen)
    assert home.first_steps.isVisible()
    keys(Key.Key_4, ALT)
    keys(Key.Key_N, CTRL)
    keys("Rina Wati")
    keys(Key.Key_Return)
    keys(Key.Key_Down)
    keys(Key.Key_S, CTRL)
    keys(Key.Key_3, ALT)
    keys(Key.Key_N, CTRL)
    keys(Key.Key_Return)
    keys("Asuhan keperawatan")
    keys(Key.Key_S, CTRL)
    keys(Key.Key_F2)
    keys("M0001")
    keys(Key.Key_Return)
    keys("B000001")
    keys(Key.Key_Return)
    with program.library.reading() as session:
        copy = identify.find_item(session, "B000001")
        steps = overview.first_steps(session, NOW.date())
    assert copy is not None
    assert copy.loan_id
    assert (steps.titles, steps.patrons, steps.loan, steps.over) == (True, True, True, False)
    assert keys.keys <= MOST_KEYS
    stage.window.go("home")
    ticked = [tick._name for tick in stage.window.current().first_steps.ticks]
    assert ticked.count("circle-check") >= 3
