from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdf
import pytest

from database.reports.figures import Indicators
from database.reports.period_annex import Annex, Standing
from database.reports.tables.class_loans import ClassLoans
from database.reports.tables.monthly import MonthLine
from database.reports.tables.top_titles import TitleLoans
from desktop.pages.drawing.paper import paper_size
from desktop.pages.report.monthly_report import _compared, report_name
from desktop.pages.report.narrative import draft
from desktop.pages.report.parts import Behind, Cover
from desktop.words import language
from tests.pages.examples import GROUPS, LETTERHEAD, SIGNED_BY, empty_month, month, report

HTML = 'Obat <b>& "makanan"</b> <para>&amp;'


@pytest.fixture(autouse=True)
def _english():
    language.use("en")


def pages(pdf: bytes) -> list[str]:
    """The text of each page with all white space squeezed to one blank."""
    return [" ".join(p.extract_text().split()) for p in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text(made, **changes) -> str:
    return " ".join(pages(report(made, **changes)))


def test_the_first_page_has_the_head_the_tiles_and_the_chart():
    first = pages(report(month()))[0]
    for words in LETTERHEAD.lines:
        assert words in first
    assert "MONTHLY LIBRARY REPORT OCTOBER 2026" in first
    assert "1,284 Visits Sep 2026: 1,178 (+9.0 %) Oct 2025: 1,102 (+16.5 %)" in first
    assert "4,812 / 6,377 Titles / copies Sep 2026: 4,754 / 6,303 (+58 / +74)" in first
    assert "Figure 1. Visits and loans, 12 months" in first
    assert "Kepala Dinas Perpustakaan dan Kearsipan Kota Metro" in first


def test_every_table_and_its_definition_is_there():
    whole = text(month())
    for name in ("1", "2", "3", "4", "5a", "5b", "5c"):
        assert f"Table {name}." in whole
    assert "a renewal is not counted as a new loan" in whole
    assert "groups are counted per person" in whole
    assert "Copies at the start + added − removed = copies at the end" in whole
    assert "Average per open day: 47.6. Busiest hour: 09:00–10:00." in whole
    assert "616 Diseases, internal medicine" in whole
    assert "Does not balance" not in whole


def test_pages_are_numbered_and_named():
    made = pages(report(month()))
    assert 3 <= len(made) <= 6
    for number, page in enumerate(made, start=1):
        assert f"Page {number} of {len(made)}" in page
        assert "Library-Report-RSUDAY-2026-10" in page


def test_signatures_stand_together_on_the_last_page():
    last = pages(report(month()))[-1]
    for words in ("Acknowledged by,", "Metro, 2 November 2026"):
        assert words in last
    for who in SIGNED_BY:
        assert who.role in last
        assert who.name in last
        assert f"NIP {who.nip}" in last


def test_names_not_yet_known_are_dots_to_write_on():
    last = pages(report(month(), signatures=tuple(replace(s, name="", nip="") for s in SIGNED_BY)))[
        -1
    ]
    assert "...................." in last


@pytest.mark.parametrize(
    ("then", "shown"),
    [
        (None, "Sep 2026: nothing to compare"),
        (0, "Sep 2026: 0 (+50)"),
        (50, "Sep 2026: 50 (unchanged)"),
        (40, "Sep 2026: 40 (+25.0 %)"),
        (29, "Sep 2026: 29 (+21)"),
        (100, "Sep 2026: 100 (−50.0 %)"),
    ],
)
def test_a_change_is_never_a_percentage_of_nothing(then, shown):
    assert _compared("Sep 2026", 50, then) == shown


def test_a_library_without_data_gets_a_report_that_says_so():
    whole = text(empty_month())
    assert whole.count("Nil.") >= 8
    assert whole.count("nothing to compare") >= 10
    assert "inf" not in whole.lower().split()
    assert "(+0" not in whole


def test_every_table_of_the_form_is_there_with_nil_and_why():
    made = empty_month().having(wards=None, clinical=None, activities=(), deposits=())
    whole = text(made)
    for number in ("1", "2", "3", "4", "5a", "5b", "5c", "6", "7", "8", "9", "10"):
        assert f"Table {number}." in whole, number
    assert "Table 6. Services for patients Nil. No round with the trolley" in whole
    assert "Table 8. Activities and cooperation Nil. No activity was held" in whole
    assert "Table 10. Deposits of the dinas Nil. The library has no deposit" in whole


def test_a_period_under_way_says_up_to_when_and_is_a_draft():
    made = text(month(until="2026-10-14"), draft=True)
    assert "up to 14 October 2026; the period is not over" in made
    assert made.count("DRAFT") >= 3
    assert "Copies still lent on 14 October 2026" in made
    words = draft(month(until="2026-10-14"))["narrative"]
    assert "Up to 14 October 2026 visits numbered 1,284; the period is not over." in words


def test_no_sentence_begins_with_a_figure_or_has_an_arrow():
    for made in (month(), empty_month(), month(until="2026-10-14")):
        for spoken in ("id", "en"):
            language.use(spoken)
            for part in draft(made).values():
                assert "→" not in part
                for sentence in re.split(r"(?<=[.]) |\n", part):
                    assert not sentence[:1].isdigit(), sentence


def test_marks_in_data_are_shown_and_not_obeyed():
    made = month(
        categories={code: f"{HTML} {code}" for code in month().categories},
        top_titles=(TitleLoans(HTML, 3),),
    )
    signed = tuple(replace(one, name=HTML, role=HTML) for one in SIGNED_BY)
    head = replace(LETTERHEAD, lines=(HTML, HTML, HTML, HTML))
    whole = text(made, signatures=signed, letterhead=head, recipient=HTML, place=HTML)
    assert whole.count(HTML) >= 8


def test_a_title_of_300_letters_and_ten_more_do_not_break_the_page():
    long = "Penatalaksanaan " * 19
    made = month(top_titles=tuple(TitleLoans(f"{n} {long}", 9) for n in range(10)))
    whole = text(made)
    assert whole.count("…") == 10
    assert "9 Penatalaksanaan" in whole


def test_a_single_endless_word_is_cut():
    assert "…" in text(month(top_titles=(TitleLoans("A" * 400, 1),)))


@pytest.mark.parametrize("count", [1, 7, 12, 25])
def test_many_categories_still_fit(count):
    names = {f"c{n}": f"Mahasiswa kebidanan {n}" for n in range(count)}
    loans = tuple(ClassLoans(group, tuple(range(count)), sum(range(count))) for group in GROUPS)
    made = month(categories=names, class_loans=loans, circulation=(), membership=())
    pdf = report(made)
    whole = " ".join(pages(pdf))
    for name in names.values():
        assert name in whole
    marks = [one.title for one in pypdf.PdfReader(io.BytesIO(pdf)).outline]
    begun = [one for one in marks if one.startswith("Table 5b. ")]
    assert len(begun) == -(-count // 7)
    assert all(one.endswith("(continued)") for one in begun[1:])
    assert "(continued) (continued)" not in whole


def test_february_has_four_weeks():
    whole = text(month(month="2027-02"))
    assert "Days 22–28" in whole
    assert "Days 29" not in whole


def test_a_row_that_does_not_add_up_is_named():
    rows = month().tables["collection"]
    broken = (replace(rows[0], end=rows[0].end + 1), *rows[1:])
    assert "Does not balance: Book, Hospital" in text(month(collection=broken))


def test_a_draft_says_so_on_every_page():
    for page in pages(report(month(), draft=True)):
        assert "DRAFT" in page
        assert "2026-10 · draft" in page


def test_fonts_are_embedded_and_the_file_says_what_it_is():
    reader = pypdf.PdfReader(io.BytesIO(report(month())))
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    assert reader.metadata.title == "Monthly library report, October 2026"
    assert "RSUD JENDERAL AHMAD YANI" in reader.metadata.author
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx(
        [595.28, 841.89], abs=0.1
    )


def test_a_logo_that_is_no_picture_leaves_its_place_empty():
    head = replace(LETTERHEAD, logo_left=b"not a picture", logo_right=b"")
    assert LETTERHEAD.lines[1] in text(month(), letterhead=head)


@pytest.mark.parametrize(
    "lines", [(), ("PERPUSTAKAAN",), ("A", "B"), ("A", "", "C", "D", "E", "F")]
)
def test_any_number_of_head_lines_will_do(lines):
    first = pages(report(month(), letterhead=replace(LETTERHEAD, lines=lines)))[0]
    assert all(line in first for line in lines)


def test_indonesian_figures_and_dates():
    language.use("id")
    made = report(month())
    language.use("en")
    whole = " ".join(pages(made))
    assert "1.284" in whole
    assert "(+9,0 %)" in whole
    assert "OKTOBER 2026" in whole
    assert "2 November 2026" in whole
    assert pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/Lang"] == "id"


def test_the_file_is_named_after_library_and_month():
    assert report_name("RSUDBS", "2027-01") == "Library-Report-RSUDBS-2027-01"


def whole_report(made, **changes):
    """With everything that stands behind the figures."""
    standing = Standing(
        "Jumlah judul", "collection", "", "titles", ">=", 807, 1000.0, False, True, 193.0
    )
    unsure = replace(standing, name="Luas ruang", unit="square_metres", met=None, verified=False)
    cover = Cover(
        "Kepala Dinas Perpustakaan Kota Metro",
        "Perpustakaan RSUD",
        "October 2026",
        SIGNED_BY[:1],
        "number 012/PKS/2025 of 19 October 2025",
        ("Director",),
    )
    words = {"narrative": "Visits rose.", "problems": HTML, "plans": "Buy shelves."}
    behind = Behind(cover, words, Annex("Perpusnas 7/2022", (standing, unsure)))
    return report(made, behind=behind, **changes)


FOUND = Indicators(47.555, 1.95, 0.064, None, 50.0, 254.0, 11.6, None, 0.0)


def test_the_whole_report_stands_in_the_order_of_the_dinas():
    made = whole_report(month(indicators=FOUND))
    whole = " ".join(pages(made))
    order = (
        "Number", "About", "agreement number 012/PKS/2025", "MONTHLY LIBRARY REPORT",
        "Visits rose.", "Table 1.", "Table 5c.", "Loans per active borrower", "Jumlah judul",
        "Table 11. Problems", "Buy shelves.", "Acknowledged by,",
    )  # fmt: skip
    places = [whole.index(words) for words in order]
    assert places == sorted(places)
    assert HTML in whole
    assert "193 titles short" in whole
    # A number that nobody has confirmed never leaves the house.
    assert "1,000 titles" in whole
    assert whole.count("≥") == 1
    assert "Titles of the last five years" in whole
    assert whole.count("no data yet") == 2


def test_the_cover_letter_is_a_page_of_its_own():
    first, second = pages(whole_report(month()))[:2]
    assert "Copies to: 1. Director" in first
    assert "MONTHLY LIBRARY REPORT" not in first
    assert "MONTHLY LIBRARY REPORT" in second


def test_it_stands_on_folio_too():
    with paper_size("f4"):
        made = whole_report(month())
    side = pypdf.PdfReader(io.BytesIO(made)).pages[0].mediabox
    assert [round(float(one) / 72 * 25.4) for one in side[2:]] == [215, 330]


def test_a_quarter_and_a_year_have_their_own_words():
    line = MonthLine("2026-10", 1, 2, 3, 4, 5, 6, 7)
    made = month(month="2026-Q4", monthly=(line,), visit_rows=())
    whole = text(made)
    assert "QUARTERLY LIBRARY REPORT QUARTER IV 2026" in whole
    assert "Qtr III 2026: 1,178 (+9.0 %)" in whole
    assert "Month by month" in whole
    whole = text(month(month="2026", visit_rows=()))
    assert "YEARLY LIBRARY REPORT YEAR 2026" in whole
    assert "2025: 1,178 (+9.0 %)" in whole
    assert "2025: 1,102" not in whole


def test_copies_that_break_table_1_are_named():
    whole = text(month(unbalanced=("B000012", "B000013")))
    assert "contradict each other: B000012, B000013" in whole


def test_the_words_come_from_the_figures():
    words = draft(month())
    assert "Visits rose from 1,178 in September 2026 to 1,284, by 9.0 %." in words["narrative"]
    assert "That is 16.5 % more than the 1,102 of October 2025." in words["narrative"]
    assert words["problems"] == "No problems were recorded."


def test_nothing_to_compare_with_is_said_in_words():
    words = draft(empty_month())["narrative"]
    assert "No visit was counted in October 2026." in words
    assert "Nothing was lent in October 2026." in words
    assert "%" not in words
    from_nought = replace(month(), visits=replace(month().visits, last_month=0, last_year=0))
    told = draft(from_nought)["narrative"]
    assert "Visits rose from 0 in September 2026 to 1,284. Most visitors" in told
