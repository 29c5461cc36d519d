"""Lists to work through, on both engines, and their way into a spreadsheet."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest

from database.catalogue import titles as catalogue
from database.catalogue import worklists
from database.catalogue.worklists import Asked
from database.description import marc, marc_form
from database.exchange import found, sheet
from database.holdings import item_facts, items
from tests.libraries import NOW

ASKED = Asked(NOW.date(), "2027-01")


def add(session, title, when=NOW, review="", **values):
    record = marc_form.apply(marc.Record(), {"title": title, **values})
    if review:
        record.fields.append(marc.Field("583", None, "  ", [("a", "review"), ("c", review)]))
    return catalogue.add_biblio(session, record, when)


@pytest.fixture
def filled(library):
    with library.transaction() as session:
        whole = {"main_author": "Setiati, Siti", "subjects": "Gizi"}
        add(session, "Ada", year="2021", classification="616", isbn="9786020000015", **whole)
        add(session, "Batas", year="2022", nlm="WB 100", isbn="978602000001", **whole)
        add(session, "Cacat", NOW - timedelta(days=40), isbn="9786020000016", subjects="Gizi")
        add(session, "Dobel", classification="899", year="1990", **whole)
        add(session, "DOBEL!", classification="899", **whole)
        add(session, "Enam", isbn="9786020000015", classification="2X1", main_author="Lain")
        add(session, "Panduan", review="20270411", classification="616", subjects="Nyeri")
        add(session, "Panduan lama", review="20200101", classification="616", subjects="Nyeri")
        add(session, "Panduan baru", review="20270412", classification="616", subjects="Nyeri")
        items.add_items(session, 1, item_facts.ItemFacts(), 1, NOW)
        items.add_items(session, 2, item_facts.ItemFacts(status="lost"), 1, NOW)
        gone = add(session, "Hilang")
        catalogue.cancel_biblio(session, gone, NOW)
    return library


@pytest.mark.parametrize(
    ("which", "asked", "titles"),
    [
        ("new", Asked(NOW.date(), "2026-12"), ["Cacat"]),
        ("new", Asked(NOW.date(), "2026-11"), []),
        ("unclassed", ASKED, ["Cacat"]),
        ("no_subject", ASKED, ["Enam"]),
        ("isbn", ASKED, ["Batas", "Cacat"]),
        ("old", ASKED, ["Ada"]),
        ("old", Asked(NOW.date(), "2027-01", 4), ["Ada", "Batas"]),
        ("old", Asked(NOW.date(), "2027-01", 6), []),
        ("review", ASKED, ["Panduan lama", "Panduan"]),
        ("doubles", ASKED, ["Ada", "Dobel", "DOBEL!", "Enam"]),
    ],
)
def test_each_list_has_what_it_says(filled, which, asked, titles):
    with filled.reading() as session:
        rows = worklists.rows(session, which, asked)
        assert [row.title for row in rows] == titles
        assert worklists.count(session, which, asked) == len(titles)
        assert worklists.rows(session, which, asked, 1) == rows[:1]


def test_titles_without_copies_and_all_counts(filled):
    with filled.reading() as session:
        rows = worklists.rows(session, "no_copies", ASKED)
        assert "Ada" not in {row.title for row in rows}
        assert "Batas" in {row.title for row in rows}
        counts = worklists.counts(session, ASKED)
        assert list(counts) == list(worklists.LISTS)
        assert counts["new"] == 8
        assert counts["no_copies"] == len(rows) == 8


def test_new_titles_stand_in_shelf_order(filled):
    with filled.reading() as session:
        rows = worklists.rows(session, "new", ASKED)
        assert [row.title for row in rows[:2]] == ["Enam", "Panduan"]
        assert rows[-1].title == "Batas"


def test_an_empty_library_has_empty_lists(library):
    with library.reading() as session:
        assert set(worklists.counts(session, ASKED).values()) == {0}


def test_a_csv_opens_as_columns_where_the_list_sign_is_a_semicolon(tmp_path):
    where = tmp_path / "angka.csv"
    rows = [("Buku; jilid 2", 1250, 3.5), ('Kata "kutip"', None, -0.25)]
    sheet.write_csv(where, ("Judul", "Jumlah", "Rata-rata"), rows)
    text = where.read_bytes()
    assert text.startswith(b"\xef\xbb\xbfJudul;Jumlah;Rata-rata\r\n")
    assert text.decode("utf-8-sig").splitlines()[1:] == [
        '"Buku; jilid 2";1250;3,5',
        '"Kata ""kutip""";;-0,25',
    ]
    sheet.write_csv(where, ("a", "b"), [("x", 1.5)], sheet.Signs(",", "."))
    assert where.read_text("utf-8-sig").splitlines() == ["a,b", "x,1.5"]
    table = next(iter(found.of_file(where).sheets(where)))
    assert table.rows == [["a", "b"], ["x", "1.5"]]


@pytest.mark.parametrize(
    ("separator", "decimal", "wanted"),
    [
        (",", ".", sheet.Signs(",", ".")),
        (";", ",", sheet.INDONESIAN),
        (",", ",", sheet.INDONESIAN),
        ("", "", sheet.INDONESIAN),
    ],
)
def test_the_signs_of_a_region_always_tell_columns_apart(separator, decimal, wanted):
    assert sheet.signs_of(separator, decimal) == wanted


def test_a_spreadsheet_gets_no_formulas(tmp_path):
    where = tmp_path / "daftar.csv"
    sheet.write_csv(where, ("Judul", "Tahun"), [("=1+1", 2021), ("@x", None), ("-", -1), ("é,", 0)])
    with where.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream, delimiter=";")) == [
            ["Judul", "Tahun"],
            ["'=1+1", "2021"],
            ["'@x", ""],
            ["'-", "-1"],
            ["é,", "0"],
        ]
