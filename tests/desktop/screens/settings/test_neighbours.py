"""Catalogues of partners in the window: added, fetched, found beside ours, taken away."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from database.exchange import found as formats
from database.library import Library
from database.neighbours import finding, neighbours
from database.policy import settings as choices
from database.public import titles as public
from database.registers import registers
from desktop import background
from desktop.screens.settings.neighbours import section as neighbour_section
from desktop.screens.settings.neighbours.dialog import NeighbourDialog
from desktop.web.app import application
from desktop.web.guard import Limits
from desktop.web.place import Place
from desktop.web.serving import Serving, bound
from tests.libraries import LIVED, NOW

NAME = "Perpustakaan RSUD Sehati"


@pytest.fixture
def partner(lived_file, tmp_path):
    """Two years of the demo as another library: where it answers, and the library."""
    where = tmp_path / "partner.db"
    shutil.copy(lived_file, where)
    library = Library.open_to_look(where)
    limits = Limits(burst=10**6, a_second=10.0**6, waiting=10**6)
    serving = Serving(application(Place(library, lambda: LIVED), limits), bound("127.0.0.1", 0))
    serving.start()
    yield f"http://127.0.0.1:{serving.port}/oai", library
    serving.stop()
    library.close()


@pytest.fixture
def section(window, program):
    with program.library.transaction() as session:
        agreed = {"partner": NAME, "title": "MoU", "day": NOW.date()}
        registers.add(session, "cooperation", agreed, NOW)
        choices.put(session, choices.GUIDE_DONE, True)
    screen = window.go("settings")
    screen.arrive("neighbours")
    return screen.section()


def at_rest(qtbot):
    qtbot.waitUntil(lambda: not background.busy(), timeout=60_000)
    for _round in range(4):
        QApplication.processEvents()


def asked(section):
    section.add_button.click()
    QApplication.processEvents()
    [box] = [one for one in section.owner.findChildren(NeighbourDialog) if one.isVisible()]
    return box


def fetched(section, qtbot, address):
    box = asked(section)
    box.form.put("name", NAME)
    box.form.put("address", address)
    box.accept_button.click()
    at_rest(qtbot)
    assert not box.isVisible()


def test_a_partner_of_the_registers_is_added_and_fetched(section, qtbot, partner, program):
    box = asked(section)
    options = box.form.input("name")
    assert NAME in [options.itemText(at) for at in range(options.count())]
    box.form.put("name", NAME)
    box.form.put("address", "rsud-sehati/oai")
    box.accept_button.click()
    assert list(box.form.shown_errors()) == ["address"]
    box.form.put("address", partner[0])
    box.accept_button.click()
    at_rest(qtbot)
    [row] = section.table.rows()
    with partner[1].reading() as session:
        count = len(list(public.every(session)))
    assert (row["name"], row["count"]) == (NAME, str(count))
    assert section.owner.notice.text() == f"{NAME}: {count} judul"


def test_what_they_have_stands_beneath_ours_and_is_asked_for(
    section, qtbot, partner, window, program
):
    fetched(section, qtbot, partner[0])
    page = window.go("catalogue").list
    page.search.line.setText("keperawatan")
    page.reload()
    at_rest(qtbot)
    assert page.beside.isVisible()
    assert f"judul di katalog mitra: {NAME} " in page.beside.told.text()
    ours = page.table.count()
    page.beside.button.click()
    at_rest(qtbot)
    box = QApplication.activeModalWidget()
    assert {row["library"] for row in box.table.rows()} == {NAME}
    assert page.table.count() == ours
    title = box.table.current()["title"]
    box.borrow_button.click()
    at_rest(qtbot)
    form = QApplication.activeModalWidget().form
    assert (form.value("partner"), form.value("title")) == (NAME, title)
    assert form.value("kind") == "requested"
    QApplication.activeModalWidget().reject()
    page.search.line.setText("")
    page.reload()
    at_rest(qtbot)
    assert page.beside.isHidden()


def test_one_is_taken_away_after_a_question(section, qtbot, partner, program, monkeypatch):
    fetched(section, qtbot, partner[0])
    asked_for = []

    def answer(_parent, _title, text, _verb, **_how):
        asked_for.append(text)
        return len(asked_for) > 1

    monkeypatch.setattr(neighbour_section, "confirm", answer)
    section.remove_button.click()
    at_rest(qtbot)
    assert NAME in asked_for[0]
    assert section.table.count() == 1
    section.remove_button.click()
    at_rest(qtbot)
    assert section.table.count() == 0
    assert program.read(lambda s: finding.beside(s, "keperawatan")).count == 0


def test_a_file_is_brought(section, qtbot, partner, program, tmp_path, monkeypatch):
    path = tmp_path / "katalog.mrc"
    with partner[1].reading() as session, path.open("wb") as stream:
        every = [public.title(session, number).record for number, _at in public.every(session)]
        formats.write(stream, every, "mrc")
    monkeypatch.setattr(section, "ask_path", lambda: path)
    box = asked(section)
    box.form.put("name", "Poltekkes")
    box.form.put("kind", neighbours.FILE)
    box.accept_button.click()
    at_rest(qtbot)
    [row] = section.table.rows()
    assert (row["way"], row["row"].titles) == ("katalog.mrc", len(every))


def test_what_does_not_answer_is_told_and_stays_to_be_tried_again(section, qtbot, program):
    fetched(section, qtbot, "http://127.0.0.1:1/oai")
    assert "tidak menjawab" in section.owner.notice.text()
    [row] = section.table.rows()
    assert row["last"] == "belum pernah diambil"


def test_a_fetch_is_stopped_by_its_button(section, qtbot, partner, program):
    box = asked(section)
    box.form.put("name", NAME)
    box.form.put("address", partner[0])
    box.accept_button.click()
    assert section.progress.isVisible()
    section.progress._stop()
    at_rest(qtbot)
    assert section.progress.isHidden()
    section.fetch_button.click()
    at_rest(qtbot)
    with partner[1].reading() as session:
        assert section.table.rows()[0]["row"].titles == len(list(public.every(session)))
