"""Every screen and act has its page of help, in both languages, with keys that exist."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop import keys, manual, places
from desktop.printing import help_paper
from desktop.widgets.help_frame import HelpFrame
from desktop.words import language
from desktop.words.language import _
from tests import gallery

PLACES = ("home", *(key for key, *_rest in places.PLACES), "settings", "moving")


@pytest.fixture(params=sorted(language.LANGUAGES))
def spoken(request):
    before = language.current()
    language.use(request.param)
    yield request.param
    language.use(before)


def test_both_languages_have_the_same_pages_with_the_same_keys():
    told = []
    for spoken in language.LANGUAGES:
        language.use(spoken)
        told.append([(one.name, one.place, one.meanings(), one.acts()) for one in manual.pages()])
    language.use("id")
    assert told[0] == told[1]
    assert len(told[0]) >= 15


def test_every_place_has_a_page_and_every_page_a_place(spoken):
    assert {page.place for page in manual.pages()} == {*PLACES, manual.EVERYWHERE}
    assert all(page.title and page.body.startswith("# ") for page in manual.pages())


def test_every_key_and_act_that_a_page_names_exists(spoken):
    offered = {label for acts in keys.OFFERED.values() for _name, label, *_needs in acts}
    for page in manual.pages():
        assert page.meanings() <= set(keys.MEANINGS), page.name
        assert page.acts() <= offered, page.name
        assert "{" not in page.text()
        assert "[[" not in page.text()
        assert "Return" not in page.text()  # as the key is printed on the keyboard


@pytest.mark.parametrize("place", sorted(keys.OFFERED))
def test_every_act_of_a_place_is_told_on_one_of_its_pages(place):
    mine = [page for page in manual.pages() if page.place in (place, manual.EVERYWHERE)]
    named = {key for page in mine for key in page.meanings()}
    acts = {act for page in mine for act in page.acts()}
    missing = [
        label
        for name, label, *_needs in keys.OFFERED[place]
        if not (name in named or label in acts)
    ]
    assert missing == []


def test_f1_opens_the_page_of_the_screen_and_its_keys_stand_behind_it(window, press, qtbot):
    window.go("desk")
    press(Qt.Key.Key_F1)
    frame = window.findChild(HelpFrame)
    assert frame.page().title == "Meminjamkan dan mengembalikan"
    assert "F8" in frame.reader.toPlainText()
    assert not frame.grid.isVisible()
    frame.keys_button.click()
    assert frame.grid.isVisible()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpFrame) is None)


def test_help_is_searched_by_any_word(window, press):
    window.go("wards")
    press(Qt.Key.Key_F1)
    frame = window.findChild(HelpFrame)
    frame.search.set_text("denda")
    assert frame.page().title == "Denda, hilang, rusak"
    frame.search.set_text("xyzzy")
    assert frame.page() is None
    frame.search.set_text("")
    assert frame.page().place == "wards"


def test_a_page_is_printed_with_its_words(qapp):
    page = manual.of_place("reports")[0]
    read = PdfReader(io.BytesIO(help_paper.pdf_of(page)))
    text = " ".join(" ".join(one.extract_text().split()) for one in read.pages)
    assert page.title in text
    assert _("Own lists") in text


def test_what_no_printer_takes_of_the_help_is_kept(window, tmp_path, monkeypatch, press):
    monkeypatch.setattr("desktop.pc.data_folder", lambda: tmp_path)
    window.go("home")
    press(Qt.Key.Key_F1)
    frame = window.findChild(HelpFrame)
    frame._print()
    assert list((tmp_path / "papers").glob("*.pdf"))


def test_every_page_has_its_picture_in_both_languages(spoken):
    """They are made by `python -m tests.gallery --help-pictures`."""
    for page in manual.pages():
        picture = QImage(page.picture())
        assert not picture.isNull(), page.name
        assert picture.width() >= 640
        assert Path(page.picture()).stat().st_size < 90_000
    assert {page.name for page in manual.pages()} == set(gallery.HELP)


def test_a_page_shows_the_picture_of_its_screen(window, press):
    press(Qt.Key.Key_F1)
    frame = window.findChild(HelpFrame)
    shown = frame.reader.document().toHtml()
    assert frame.page().picture() in shown
