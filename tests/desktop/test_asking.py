"""Questions asked off the GUI thread: what is shown is the answer to the newest of them."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from database.catalogue import titles
from database.description import marc, marc_form
from database.refusal import Fault, Trouble
from database.search import listing
from desktop import background
from desktop.asking import Asker
from desktop.screens.catalogue.titles.list import ListPage
from desktop.widgets.lazy_rows import PAGE
from tests.libraries import NOW


@pytest.fixture
def impatient(monkeypatch, patience):
    """No answer is ever there at once."""
    monkeypatch.setattr(background, "PATIENCE_S", 0)


@pytest.fixture
def screen(window):
    return window.go("catalogue")


@pytest.fixture
def many(program):
    """More titles than a few pages."""
    with program.library.transaction() as session:
        for number in range(4 * PAGE):
            record = marc_form.apply(marc.Record(), {"title": f"Laporan {number:04d}"})
            titles.add_biblio(session, record, NOW)


def held(gate, answer):
    """A question whose answer comes when the gate is opened."""

    def question(_session):
        gate.wait(10)
        return answer

    return question


def test_an_older_answer_is_dropped(impatient, program, screen, qtbot):
    asker, told, dropped = Asker(program, screen, screen), [], []
    first, second = Event(), Event()
    asker.ask(held(first, "old"), told.append, lambda: dropped.append("old"))
    asker.ask(held(second, "new"), told.append)
    assert dropped == ["old"]
    second.set()
    qtbot.waitUntil(lambda: told == ["new"])
    first.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert told == ["new"]
    assert not asker.busy()


def test_pages_of_a_list_come_side_by_side(impatient, program, screen, qtbot):
    asker, told = Asker(program, screen, screen, many=2), []
    gate = Event()
    asker.ask(held(gate, 1), told.append)
    asker.ask(held(gate, 2), told.append)
    gate.set()
    qtbot.waitUntil(lambda: sorted(told) == [1, 2])


def test_an_answer_that_is_there_at_once_is_given_at_once(program, screen):
    told = []
    Asker(program, screen, screen).ask(lambda _session: 7, told.append)
    assert told == [7]
    QApplication.processEvents()
    assert told == [7]


def test_a_fault_is_told_in_the_strip(impatient, program, screen, qtbot):
    def question(_session):
        raise Fault(Trouble.SERVER_GONE, where="server")

    Asker(program, screen, screen).ask(question, pytest.fail)
    qtbot.waitUntil(lambda: bool(screen.notice.text()))


def test_nobody_is_told_who_is_gone(impatient, program, screen, qtbot):
    owner, told, gate = QObject(), [], Event()
    Asker(program, screen, owner).ask(held(gate, 1), told.append)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner)
    del owner
    gate.set()
    qtbot.waitUntil(lambda: not background.busy())
    assert told == []


def test_the_list_shows_what_was_typed_last(impatient, many, screen, qtbot):
    page: ListPage = screen.list
    for text in ("lap", "laporan", "laporan 0007"):
        page.search.set_text(text)
    qtbot.waitUntil(lambda: page.table.count() == 1 and page.table.current() is not None)
    assert page.table.current().title == "Laporan 0007"
    qtbot.waitUntil(lambda: page.detail.name.text() == "Laporan 0007")


def test_rows_come_into_sight_as_they_are_read(impatient, many, screen, press, qtbot):
    page: ListPage = screen.list
    qtbot.waitUntil(lambda: page.table.count() > 4 * PAGE)
    page.table.view.setFocus()
    press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.table.current() is not None)
    last = page.table.current()
    assert last.title == page.table.cell(page.table.count() - 1, 0)
    qtbot.waitUntil(lambda: page.detail.name.text() == last.title)


def test_rows_chosen_unseen_are_the_true_ones(impatient, many, screen, press, program, qtbot):
    page: ListPage = screen.list
    qtbot.waitUntil(lambda: page.table.count() > 4 * PAGE)
    page.table.select_first()
    page.table.view.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    every = program.read(lambda session: listing.every_id(session, page._titles))
    chosen = page.chosen_ids()
    assert len(chosen) == page.table.selected_count() > 1
    assert chosen == every[1:]


def test_a_filter_counts_while_its_menu_is_open(impatient, program, screen, qtbot):
    menu = screen.list.filters.menus["class_group"]
    qtbot.waitUntil(lambda: screen.list.table.count() > 0 and not background.busy())
    gate, slow = Event(), Asker(program, screen, screen, many=2)
    for place in range(2):
        # Every thread for questions is taken.
        slow.ask(held(gate, place), lambda _answer: None)
    menu.fill()
    waiting = [action for action in menu.menu_of.actions() if not action.isEnabled()]
    assert any(action.text() for action in waiting)
    gate.set()
    qtbot.waitUntil(lambda: len(menu.menu_of.actions()) > 3)
    assert all(action.isEnabled() for action in menu.menu_of.actions() if action.text())
