"""The sheet of an activity, with the photograph kept with its line."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from PIL import Image

from database.registers import evidence, registers
from desktop.pages.letters import activity_sheet
from tests.libraries import NOW


@pytest.fixture
def engine():
    """Paper is the same on both."""
    return "sqlite"


def sheet(library, entry_id):
    target = BytesIO()
    with library.reading() as session:
        activity_sheet.write(target, session, entry_id)
    page = pypdf.PdfReader(target).pages[0]
    return " ".join(page.extract_text().split()), page.images


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("inclusion", "(TPBIS)"),
        ("visit_received", "STUDI BANDING"),
        ("literacy", "LEMBAR KEGIATAN"),
    ],
)
def test_it_tells_who_came_and_shows_the_photograph(library, tmp_path, kind, title):
    told = {"title": "Kebun <b>toga</b>", "kind": kind, "day": NOW.date(), "theme": "health",
            "men": 9, "women": 18, "elderly": 8, "impact": "Delapan keluarga menanam."}  # fmt: skip
    with library.transaction() as session:
        registers.add(session, "activity", told, NOW)
    with library.reading() as session:
        (entry,) = registers.entries(session, "activity")
    text, pictures = sheet(library, entry.id)
    for words in (title, "Kebun <b>toga</b>", "27", "Delapan keluarga menanam.", "kesehatan"):
        assert words in text
    assert len(pictures) == 0
    photo = tmp_path / "foto.jpg"
    Image.new("RGB", (400, 300), "green").save(photo)
    key = str(entry.id)
    with library.transaction() as session:
        evidence.attach(session, library.where, evidence.REGISTER, key, photo, "Di kebun", NOW)
    text, pictures = sheet(library, entry.id)
    assert len(pictures) == 1
    assert "Di kebun" in text
