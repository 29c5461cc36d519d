"""Headings: found by every word and variant, renamed and merged with their titles, undone."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from database import journal, undo
from database.catalogue import heading_changes, heading_fields, heading_list, titles
from database.catalogue.heading_list import Filter
from database.description import marc, marc_form
from database.description.headings import heading_of
from database.exchange import found as marc_files
from database.holdings import item_facts, items
from database.imports import importing
from database.library import Library
from database.refusal import Reason, Refusal
from database.schema import Biblio, Heading
from database.search import headings, search
from database.storage import copies
from tests.libraries import NOW
from tests.undoing import take_back_last

LATER = NOW + timedelta(minutes=5)


def add(library, **values):
    record = marc_form.apply(marc.Record(), values)
    with library.transaction() as session:
        return titles.add_biblio(session, record, NOW)


def whole(library, *fields):
    record = marc.Record(fields=[marc.Field("245", None, "10", [("a", "Judul")]), *fields])
    with library.transaction() as session:
        return titles.add_biblio(session, record, NOW)


def field(tag, indicators, *subfields):
    return marc.Field(tag, None, indicators, list(subfields))


def record_of(library, number):
    with library.reading() as session:
        return titles.record_of(session, number)[0]


def listed(library, typed="", **wanted):
    with library.reading() as session:
        return heading_list.find(session, typed, Filter(**wanted)).rows


def names(library, typed="", **wanted):
    return [row.name for row in listed(library, typed, **wanted)]


def id_of(library, name, **wanted):
    return next(row.id for row in listed(library, name, **wanted) if row.name == name)


def titles_found(library, query):
    with library.reading() as session:
        return [row.title for row in search.search(session, query).rows]


def act(library, what, *args, now=NOW, **more):
    with library.transaction() as session:
        return what(session, *args, now, **more)


def undone(library, line, now=LATER):
    with library.transaction() as session:
        return undo.undo(session, line, now)


def refused(library, what, *args, **more):
    with pytest.raises(Refusal) as told:
        act(library, what, *args, **more)
    return told.value


# --- looking through them


def test_the_list_counts_titles_and_filters_by_kind_and_scheme(library):
    add(library, title="Satu", main_author="Setiati, Siti", subjects="Diabetes\nGizi")
    add(library, title="Dua", main_author="Setiati, Siti", corporate_author="Kemenkes RI")
    whole(
        library, field("650", " 2", ("a", "Diabetes Mellitus")), field("653", "  ", ("a", "gula"))
    )
    assert names(library) == [
        "Diabetes",
        "Diabetes Mellitus",
        "Gizi",
        "gula",
        "Kemenkes RI",
        "Setiati, Siti",
    ]
    assert {row.name: row.titles for row in listed(library, kind="person")} == {"Setiati, Siti": 2}
    assert names(library, kind="body") == ["Kemenkes RI"]
    assert names(library, kind="subject", scheme="mesh") == ["Diabetes Mellitus"]
    assert names(library, kind="subject", scheme="free") == ["gula"]
    assert names(library, kind="subject", scheme="") == ["Diabetes", "Gizi"]
    assert names(library, "diab", kind="subject", scheme="mesh") == ["Diabetes Mellitus"]


def test_typing_finds_beginnings_first_then_any_word(library):
    for name in ("Siti Aminah", "Setiati, Siti", "Sitompul, Tiur", "Budi, Rina"):
        add(library, title="Buku", main_author=name)
    assert names(library, "sit") == ["Siti Aminah", "Sitompul, Tiur", "Setiati, Siti"]
    assert names(library, "siti set") == ["Setiati, Siti"]
    assert names(library, "zzz") == []


def test_pages_go_through_the_whole_alphabet_once(library):
    for number in range(25):
        add(library, title="Buku", subjects=f"Pokok {number:02}")
    with library.reading() as session:
        first = heading_list.page(session, Filter(), limit=10)
        seen, last = list(first.rows), first.rows[-1]
        while rows := heading_list.page(session, Filter(), last, limit=10).rows:
            seen += rows
            last = rows[-1]
    assert first.count == 25
    assert [row.name for row in seen] == [f"Pokok {number:02}" for number in range(25)]


def test_a_struck_title_uses_no_heading(library):
    number = add(library, title="Salah", main_author="Setiati, Siti")
    act(library, titles.cancel_biblio, number)
    assert [(row.name, row.titles) for row in listed(library)] == [("Setiati, Siti", 0)]


def test_uniform_and_series_titles_are_headings_but_no_authors(library):
    number = whole(
        library,
        field("130", "0 ", ("a", "Alkitab.")),
        field("700", "1 ", ("a", "Sutomo, Rini")),
        field("830", " 0", ("a", "Seri keperawatan ;"), ("v", "jil. 2")),
    )
    assert names(library, kind="title") == ["Alkitab", "Seri keperawatan"]
    with library.reading() as session:
        [row] = search.details(session, [number])
    assert row.contributors == "Sutomo, Rini"
    heading = id_of(library, "Seri keperawatan")
    line = act(library, heading_changes.rename, heading, "Seri asuhan keperawatan")
    assert record_of(library, number).first("830").subfields == [
        ("a", "Seri asuhan keperawatan ;"),
        ("v", "jil. 2"),
    ]
    undone(library, line)
    assert names(library, kind="title") == ["Alkitab", "Seri keperawatan"]


# --- forms that lead to a heading


def test_a_variant_finds_the_heading_and_its_titles(library):
    add(library, title="Dasar pendidikan", main_author="Dewantara, Ki Hajar")
    heading = id_of(library, "Dewantara, Ki Hajar")
    line = act(library, heading_changes.add_reference, heading, "Suwardi Suryaningrat")
    assert titles_found(library, "suryaningrat") == ["Dasar pendidikan"]
    assert [(row.name, row.via) for row in listed(library, "surya")] == [
        ("Dewantara, Ki Hajar", "Suwardi Suryaningrat")
    ]
    with library.reading() as session:
        assert headings.suggest(session, "suw", ["person"]) == ["Dewantara, Ki Hajar"]
        assert headings.suggest(session, "suw", ["body"]) == []
        [reference] = heading_list.about(session, heading).references
    later = add(library, title="Karya lain", main_author="Dewantara, Ki Hajar")
    assert set(titles_found(library, "suwardi")) == {"Dasar pendidikan", "Karya lain"}
    gone = act(library, heading_changes.drop_reference, reference.id)
    assert titles_found(library, "suwardi") == []
    undone(library, gone)
    assert len(titles_found(library, "suwardi")) == 2
    undone(library, line)
    assert titles_found(library, "suwardi") == []
    assert record_of(library, later).get("100", "a") == "Dewantara, Ki Hajar"


def test_an_import_finds_its_titles_by_variants_too(library, tmp_path):
    add(library, title="Dasar", main_author="Dewantara, Ki Hajar")
    act(library, heading_changes.add_reference, id_of(library, "Dewantara, Ki Hajar"), "Suwardi")
    path = tmp_path / "baru.mrc"
    record = marc_form.apply(
        marc.Record(), {"title": "Dari luar", "main_author": "Dewantara, Ki Hajar"}
    )
    with path.open("wb") as stream:
        marc_files.write(stream, [record], "mrc")
    with library.transaction() as session:
        importing.run(session, [path], NOW)
    assert set(titles_found(library, "suwardi")) == {"Dasar", "Dari luar"}
    assert names(library, "hajar") == ["Dewantara, Ki Hajar"]


def test_a_form_that_is_a_heading_leads_nowhere(library):
    add(library, title="Satu", main_author="Hamka")
    add(library, title="Dua", main_author="Amrullah, Abdul Malik Karim")
    heading = id_of(library, "Hamka")
    told = refused(library, heading_changes.add_reference, heading, "Amrullah, Abdul Malik Karim")
    assert told.reason is Reason.HEADING_STANDS
    act(library, heading_changes.add_reference, heading, "Buya Hamka")
    told = refused(library, heading_changes.add_reference, heading, "Buya HAMKA")
    assert told.reason is Reason.REFERENCE_STANDS
    told = refused(library, heading_changes.add_reference, heading, " .,")
    assert told.reason is Reason.NAME_MISSING


def test_the_choice_for_a_written_name_is_remembered(library):
    add(library, title="Satu", main_author="Ki Hajar Dewantara")
    add(library, title="Dua", main_author="Dewantara, Ki Hajar")
    with library.transaction() as session:
        assert headings.remembered(session, "Ki Hajar Dewantara") is None
        headings.remember(session, {"Ki Hajar Dewantara": "Dewantara, Ki Hajar", "X Y": "Y, X"})
    with library.transaction() as session:
        assert headings.remembered(session, "ki hajar DEWANTARA") == "Dewantara, Ki Hajar"
        assert headings.remembered(session, "X Y") is None
        headings.remember(session, {"Ki Hajar Dewantara": "Ki Hajar Dewantara"})
    with library.reading() as session:
        assert headings.remembered(session, "Ki Hajar Dewantara") == "Ki Hajar Dewantara"
        assert heading_list.about(session, id_of(library, "Ki Hajar Dewantara")).references == []


# --- renaming


def test_a_rename_goes_into_every_record_and_back(library):
    editor = field("700", "1 ", ("a", "Setiati, Siti,"), ("d", "1950-"), ("e", "editor."))
    first = whole(library, field("100", "1 ", ("a", "Setiati, Siti,"), ("d", "1950-")))
    second = whole(library, editor, field("990", "  ", ("a", "tetap")))
    other = add(library, title="Lain", main_author="Setiati, Sri")
    before = [record_of(library, number) for number in (first, second)]
    heading = id_of(library, "Setiati, Siti, 1950-")
    told = []
    line = act(
        library,
        heading_changes.rename,
        heading,
        "Setiati, Siti Rahayu, 1950-",
        refer=True,
        report=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, 2)]
    after = record_of(library, second)
    assert after.first("700").subfields == [
        ("a", "Setiati, Siti Rahayu,"),
        ("d", "1950-"),
        ("e", "editor."),
    ]
    assert after.first("990") == field("990", "  ", ("a", "tetap"))
    assert titles_found(library, "rahayu") == ["Judul", "Judul"]
    assert names(library, kind="person") == ["Setiati, Siti Rahayu, 1950-", "Setiati, Sri"]
    with library.reading() as session:
        [row] = [r for r in search.search(session, "rahayu").rows if r.id == first]
        about = heading_list.about(session, heading)
    assert row.contributors == "Setiati, Siti Rahayu, 1950-"
    assert [one.name for one in about.references] == ["Setiati, Siti, 1950-"]
    assert undone(library, line).title == "Setiati, Siti Rahayu, 1950-"
    assert [record_of(library, number) for number in (first, second)] == before
    assert names(library, kind="person") == ["Setiati, Siti, 1950-", "Setiati, Sri"]
    assert titles_found(library, "rahayu") == []
    assert record_of(library, other).get("100", "a") == "Setiati, Sri"


def test_a_rename_keeps_the_call_number_that_is_on_the_spine(library):
    number = add(library, title="Buku", main_author="Setiati, Siti", classification="616")
    with library.transaction() as session:
        items.add_items(session, number, item_facts.ItemFacts(), 1, NOW)
    act(library, heading_changes.rename, id_of(library, "Setiati, Siti"), "Rahayu, Siti")
    with library.reading() as session:
        assert titles.record_of(session, number)[1] == "616 SET b"


def test_a_rename_to_a_name_that_stands_is_refused(library):
    add(library, title="Satu", main_author="Hamka")
    add(library, title="Dua", main_author="Amrullah")
    told = refused(library, heading_changes.rename, id_of(library, "Hamka"), "AMRULLAH")
    assert told.reason is Reason.HEADING_STANDS
    assert told.facts["heading_id"] == id_of(library, "Amrullah")
    told = refused(library, heading_changes.rename, id_of(library, "Hamka"), " ")
    assert told.reason is Reason.NAME_MISSING
    assert refused(library, heading_changes.rename, 999, "X").reason is Reason.RECORD_GONE


def test_capitals_alone_can_be_mended(library):
    number = add(library, title="Satu", main_author="setiati, siti")
    act(library, heading_changes.rename, id_of(library, "setiati, siti"), "Setiati, Siti")
    assert record_of(library, number).get("100", "a") == "Setiati, Siti"


@pytest.mark.parametrize("later", ["edited", "used", "renamed"])
def test_a_rename_with_something_later_on_it_stays(library, later):
    number = add(library, title="Satu", main_author="Hamka")
    heading = id_of(library, "Hamka")
    line = act(library, heading_changes.rename, heading, "Hamka, Buya")
    if later == "edited":
        record = marc_form.apply(record_of(library, number), {"main_author": "Orang lain"})
        act_save(library, number, record)
    elif later == "used":
        add(library, title="Dua", main_author="Hamka, Buya")
    else:
        act(library, heading_changes.rename, heading, "Buya Hamka")
    with pytest.raises(Refusal) as told:
        undone(library, line)
    assert told.value.reason is Reason.CANNOT_UNDO


def act_save(library, number, record):
    with library.transaction() as session:
        titles.save_biblio(session, number, record, LATER)
        return journal.line_about(session, "biblio.saved", number)


def test_an_edit_elsewhere_does_not_keep_a_rename_from_going_back(library):
    number = add(library, title="Satu", main_author="Hamka")
    line = act(library, heading_changes.rename, id_of(library, "Hamka"), "Hamka, Buya")
    act_save(
        library, number, marc_form.apply(record_of(library, number), {"isbn": "9786020000015"})
    )
    undone(library, line)
    after = record_of(library, number)
    assert (after.get("100", "a"), after.get("020", "a")) == ("Hamka", "9786020000015")


def test_an_edit_is_not_undone_over_a_rename(library):
    number = add(library, title="Satu", main_author="Hamka")
    saved = act_save(library, number, marc_form.apply(record_of(library, number), {"edition": "2"}))
    line = act(library, heading_changes.rename, id_of(library, "Hamka"), "Hamka, Buya")
    with pytest.raises(Refusal) as told:
        undone(library, saved)
    assert told.value.reason is Reason.CANNOT_UNDO
    undone(library, line)
    with pytest.raises(Refusal):
        undone(library, saved)


# --- merging


def test_a_merge_and_its_undo(library):
    main = whole(library, field("100", "0 ", ("a", "HAMKA")))
    both = whole(
        library, field("650", " 4", ("a", "Gizi")), field("653", "  ", ("a", "gizi"), ("9", "x"))
    )
    kept = add(library, title="Tafsir", main_author="Amrullah, Abdul Malik Karim")
    records = {number: record_of(library, number) for number in (main, both, kept)}
    into = id_of(library, "Amrullah, Abdul Malik Karim")
    act(library, heading_changes.add_reference, id_of(library, "HAMKA"), "Buya")
    line = act(library, heading_changes.merge, id_of(library, "HAMKA"), into, refer=True)
    assert record_of(library, main).first("100") == field(
        "100", "1 ", ("a", "Amrullah, Abdul Malik Karim")
    )
    assert [(row.name, row.titles) for row in listed(library, kind="person")] == [
        ("Amrullah, Abdul Malik Karim", 2)
    ]
    with library.reading() as session:
        assert [one.name for one in heading_list.about(session, into).references] == [
            "Buya",
            "HAMKA",
        ]
    assert set(titles_found(library, "hamka")) == {"Judul", "Tafsir"}
    assert set(titles_found(library, "buya")) == {"Judul", "Tafsir"}
    undone(library, line)
    assert {number: record_of(library, number) for number in records} == records
    assert names(library, kind="person") == ["Amrullah, Abdul Malik Karim", "HAMKA"]
    assert titles_found(library, "buya") == ["Judul"]
    with library.reading() as session:
        assert heading_list.about(session, into).references == []


def test_a_free_word_merged_into_a_heading_takes_its_list_and_no_title_has_it_twice(library):
    mesh = whole(library, field("650", " 2", ("a", "Diabetes Mellitus")))
    both = whole(
        library,
        field("650", " 2", ("a", "Diabetes Mellitus")),
        field("653", "  ", ("a", "kencing manis")),
        field("700", "1 ", ("a", "Sutomo, Rini")),
    )
    alone = whole(library, field("653", "  ", ("a", "kencing manis")))
    before = {number: record_of(library, number) for number in (mesh, both, alone)}
    into = id_of(library, "Diabetes Mellitus")
    line = act(library, heading_changes.merge, id_of(library, "kencing manis"), into)
    assert [one.tag for one in record_of(library, both).fields] == ["245", "650", "700"]
    assert record_of(library, alone).fields[1] == field("650", " 2", ("a", "Diabetes Mellitus"))
    assert listed(library, kind="subject")[0].titles == 3
    undone(library, line)
    assert {number: record_of(library, number) for number in before} == before
    assert {row.name: row.titles for row in listed(library, kind="subject")} == {
        "Diabetes Mellitus": 2,
        "kencing manis": 2,
    }


def test_a_merge_writes_subfields_as_the_other_has_them(library):
    whole(library, field("110", "1 ", ("a", "Indonesia."), ("b", "Kementerian Kesehatan.")))
    number = whole(library, field("710", "2 ", ("a", "Depkes RI,"), ("e", "penerbit.")))
    into = id_of(library, "Indonesia. Kementerian Kesehatan")
    act(library, heading_changes.merge, id_of(library, "Depkes RI"), into)
    assert record_of(library, number).first("710").subfields == [
        ("a", "Indonesia."),
        ("b", "Kementerian Kesehatan,"),
        ("e", "penerbit."),
    ]


def test_a_person_is_not_merged_into_a_body(library):
    add(library, title="Satu", main_author="Hamka", corporate_author="Kemenkes")
    person, body = id_of(library, "Hamka"), id_of(library, "Kemenkes")
    for into in (body, person):
        told = refused(library, heading_changes.merge, person, into)
        assert told.reason is Reason.HEADINGS_DIFFER


# --- removing


def test_a_heading_in_use_is_refused_with_the_count(library):
    number = add(library, title="Satu", main_author="Hamka")
    heading = id_of(library, "Hamka")
    told = refused(library, heading_changes.remove, heading)
    assert (told.reason, told.facts["titles"]) == (Reason.HEADING_IN_USE, 1)
    act(library, titles.cancel_biblio, number)
    act(library, heading_changes.add_reference, heading, "Buya")
    line = act(library, heading_changes.remove, heading)
    assert names(library) == []
    undone(library, line)
    assert [row.name for row in listed(library, "buya")] == ["Hamka"]


def test_unused_headings_are_swept_away_and_come_back(library):
    for name in ("Hamka", "Pram", "Chairil"):
        act(library, titles.cancel_biblio, add(library, title="Salah", main_author=name))
    add(library, title="Benar", main_author="Setiati, Siti")
    act(library, heading_changes.add_reference, id_of(library, "Pram"), "Pramoedya")
    count, line = act(library, heading_changes.sweep)
    assert count == 2
    assert names(library) == ["Pram", "Setiati, Siti"]
    assert act(library, heading_changes.sweep) == (0, None)
    undone(library, line)
    assert names(library) == ["Chairil", "Hamka", "Pram", "Setiati, Siti"]
    assert names(library, "ham") == ["Hamka"]


# --- both engines, several desks


def test_many_titles_are_renamed_and_come_back(library):
    with library.transaction() as session:
        for number in range(600):
            record = marc_form.apply(
                marc.Record(), {"title": f"Buku {number}", "subjects": "Koperasi"}
            )
            titles.add_biblio(session, record, NOW)
    heading = id_of(library, "Koperasi")
    line = act(library, heading_changes.rename, heading, "Asrama")
    with library.reading() as session:
        assert search.search(session, "asrama", counted=1000).count == 600
        assert len(journal.read(session, line).facts["pairs"]) == 1
    undone(library, line)
    with library.reading() as session:
        assert search.search(session, "asrama").count == 0
        assert search.search(session, "koperasi", counted=1000).count == 600


def test_two_desks_add_the_same_new_heading_at_once(library, where):
    """The second waits for the first on PostgreSQL, and on SQLite before it begins."""
    other = Library.open(where)
    began, failures = threading.Event(), []

    def second():
        try:
            began.set()
            add(other, title="Dua", main_author="Setiati, Siti", subjects="Gizi\nAnak")
        except Exception as error:  # the test tells of whatever it is
            failures.append(error)

    thread = threading.Thread(target=second)
    with library.transaction() as session:
        record = marc_form.apply(
            marc.Record(),
            {"title": "Satu", "main_author": "Setiati, Siti", "subjects": "Anak\nGizi"},
        )
        titles.add_biblio(session, record, NOW)
        thread.start()
        began.wait()
        thread.join(0.3)
    thread.join(10)
    other.close()
    assert failures == []
    assert {row.name: row.titles for row in listed(library)} == {
        "Anak": 2,
        "Gizi": 2,
        "Setiati, Siti": 2,
    }


def test_a_backup_keeps_variants_and_finds_headings(library, tmp_path):
    add(library, title="Dasar", main_author="Dewantara, Ki Hajar")
    act(library, heading_changes.add_reference, id_of(library, "Dewantara, Ki Hajar"), "Suwardi")
    library.backup(tmp_path / "copy.db")
    copies.verify(tmp_path / "copy.db")
    copy = Library.open(tmp_path / "copy.db")
    assert titles_found(copy, "suwardi") == ["Dasar"]
    assert names(copy, "hajar") == names(copy, "suwardi") == ["Dewantara, Ki Hajar"]
    copy.close()


# --- subfields

REWRITTEN = [
    (field("100", "0 ", ("a", "Hamka,"), ("d", "1908-1981.")), "Hamka",
     field("100", "0 ", ("a", "Hamka."))),
    (field("100", "0 ", ("a", "Hamka.")), "Hamka, 1908-1981",
     field("100", "0 ", ("a", "Hamka,"), ("d", "1908-1981."))),
    (field("700", "1 ", ("a", "Rahmat S.")), "Rahmat S",
     field("700", "0 ", ("a", "Rahmat S"))),
    (field("600", "10", ("a", "Hamka"), ("x", "Biografi.")), "Hamka, Buya -- Biografi",
     field("600", "10", ("a", "Hamka, Buya"), ("x", "Biografi."))),
    (field("710", "1 ", ("a", "Indonesia."), ("b", "Depkes."), ("e", "x")), "Indonesia. Kemenkes",
     field("710", "1 ", ("a", "Indonesia."), ("b", "Kemenkes."), ("e", "x"))),
    (field("650", " 2", ("a", "Diabetes"), ("x", "therapy"), ("0", "D1")), "Diabetes -- terapi",
     field("650", " 2", ("a", "Diabetes"), ("x", "terapi"), ("0", "D1"))),
    (field("111", "2 ", ("a", "Kongres Gizi"), ("n", "(2 :"), ("d", "2019)")), "Kongres Gizi Anak",
     field("111", "2 ", ("a", "Kongres Gizi Anak"))),
]  # fmt: skip


@pytest.mark.parametrize(("old", "name", "new"), REWRITTEN)
def test_a_heading_goes_into_the_right_subfields(old, name, new):
    used = heading_of(old)
    target = heading_fields.Target(used.kind, used.scheme, name)
    assert heading_fields.rewritten(old, target) == new


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("act", ["rename", "merge"])
def test_a_change_stopped_half_way_is_one_act_to_take_back(library, monkeypatch, act):
    monkeypatch.setattr("database.engine.pausing.HELD", -1.0)
    monkeypatch.setattr("database.catalogue.heading_rewriting.PIECE", 2)
    with library.transaction() as session:
        for number in range(7):
            titles.add_biblio(session, by("Anwar, Ali", f"Buku {number}"), NOW)
        titles.add_biblio(session, by("Anwar, A.", "Lain"), NOW)
        ids = dict(iter(session.execute(select(Heading.name, Heading.id))))

    def report(done, _total):
        if done >= 4:
            raise StoppedError

    def change(session):
        if act == "rename":
            return heading_changes.rename(session, ids["Anwar, Ali"], "Anwar, Ali M.", NOW,
                                          report=report)  # fmt: skip
        return heading_changes.merge(session, ids["Anwar, Ali"], ids["Anwar, A."], NOW,
                                     report=report)  # fmt: skip

    with pytest.raises(StoppedError), library.transaction(long=True) as session:
        change(session)
    with library.reading() as session:
        assert search.search(session, "anwar").count == 8
        changed = session.scalars(select(Biblio.contributors)).all()
    assert changed.count("Anwar, Ali") == 3
    with library.transaction(long=True) as session:
        take_back_last(session, NOW)
    with library.reading() as session:
        assert session.scalars(select(Biblio.contributors)).all().count("Anwar, Ali") == 7
        assert set(session.scalars(select(Heading.name))) == {"Anwar, Ali", "Anwar, A."}
        assert search.search(session, "anwar ali").count == 7


def by(author, title):
    return marc_form.apply(marc.Record(), {"title": title, "main_author": author})


def test_free_words_of_the_form_are_headings_that_are_found(library):
    """653, beside the subjects of a list (650): typed in one field of the form, one field each."""
    typed = {"title": "Pedoman gizi", "subjects": "Gizi", "keywords": "dapur sehat\nbubur"}
    record = marc_form.apply(marc.Record(), typed)
    assert [one.get("a") for one in record.each("653")] == ["dapur sehat", "bubur"]
    with library.transaction() as session:
        number = titles.add_biblio(session, record, NOW)
    with library.reading() as session:
        assert [row.id for row in search.search(session, "dapur").rows] == [number]
    fewer = marc_form.apply(record, {"keywords": "bubur"})
    assert marc_form.values(fewer)["keywords"] == "bubur"
    assert marc_form.values(fewer)["subjects"] == "Gizi"
