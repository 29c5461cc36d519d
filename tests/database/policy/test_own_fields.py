"""Fields of the library's own: declared, filled, found, asked for, taken along, taken away."""

from __future__ import annotations

import csv
from contextlib import closing

import pytest
from sqlalchemy import select, update

from database import journal, undo
from database.catalogue import templates, titles
from database.description import own_marc
from database.description.marc import Field, Record
from database.holdings import item_list, items
from database.holdings.item_facts import ItemFacts
from database.library import Library
from database.patrons import finding, membership, merging, own_field_removal
from database.patrons.finding import PatronFilter
from database.patrons.membership import PatronFacts
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.privacy import forgetting, person_data
from database.refusal import Reason, Refusal
from database.reports import questions
from database.reports.questions import Asked, Filter
from database.schema import Biblio, Item, Journal, OwnRecord, Patron, PatronBefore
from database.search import search
from database.text import own_values
from tests.database.storage.test_leaving import bytes_of, leave, rows_of
from tests.libraries import NOW, PROFILE, enrol


def act(library, deed):
    with library.transaction() as session:
        return deed(session)


def ask(library, question):
    with library.reading() as session:
        return question(session)


def declare(library, record, name, kind="text", *choices):
    act(library, lambda s: own_fields.add(s, OwnFacts(record, name, kind, choices), NOW))
    return next(one for one in ask(library, own_fields.listed) if one.name == name)


def refused(library, deed):
    with pytest.raises(Refusal) as told:
        act(library, deed)
    return told.value


def titled(library, **values):
    """A new title with these values of its own fields."""
    record = Record(fields=[Field("245", None, "10", [("a", "Pedoman cuci tangan")])])
    made = own_marc.apply(record, values)
    return act(library, lambda s: titles.add_biblio(s, made, NOW))


def record_of(library, number):
    return ask(library, lambda s: titles.record_of(s, number)[0])


def found(library, words):
    return [row.id for row in ask(library, lambda s: search.search(s, words)).rows]


def people(library, words):
    rows = ask(library, lambda s: finding.search(s, PatronFilter(typed=words)))[1]
    return [row.name for row in rows]


def nurse(library, name, **own):
    facts = PatronFacts(name, "nurse", own=own)
    return act(library, lambda s: membership.enrol(s, facts, NOW))


def own_of(library, record, number):
    stored = ask(library, lambda s: s.execute(select(record.own).where(record.id == number)))
    return own_values.unpacked(stored.scalar_one())


# --- declaring


def test_a_field_is_declared_once_with_a_key_that_can_be_read(library):
    shelf = declare(library, "title", "Proyek asal")
    assert (shelf.key, shelf.kind, shelf.active) == ("proyek-asal", "text", True)
    again = OwnFacts("title", " proyek  ASAL ")
    assert refused(library, lambda s: own_fields.add(s, again, NOW)).reason is Reason.NAME_TAKEN
    declare(library, "item", "Proyek asal")
    assert [one.record for one in ask(library, own_fields.listed)] == ["title", "item"]


def test_what_makes_no_field_is_refused(library):
    for facts, reason in (
        (OwnFacts("title", "  "), Reason.NAME_MISSING),
        (OwnFacts("title", "Warna", "choice", (" ", "")), Reason.CHOICES_MISSING),
    ):
        assert refused(library, lambda s, f=facts: own_fields.add(s, f, NOW)).reason is reason
    for at in range(own_fields.MOST):
        declare(library, "item", f"Isian {at}")
    more = OwnFacts("item", "Satu lagi")
    assert refused(library, lambda s: own_fields.add(s, more, NOW)).reason is Reason.TOO_MANY_FIELDS


@pytest.mark.parametrize(
    "name",
    ["NIK", "No. KTP", "nik anggota", "Diagnosa utama", "AGAMA", "Ibu kandung", "Suku",
     "Tanggal lahir anak", "No. rekam medis", "Catatan alergi", "Alamat rumah", "Golongan darah"],
)  # fmt: skip
def test_what_the_program_promises_not_to_hold_of_a_person_is_no_field(library, name):
    told = refused(library, lambda s: own_fields.add(s, OwnFacts("patron", name), NOW))
    assert told.reason is Reason.PRIVATE_FIELD
    declare(library, "title", name)


@pytest.mark.parametrize(
    "name", ["Shift kerja", "Dinas luar kota", "Pendidikan terakhir", "Bidang minat", "Komite"]
)
def test_harmless_words_are_fields_of_a_person(library, name):
    assert declare(library, "patron", name).record == "patron"


