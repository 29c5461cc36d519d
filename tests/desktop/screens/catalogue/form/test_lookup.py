"""Fetching the data of an ISBN in the form, and choosing what to take."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage

from database.catalogue import lookup, titles
from database.catalogue.lookup import Source
from database.description import marc_form
from database.search import search
from desktop import background
from desktop.forms.sources import SourcesPart
from desktop.screens.catalogue import CatalogueScreen
from desktop.widgets.picture_box import LARGEST
from tests.desktop.keying import combo
from tests.desktop.scenes import catalogue_scenes
from tests.libraries import NOW
from tests.servers import DUBLIN

NUMBER = "9786020000015"


@pytest.fixture
def page(show):
    """The form of a new title, with an ISBN scanned."""
    program = catalogue_scenes.program(NOW, empty=True)
    window = catalogue_scenes.window(program)
    show(window, 1366, 768)
    screen = window.current()
    assert isinstance(screen, CatalogueScreen)
    screen.arrive(("new", NUMBER))
    yield screen.form
    program.library.close()


def use(page, *sources):
    with page.program.library.transaction() as session:
        lookup.keep(session, sources, NOW)


def ask(page, qtbot):
    qtbot.keyClick(page.form.input("isbn"), *combo("bring_in"))
    qtbot.waitUntil(lambda: not page.lookup.busy(), timeout=20_000)


def test_what_the_sources_say_is_chosen_field_by_field(page, qtbot, serving):
    other = DUBLIN.replace(b"2016", b"2018").replace(b"Bina Pustaka", b"Pustaka Lain")
    use(
        page,
        Source("own1", "Satu", address=serving(DUBLIN), schema="dc"),
        Source("own2", "Dua", address=serving(other), schema="dc"),
    )
    page.form.put("publisher", "EGC")
    ask(page, qtbot)
    box = page.lookup.dialog
    assert box.isVisible()
    assert box.form.value("title") == "Ilmu kebidanan"
    assert box.form.value("publisher") == ""
    box.form.put("year", "2018")
    qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    values = page.form.values()
    assert (values["title"], values["year"], values["publisher"]) == (
        "Ilmu kebidanan",
        "2018",
        "EGC",
    )
    assert values["added_authors"] == ["Lain, Orang"]
    page.copies.form.put("count", 0)
    page.save(False)
    with page.program.library.reading() as session:
        (row,) = search.search(session, "kebidanan").rows
        record, _shelf = titles.record_of(session, row.id)
    # What the form does not show of the record that came stays in it.
    assert [one.get("a") for one in record.each("653")] == ["Kebidanan"]
    assert (row.year, row.publisher, row.isbn) == (2018, "EGC", NUMBER)


def test_without_a_connection_one_types_on(page, qtbot):
    use(page, Source("own1", "Satu", address="http://127.0.0.1:1/sru"))
    ask(page, qtbot)
    assert page.lookup.dialog is None
    assert page.notice.text().startswith("Satu tidak menjawab.")


def test_a_book_nobody_knows_is_told(page, qtbot, serving):
    use(page, Source("own1", "Satu", address=serving(b"<searchRetrieveResponse/>")))
    ask(page, qtbot)
    assert page.notice.text() == "Tidak ada sumber yang mengenal ISBN ini. Ketik sendiri judulnya."


def test_without_an_isbn_or_a_source_nothing_is_asked(page, qtbot):
    use(page, Source("own1", "Satu", address="http://127.0.0.1:1/", on=False))
    ask(page, qtbot)
    assert page.notice.text().startswith("Belum ada sumber")
    page.form.put("isbn", "")
    ask(page, qtbot)
    assert page.notice.text() == "Ketik atau pindai ISBN yang benar dahulu."


def test_a_server_is_added_by_its_address_and_answers(page, serving):
    part = SourcesPart(page.program)
    part.load()
    part.add()
    part.forms[-1].set_values({"on": True, "name": "Perpusnas", "address": "opac"})
    assert not part.check()
    part.forms[-1].set_values({"address": serving(DUBLIN), "index": "isbn", "schema": "dc"})
    assert part.check()
    with page.program.library.transaction() as session:
        part.save(session)
    with page.program.library.reading() as session:
        own = lookup.sources(session)[-1]
    assert (own.name, own.usable) == ("Perpusnas", True)
    found = lookup.ask(own, NUMBER)
    assert found is not None
    assert marc_form.values(found)["title"] == "Ilmu kebidanan"
    part.deleteLater()


def jpeg(side=700) -> bytes:
    """A picture as a source sends it."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(0x0F766E)
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(store.data())


def covered(address, number="own9"):
    return Source(number, "Sampul", kind="isbnlib", cover=f"{address}{{isbn}}.jpg")


def fetch_cover(page, qtbot):
    page.cover.fetch_button.click()
    qtbot.waitUntil(lambda: not background.busy())
    background.wait()


def test_a_cover_is_fetched_by_isbn_only_where_it_was_asked_for(page, qtbot, serving):
    use(page, covered(serving(jpeg())))
    page.form.put("isbn", "")
    page.cover.fetch_button.click()
    assert "ISBN" in page.notice.text()
    assert not background.busy()
    page.form.put("isbn", NUMBER)
    assert not page.cover.box.has_picture()
    fetch_cover(page, qtbot)
    qtbot.waitUntil(page.cover.box.has_picture)
    assert page.cover.changed()
    assert len(page.cover._now) < len(jpeg(3000))
    shown = QImage.fromData(page.cover._now)
    assert max(shown.width(), shown.height()) == LARGEST


def test_what_is_no_cover_and_who_does_not_answer_are_told(page, qtbot, serving):
    page.form.put("isbn", NUMBER)
    use(page, covered(serving(b"<html>kosong</html>" * 100)))
    fetch_cover(page, qtbot)
    qtbot.waitUntil(lambda: "Tidak ada sumber" in page.notice.text())
    use(page, covered("http://127.0.0.1:1/"))
    fetch_cover(page, qtbot)
    qtbot.waitUntil(lambda: "Sampul" in page.notice.text())
    use(page, Source("own1", "Tanpa sampul", address="http://127.0.0.1:1/"))
    page.cover.fetch_button.click()
    assert "sampul yang dinyalakan" in page.notice.text()
    assert not page.cover.box.has_picture()
