"""The files and links of a title, from its detail."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from reportlab.pdfgen import canvas

from database.catalogue import digital
from desktop import background
from desktop.screens.catalogue.titles.digital import FilesDialog
from tests.desktop.scenes import catalogue_scenes
from tests.libraries import NOW

PDF = b"%PDF-1.7\n" + b"isi " * 500 + b"%%EOF"


@pytest.fixture
def box(show, monkeypatch):
    """The dialog of the title chosen in the list; what is opened outside is noted."""
    program = catalogue_scenes.program(NOW)
    window = catalogue_scenes.window(program)
    show(window, 1366, 768)
    screen = window.current()
    screen.list.table.select_first()
    screen.list.detail.open_files()
    found = screen.list.detail.files
    assert isinstance(found, FilesDialog)
    found.outside = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not found.outside.append(url))
    yield found
    background.wait()
    program.library.close()


def names(box):
    return [row.name for row in box.table.rows()]


def keep(box, path):
    box.keep([path])
    while background.busy():
        catalogue_scenes.settle()


def open_chosen(box):
    box.try_accept()
    while background.busy():
        catalogue_scenes.settle()
    catalogue_scenes.settle()


def a_pdf(path, pages=3):
    page = canvas.Canvas(str(path))
    for number in range(pages):
        page.drawString(72, 720, f"Halaman {number + 1}")
        page.showPage()
    page.save()


def test_a_pdf_is_read_here_and_its_use_counted(box, tmp_path):
    path = tmp_path / "pedoman.pdf"
    a_pdf(path)
    keep(box, path)
    assert box.focusWidget() is box.table.view, "Enter opens what was just added"
    open_chosen(box)
    reading = box.reading
    assert reading.isVisible()
    assert reading.view.pages() == 3
    assert box.outside == []
    assert box.table.rows()[0].uses == 1
    reading.try_accept()
    (opened,) = box.outside
    assert opened.isLocalFile()
    assert not reading.isVisible()
    assert box.table.rows()[0].uses == 1


def test_a_file_is_added_opened_counted_removed_and_back(box, tmp_path):
    path = tmp_path / "panduan.pdf"
    path.write_bytes(PDF)
    keep(box, path)
    assert names(box) == ["panduan.pdf"]
    open_chosen(box)
    assert box.isVisible()
    (opened,) = box.outside  # no reader of ours: it only begins as a PDF
    assert opened.isLocalFile()
    assert box.table.rows()[0].uses == 1
    box.remove()
    assert names(box) == []
    box._host.notice.undo()
    box.refresh()
    assert names(box) == ["panduan.pdf"]


def test_what_is_no_document_is_told_in_the_box(box, tmp_path):
    path = tmp_path / "foto.pdf"
    path.write_bytes(b"\xff\xd8\xff\xe0JFIF")
    keep(box, path)
    assert box.told.text() == "foto.pdf bukan PDF atau EPUB berukuran paling besar 200 MB."
    assert names(box) == []


def test_a_link_is_added_and_a_wrong_one_refused(box):
    box.keep_link("", "javascript:alert(1)")
    assert box.told.text()
    assert names(box) == []
    box.keep_link("PPK stroke", "https://repositori.kemkes.go.id/ppk.pdf")
    assert names(box) == ["PPK stroke"]
    box.try_accept()
    assert box.outside[0].toString() == "https://repositori.kemkes.go.id/ppk.pdf"
    with box._program.library.reading() as session:
        assert digital.uses(session, NOW.date(), NOW.date()) == 1