def test_every_act_on_the_list_is_taken_back(library):
    first, second = declare(library, "title", "Satu"), declare(library, "title", "Dua")
    rows = ask(library, own_fields.listed)
    changed = OwnFacts("title", "Satu lagi", "choice", ("a", "b"), active=False)
    for deed in (
        lambda s: own_fields.save(s, first.id, changed, NOW, own_fields.facts_of(first)),
        lambda s: own_fields.order(s, [second.id, first.id], NOW),
        lambda s: own_field_removal.remove(s, first.id, NOW),
        lambda s: own_fields.add(s, OwnFacts("patron", "Shift"), NOW),
    ):
        line = act(library, deed)
        assert ask(library, own_fields.listed) != rows
        act(library, lambda s, line=line: undo.undo(s, line, NOW))
        assert ask(library, own_fields.listed) == rows


def test_another_desk_is_not_overwritten(library):
    row = declare(library, "title", "Satu")
    read = own_fields.facts_of(row)
    act(library, lambda s: own_fields.save(s, row.id, OwnFacts("title", "Dua"), NOW, read))
    mine = OwnFacts("title", "Tiga")
    told = refused(library, lambda s: own_fields.save(s, row.id, mine, NOW, read))
    assert told.reason is Reason.CHANGED_MEANWHILE


# --- values


def test_values_of_a_title_travel_in_its_record_and_are_found(library):
    declare(library, "title", "Proyek asal")
    declare(library, "title", "Jatuh tinjau", "date")
    number = titled(library, **{"proyek-asal": "Hibah WHO", "jatuh-tinjau": "2027-03-04"})
    [one, two] = record_of(library, number).each("599")
    assert one.subfields == [("a", "Hibah WHO"), ("9", "proyek-asal")]
    assert two.get("a") == "2027-03-04"
    assert own_of(library, Biblio, number) == {
        "jatuh-tinjau": "2027-03-04",
        "proyek-asal": "Hibah WHO",
    }
    assert found(library, "hibah who") == [number]
    for word in ("2027", "asal"):  # neither a day nor a key is a word
        assert found(library, word) == []
    changed = own_marc.apply(record_of(library, number), {"proyek-asal": ""})
    act(library, lambda s: titles.save_biblio(s, number, changed, NOW))
    assert found(library, "hibah") == []
    line = ask(library, lambda s: journal.line_about(s, "biblio.saved", number))
    act(library, lambda s: undo.undo(s, line, NOW))
    assert found(library, "hibah") == [number]
    assert "599" in {one.tag for one in templates.copy_of(record_of(library, number)).fields}


def test_a_value_that_does_not_fit_its_field_is_refused(library):
    declare(library, "item", "Warna", "choice", "merah", "biru")
    declare(library, "item", "Servis", "date")
    declare(library, "item", "Berat", "number")
    declare(library, "title", "Nilai", "number")
    number = titled(library)
    for own in ({"warna": "ungu"}, {"servis": "kemarin"}, {"berat": "banyak"}, {"berat": "1e99"}):
        facts = ItemFacts(own=own)
        told = refused(library, lambda s, f=facts: items.add_items(s, number, f, 1, NOW))
        assert told.reason is Reason.OWN_VALUE_UNFIT
        assert told.facts["field"] == f"own:{next(iter(own))}"
    assert ask(library, lambda s: s.execute(select(Item.id)).all()) == []
    wrong = own_marc.apply(record_of(library, number), {"nilai": "dua"})
    told = refused(library, lambda s: titles.save_biblio(s, number, wrong, NOW))
    assert told.facts["name"] == "Nilai"


def test_a_copy_keeps_its_values_and_its_undo_brings_them_back(library):
    declare(library, "item", "Warna", "choice", "merah", "biru")
    declare(library, "item", "Berat", "number")
    number = titled(library)
    own = {"warna": "biru", "berat": "21.50", "unknown": "x"}
    [copy] = act(library, lambda s: items.add_items(s, number, ItemFacts(own=own), 1, NOW))
    assert own_of(library, Item, copy) == {"berat": "21.5", "warna": "biru"}
    [row] = ask(library, lambda s: item_list.items_of(s, number))
    kept = ItemFacts(accession_number=row.accession_number, own={"warna": "merah"})
    line = act(library, lambda s: items.save_item(s, copy, kept, NOW, row))
    assert own_of(library, Item, copy) == {"berat": "21.5", "warna": "merah"}
    told = refused(
        library,
        lambda s: items.save_item(s, copy, ItemFacts(own={"warna": ""}), NOW, row),
    )
    assert told.reason is Reason.CHANGED_MEANWHILE
    act(library, lambda s: undo.undo(s, line, NOW))
    assert own_of(library, Item, copy) == own_values.unpacked(row.own)


