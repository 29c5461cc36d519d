"""The lists as they are worked through, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.catalogue import lookup
from database.catalogue import titles as catalogue
from database.description import marc, marc_form
from database.schema import Biblio
from desktop import background
from desktop.screens.catalogue.list_names import NAMES
from tests.desktop.keying import combo
from tests.libraries import NOW
from tests.servers import DUBLIN


def settle():
    assert background.wait()
    for _round in range(4):
        QApplication.processEvents()


@pytest.fixture
def screen(window, program):
    record = marc_form.apply(marc.Record(), {"title": "=Tanpa kelas", "isbn": "123"})
    program.write(lambda session: catalogue.add_biblio(session, record, NOW))
    screen = window.go("catalogue")
    screen.list.tabs.setCurrentIndex(1)
    settle()
    return screen


def go_to(screen, which):
    screen.lists.open_list(which)
    settle()


def titles(screen):
    return [row.title for row in screen.lists.table.rows()]


def test_lists_are_counted_and_opened(screen):
    assert screen.page() is screen.lists
    go_to(screen, "unclassed")
    assert "=Tanpa kelas" in titles(screen)
    assert (
        f"({len(titles(screen))})" in screen.lists.list.item(list(NAMES).index("unclassed")).text()
    )
    for which in NAMES:
        go_to(screen, which)
        assert screen.lists.which() == which


def test_a_list_is_worked_through(screen, press, qtbot):
    go_to(screen, "isbn")
    assert titles(screen) == ["=Tanpa kelas"]
    screen.lists.table.select_first()
    screen.lists.table.view.setFocus()
    press(Qt.Key.Key_Return)
    assert screen.page() is screen.form
    screen.form.form.put("isbn", "9786020000015")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert screen.page() is screen.lists
    assert titles(screen) == []


def test_months_go_back_and_never_past_today(screen, press):
    assert "=Tanpa kelas" in titles(screen)
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle()
    assert screen.lists.month == "2026-12"
    assert titles(screen) == []
    assert not screen.lists.paper_button.isEnabled()
    screen.lists.step(1)
    screen.lists.step(1)
    settle()
    assert screen.lists.month == "2027-01"


def test_the_paper_for_the_wards(screen, press, tmp_path, monkeypatch):
    press(*combo("paper"))
    settle()
    assert screen.lists.paper.view.pages() == 1
    target = tmp_path / "baru.pdf"
    monkeypatch.setattr(screen.lists.paper, "ask_path", lambda usual: target)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert target.read_bytes().startswith(b"%PDF")
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Escape)
    assert screen.lists.list.hasFocus()


def test_a_list_goes_into_a_spreadsheet(screen, press, tmp_path, monkeypatch, window):
    go_to(screen, "unclassed")
    target = tmp_path / "tanpa.csv"
    monkeypatch.setattr(screen.lists, "ask_path", lambda name: target)
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "'=Tanpa kelas" in target.read_text(encoding="utf-8-sig")
    assert "tanpa.csv" in window.notice.text()
    monkeypatch.setattr(screen.lists, "ask_path", lambda name: tmp_path / "no" / "folder.csv")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "folder.csv" in window.notice.text()


def test_old_editions_by_years(screen):
    go_to(screen, "old")
    screen.lists.options.years.choose(15)
    settle()
    few = len(titles(screen))
    screen.lists.options.years.choose(3)
    settle()
    assert len(titles(screen)) >= few
    assert screen.lists.options.years.isVisible()
    assert screen.lists.paper_button.isHidden()


def test_what_is_brief_is_filled_in_by_its_isbn(screen, program, serving, press):
    source = lookup.Source("own1", "Tetangga", address=serving(DUBLIN), schema="dc")
    record = marc_form.apply(marc_form.brief("ISBN 9786020000015", ""), {"isbn": "9786020000015"})
    number = program.write(lambda session: catalogue.add_biblio(session, record, NOW))
    program.write(lambda session: lookup.keep(session, [source], NOW))
    go_to(screen, "old")
    assert not screen.lists.fill_button.isVisible()
    go_to(screen, "brief")
    assert titles(screen) == ["ISBN 9786020000015"]
    press(*combo("look_up"))
    settle()  # asked and written
    settle()  # read anew
    assert titles(screen) == ["Ilmu kebidanan"]
    assert screen.notice.text() == "1 judul dilengkapi"
    with program.library.reading() as session:
        assert session.get_one(Biblio, number).contributors == "Prawirohardjo, Sarwono; Lain, Orang"
    # The second time there is nothing to add.
    press(*combo("look_up"))
    settle()  # asked and written
    settle()  # read anew
    assert screen.notice.text() == "0 judul dilengkapi"
