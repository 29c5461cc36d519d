"""Who signs for whom: what stands above a name."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2

from desktop.pages.drawing.paper import write_paper
from desktop.pages.drawing.signatures import Signature, signature_alone


def lines_of(who):
    target = BytesIO()
    story = [signature_alone(who, "Mandala", date(2027, 1, 4))]
    write_paper(target, story, title="x", author="x", subject="x", file_name="x")
    document = pypdfium2.PdfDocument(target.getvalue())
    text = document[0].get_textpage().get_text_range()
    document.close()
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_who_signs_for_one_who_signs_for_another_stands_below_both():
    said = "a.n. Direktur; Kepala Bagian Umum; u.b."
    lines = lines_of(Signature("Kepala Instalasi Diklat", said, "dr. Agus", "1971"))
    at = lines.index("a.n. Direktur")
    assert lines[at : at + 4] == [
        "a.n. Direktur", "Kepala Bagian Umum", "u.b.", "Kepala Instalasi Diklat",
    ]  # fmt: skip


def test_one_who_stands_in_has_one_line():
    assert "Plt. Direktur" in lines_of(Signature("RSUD Bhakti Sehat", "Plt. Direktur", "dr. Ayu"))
    for acting in ("Plt.", "Plh."):
        assert f"{acting} Direktur" in lines_of(Signature("Direktur", acting, "dr. Ayu"))
