"""Every paper written from a library's own data: read back, in both languages and sizes."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from database.demo import demo
from database.holdings import accessions, item_facts, item_list, items, stocktake, weeding
from database.holdings.stock_balance import Scope
from database.library import Library
from database.policy import paper_words
from desktop.commands import run
from desktop.pages.cards import book_papers, catalogue_cards
from desktop.pages.drawing.paper import SIZES, paper_size
from desktop.pages.drawing.words import day_in_words, number_in_words
from desktop.papers import PAPERS
from desktop.words import language, wording
from tests.libraries import NOW

OWN_SIZE = {"labels", "label-test", "member-cards", "ward-cards"}


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """The demo library after a stocktake and a weeding."""
    path = tmp_path_factory.mktemp("papers") / "demo.db"
    demo.build(path, NOW)
    library = Library.open(path)
    with library.transaction() as session:
        number = stocktake.start(session, "Stok <b>2027", Scope(), NOW)
        stocktake.close(session, number, "BA 001/2027", NOW)
    with library.transaction() as session:
        number = weeding.start(session, "Penyiangan", NOW)
        weeding.close(session, number, "BA 002/2027", NOW)
    yield library
    library.close()


def written(library, name):
    target = BytesIO()
    with library.reading() as session:
        PAPERS[name].write(target, session, NOW)
    return PdfReader(target)


def text_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def fonts_of(page):
    found = page["/Resources"].get("/Font", {})
    return [one.get_object() for one in found.values()]


def embedded(font):
    inner = font.get("/DescendantFonts", [font])[0].get_object()
    return any(key.startswith("/FontFile") for key in inner["/FontDescriptor"])


@pytest.mark.parametrize("spoken", ["id", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_has_text_metadata_and_its_fonts(lived_in, name, spoken):
    language.use(spoken)
    reader = written(lived_in, name)
    assert len(reader.pages[0].extract_text().strip()) > 20
    assert reader.metadata.title
    assert reader.metadata.author
    assert reader.trailer["/Root"]["/Lang"] == spoken
    used = [font for page in reader.pages[:2] for font in fonts_of(page)]
    assert used
    assert all(embedded(font) for font in used)


def test_an_empty_library_writes_every_paper(library):
    for name in PAPERS:
        assert len(text_of(written(library, name))) > 20, name


def test_f4_is_f4(library):
    wanted = pytest.approx(sorted(SIZES["f4"]), abs=0.1)
    for name in set(PAPERS) - OWN_SIZE:
        with paper_size("f4"):
            reader = written(library, name)
        assert sorted(map(float, reader.pages[0].mediabox[2:])) == wanted, name


def test_the_register_strikes_what_was_cancelled_and_sums_each_page(stocked):
    language.use("en")
    with stocked.reading() as session:
        every = item_list.items_to_label(session, only_new=False)
    whole = written(stocked, "accession-register").pages[0].get_contents().get_data()
    with stocked.transaction() as session:
        items.cancel_item(session, every[0].id, NOW)
    with stocked.reading() as session:
        lines = accessions.lines(session)
    assert [one.barcode for one in lines if one.cancelled] == [every[0].barcode]
    reader = written(stocked, "accession-register")
    text = text_of(reader)
    assert every[0].barcode in text
    assert "cancelled" in text
    assert f"This page: {len(every) - 1} copies" in text
    struck = reader.pages[0].get_contents().get_data()
    assert struck.count(b" l S") == whole.count(b" l S") + 1


def test_numbers_stand_by_year_then_by_number(stocked):
    with stocked.transaction() as session:
        first = item_list.items_to_label(session, only_new=False)[0]
        for number, year in (("10/X", 2026), ("9/X", 2026), ("1/X", 2027)):
            facts = item_facts.ItemFacts(
                accession_number=number, accessioned_on=NOW.date().replace(year=year)
            )
            items.add_items(session, first.biblio_id, facts, 1, NOW)
    with stocked.reading() as session:
        ours = [one.number for one in accessions.lines(session) if one.number.endswith("/X")]
    assert ours == ["9/X", "10/X", "1/X"]


def test_minutes_say_the_day_in_words_and_take_three_signatures(lived_in):
    language.use("en")
    text = text_of(written(lived_in, "stocktake-minutes"))
    day = "On Monday, the eleventh of January two thousand and twenty-seven (11 January 2027)"
    for words in (
        day,
        "BA 001/2027",
        "Stok <b>2027",
        "Copies not found",
        "Carried out by,",
        "Acknowledged by,",
        "Pustakawan",
    ):
        assert words in text
    assert "No copy was withdrawn." in text_of(written(lived_in, "weeding-minutes"))


def test_a_day_in_indonesian_words():
    language.use("id")
    assert number_in_words(2027) == "dua ribu dua puluh tujuh"
    assert "sebelas" in day_in_words(NOW.date())


def test_the_poster_tells_the_rules_and_fits_on_a_page(lived_in):
    language.use("en")
    reader = written(lived_in, "loan-policies")
    text = text_of(reader)
    assert len(reader.pages) == 1
    for words in ("14 days", "Rp 500 a day", "Monday – Friday", "to be read here"):
        assert words in text


# --- the command


def ask(capsys, *arguments):
    code = run([*map(str, arguments), "--json"], lambda: NOW + timedelta(days=1))
    return code, json.loads(capsys.readouterr().out)


def test_the_command_lists_every_paper_without_a_library(capsys):
    code, told = ask(capsys, "papers", "--list", "--language", "en")
    assert code == 0
    assert [one["name"] for one in told["papers"]] == list(PAPERS)
    titles = {one["name"]: one["title"] for one in told["papers"]}
    assert titles["accession-register"] == "Accession register"


def test_the_command_writes_one_paper_or_all(capsys, prepared_file, tmp_path):
    where = tmp_path / "library.db"
    shutil.copy(prepared_file, where)
    known = ("--library", where, "--out", tmp_path / "out")
    code, told = ask(capsys, "papers", "loan-sheet", *known, "--paper", "f4")
    assert (code, told["papers"][0]["pages"]) == (0, 2)
    assert PdfReader(told["papers"][0]["file"]).pages[0].mediabox[2] == pytest.approx(935, abs=1)
    code, told = ask(capsys, "papers", "--all", *known)
    assert code == 0
    assert {one["name"] for one in told["papers"]} == set(PAPERS)
    for one in told["papers"]:
        assert len(PdfReader(one["file"]).pages) == one["pages"] >= 1


@pytest.mark.parametrize("wrong", [("nothing-such",), (), ("labels", "--all")])
def test_what_is_asked_wrongly_is_told(capsys, prepared_file, tmp_path, wrong):
    code, told = ask(capsys, "papers", *wrong, "--library", prepared_file, "--out", tmp_path)
    assert (code, told["error"]) == (2, "usage")


# --- the library's own words


def test_own_words_stand_on_the_paper_in_that_language_only(stocked):
    language.use("en")
    with stocked.transaction() as session:
        words = {"Loans made": "Lent while the power was off", "Initials": "Sign"}
        paper_words.put(session, "loan-sheet", "en", words, NOW)
    text = text_of(written(stocked, "loan-sheet")).lower()
    assert "lent while the power was off" in text
    assert "sign" in text
    assert "loans made" not in text
    assert "Initials" in text_of(written(stocked, "guest-book"))
    language.use("id")
    assert "lent while" not in text_of(written(stocked, "loan-sheet")).lower()


@pytest.mark.parametrize("name", sorted(set(PAPERS) - {"labels", "label-test"}))
def test_the_words_of_every_paper_are_known(lived_in, name):
    """What is heard while it is written, with what it may say another day."""
    language.use("id")
    target = BytesIO()
    with lived_in.reading() as session, wording.hearing() as heard:
        PAPERS[name].write(target, session, NOW)
    assert len(heard | wording.texts_of(PAPERS[name].wording)) > 0


def test_what_is_tried_is_seen_and_not_kept(stocked):
    language.use("en")
    with stocked.reading() as session, wording.hearing({"Loans made": "Tried"}):
        target = BytesIO()
        PAPERS["loan-sheet"].write(target, session, NOW)
    assert "tried" in text_of(PdfReader(target)).lower()
    assert "loans made" in text_of(written(stocked, "loan-sheet")).lower()


# --- what lives with a copy


def test_pockets_cards_and_slips_are_four_on_a_sheet_with_the_copys_facts(stocked):
    language.use("en")
    with stocked.reading() as session:
        rows = item_list.items_to_label(session, only_new=False)[:5]
        ids = [row.id for row in rows]
        for write in (
            book_papers.write_pockets,
            book_papers.write_book_cards,
            book_papers.write_due_slips,
        ):
            target = BytesIO()
            assert write(target, session, ids) == 2
            pages = PdfReader(target).pages
            assert len(pages) == 2
            first = " ".join(pages[0].extract_text().split())
            for row in rows[:4]:
                assert row.call_number in first
            assert rows[4].title.split()[0] in pages[1].extract_text()


def test_a_catalogue_card_is_one_a_title_with_all_its_copies(lived_in):
    language.use("en")
    with lived_in.reading() as session:
        rows = item_list.items_to_label(session, only_new=False)
        title = next(row.biblio_id for row in rows if row.copy_number > 1)
        copies = [row for row in rows if row.biblio_id == title]
        target = BytesIO()
        assert catalogue_cards.write(target, session, [row.id for row in copies]) == 1
    page = PdfReader(target).pages[0]
    text = " ".join(page.extract_text().split())
    assert float(page.mediabox.width) > float(page.mediabox.height)
    for row in copies:
        number = row.accession_number or row.barcode
        assert number in text
    assert copies[0].title.split()[0] in text