def test_a_value_stays_though_its_choice_is_gone(library):
    row = declare(library, "item", "Warna", "choice", "merah", "biru")
    number = titled(library)
    made = act(
        library, lambda s: items.add_items(s, number, ItemFacts(own={"warna": "biru"}), 1, NOW)
    )
    fewer = OwnFacts("item", "Warna", "choice", ("merah",))
    act(library, lambda s: own_fields.save(s, row.id, fewer, NOW))
    same = ItemFacts(location="Rak 2", own={"warna": "biru"})
    act(library, lambda s: items.save_item(s, made[0], same, NOW))
    assert own_of(library, Item, made[0]) == {"warna": "biru"}
    other = OwnFacts("item", "Warna", "number")
    told = refused(library, lambda s: own_fields.save(s, row.id, other, NOW))
    assert (told.reason, told.facts["records"]) == (Reason.OWN_FIELD_USED, 1)


# --- persons


def test_a_person_is_found_by_the_words_of_own_fields_also_after_a_unit_is_renamed(library):
    declare(library, "patron", "Komite")
    number = nurse(library, "Sri Wahyuni", komite="PPI dan mutu")
    assert people(library, "mutu") == ["Sri Wahyuni"]
    read = ask(library, lambda s: finding.one(s, number))
    facts = PatronFacts("Sri Wahyuni", "nurse", unit="ICU", own={"komite": "Farmasi"})
    act(library, lambda s: membership.save(s, number, facts, NOW, read))
    assert (people(library, "mutu"), people(library, "farmasi icu")) == ([], ["Sri Wahyuni"])
    line = ask(library, lambda s: journal.line_about(s, "patron.saved", number))
    told = ask(library, lambda s: journal.read(s, line))
    assert "Farmasi" not in str(told.facts)
    act(library, lambda s: undo.undo(s, line, NOW))
    assert people(library, "mutu") == ["Sri Wahyuni"]


def test_of_patients_families_and_wards_nothing_more_is_kept(library):
    declare(library, "patron", "Komite")
    for kind in ("patient", "family"):
        facts = PatronFacts("A.", kind, own={"komite": "PPI"})
        number = act(library, lambda s, f=facts: membership.enrol(s, f, NOW))
        assert own_of(library, Patron, number) == {}


def test_forgetting_merging_and_the_copy_of_the_data_know_them(library):
    declare(library, "patron", "Komite")
    declare(library, "patron", "Shift", "choice", "pagi", "malam")
    one = nurse(library, "Sri Wahyuni", komite="PPI")
    two = nurse(library, "Sri Wahyuni", komite="Farmasi", shift="malam")
    held = ask(library, lambda s: person_data.held(s, two, NOW))
    assert held["own"] == {"Komite": "Farmasi", "Shift": "malam"}
    line = act(library, lambda s: merging.merge(s, one, two, NOW))
    assert own_of(library, Patron, one) == {"komite": "PPI", "shift": "malam"}
    assert own_of(library, Patron, two) == {}
    act(library, lambda s: undo.undo(s, line, NOW))
    assert own_of(library, Patron, two) == {"komite": "Farmasi", "shift": "malam"}
    act(library, lambda s: forgetting.forget_now(s, two, NOW))
    assert own_of(library, Patron, two) == {}
    rows = ask(library, lambda s: s.execute(select(Journal.facts)).scalars().all())
    assert not any("Farmasi" in facts for facts in rows)


def test_taking_a_field_away_cuts_what_it_told_of_persons(library):
    row = declare(library, "patron", "Komite")
    declare(library, "patron", "Shift")
    number = nurse(library, "Sri Wahyuni", komite="PPI", shift="malam")
    assert ask(library, lambda s: own_fields.holders(s, row)) == 1
    line = act(library, lambda s: own_field_removal.remove(s, row.id, NOW))
    assert own_of(library, Patron, number) == {"shift": "malam"}
    assert people(library, "ppi") == []
    act(library, lambda s: undo.undo(s, line, NOW))
    assert own_of(library, Patron, number) == {"komite": "PPI", "shift": "malam"}
    assert people(library, "ppi") == ["Sri Wahyuni"]
    assert ask(library, lambda s: s.execute(select(PatronBefore)).all()) == []


