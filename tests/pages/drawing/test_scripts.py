"""Names in any script: joined, in their order, never boxes; their fonts embedded."""

from __future__ import annotations

import io

import pypdf
import pytest

from desktop.pages.drawing import faces
from desktop.pages.drawing.faces import REGULAR
from desktop.pages.drawing.paper import paragraph, write_paper
from desktop.pages.drawing.roll import Row, write_roll
from desktop.pages.drawing.scripts import drawn

ARABIC = "محمد الرحمن"


@pytest.mark.parametrize(
    "text", ["Siti Aminah", "José Łukasz Đặng", "Иван", "Σωκράτης", "", "Ṣāliḥ — “a” · 1.250"]
)
def test_what_the_fonts_hold_stays_as_it_is(text):
    assert drawn(text) == text


def test_arabic_is_joined_and_runs_from_right_to_left():
    turned = drawn(ARABIC)
    assert turned[-1] == "\ufee3"  # meem at the beginning of a word, drawn last
    assert all(0xFE70 <= ord(sign) <= 0xFEFC for sign in turned if sign != " ")


def test_brackets_look_the_right_way_and_figures_keep_theirs():
    assert drawn(f"{ARABIC} (12)").startswith("(12) ")
    assert "(12)" in drawn(f"Buku {ARABIC} (12)")
    assert drawn(f"Buku (12) {ARABIC}").startswith("Buku (12)")


@pytest.mark.parametrize(
    ("text", "romanised"), [("王小明", "Wang Xiao Ming"), ("สมชาย", "smch ay"), ("김", "Gim")]
)
def test_what_no_font_holds_is_romanised(text, romanised):
    assert drawn(text).strip() == romanised


@pytest.mark.parametrize("text", [ARABIC, "王小明", "ꦗꦮ", "पुस्तक", "Đặng", "😀 buku"])
def test_every_letter_drawn_has_a_glyph(text):
    faces.register()
    from reportlab.pdfbase.pdfmetrics import getFont

    for name in (faces.REGULAR, faces.BOLD, faces.SEMIBOLD, faces.ITALIC):
        face = getFont(name).face
        assert all(ord(sign) in face.charToGlyph for sign in drawn(text))


@pytest.mark.parametrize("text", [ARABIC, "王小明", "Đặng"])
def test_paper_and_roll_draw_it_once(text):
    for write in (_paper, _roll):
        target = io.BytesIO()
        write(target, text)
        page = pypdf.PdfReader(target).pages[0]
        shown = drawn(text).strip()
        # What reads a PDF turns right-to-left text back: turned twice it would read backwards.
        assert (shown[::-1] if text is ARABIC else shown) in page.extract_text()


def _paper(target, text):
    write_paper(target, [paragraph(text)], title="T", author="A", subject="S", file_name="f")


def _roll(target, text):
    write_roll(target, lambda _room: [Row(text, "", REGULAR, 9)], 80, "T", "A")
