"""Files and links of a title: kept by content, checked, counted, backed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from database import undo
from database.catalogue import digital, titles
from database.description import marc, marc_form
from database.engine import files
from database.library import Library, restore
from database.refusal import Fault, Reason, Refusal
from database.schema import AttachmentContent
from tests.libraries import NOW

PDF = b"%PDF-1.7\n" + b"isi " * 5_000 + b"%%EOF"


@pytest.fixture
def titled(library):
    with library.transaction() as session:
        record = marc_form.apply(marc.Record(), {"title": "Panduan"})
        library.title = titles.add_biblio(session, record, NOW)
    return library


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "panduan é.pdf"
    path.write_bytes(PDF)
    return path


def attach(library, path):
    with library.transaction() as session:
        return digital.attach_file(session, library.where, library.title, path, NOW)


def listed(library):
    with library.reading() as session:
        return digital.of_title(session, library.title)


def opened(library, number):
    with library.transaction() as session:
        return digital.open_place(session, library.where, number, NOW)


def test_a_file_is_kept_by_its_content_opened_and_counted(titled, pdf):
    attach(titled, pdf)
    pdf.unlink()
    (one,) = listed(titled)
    assert (one.name, one.size, one.uses) == ("panduan é.pdf", len(PDF), 0)
    assert Path(opened(titled, one.id)).read_bytes() == PDF
    assert listed(titled)[0].uses == 1
    with titled.reading() as session:
        assert digital.uses(session, NOW.date(), NOW.date()) == 1


def test_the_same_file_twice_lies_there_once(titled, pdf):
    attach(titled, pdf)
    attach(titled, pdf)
    assert len(listed(titled)) == 2
    folder = files.folder_of(titled.where)
    if folder is None:
        with titled.reading() as session:
            assert len(session.execute(select(AttachmentContent.sha256)).all()) == 1
    else:
        assert len(list(folder.glob("*/*"))) == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0JFIF", b"PK\x03\x04word/", b"MZ"])
def test_what_is_no_document_is_refused(titled, tmp_path, content):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(Refusal) as told:
        attach(titled, path)
    assert told.value.reason is Reason.NOT_DIGITAL
    assert listed(titled) == []


def test_an_epub_and_links_are_taken_but_no_other_address(titled, tmp_path):
    path = tmp_path / "x.epub"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip")
    attach(titled, path)
    with titled.transaction() as session:
        url = "https://repositori.kemkes.go.id/ppk.pdf"
        digital.attach_link(session, titled.title, "", url, NOW)
    _epub, link = listed(titled)
    assert (link.name, link.url) == ("repositori.kemkes.go.id", url)
    assert opened(titled, link.id) == url
    for wrong in ("javascript:alert(1)", "file:///etc/passwd", "kemkes.go.id", ""):
        with pytest.raises(Refusal), titled.transaction() as session:
            digital.attach_link(session, titled.title, "", wrong, NOW)


def test_attaching_and_removing_are_taken_back(titled, pdf):
    line = attach(titled, pdf)
    (one,) = listed(titled)
    with titled.transaction() as session:
        removed = digital.remove(session, one.id, NOW)
    assert listed(titled) == []
    with titled.transaction() as session:
        undo.undo(session, removed, NOW)
    assert listed(titled) == [one]
    with titled.transaction() as session:
        undo.undo(session, line, NOW)
    assert listed(titled) == []


def test_a_damaged_file_is_told_and_not_counted(titled, pdf):
    folder = files.folder_of(titled.where)
    if folder is None:
        pytest.skip("a server keeps it in its tables")
    attach(titled, pdf)
    (kept,) = folder.glob("*/*")
    kept.write_bytes(b"%PDF-1.7 lain")
    with pytest.raises(Fault):
        opened(titled, listed(titled)[0].id)
    assert listed(titled)[0].uses == 0


@pytest.mark.parametrize("kind", ["file", "server"])
def test_a_backup_brings_the_files_back_on_both_engines(titled, pdf, tmp_path, kind, request):
    attach(titled, pdf)
    copy = tmp_path / "stick" / "copy.db"
    titled.backup(copy)
    target = str(tmp_path / "again.db")
    if kind == "server":
        target = request.getfixturevalue("new_database")()
    restore(copy, target)
    again = Library.open(target)
    try:
        again.title = titled.title
        assert Path(opened(again, listed(again)[0].id)).read_bytes() == PDF
    finally:
        again.close()
