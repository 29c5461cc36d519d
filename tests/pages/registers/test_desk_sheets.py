"""The sheet beside the scanner and the poster on the wall, read back from the PDF."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from desktop import keys
from desktop.pages.registers import desk_sheets
from desktop.words import language
from tests.libraries import NOW


def read(write, library):
    target = BytesIO()
    with library.reading() as session:
        write(target, session, NOW)
    pages = PdfReader(target).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_sheet_is_one_page_with_todays_keys(stocked):
    language.use("id")
    pages, text = read(desk_sheets.write_desk_sheet, stocked)
    assert pages == 1
    assert "Pindai kartu pembaca." in text
    for name in desk_sheets._KEYS:
        assert keys.sequence(name) in text


def test_the_poster_is_one_page_and_names_the_library(stocked):
    language.use("id")
    pages, text = read(desk_sheets.write_readers_poster, stocked)
    assert pages == 1
    assert "RSUD" in text
    assert all(word in text for word in ("Cari", "Pinjam", "Perpanjang", "Kembalikan"))
