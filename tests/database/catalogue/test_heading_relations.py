"""Broader, narrower and related headings: found by, taken back, handed on, given to others."""

from __future__ import annotations

from io import BytesIO

import pytest

from database import undo
from database.catalogue import (
    authorities,
    heading_changes,
    heading_list,
    heading_relations,
    titles,
)
from database.catalogue.heading_relations import BROADER, NARROWER, RELATED
from database.description import authority, marc, marc_form
from database.exchange import found as formats
from database.library import Library
from database.policy.house import ProfileFacts
from database.refusal import Reason, Refusal
from database.search import search
from tests.libraries import NOW

TITLES = {
    "Merawat bayi": "Perinatologi",
    "Asuhan di bangsal anak": "Pediatri sosial",
    "Dasar klinik": "Kedokteran klinik",
}


def write(library, act, *asked, **more):
    with library.transaction() as session:
        return act(session, *asked, **more)


def read(library, act, *asked):
    with library.reading() as session:
        return act(session, *asked)


@pytest.fixture
def ids(library):
    """Three titles, each with a subject of its own; the ids of the subjects."""
    for title, subject in TITLES.items():
        record = marc_form.apply(marc.Record(), {"title": title, "subjects": subject})
        write(library, titles.add_biblio, record, NOW)
    page = read(library, heading_list.page, heading_list.Filter("subject"))
    return {row.name: row.id for row in page.rows}


def found(library, words):
    rows = read(library, search.search, words).rows
    return {row.title for row in rows}


def relate(library, ids, one, other, relation):
    return write(library, heading_relations.relate, ids[one], ids[other], relation, NOW)


def others(library, number):
    return [(one.relation, one.name) for one in read(library, heading_relations.of, number)]


def refused(library, act, *asked):
    with pytest.raises(Refusal) as told:
        write(library, act, *asked)
    return told.value.reason


def test_a_title_is_found_by_the_broader_headings_of_its_own(library, ids):
    assert found(library, "kedokteran") == {"Dasar klinik"}
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    line = relate(library, ids, "Perinatologi", "Pediatri sosial", BROADER)
    assert found(library, "kedokteran klinik") == set(TITLES)
    assert found(library, "pediatri") == {"Asuhan di bangsal anak", "Merawat bayi"}
    assert found(library, "perinatologi") == {"Merawat bayi"}
    write(library, undo.undo, line, NOW)
    assert found(library, "kedokteran klinik") == {"Dasar klinik", "Asuhan di bangsal anak"}


def test_each_side_sees_the_other_from_its_own(library, ids):
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    relate(library, ids, "Perinatologi", "Kedokteran klinik", RELATED)
    assert others(library, ids["Kedokteran klinik"]) == [
        (NARROWER, "Pediatri sosial"), (RELATED, "Perinatologi"),
    ]  # fmt: skip
    assert others(library, ids["Pediatri sosial"]) == [(BROADER, "Kedokteran klinik")]
    assert others(library, ids["Perinatologi"]) == [(RELATED, "Kedokteran klinik")]
    assert found(library, "kedokteran") == {"Dasar klinik", "Asuhan di bangsal anak"}


def test_none_stands_above_itself_nor_twice_in_relation(library, ids):
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    relate(library, ids, "Pediatri sosial", "Perinatologi", NARROWER)
    top, low = ids["Kedokteran klinik"], ids["Perinatologi"]
    act = heading_relations.relate
    assert refused(library, act, top, low, BROADER, NOW) is Reason.RELATION_TURNS
    assert refused(library, act, low, ids["Pediatri sosial"], RELATED, NOW) is (
        Reason.RELATION_STANDS
    )
    assert refused(library, act, low, low, RELATED, NOW) is Reason.HEADINGS_DIFFER
    assert refused(library, act, top, low, "above", NOW) is Reason.VALUE_INVALID


def test_what_is_taken_apart_comes_together_again(library, ids):
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    pair = ids["Kedokteran klinik"], ids["Pediatri sosial"]
    line = write(library, heading_relations.unrelate, *pair, NOW)
    assert found(library, "kedokteran") == {"Dasar klinik"}
    assert refused(library, heading_relations.unrelate, *pair, NOW) is Reason.RECORD_GONE
    write(library, undo.undo, line, NOW)
    assert found(library, "kedokteran") == {"Dasar klinik", "Asuhan di bangsal anak"}


def test_a_new_name_of_the_broader_one_finds_too(library, ids):
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    line = write(library, heading_changes.rename, ids["Kedokteran klinik"], "Ilmu medis", NOW)
    assert found(library, "medis") == {"Dasar klinik", "Asuhan di bangsal anak"}
    write(library, undo.undo, line, NOW)
    assert found(library, "medis") == set()
    assert found(library, "kedokteran") == {"Dasar klinik", "Asuhan di bangsal anak"}


