"""A period's report out of a real library: of an empty one, of a year with its chapters, and of a
closed year for ever the same."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from sqlalchemy import update

from database.circulation import visits
from database.library import Library
from database.policy import house
from database.policy.house import ProfileFacts
from database.privacy import forgetting
from database.registers import registers
from database.reports import period_words, periods
from database.schema import Item
from desktop.pages.drawing.paper import paper_size
from desktop.pages.letters import profile_sheet
from desktop.pages.report import month
from desktop.words import language
from tests import closing
from tests.libraries import NOW

FEBRUARY_2028 = NOW + timedelta(days=400)


@pytest.fixture
def empty(prepared_file, tmp_path):
    path = tmp_path / "library.db"
    shutil.copy(prepared_file, path)
    opened = Library.open(path)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _indonesian():
    language.use("id")
    yield
    language.use("id")


def made(library, period, now=NOW, size="a4"):
    target = BytesIO()
    with library.reading() as session, paper_size(size):
        figures, closed = periods.month_of(session, period, now.date())
        month.write_month(target, session, figures, now.date(), closed)
    return pypdf.PdfReader(target)


def text_of(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize("size", ["a4", "f4"])
@pytest.mark.parametrize("spoken", ["id", "en"])
@pytest.mark.parametrize("period", ["2027-01", "2027-Q1", "2027"])
def test_an_empty_library_has_a_report(empty, period, spoken, size):
    language.use(spoken)
    reader = made(empty, period, size=size)
    words = text_of(reader)
    assert ("belum ada data" if spoken == "id" else "no data yet") in words
    assert "inf" not in words.split()
    assert "nan" not in words.split()
    assert "Acknowledged by," in words or "Mengetahui," in words
    box = reader.pages[0].mediabox
    assert abs(float(box.height) - (935.4 if size == "f4" else 841.9)) < 2


def test_a_year_has_chapters_that_can_be_written(empty):
    with empty.transaction() as session:
        facts = ProfileFacts(name="Perpustakaan X", hospital="RSUD Y", city="Z")
        house.save_profile(session, facts, NOW)
        visits.count_visit(session, "nurse", NOW, 3)
        visits.count_visit(session, "nurse", NOW + timedelta(days=40), 7)
        values = {"title": "Dongeng", "kind": "story_hour", "day": NOW.date()}
        registers.add(session, "activity", values, NOW)
        words = {"introduction": "Perpustakaan kami kecil.", "plans": "Membeli rak."}
        period_words.write(session, "2027", words, NOW)
    language.use("en")
    whole = text_of(made(empty, "2027", FEBRUARY_2028))
    order = ["I. Introduction", "Perpustakaan kami kecil.", "II. How the year went",
             "Most visits were made in February 2027 (7), fewest in January 2027 (3).",
             "III. Results", "Table 1.", "IV. Problems", "V. Plans", "Membeli rak.",
             "Acknowledged by,"]  # fmt: skip
    places = [whole.index(part) for part in order]
    assert places == sorted(places)
    assert "I. Introduction" not in text_of(made(empty, "2027-Q1", FEBRUARY_2028))
    with empty.reading() as session:
        figures, _closed = periods.month_of(session, "2027", FEBRUARY_2028.date())
        said = month.drafted(session, figures)
    assert "Perpustakaan X serves" in said["introduction"]
    assert "The library held 1 activity" in said["conduct"]
    assert "activity" not in said["narrative"]


def test_a_closed_year_prints_the_same_for_ever(empty):
    with empty.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 3)
        period_words.write(session, "2027", {"conduct": "Tahun yang ramai."}, NOW)
        closing.close(session, "2027", "1.0", FEBRUARY_2028)
    before = text_of(made(empty, "2027", FEBRUARY_2028))
    assert "Tahun yang ramai." in before
    with empty.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 9)
        period_words.write(session, "2027", {"conduct": "Lain."}, FEBRUARY_2028)
        values = {"title": "Dongeng", "kind": "story_hour", "day": NOW.date()}
        registers.add(session, "activity", values, NOW)
        session.execute(update(Item).values(class_group="700"))
    forgetting.run(empty, date(2033, 1, 1), FEBRUARY_2028)
    assert text_of(made(empty, "2027", FEBRUARY_2028)) == before


@pytest.mark.parametrize("size", ["a4", "f4"])
@pytest.mark.parametrize("spoken", ["id", "en"])
def test_the_profile_sheet_is_one_page_with_its_signatures(empty, spoken, size):
    language.use(spoken)
    with empty.transaction() as session:
        facts = ProfileFacts(
            name="Perpustakaan " + "Rumah Sakit Umum Daerah " * 2,
            hospital="RSUD " + "Sehat " * 8,
            city="Mandala",
            address="Jalan Kesehatan Raya Nomor 12, " * 3,
            phone="(0700) 555 012",
            email="perpustakaan@rsud.example",
        )
        house.save_profile(session, facts, NOW)
    target = BytesIO()
    with empty.reading() as session, paper_size(size):
        profile_sheet.write(target, session, NOW)
    (page,) = pypdf.PdfReader(target).pages
    assert "NIP" in page.extract_text()
