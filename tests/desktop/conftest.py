"""Widgets that are shown, driven and then really gone."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from database.library import Library
from desktop import background, theme
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.widgets.scan_keys import ScanKeys
from tests.libraries import NOW


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A test waits for every answer as long as it takes, so that nothing is shown later."""
    monkeypatch.setattr(background, "PATIENCE_S", 60)


@pytest.fixture(autouse=True)
def application(qapp):
    """Whichever test comes first builds a widget: without an application Qt ends the run."""
    return qapp


@pytest.fixture(autouse=True)
def no_printers(monkeypatch):
    """No test prints on this PC's printer, whichever there is."""
    monkeypatch.setattr("desktop.printing.output.printers", list)


@pytest.fixture
def show(qtbot, qapp):
    """Show a widget in the program's dress; afterwards close and really delete it.

    Widgets left over at the end are what makes a Qt test run crash at exit.
    """
    if theme.colours() is not theme.LIGHT or qapp.font().family() != "Inter":
        theme.apply(qapp, "light")
    shown: list[QWidget] = []

    def show_widget(widget, width=1000, height=640):
        if not widget.property("dressed"):
            theme.dress(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        shown.append(widget)
        return widget

    yield show_widget
    for widget in filter(isValid, shown):
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def stocked_file(furnished_file, tmp_path_factory):
    """A library with the books and patrons of the stories, made once; its guide is done."""
    from database.policy import settings

    path = tmp_path_factory.mktemp("desktop") / "stocked.db"
    shutil.copy(furnished_file, path)
    library = Library.open(path)
    with library.transaction() as session:
        settings.put(session, settings.GUIDE_DONE, True)
    library.close()
    return path


@pytest.fixture
def program(stocked_file, tmp_path):
    """The program on a library of its own, at the moment of the stories."""
    where = tmp_path / "library.db"
    shutil.copy(stocked_file, where)
    pc = Pc(tmp_path / "pc.ini")
    yield from opened(where, pc)


def opened(where, pc):
    """An open library with this PC's settings, closed when the test is over."""
    library = Library.open(where)
    yield Program(library, lambda: NOW, pc)
    background.wait()
    QApplication.processEvents()
    library.close()


@pytest.fixture
def window(program, show, qtbot):
    """The whole program, in front."""
    made = build_window(program)
    show(made, 1366, 768)
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    background.wait()
    QApplication.processEvents()


@pytest.fixture
def press(qtbot):
    """Press a key, or type, wherever the focus is. What is typed has arrived: a window holds
    keys back until it knows that no scanner sent them."""

    def press_key(what, modifier=None):
        where = QApplication.focusWidget() or QApplication.activeWindow()
        if isinstance(what, str):
            qtbot.keyClicks(where, what)
            for keys in where.window().findChildren(ScanKeys):
                qtbot.waitUntil(lambda keys=keys: not keys.holds())
        elif modifier is None:
            qtbot.keyClick(where, what)
        else:
            qtbot.keyClick(where, what, modifier)

    return press_key