def test_a_merged_heading_hands_its_relations_on_and_gets_them_back(library, ids):
    relate(library, ids, "Pediatri sosial", "Perinatologi", NARROWER)
    kept = ids["Kedokteran klinik"]
    line = write(library, heading_changes.merge, ids["Pediatri sosial"], kept, NOW)
    assert others(library, kept) == [(NARROWER, "Perinatologi")]
    assert "Merawat bayi" in found(library, "kedokteran")
    write(library, undo.undo, line, NOW)
    assert others(library, kept) == []
    assert "Merawat bayi" not in found(library, "kedokteran")
    assert others(library, ids["Perinatologi"]) == [(BROADER, "Pediatri sosial")]


def test_one_that_holds_others_together_is_neither_removed_nor_swept(library, ids):
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    [number] = read(library, heading_list.titles_of, ids["Kedokteran klinik"])
    write(library, titles.cancel_biblio, number, NOW)
    assert refused(library, heading_changes.remove, ids["Kedokteran klinik"], NOW) is (
        Reason.HEADING_RELATED
    )
    assert write(library, heading_changes.sweep, NOW) == (0, None)


# --- authority records


@pytest.mark.parametrize("form", ["mrc", "marcxml"])
def test_authorities_go_out_and_come_in_equal(library, ids, new_place, tmp_path, form):
    new_library = Library.create(new_place, ProfileFacts(name="Perpustakaan RSUD lain"), NOW)
    relate(library, ids, "Kedokteran klinik", "Pediatri sosial", NARROWER)
    relate(library, ids, "Perinatologi", "Pediatri sosial", RELATED)
    write(library, heading_changes.add_reference, ids["Perinatologi"], "Neonatologi", NOW)
    stream = BytesIO()
    assert read(library, lambda session: authorities.write(stream, session, form)) == 3
    path = tmp_path / "tajuk.mrc"
    path.write_bytes(stream.getvalue())
    done = write(new_library, authorities.bring, path, NOW)
    assert (done.records, done.new, done.forms, done.relations, done.left_out) == (3, 3, 1, 2, 0)
    page = read(new_library, heading_list.page, heading_list.Filter("subject"))
    there = {row.name: row.id for row in page.rows}
    assert others(new_library, there["Pediatri sosial"]) == [
        (BROADER, "Kedokteran klinik"), (RELATED, "Perinatologi"),
    ]  # fmt: skip
    about = read(new_library, heading_list.about, there["Perinatologi"])
    assert [one.name for one in about.references] == ["Neonatologi"]
    again = write(new_library, authorities.bring, path, NOW)
    assert (again.new, again.forms, again.relations, again.line) == (0, 0, 0, None)
    write(new_library, undo.undo_act, done.line, NOW)
    assert others(new_library, there["Pediatri sosial"]) == []
    new_library.close()


def test_a_file_of_titles_holds_no_authority(library, tmp_path):
    stream = BytesIO()
    record = marc_form.apply(marc.Record(), {"title": "Merawat bayi"})
    formats.write(stream, [record], "mrc")
    path = tmp_path / "judul.mrc"
    path.write_bytes(stream.getvalue())
    assert refused(library, authorities.bring, path, NOW) is Reason.NO_AUTHORITIES


def test_a_record_of_another_library_is_read_as_it_writes():
    record = marc.Record(
        "00000nz  a2200000n  4500",
        [
            marc.Field("001", "D000123"),
            marc.Field("008", "760101|n|ancnnbabn           |a ana      "),
            marc.Field("150", None, "  ", [("a", "Neoplasms"), ("x", "nursing.")]),
            marc.Field("450", None, "  ", [("a", "Cancer")]),
            marc.Field("550", None, "  ", [("w", "g"), ("a", "Diseases")]),
            marc.Field("550", None, "  ", [("w", "nne"), ("a", "Tumors")]),
            marc.Field("510", None, "  ", [("a", "Kanker Indonesia, Yayasan")]),
            marc.Field("670", None, "  ", [("a", "Work")]),
        ],
    )
    said = authority.of_record(record)
    assert said.heading.name == "Neoplasms -- nursing"
    assert (said.heading.kind, said.heading.scheme) == ("subject", "mesh")
    assert said.forms == ("Cancer",)
    assert [(one.relation, one.name) for one in said.others] == [
        ("broader", "Diseases"), ("related", "Tumors"),
    ]  # fmt: skip
