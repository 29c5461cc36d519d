from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest

from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.slips.slip import Slip, SlipItem, write_slip
from desktop.words import language
from tests.pages.examples import TITLE

SLIP = Slip(
    ("PERPUSTAKAAN RSUD A. YANI", "Metro"),
    datetime(2026, 11, 23, 2, 42, tzinfo=UTC),
    "Ns. Rina W. <b>&",
    tuple(SlipItem(f"{TITLE} {n}", f"RS0000401{n}", date(2026, 12, 7)) for n in range(3)),
    "Terima kasih",
)


@pytest.fixture(autouse=True)
def _english():
    language.use("en")


def printed(slip: Slip, width: int = 58):
    target = io.BytesIO()
    write_slip(target, slip, width)
    (page,) = pypdf.PdfReader(target).pages
    return page, " ".join(page.extract_text().split())


@pytest.mark.parametrize("width", [58, 80])
def test_the_page_is_as_wide_as_the_roll_and_all_is_on_it(width):
    page, text = printed(SLIP, width)
    assert float(page.mediabox.width) == pytest.approx(width * MM, abs=0.1)
    assert text.count("7 December 2026") == 1
    for words in (*SLIP.library, "Ns. Rina W. <b>&", "RS00004012", "Terima kasih", "Return by"):
        assert words in text


def test_different_due_dates_stand_with_their_titles():
    items = (*SLIP.items, replace(SLIP.items[0], due=date(2026, 12, 9)))
    _, text = printed(replace(SLIP, items=items))
    assert text.count("by 7 Dec 2026") == 3
    assert text.count("by 9 Dec 2026") == 1
    assert "Return by" not in text


def test_more_titles_make_a_longer_page():
    short, _ = printed(SLIP)
    long, text = printed(replace(SLIP, items=SLIP.items * 10))
    assert long.mediabox.height > short.mediabox.height
    assert text.count("RS00004012") == 10


def test_a_slip_may_be_almost_empty():
    _, text = printed(Slip((), SLIP.moment, "", ()))
    assert "2026" in text


def test_a_patient_s_slip_tells_how_many_and_no_title():
    items = tuple(replace(item, title="") for item in SLIP.items)
    _page, text = printed(replace(SLIP, items=items))
    assert "3 books" in text
    assert TITLE.split()[0] not in text
    assert SLIP.items[0].code in text
