"""Cards: whole names, codes read back at 300 dpi, backs behind their fronts."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from database.patrons.cards import CardRow
from desktop.pages.cards.card_faces import House, name_lines
from desktop.pages.cards.cards import A6, CARD, pdf_of, write_cards, write_ward_cards
from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.words import language

LONG = "Raden Ajeng Siti Nurhaliza Kusumaningtyas binti Wongsodikromo Hadiningrat"
HOUSE = House(
    "Perpustakaan RSUD Bhakti Sehat",
    "RSUD Bhakti Sehat",
    (None, None),
    "(0700) 555 012",
    ("Kepala Instalasi Diklat", "dr. Agus Prasetyo, M.Kes."),
)


@pytest.fixture(autouse=True)
def _inter():
    language.use("id")
    faces.register()


def picture():
    target = io.BytesIO()
    Image.new("RGB", (300, 400), "#336699").save(target, "PNG")
    return target.getvalue()


def card(at=1, name="Ns. Rina Wati, S.Kep.", **more):
    values = {"kind": "person", "category": "Perawat/Bidan", "unit": "Mawar", "institution": "",
              "valid_until": date(2027, 12, 31), "photo": None, **more}  # fmt: skip
    return CardRow(at, values.pop("number", f"M{at:04d}"), name, **values)


def written(rows, write=write_cards, **options):
    target = io.BytesIO()
    made = write(target, rows, HOUSE, **options)
    return target.getvalue(), made


def read(pdf, page=0):
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=300 / 72, no_smoothpath=True).to_pil()
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)
    return [(one.text, one.position.top_left.x, one.position.top_left.y) for one in found]


def text(pdf, page=0):
    return " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[page].extract_text().split())


def test_ten_on_a_sheet_are_read_back_and_backs_follow():
    rows = [card(at, photo=picture() if at % 2 else None) for at in range(1, 13)]
    pdf, made = written(rows)
    assert (made.pages, made.cards, made.warnings) == (4, 12, ())
    assert sorted(code for code, _x, _y in read(pdf)) == [f"M{at:04d}" for at in range(1, 11)]
    assert sorted(code for code, _x, _y in read(pdf, 2)) == ["M0011", "M0012"]
    assert read(pdf, 1) == []
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(page.width / MM), round(page.height / MM)) == (210, 297)


def test_a_back_lies_behind_its_front():
    pdf, _made = written([card(1)])
    front = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    back = pypdfium2.PdfDocument(pdf)[1].render(scale=1).to_pil().convert("L")
    middle, height = front.width // 2, int((13.5 + CARD[1]) * MM)

    def inked(page, left, right):
        box = page.crop((left, int(20 * MM), right, height - 4))
        return box.getextrema()[0] < 128

    edge = int(24 * MM)
    assert inked(front, edge, middle - 4)
    assert not inked(front, middle + 4, front.width - edge)
    assert inked(back, middle + 4, back.width - edge)
    assert not inked(back, edge, middle - 4)


def test_single_cards_are_as_large_as_cards():
    pdf, made = written([card(), card(2)], single=True, backs=False)
    assert made.pages == 2
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[1].mediabox
    assert (float(page.width) / MM, float(page.height) / MM) == pytest.approx(CARD, abs=0.1)
    assert [code for code, *_ in read(pdf, 1)] == ["M0002"]


@pytest.mark.parametrize("name", [LONG, (LONG + " " + LONG)[:120], "Siti " * 24, "O'Brien", "Bo"])
@pytest.mark.parametrize("photo", [False, True])
def test_long_names_stand_whole(name, photo):
    name = " ".join(name.split())
    room = (85.6 - 8 - (21 if photo else 0)) * MM
    size, lines = name_lines(name, room)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all(fonts.width(line, faces.BOLD, size) <= room for line in lines)
    pdf, _made = written([card(name=name, photo=picture() if photo else None)], single=True)
    assert name.split()[-1] in text(pdf)
    assert [code for code, *_ in read(pdf)] == ["M0001"]


def test_one_word_of_120_letters_is_broken_not_lost():
    _size, lines = name_lines("W" * 60 + "i" * 60, 160)
    assert len(lines) <= 3
    assert all(fonts.width(line, faces.BOLD, 6.2) <= 160 for line in lines)


def test_a_staff_number_of_18_figures_fits():
    pdf, made = written([card(number="198704122010012005", photo=picture())], single=True)
    assert made.warnings == ()
    assert [code for code, *_ in read(pdf)] == ["198704122010012005"]


def test_a_code_without_bars_is_told_and_stands_as_text():
    pdf, made = written([card(number="ÉÉ1")], single=True)
    assert len(made.warnings) == 1
    assert "ÉÉ1" in text(pdf)


def test_ward_cards_are_a6():
    ward = card(7, "Ruang Perinatologi dan Anak Terpadu", number="W-PERI", kind="place")
    pdf, made = written([ward], write_ward_cards)
    assert made.pages == 1
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (float(page.width) / MM, float(page.height) / MM) == pytest.approx(A6, abs=0.1)
    assert [code for code, *_ in read(pdf)] == ["W-PERI"]
    assert pdf_of([ward], HOUSE)[:4] == b"%PDF"
    assert len(pypdf.PdfReader(io.BytesIO(pdf_of([ward, card()], HOUSE))).pages) == 2
