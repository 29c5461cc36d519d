"""Slips stuck into copies, and the letters of reminder."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pypdfium2
import pytest
import zxingcpp

from database.circulation.reminder_list import Copy, Person
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.letters import reminder_letter
from desktop.pages.slips.care_slips import CareSlip, write_slips
from desktop.words import language, reminder_texts
from tests.pages.examples import TITLE

SLIPS = [
    CareSlip("HELD", "dr. Bagus Santoso <b>", "IGD", (TITLE,), "B000010", "until Thu 28 Jan 2027"),
    CareSlip("QUARANTINE until", "Thu 21 Jan 2027", "09:00", ("Laskar",), "B000020", "899 HIR l"),
]


@pytest.fixture(autouse=True)
def _english():
    language.use("en")


@pytest.mark.parametrize("width", [58, 80])
def test_the_bars_of_a_slip_are_the_copys(width):
    target = io.BytesIO()
    write_slips(target, SLIPS, width)
    pages = pypdf.PdfReader(target).pages
    assert all(float(one.mediabox.width) == pytest.approx(width * MM, abs=0.1) for one in pages)
    assert "Thu 21 Jan 2027" in pages[1].extract_text()
    drawn = pypdfium2.PdfDocument(target.getvalue())
    read = [zxingcpp.read_barcodes(page.render(scale=4).to_pil())[0].text for page in drawn]
    drawn.close()
    assert read == ["B000010", "B000020"]


def test_a_code_without_bars_still_has_its_slip():
    target = io.BytesIO()
    write_slips(target, [CareSlip("HELD", "X", "", (), "§" * 4, "")])
    assert "§§§§" in pypdf.PdfReader(target).pages[0].extract_text()


def person(audience, *titles, letters=0):
    copies = tuple(
        Copy(title, f"B{at}", "", date(2027, 1, 4), date(2027, 1, 18), 3)
        for at, title in enumerate(titles)
    )
    return Person(
        1, "M0001", "Rina <b> & co", "nurse", audience, "IGD", "overdue", copies,
        date(2027, 1, 18), "6281272004412", True, None, letters,
    )  # fmt: skip


def test_letters_one_to_three_with_their_numbers(stocked):
    target = io.BytesIO()
    letters = [(person("staff", TITLE, letters=at), f"00{at + 1}/STG") for at in range(3)]
    with stocked.reading() as session:
        reminder_letter.write(target, session, letters, date(2027, 1, 27))
    pages = [page.extract_text() for page in pypdf.PdfReader(target).pages]
    assert len(pages) == 3
    for at, text in enumerate(pages):
        assert f"00{at + 1}/STG" in text
        assert "Rina <b> & co" in text
    assert "replace" in pages[2]


def test_what_relatives_read_is_told_to_nobody(stocked):
    target = io.BytesIO()
    who = person("family", "", "")
    with stocked.reading() as session:
        reminder_letter.write(target, session, [(who, "1")], date(2027, 1, 27))
    assert "library book" in pypdf.PdfReader(target).pages[0].extract_text()
    assert reminder_texts.books(who, "id") == "2 buku"
    assert reminder_texts.books(person("staff", "A", "B"), "en") == "“A” and “B”"
    assert reminder_texts.books(person("staff", *"ABCDEF"), "en") == "6 books"


def test_an_unknown_field_stays_as_it_stands():
    assert reminder_texts.unknown_fields("{name} {nama}") == ["nama"]
    for kind in reminder_texts.KINDS:
        for audience in ("any", "family"):
            for speaks in ("id", "en"):
                assert not reminder_texts.unknown_fields(
                    reminder_texts.usual(kind, audience, speaks)
                )
