"""Kinds of material, roles, tags as text, templates, covers and many titles at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from database import undo
from database.catalogue import covers, many_titles, templates, title_changes, titles
from database.catalogue.title_changes import Change
from database.description import marc, marc_form, marc_text, materials
from database.description.marc_text import Problem, Row
from database.description.projection import project
from database.holdings import item_list, items
from database.holdings.item_facts import ItemFacts
from database.refusal import Reason, Refusal
from database.schema import Biblio
from tests.libraries import NOW
from tests.undoing import take_back_last

TODAY = date(2027, 1, 11)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def make(session, **values):
    return titles.add_biblio(session, marc_form.apply(marc.Record(), values), NOW)


def record_of(library, number):
    with library.reading() as session:
        return titles.record_of(session, number)[0]


# --- kinds


@pytest.mark.parametrize("kind", materials.KINDS)
def test_a_record_tells_the_kind_it_was_made(kind):
    record = marc_form.apply(marc.Record(), {"title": "Judul", "year": "2026", "language": "ind"})
    dressed = materials.dress(record, kind, TODAY)
    assert project(dressed).material == kind
    assert len(dressed.control("008")) == 40
    assert dressed.control("008")[:15] == "270111s2026    "
    assert dressed.control("008")[35:38] == "ind"
    assert materials.dress(dressed, kind, TODAY) == dressed


@pytest.mark.parametrize("kind", materials.KINDS)
@pytest.mark.parametrize("other", materials.KINDS)
def test_another_kind_keeps_what_was_typed(kind, other):
    values = {"title": "Judul", "degree": "KTI", "host": "Jurnal", "number": "445/1", "url": "x:y"}
    typed = marc_form.apply(marc.Record(), values)
    record = materials.dress(materials.dress(typed, kind, TODAY), other, TODAY)
    assert materials.kind_of(record) == other
    shown = marc_form.values(record)
    assert (shown["title"], shown["host"], shown["url"]) == ("Judul", "Jurnal", "x:y")
    assert "KTI" in (shown["degree"], shown["note"])


def test_a_leaflet_is_told_by_a_genre_from_elsewhere():
    record = marc.Record(fields=[marc.Field("655", None, " 7", [("a", "Pamphlets.")])])
    assert materials.kind_of(record) == "leaflet"
    assert materials.item_type("guideline") == "book"


def test_an_edit_keeps_year_and_language_of_008_true():
    record = materials.dress(marc_form.apply(marc.Record(), {"title": "J"}), "book", TODAY)
    changed = marc_form.apply(record, {"year": "2020", "language": "eng", "audience": "j"})
    fixed = changed.control("008")
    assert (fixed[6:11], fixed[22], fixed[35:38]) == ("s2020", "j", "eng")
    assert (project(changed).year, project(changed).language) == (2020, "eng")
    assert marc_form.values(changed)["audience"] == "j"


def test_a_day_of_review_and_a_number_go_where_marc_has_them():
    record = marc_form.apply(
        marc.Record(), {"title": "PPK", "review_on": "20280131", "number": "445/12/PPK"}
    )
    assert record.get("583", "a") == "review"
    assert project(record).review_on == date(2028, 1, 31)
    assert "445" in project(record).other_words
    assert marc_form.apply(record, {"review_on": ""}).first("583") is None


# --- people


def test_roles_are_kept_and_written_with_their_codes():
    lines = "Hartono, Andry\tpenerjemah\nSutarna, Agus"
    record = marc_form.apply(
        marc.Record(),
        {"title": "J", "main_author": "Wong", "main_role": "pengarang", "added_authors": lines},
    )
    first, second = record.each("700")
    assert first.subfields == [("a", "Hartono, Andry,"), ("e", "penerjemah"), ("4", "trl")]
    assert second.subfields == [("a", "Sutarna, Agus")]
    assert marc_form.values(record)["added_authors"] == lines
    assert marc_form.values(record)["main_role"] == "pengarang"
    assert "Hartono, Andry" in project(record).contributors
    without = marc_form.apply(record, {"added_authors": "Hartono, Andry", "main_role": ""})
    assert [one.subfields for one in without.each("700")] == [[("a", "Hartono, Andry")]]


def test_a_code_without_words_is_said_and_stays():
    one = marc.Field("700", None, "1 ", [("a", "Hartono, Andry"), ("4", "edt")])
    record = marc.Record(fields=[one])
    shown = marc_form.values(record)
    assert shown["added_authors"] == "Hartono, Andry\tpenyunting"
    assert marc_form.apply(record, shown) == record


# --- tags


def test_rows_give_the_record_back_to_the_letter():
    fields = [
        marc.Field("001", "x 1"),
        marc.Field("245", None, "1 ", [("a", " Harga $5 :"), ("b", ""), ("c", "oleh  ")]),
        marc.Field("880", None, "10", [("6", "245-01"), ("a", "書")]),
    ]
    record = marc.Record(marc.DEFAULT_LEADER, fields)
    assert marc_text.record_of(marc_text.rows(record)) == record
    assert marc_text.linked_tag(marc_text.rows(record)[-1]) == "245"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (Row("LDR", "", "kurang"), Problem.LEADER),
        (Row("24", "10", "$a x"), Problem.TAG),
        (Row("650", "A4", "$a x"), Problem.INDICATORS),
        (Row("650", " 4", "x"), Problem.NO_SUBFIELD),
        (Row("650", " 4", "$A x"), Problem.CODE),
        (Row("650", " 4", "$a "), Problem.EMPTY),
        (Row("008", "", "270111"), Problem.FIXED),
        (Row("020", "  ", "$a 9786020000016"), Problem.ISBN),
        (Row("880", "  ", "$a x"), Problem.UNLINKED),
        (Row("245", "10", "$b x"), Problem.NO_TITLE),
    ],
)
def test_what_is_wrong_with_a_row_is_known(row, problem):
    assert problem in marc_text.problems([row])[0]


def test_a_second_title_field_is_one_too_many():
    rows = [Row("245", "10", "$a Judul"), Row("245", "10", "$a Lagi")]
    assert marc_text.problems(rows) == [[], [Problem.REPEATED]]


# --- copies of records, templates


def test_a_copy_begins_without_the_numbers_of_the_first():
    record = marc_form.apply(marc.Record(), {"title": "J", "isbn": "9786020000015", "place": "K"})
    record.fields.insert(0, marc.Field("001", "lama"))
    copy = templates.copy_of(record)
    assert [one.tag for one in copy.fields] == ["245", "264"]


def test_a_template_is_replaced_by_its_name_and_comes_back(library):
    with library.transaction() as session:
        templates.save(session, "PPK anak", marc_form.apply(marc.Record(), {"place": "A"}), NOW)
        line = templates.save(
            session, "ppk  Anak", marc_form.apply(marc.Record(), {"place": "B"}), NOW
        )
    with library.transaction() as session:
        [(number, name)] = templates.all_names(session)
        assert (name, templates.record_of(session, number).get("264", "a")) == ("ppk Anak", "B")
        assert undo.undo(session, line, NOW).title == "ppk Anak"
        [(number, _name)] = templates.all_names(session)
        assert templates.record_of(session, number).get("264", "a") == "A"
        gone = templates.remove(session, number, NOW)
        assert templates.all_names(session) == []
        undo.undo(session, gone, NOW)
        assert len(templates.all_names(session)) == 1
    with pytest.raises(Refusal) as told, library.transaction() as session:
        templates.save(session, " ", marc.Record(), NOW)
    assert told.value.reason is Reason.NAME_MISSING


# --- covers


def test_a_cover_is_replaced_removed_and_brought_back(library):
    with library.transaction() as session:
        number = make(session, title="Buku")
        covers.put(session, number, PNG, NOW)
        covers.put(session, number, PNG + b"2", NOW)
        gone = covers.remove(session, number, NOW)
        assert covers.of(session, number) is None
    with library.transaction() as session:
        undo.undo(session, gone, NOW)
        assert covers.of(session, number) == PNG + b"2"
        take_back_last(session, NOW, frozenset({"Cover"}))
        assert covers.of(session, number) == PNG


def test_only_small_pictures_are_taken(library):
    with library.transaction() as session:
        number = make(session, title="Buku")
    for content in (b"GIF89a", PNG + b"0" * covers.LIMIT):
        with pytest.raises(Refusal) as told, library.transaction() as session:
            covers.put(session, number, content, NOW)
        assert told.value.reason is Reason.VALUE_INVALID


# --- many at once


@pytest.fixture
def three(library):
    with library.transaction() as session:
        ids = [
            make(session, title=f"Judul {n}", subjects=subjects, classification="610")
            for n, subjects in enumerate(("Bidan\nIbu", "Bidan", "Ibu"))
        ]
        items.add_items(session, ids[0], ItemFacts(location="Rak 1"), 2, NOW)
    return ids


def subjects_of(library, ids):
    return [marc_form.values(record_of(library, n))["subjects"].split("\n") for n in ids]


@pytest.mark.parametrize(
    ("change", "count", "after"),
    [
        (Change("subject_add", "Ibu"), 1, [["Bidan", "Ibu"], ["Bidan", "Ibu"], ["Ibu"]]),
        (Change("subject_remove", "bidan"), 2, [["Ibu"], [""], ["Ibu"]]),
        (Change("subject_replace", "Ibu", "Bidan"), 2, [["Ibu"], ["Ibu"], ["Ibu"]]),
        (Change("subject_replace", "Perawat", "Ibu"), 2,
         [["Bidan", "Perawat"], ["Bidan"], ["Perawat"]]),
    ],
)  # fmt: skip
def test_subjects_of_many_titles_change_and_come_back(library, three, change, count, after):
    before = [record_of(library, number) for number in three]
    with library.reading() as session:
        assert title_changes.preview(session, three, change, 1)[0] == count
    with library.transaction() as session:
        done, line = many_titles.apply(session, three, change, NOW)
    assert done == count
    assert subjects_of(library, three) == after
    with library.transaction() as session:
        undo.undo(session, line, NOW)
    assert [record_of(library, number) for number in three] == before


def test_a_class_set_for_many_takes_the_call_numbers_made_by_themselves_along(library, three):
    with library.transaction() as session:
        record, _shelf = titles.record_of(session, three[1])
        titles.save_biblio(session, three[1], record, NOW, "SENDIRI")
        _done, line = many_titles.apply(session, three, Change("classification", "618.2"), NOW)

    def shelves():
        with library.reading() as session:
            return [titles.record_of(session, n)[1] for n in three]

    assert [one[:5] for one in shelves()] == ["618.2", "SENDI", "618.2"]
    with library.reading() as session:
        groups = session.execute(select(Biblio.class_group)).scalars()
        assert set(groups) == {"618"}
    with library.transaction() as session:
        undo.undo(session, line, NOW)
    assert [one[:5] for one in shelves()] == ["610 J", "SENDI", "610 J"]


def test_a_title_changed_since_is_not_put_back(library, three):
    with library.transaction() as session:
        _done, line = many_titles.apply(session, three, Change("publisher", "EGC"), NOW)
        record, _shelf = titles.record_of(session, three[0])
        titles.save_biblio(session, three[0], marc_form.apply(record, {"publisher": "Lain"}), NOW)
    with pytest.raises(Refusal) as told, library.transaction() as session:
        undo.undo(session, line, NOW)
    assert told.value.reason is Reason.CANNOT_UNDO


def test_a_save_before_a_change_of_many_is_not_undone_under_it(library, three):
    with library.transaction() as session:
        record, _shelf = titles.record_of(session, three[0])
        titles.save_biblio(session, three[0], marc_form.apply(record, {"year": "2020"}), NOW)
        many_titles.apply(session, three, Change("publisher", "EGC"), NOW)
    with pytest.raises(Refusal) as told, library.transaction() as session:
        take_back_last(session, NOW, frozenset({"Biblio"}))
    assert told.value.reason is Reason.CANNOT_UNDO


def test_copies_of_many_titles_are_moved_and_come_back(library, three):
    change = Change("location", "Rak 9")
    with library.transaction() as session:
        count, rows = title_changes.preview(session, three, change, 10)
        assert (count, rows[0].before, rows[0].after) == (1, "Rak 1", "Rak 9")
        done, line = many_titles.apply(session, three, change, NOW)
        assert done == 1
        assert {one.location for one in item_list.items_of(session, three[0])} == {"Rak 9"}
        undo.undo(session, line, NOW)
        assert {one.location for one in item_list.items_of(session, three[0])} == {"Rak 1"}


def test_bodies_written_as_authors_become_corporate_authors():
    record = marc_form.apply(
        marc.Record(),
        {
            "title": "Pedoman",
            "main_author": "Departemen Kesehatan",
            "main_role": "penyusun",
            "added_authors": "Setiati, Siti\nTim Abdi Guru\tpenyunting\nWorld Health Organization",
        },
    )
    found = [(one.tag, one.get("a")) for one in record.each("100", "110", "700", "710")]
    assert sorted(found) == [
        ("110", "Departemen Kesehatan,"),
        ("700", "Setiati, Siti"),
        ("710", "Tim Abdi Guru,"),
        ("710", "World Health Organization"),
    ]
    assert record.get("110", "e") == "penyusun"
    again = marc_form.apply(record, marc_form.values(record))
    assert again.fields == record.fields


def test_a_second_body_does_not_push_out_the_first():
    first = marc_form.apply(marc.Record(), {"corporate_author": "RSUD Bina Sehat"})
    record = marc_form.apply(first, {"main_author": "Departemen Kesehatan"})
    assert record.get("110", "a") == "RSUD Bina Sehat"
    assert record.get("710", "a") == "Departemen Kesehatan"


def test_what_stands_as_a_person_stays_one():
    record = marc.Record()
    record.fields.append(marc.Field("100", None, "1 ", [("a", "Departemen Kesehatan")]))
    changed = {**marc_form.values(record), "title": "Pedoman"}
    assert marc_form.apply(record, changed).get("100", "a") == "Departemen Kesehatan"
    asked = marc_form.apply(marc.Record(), {"main_author": "Putri Indonesia"}, {"Putri Indonesia"})
    assert asked.get("100", "a") == "Putri Indonesia"


def test_a_brief_title_is_filed_under_the_heading_of_its_author():
    assert marc_form.brief("Ubin", "Siti Driyorejo").get("100", "a") == "Driyorejo, Siti"
    assert marc_form.brief("Pedoman", "Depkes RI").get("110", "a") == "Depkes RI"
