"""Titles and copies: numbers, doubles, undo, and MARC that stays whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from database.catalogue import known, titles
from database.description import callnumber, isbn, marc, marc_form
from database.holdings import item_list, items
from database.holdings.item_facts import ItemFacts
from database.policy import numbering, settings
from database.refusal import Reason, Refusal
from tests.libraries import NOW
from tests.undoing import take_back_last


def make(session, **values):
    return titles.add_biblio(session, marc_form.apply(marc.Record(), values), NOW)


def test_first_book_by_hand(library):
    with library.transaction() as session:
        number = make(
            session,
            isbn="9786020000015",
            title="Buku Ajar Ilmu Penyakit Dalam",
            main_author="Setiati, Siti",
            classification="616",
            year="2014",
        )
        items.add_items(session, number, ItemFacts(source="gift", ownership="gift"), 3, NOW)
    with library.reading() as session:
        copies = item_list.items_of(session, number)
    assert [one.barcode for one in copies] == ["B000001", "B000002", "B000003"]
    assert [one.accession_number for one in copies] == [f"000{n}/RSUD-BS/H/2027" for n in (1, 2, 3)]
    assert {one.call_number for one in copies} == {"616 SET b"}


def test_the_same_isbn_offers_a_copy_and_undo_keeps_its_number_used(library):
    with library.transaction() as session:
        number = make(session, isbn="9786020000015", title="Buku", classification="616")
        items.add_items(session, number, ItemFacts(), 3, NOW)
    with library.transaction() as session:
        assert known.same_isbn(session, "9786020000015") == (number, "Buku", 3)
        items.add_items(session, number, ItemFacts(), 1, NOW)
    with library.transaction() as session:
        take_back_last(session, NOW)
    with library.transaction() as session:
        assert len(item_list.items_of(session, number)) == 3
        items.add_items(session, number, ItemFacts(), 1, NOW)
    with library.reading() as session:
        last = item_list.items_of(session, number)[-1]
    assert (last.barcode, last.accession_number) == ("B000005", "0005/RSUD-BS/B/2027")


def test_numbers_are_never_given_twice(library):
    with library.transaction() as session:
        number = make(session, title="Buku")
        items.add_items(session, number, ItemFacts(barcode="lama-1"), 1, NOW)
    for facts, reason in (
        (ItemFacts(barcode="LAMA-1"), Reason.BARCODE_TAKEN),
        (ItemFacts(accession_number="0001/RSUD-BS/B/2027"), Reason.ACCESSION_TAKEN),
    ):
        with pytest.raises(Refusal) as told, library.transaction() as session:
            items.add_items(session, number, facts, 1, NOW)
        assert told.value.reason is reason
        assert told.value.facts["title"] == "Buku"


def test_a_title_is_needed(library):
    with pytest.raises(Refusal) as told, library.transaction() as session:
        make(session, main_author="Setiati, Siti")
    assert told.value.reason is Reason.TITLE_MISSING


def test_a_title_with_copies_is_not_struck(stocked):
    with stocked.reading() as session:
        number = item_list.items_by_barcode(session, ["B000001"])[0].biblio_id
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        titles.cancel_biblio(session, number, NOW)
    assert told.value.reason is Reason.TITLE_IN_USE


def test_a_copy_that_leaves_the_stock_cannot_be_out(stocked):
    from database.circulation import lending

    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
        row = item_list.items_by_barcode(session, ["B000001"])[0]
    facts = ItemFacts(barcode=row.barcode, accessioned_on=row.accessioned_on)
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        items.save_item(session, row.id, replace(facts, status="withdrawn"), NOW)
    assert told.value.reason is Reason.ITEM_ON_LOAN


def test_an_edit_is_undone_to_the_letter(library):
    with library.transaction() as session:
        number = make(session, title="Lama", classification="616")
        before, _ = titles.record_of(session, number)
    with library.transaction() as session:
        record, shelf = titles.record_of(session, number)
        titles.save_biblio(session, number, marc_form.apply(record, {"title": "Baru"}), NOW, shelf)
    with library.transaction() as session:
        take_back_last(session, NOW)
        after, _ = titles.record_of(session, number)
    assert after == before


def test_a_form_changes_only_what_it_shows():
    record = marc.Record(
        fields=[
            marc.Field("001", "x1"),
            marc.Field("020", None, "  ", [("a", "9786020000015 (jil. 1)"), ("c", "Rp 50.000")]),
            marc.Field("100", None, "0 ", [("a", "Hamka,"), ("d", "1908-1981")]),
            marc.Field(
                "245", None, "14", [("a", "Judul :"), ("b", "anak judul /"), ("c", "Hamka.")]
            ),
            marc.Field("260", None, "  ", [("a", "Jakarta :"), ("b", "EGC,"), ("c", "2019")]),
            marc.Field("990", None, "  ", [("a", "0001/LP/16")]),
        ]
    )
    shown = marc_form.values(record)
    assert (shown["title"], shown["subtitle"], shown["publisher"]) == ("Judul", "anak judul", "EGC")
    assert marc_form.apply(record, shown) == record
    changed = marc_form.apply(record, {**shown, "publisher": "Salemba", "edition": "Ed. 2"})
    assert changed.fields[-2].subfields == [("a", "Jakarta :"), ("b", "Salemba,"), ("c", "2019")]
    assert [one.tag for one in changed.fields] == ["001", "020", "100", "245", "250", "260", "990"]
    assert changed.fields[1] == record.fields[1]


def test_repeated_fields_keep_those_that_stay():
    record = marc.Record(
        fields=[
            marc.Field("650", None, "12", [("a", "Kehamilan"), ("x", "komplikasi")]),
            marc.Field("650", None, " 4", [("a", "HIV")]),
        ]
    )
    changed = marc_form.apply(record, {"subjects": "Kehamilan\nTuberkulosis"})
    assert [one.subfields for one in changed.fields] == [
        [("a", "Kehamilan"), ("x", "komplikasi")],
        [("a", "Tuberkulosis")],
    ]


@pytest.mark.parametrize(
    ("classification", "heading", "title", "made"),
    [
        ("616", "Setiati, Siti", "Buku ajar", "616 SET b"),
        ("", "Setiati, Siti", "Buku ajar", ""),
        ("WB 105.5", "de Jong, Wim", "Bedah", "WB 105.5 DEJ b"),
        ("899.221 3", "", "Laskar Pelangi", "899.221 3 LAS l"),
        ("2X1.3", "Ma'ruf", "Fikih", "2X1.3 MAR f"),
    ],
)
def test_call_numbers(classification, heading, title, made):
    assert callnumber.make(classification, heading, title) == made


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("R 610.3 DOR k", ("R", "610.3", "DOR", "k")),
        ("616.994 49 SET b", ("", "616.994 49", "SET", "b")),
        ("WB 105 SET b", ("", "WB 105", "SET", "b")),
        ("KTI 610.73 RAH h", ("KTI", "610.73", "RAH", "h")),
        ("rak bawah", ("", "rak bawah", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_call_numbers_taken_apart_for_the_label(typed, parts):
    found = callnumber.take_apart(typed)
    assert (found.prefix, found.classification, found.letters, found.title_letter) == parts


@pytest.mark.parametrize(
    ("classification", "group"),
    [("616.12", "616"), ("610", "610"), ("R 610.3", "610"), ("899.221 3", "800"), ("2X1", "200"),
     ("WB 105", "610"), ("", ""), ("abc", ""), ("519.5", "500")],
)  # fmt: skip
def test_class_groups(classification, group):
    assert callnumber.class_group(classification) == group


def test_patterns_write_and_read_numbers():
    facts = {"year": "2027", "source": "H", "library": "RSUD-BS"}
    pattern = "{seq:4}/{library}/{source}/{year}"
    assert numbering.write(pattern, 12, facts) == "0012/RSUD-BS/H/2027"
    assert numbering.write(pattern, 12, {"year": "2027", "source": "H"}) == "0012/H/2027"
    assert numbering.sequence_in("B{seq:6}", "b000123") == 123
    assert numbering.sequence_in("B{seq:6}", "X000123") is None
    for bad in ("", "abc", "{year}", "{seq", "{seq}{other}"):
        with pytest.raises(Refusal):
            numbering.check(bad)


def test_settings_keep_what_differs_from_the_default(library):
    with library.transaction() as session:
        settings.put(session, settings.BARCODE_PATTERN, "RS{seq:8}")
        settings.put(session, settings.UNDO_DAYS, 3)
    with library.reading() as session:
        assert settings.get(session, settings.BARCODE_PATTERN) == "RS{seq:8}"
        assert settings.get(session, settings.UNDO_DAYS) == 3
        assert settings.get(session, settings.PATRON_PATTERN) == "M{seq:4}"


@pytest.mark.parametrize(
    ("typed", "canonical", "shown", "country"),
    [
        ("9786020000015", "9786020000015", "978-602-00-0001-5", "Indonesia"),
        ("979-403-055-4", "9789794030554", "978-979-403-055-4", "Indonesia"),
        ("9786340000009", "9786340000009", "978-634-00-0000-9", "Indonesia"),
        ("978-602-00-0001-6", "", "978-602-00-0001-6", ""),
        ("978-602-00-0001-5 (no.jil.lengkap)", "9786020000015", "978-602-00-0001-5", "Indonesia"),
        (
            "ISBN 9786020000015 jil. 1 : Rp 50.000",
            "9786020000015",
            "978-602-00-0001-5",
            "Indonesia",
        ),
        ("979-403-055-4 jil. 2, 979-403-056-2", "9789794030554", "978-979-403-055-4", "Indonesia"),
        ("979-10-90636-07-1", "9791090636071", "979-10-90636-07-1", "France"),
        ("0-8044-2957-X", "9780804429573", "978-0-8044-2957-3", "English language"),
        ("Rp 50.000", "", "Rp 50.000", ""),
        ("tanpa ISBN", "", "tanpa ISBN", ""),
        ("", "", "", ""),
    ],
)
def test_isbns(typed, canonical, shown, country):
    found = isbn.describe(typed)
    assert (found.canonical, found.shown, found.country) == (canonical, shown, country)


def test_no_hyphenation_is_ever_malformed():
    for number in range(9786230000000, 9786239999999, 99_991):
        found = isbn.describe(str(number)[:12] + _check_digit(str(number)[:12]))
        assert "--" not in found.shown
        assert found.shown.replace("-", "") == found.canonical


def _check_digit(first):
    total = sum(int(n) * w for n, w in zip(first, (1, 3) * 6, strict=True))
    return str((10 - total % 10) % 10)
