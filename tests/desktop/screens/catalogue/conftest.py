"""The catalogue place on a library of its own: empty, or with a few titles."""

from __future__ import annotations

import shutil

import pytest

from database.library import Library
from desktop import background
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.changes import Changes
from desktop.screens.catalogue import CatalogueScreen
from desktop.widgets.status_line import Status
from desktop.window import MainWindow, Place
from tests.libraries import NOW


@pytest.fixture(scope="session")
def prepared(prepared_file, furnished_file, tmp_path_factory):
    """An empty library and one with the books of the stories."""
    folder = tmp_path_factory.mktemp("catalogue")
    shutil.copy(prepared_file, folder / "empty.db")
    shutil.copy(furnished_file, folder / "stocked.db")
    return folder


@pytest.fixture
def make(prepared, tmp_path, show, qtbot):
    """Opens the catalogue in a window on a copy of a library."""
    opened = []

    def make_screen(which):
        where = tmp_path / "library.db"
        shutil.copy(prepared / f"{which}.db", where)
        program = Program(Library.open(where), lambda: NOW, Pc(tmp_path / "pc.ini"))
        place = Place("catalogue", "Katalog", "library", lambda: CatalogueScreen(program), "Alt+3")
        window = MainWindow([place], lambda: Status("good", "", ""), now=lambda: NOW)
        window.changes = Changes(program.library, window.changed)
        opened.append(program.library)
        show(window, 1366, 768)
        screen = window.current()
        screen.program_of_test = program
        return screen

    yield make_screen
    assert background.wait()
    for library in opened:
        library.changed.clear()
        library.close()


@pytest.fixture
def empty(make):
    return make("empty")


@pytest.fixture
def stocked(make):
    return make("stocked")
