"""The paper of new titles, read back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from database.catalogue.worklists import Row
from desktop.pages.drawing.paper import Letterhead
from desktop.pages.registers import new_titles

HEAD = Letterhead(("PEMKAB", "RSUD Bhakti Sehat", "Perpustakaan", "Jl. Melati 1"))


def row(number, title, group):
    return Row(number, title, "Setiati, Siti", "", 2026, "616 SET b", "", "", group,
               date(2026, 11, 3), None)  # fmt: skip


def words(rows):
    target = BytesIO()
    new_titles.write_list(target, HEAD, rows, "2026-11", date(2026, 11, 23))
    pages = PdfReader(target).pages
    return len(pages), " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_titles_stand_under_their_class():
    pages, text = words([row(1, "Tanpa <b>kelas</b>", ""), row(2, "Penyakit & obat", "616")])
    assert pages == 1
    assert "RSUD Bhakti Sehat" in text
    assert "NOVEMBER 2026" in text
    assert text.index("Penyakit & obat") < text.index("Tanpa <b>kelas</b>")


def test_a_month_without_titles_says_so():
    assert words([])[0] == 1


def test_a_long_list_runs_over_pages():
    rows = [row(number, f"Judul nomor {number} yang panjang " * 3, "616") for number in range(120)]
    pages, text = words(rows)
    assert pages > 2
    assert "Judul nomor 119" in text
