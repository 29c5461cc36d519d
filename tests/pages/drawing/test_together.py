"""Signatures never stand alone on a page, however far the words before them reach."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.platypus import Spacer

from desktop.pages.drawing.ledger import pages_of
from desktop.pages.drawing.paper import paragraph, section, write_paper
from desktop.pages.drawing.signatures import Signature, signatures
from tests.libraries import NOW

WHO = [Signature("Kepala", name="dr. Agus"), Signature("Pustakawan", name="Dewi Lestari")]


def pages(story):
    target = BytesIO()
    told = {"title": "T", "author": "A", "subject": "S", "file_name": "F"}
    write_paper(target, story, **told)
    return [page.extract_text() for page in PdfReader(target).pages]


def before(filled, *last):
    return [
        paragraph("Awal"), Spacer(0, filled), *last, Spacer(0, 6),
        signatures(WHO, "Mandala", NOW.date()),
    ]  # fmt: skip


@pytest.mark.parametrize("filled", range(380, 720, 20))
@pytest.mark.parametrize("kept", [False, True], ids=["words", "part"])
def test_the_last_words_go_with_the_signatures(filled, kept):
    last = paragraph("Demikian berita acara ini")
    part = section("Hasil", [last], []) if kept else last
    *_first, signed = pages(before(filled, part))
    assert "Dewi Lestari" in signed
    assert "Demikian berita acara ini" in signed
    assert ("Hasil" in signed) is kept


def test_a_part_as_high_as_a_page_stays_where_it_is():
    part = section("Hasil", [paragraph(f"Baris {number}") for number in range(44)], [])
    first, *_others = pages(before(20, part))
    assert "Awal" in first
    assert "Dewi Lestari" in _others[-1]


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 9, 10, 11, 20, 21])
def test_some_rows_of_a_register_go_on_to_the_page_of_the_signatures(rows):
    portions = pages_of(list(range(rows)), 10, 7)
    assert [one for part in portions for one in part] == list(range(rows))
    assert all(len(part) <= 10 for part in portions)
    assert len(portions[-1]) <= 7
    assert portions[-1] or not rows
