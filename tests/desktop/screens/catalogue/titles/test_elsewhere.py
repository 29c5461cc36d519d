"""Words asked for in other libraries' catalogues: one is another Selasar, one does not answer."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from database.catalogue import lookup
from database.catalogue.lookup import Source
from database.library import Library
from desktop import background
from desktop.web.app import application
from desktop.web.place import Place
from desktop.web.serving import Serving, bound
from tests.libraries import NOW


def settle():
    assert background.wait()
    for _round in range(4):
        QApplication.processEvents()


@pytest.fixture
def neighbour(prepared, tmp_path):
    """The address of another library's pages."""
    where = tmp_path / "neighbour.db"
    shutil.copy(prepared / "stocked.db", where)
    place = Place(Library.open_to_look(where), lambda: NOW)
    running = Serving(application(place), bound("127.0.0.1", 0))
    running.start()
    yield f"http://127.0.0.1:{running.port}/sru"
    running.stop()
    place.library.close()


@pytest.fixture
def screen(empty, neighbour):
    sources = [
        Source("n", "Perpustakaan Dinas", address=neighbour),
        Source("x", "Perpustakaan Jauh", address="http://127.0.0.1:1/sru"),
    ]
    with empty.program_of_test.library.transaction() as session:
        lookup.keep(session, sources, NOW)
    return empty


def asked(screen, words):
    box = screen.list.open_elsewhere()
    box.form.put("words", words)
    box.search()
    settle()
    return box


def test_a_record_is_copied_from_another_library(screen):
    box = asked(screen, "kebidanan")
    assert [(row["library"], row["ours"]) for row in box.table.rows()] == [
        ("Perpustakaan Dinas", None)
    ]
    assert box.state.text() == "1 judul · tidak ada jawaban dari Perpustakaan Jauh"
    box.table.view.setFocus()
    box.try_accept()
    settle()
    assert not box.isVisible()
    assert screen.page() is screen.form
    assert "kebidanan" in screen.form.form.value("title").lower()
    assert screen.form.form.value("isbn")
    screen.form.save(False)
    settle()
    again = asked(screen, "kebidanan")
    assert [row["ours"].text for row in again.table.rows()] == ["kita punya"]
    again.reject()


def test_a_book_is_asked_for_on_loan(screen):
    left = []
    screen.leave_for.connect(lambda place, what: left.append((place, what)))
    box = asked(screen, "kebidanan")
    box.borrow()
    [(place, (register, values))] = left
    assert (place, register) == ("services", "interlibrary")
    assert values["partner"] == "Perpustakaan Dinas"
    assert values["kind"] == "requested"
    assert "kebidanan" in values["title"].lower()


def test_other_words_are_searched_in_the_same_box(screen):
    box = screen.list.open_elsewhere()
    assert box.table.count() == 0
    box.form.put("words", "laskar")
    box.search_button.click()
    settle()
    assert box.isVisible()
    assert box.table.count() == 1
    box.borrow_button.click()
    assert not box.isVisible()


def test_without_a_library_to_ask_it_is_said(empty):
    with empty.program_of_test.library.transaction() as session:
        lookup.keep(session, [], NOW)
        lookup.keep(session, [Source("goob", "Google Books", "isbnlib")], NOW)
    box = empty.list.open_elsewhere()
    box.form.put("words", "bedah")
    box.search()
    assert box.state.text().startswith("Belum ada perpustakaan")
    box.borrow()
    assert box.isVisible()
    box.reject()


def test_where_nobody_answers_the_words_are_not_blamed(empty):
    with empty.program_of_test.library.transaction() as session:
        far = Source("x", "Perpustakaan Jauh", address="http://127.0.0.1:1/sru")
        lookup.keep(session, [far], NOW)
    box = asked(empty, "kebidanan")
    told = [one.text() for one in box.table.findChildren(QLabel)]
    assert any("internet" in one for one in told)
    assert not box.accept_button.isEnabled()
    assert not box.borrow_button.isEnabled()
    box.close()