def test_a_title_keeps_in_its_record_what_no_field_shows(library):
    row = declare(library, "title", "Proyek asal")
    number = titled(library, **{"proyek-asal": "Hibah WHO"})
    act(library, lambda s: own_field_removal.remove(s, row.id, NOW))
    assert own_marc.values(record_of(library, number)) == {"proyek-asal": "Hibah WHO"}
    assert declare(library, "title", "Proyek Asal").key == "proyek-asal"


# --- asked for and taken along


def test_lists_of_ones_own_ask_by_own_fields(library):
    declare(library, "title", "Proyek asal")
    declare(library, "title", "Nilai", "number")
    declare(library, "title", "Tinjau", "date")
    titled(library, **{"proyek-asal": "Hibah WHO", "nilai": "21.5", "tinjau": "2027-03-04"})
    titled(library, **{"proyek-asal": "DAK", "nilai": "9"})
    titled(library)

    def answer(*filters, columns=("own:proyek-asal", "own:nilai", "own:tinjau"), group=""):
        wanted = Asked("titles", columns, tuple(Filter(*one) for one in filters), group)
        return ask(library, lambda s: questions.ask(s, wanted)).rows

    [row] = answer(("own:nilai", "from", "10"))
    assert (row[0], row[1], row[2].isoformat()) == ("Hibah WHO", 21.5, "2027-03-04")
    assert len(answer(("own:tinjau", "to", "2027-12-31"))) == 1
    assert len(answer(("own:proyek-asal", "contains", "hibah"))) == 1
    assert len(answer(("own:nilai", "to", "100"))) == 2
    assert sorted(answer(group="own:proyek-asal")) == [("", 1), ("DAK", 1), ("Hibah WHO", 1)]
    # A record from elsewhere may hold words where a number is meant.
    with library.transaction() as session:
        session.execute(update(Biblio).values(own='{"nilai":"dua","tinjau":"esok"}'))
    assert answer(("own:nilai", "from", "0")) == ()
    assert {row[2] for row in answer()} == {"esok"}


def test_who_is_cared_for_is_told_in_no_list(library):
    declare(library, "patron", "Komite")
    nurse(library, "Sri Wahyuni", komite="PPI")
    hidden = enrol(library, "A.", "patient")
    with library.transaction() as session:
        session.execute(update(Patron).where(Patron.id == hidden).values(own='{"komite":"X"}'))
    wanted = Asked("patrons", ("own:komite",))
    assert sorted(ask(library, lambda s: questions.ask(s, wanted)).rows) == [("",), ("PPI",)]


def test_all_of_it_leaves_and_comes_back_equal(library, tmp_path):
    declare(library, "title", "Proyek asal")
    declare(library, "item", "Berat", "number")
    declare(library, "patron", "Komite")
    number = titled(library, **{"proyek-asal": 'Hibah "WHO"; é'})
    own = {"berat": "21.5"}
    act(library, lambda s: items.add_items(s, number, ItemFacts(own=own), 1, NOW))
    nurse(library, "Sri Wahyuni", komite="PPI")
    folder = tmp_path / "keluar"
    leave(library, folder)
    assert "599" in (folder / "katalog.xml").read_text(encoding="utf-8")
    for file, name, value in (
        ("judul.csv", "Proyek asal", 'Hibah "WHO"; é'),
        ("eksemplar.csv", "Berat", "21,5"),
        ("anggota.csv", "Komite", "PPI"),
    ):
        with (folder / file).open(encoding="utf-8-sig", newline="") as stream:
            [row] = csv.DictReader(stream, delimiter=";")
        assert row[name] == value
        assert "own" not in row
    target = tmp_path / "baru.db"
    with closing(Library.create(target, PROFILE, NOW)) as other:
        other.arrive(folder)
        assert rows_of(other) == rows_of(library)
        assert bytes_of(folder)
        assert found(other, "hibah") == [number]


def test_the_list_knows_its_records(library):
    declare(library, "title", "Satu")
    off = OwnFacts("title", "Dua", active=False)
    act(library, lambda s: own_fields.add(s, off, NOW))
    shown = ask(library, lambda s: own_fields.of(s, OwnRecord.TITLE))
    assert [one.name for one in shown] == ["Satu"]
