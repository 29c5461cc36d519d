"""Columns of a list that are named like a field which the library declared itself: proposed, read
as people write them, looked at before, taken, and put back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from database import undo
from database.imports.plan import Matched
from database.moving import ahead, bringing, column_maps
from database.moving.ahead import Wanted
from database.patrons import rotation
from database.patrons.rotation import Common, Outcome
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.schema import Biblio, Item, OwnKind, OwnRecord, Patron
from database.search import search
from database.sources import looking
from database.sources.fields import Kind
from database.sources.looking import Chosen
from database.text import own_values
from tests.libraries import NOW

FIELDS = (
    OwnFacts(OwnRecord.TITLE, "Program studi", OwnKind.CHOICE, ("Keperawatan", "Kebidanan")),
    OwnFacts(OwnRecord.TITLE, "Tanggal usul", OwnKind.DATE),
    OwnFacts(OwnRecord.TITLE, "Bobot", OwnKind.NUMBER),
    OwnFacts(OwnRecord.ITEM, "Kode aset"),
    OwnFacts(OwnRecord.PATRON, "Komite", OwnKind.CHOICE, ("Mutu", "PPI")),
)
BOOKS = (
    "Judul;Pengarang;Kode eksemplar;PROGRAM STUDI;Tanggal usul;Bobot;Kode aset\n"
    "Asuhan bayi;Sari, Dewi;A1;kebidanan;31/1/2027;21,5;1.3.5.1\n"
    "Gizi dasar;Putra, Adi;A2;Filsafat;kemarin;1.250;\n"
)
PEOPLE = "Nama;NIP;Unit;Komite\nNs. Rina;19870412;ICU;ppi\nNs. Tono;19900101;IGD;Seni\n"


@pytest.fixture
def declared(library):
    with library.transaction() as session:
        for facts in FIELDS:
            own_fields.add(session, facts, NOW)
    return library


def part_of(library, tmp_path, text):
    path = tmp_path / "daftar.csv"
    path.write_text(text, encoding="utf-8")
    with library.reading() as session:
        (part,) = column_maps.recall(session, looking.look(path)).parts
    return part


def bring(library, part, **wanted):
    with library.transaction() as session:
        return bringing.bring(session, [part], Wanted(**wanted), NOW)


def take_back(library, done):
    with library.transaction() as session:
        undo.undo_act(session, done.act, NOW)


def noted(library, which, *where):
    with library.reading() as session:
        rows = session.execute(select(which.own).where(*where).order_by(which.id)).scalars()
        return [own_values.unpacked(one) for one in rows]


def test_a_column_named_like_an_own_field_is_proposed_for_it(declared, tmp_path):
    part = part_of(declared, tmp_path, BOOKS)
    assert [one.field for one in part.table.columns][3:] == [
        "own:title:program-studi",
        "own:title:tanggal-usul",
        "own:title:bobot",
        "own:item:kode-aset",
    ]
    people = part_of(declared, tmp_path, PEOPLE)
    assert [one.field for one in people.table.columns][3:] == ["own:patron:komite"]


def test_what_a_list_cannot_do_without_stays_what_it_is(library, tmp_path):
    with library.transaction() as session:
        own_fields.add(session, OwnFacts(OwnRecord.TITLE, "Judul"), NOW)
        own_fields.add(session, OwnFacts(OwnRecord.TITLE, "Penerbit"), NOW)
    part = part_of(library, tmp_path, "Judul;Pengarang;Penerbit\nGizi;Adi;EGC\n")
    assert [one.field for one in part.table.columns] == ["title", "authors", "own:title:penerbit"]


def test_a_column_under_another_name_is_told_once_and_remembered(declared, tmp_path):
    text = BOOKS.replace("PROGRAM STUDI", "Prodi")
    part = part_of(declared, tmp_path, text)
    assert part.table.columns[3].field == ""
    meant = {one.at: one.field for one in part.table.columns} | {3: "own:title:program-studi"}
    part = part.decided(Chosen(Kind.TITLES, tuple(meant.items())))
    with declared.transaction() as session:
        column_maps.keep(session, [part], NOW)
    assert part_of(declared, tmp_path, text).table.columns[3].field == "own:title:program-studi"
    with declared.transaction() as session:
        gone = next(one for one in own_fields.listed(session) if one.name == "Program studi")
        own_fields.take_away(session, gone.id)
    assert part_of(declared, tmp_path, text).table.columns[3].field == ""


def test_values_are_read_as_people_write_them_and_what_does_not_fit_is_told(declared, tmp_path):
    part = part_of(declared, tmp_path, BOOKS)
    with declared.reading() as session:
        rows = ahead.look_ahead(session, [part], Wanted()).titles.rows
    assert [(one.doubt, one.doubt_detail) for one in rows] == [
        ("", ""),
        ("own_unfit", "Program studi: Filsafat"),
    ]
    done = bring(declared, part)
    told = {(one.reason, one.detail) for one in done.titles.doubtful}
    assert told >= {
        ("own_unfit", "Program studi: Filsafat"),
        ("own_unfit", "Tanggal usul: kemarin"),
    }
    first = {"program-studi": "Kebidanan", "tanggal-usul": "2027-01-31", "bobot": "21.5"}
    assert noted(declared, Biblio) == [first, {"bobot": "1250"}]
    assert noted(declared, Item) == [{"kode-aset": "1.3.5.1"}, {}]
    with declared.reading() as session:
        assert [one.title for one in search.search(session, "kebidanan").rows] == ["Asuhan bayi"]


def test_a_title_described_anew_keeps_what_the_list_does_not_tell(declared, tmp_path):
    bring(declared, part_of(declared, tmp_path, BOOKS))
    before = noted(declared, Biblio)
    again = "Judul;Pengarang;Program studi\nAsuhan bayi;Sari, Dewi;Keperawatan\n"
    done = bring(declared, part_of(declared, tmp_path, again), matched=Matched.OVERLAY)
    assert done.titles.overlaid == 1
    assert noted(declared, Biblio)[0] == {**before[0], "program-studi": "Keperawatan"}
    take_back(declared, done)
    assert noted(declared, Biblio) == before


def test_copies_that_stand_are_told_more_of_and_forget_it_again(declared, tmp_path):
    bring(declared, part_of(declared, tmp_path, BOOKS))
    more = (
        "Item Code;Inventory Code;Coll Type Name;Title;Kode aset\n"
        "A1;;Buku;Asuhan bayi;9.9.9\nA2;;Buku;Gizi dasar;1.3.5.2\n"
    )
    part = part_of(declared, tmp_path, more)
    assert part.what == Kind.ITEMS
    done = bring(declared, part)
    assert noted(declared, Item) == [{"kode-aset": "1.3.5.1"}, {"kode-aset": "1.3.5.2"}]
    take_back(declared, done)
    assert noted(declared, Item) == [{"kode-aset": "1.3.5.1"}, {}]


def test_people_are_enrolled_and_changed_with_theirs(declared, tmp_path):
    part = part_of(declared, tmp_path, PEOPLE)
    common = Common("nurse")
    with declared.reading() as session:
        (told,) = ahead.look_ahead(session, [part], Wanted(common=common)).people
    assert list(told.unfit.values()) == [("Komite: Seni",)]
    bring(declared, part, common=common)
    assert noted(declared, Patron, Patron.name.in_(["Ns. Rina", "Ns. Tono"])) == [
        {"komite": "PPI"},
        {},
    ]
    moved = PEOPLE.replace("ppi", "Mutu").replace("Seni", "")
    done = bring(declared, part_of(declared, tmp_path, moved), common=common)
    (people,) = done.people
    assert [one.outcome for one in people.lines] == [Outcome.CHANGED, Outcome.STANDS]
    assert people.lines[0].changes == (("own:komite", "Mutu"),)
    rina = Patron.name == "Ns. Rina"
    assert noted(declared, Patron, rina) == [{"komite": "Mutu"}]
    take_back(declared, done)
    assert noted(declared, Patron, rina) == [{"komite": "PPI"}]


def test_a_pasted_rotation_knows_them_too(declared):
    table = [line.split(";") for line in PEOPLE.splitlines()]
    with declared.transaction() as session:
        done = rotation.apply(session, table, Common("nurse"), NOW)
    assert len(done.added) == 2
    assert noted(declared, Patron, Patron.name == "Ns. Rina") == [{"komite": "PPI"}]
