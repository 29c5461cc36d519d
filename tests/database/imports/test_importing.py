"""Import: every record in exactly one of added, matched, refused; whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
from itertools import count

import pytest
from sqlalchemy import insert, select

from database import journal, undo
from database.catalogue import heading_changes, titles
from database.circulation import in_house, lending
from database.description import iso2709
from database.description.marc import Field, Record
from database.engine import pausing
from database.holdings import item_facts, item_list, items
from database.imports import importing, plan, preview, reader
from database.patrons import membership
from database.patrons.membership import PatronFacts
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import BiblioHeading, Heading, Item, Journal, Loan, Patron
from database.search import search
from database.text.words import key
from tests.libraries import NOW
from tests.undoing import take_back_last


def record(title, isbn="", author="Setiati, Siti", year="2014", number="", extra=()):
    fields = []
    if number:
        fields += [Field("001", number), Field("003", "INLIS")]
    if isbn:
        fields.append(Field("020", None, "  ", [("a", isbn)]))
    fields += [
        Field("100", None, "1 ", [("a", author)]),
        Field("245", None, "10", [("a", title)]),
        Field("264", None, " 1", [("a", "Jakarta :"), ("b", "EGC,"), ("c", year)]),
    ]
    return Record(fields=[*fields, *extra])


@pytest.fixture
def make(tmp_path):
    """Write records into an ISO 2709 file."""

    numbers = count()

    def write(*records, name=""):
        path = tmp_path / (name or f"x{next(numbers)}.mrc")
        path.write_bytes(
            b"".join(one if isinstance(one, bytes) else iso2709.serialise(one) for one in records)
        )
        return path

    return write


def bring(library, *paths, **more):
    with library.transaction() as session:
        return importing.run(session, paths, NOW, **more)


def counts(result):
    return result.read, result.added, result.matched, len(result.refused)


def test_every_record_is_in_exactly_one_heap(library, make):
    path = make(record("Satu"), record(""), b"garbage", record("Dua"))
    result = bring(library, path)
    assert counts(result) == (4, 2, 0, 2)
    assert [(one.position, one.reason) for one in result.refused] == [
        (2, "no_title"),
        (3, "cut_off"),
    ]
    assert not any(one.partly for one in result.refused)


def test_the_same_file_twice_adds_nothing(library, make):
    path = make(record("Satu", "9786020000015"), record("Dua"), record("Tiga", number="7"))
    assert counts(bring(library, path)) == (3, 3, 0, 0)
    assert counts(bring(library, path)) == (3, 0, 3, 0)
    assert library.contents().titles == 3


def test_twins_within_a_file_are_joined(library, make):
    path = make(record("Satu", "9786020000015"), record("Satu, cetak ulang", "602-00-0001-X"))
    assert counts(bring(library, path)) == (2, 1, 1, 0)


def test_volumes_that_share_the_isbn_of_their_set_stay_apart(library, make):
    volumes = [
        Record(
            fields=[
                Field("020", None, "  ", [("a", "9786020000015")]),
                Field("245", None, "10", [("a", "Ilmu penyakit dalam"), ("n", f"Jilid {n}")]),
            ]
        )
        for n in (1, 2, 3)
    ]
    assert counts(bring(library, make(*volumes))) == (3, 3, 0, 0)


def test_a_repeated_control_number_with_another_title_is_another_title(library, make):
    path = make(record("Satu", number="1"), record("Dua", author="Budi", number="1"))
    assert counts(bring(library, path)) == (2, 2, 0, 0)


def test_titles_without_author_or_year_are_not_joined_by_title_alone(library, make):
    path = make(record("Laporan tahunan", year=""), record("Laporan tahunan", year=""))
    assert counts(bring(library, path)) == (2, 2, 0, 0)


def test_copies_come_along_when_asked(library, make):
    koha = Field("952", None, "  ", [("p", "lama001"), ("o", "616 SET s"), ("g", "85.000")])
    inlis = Field("990", None, "  ", [("a", "0007/LP/16")])
    path = make(record("Satu", extra=[koha]), record("Dua", extra=[inlis]))
    assert bring(library, path).items == 0
    result = bring(library, path, with_items=True)
    assert (counts(result), result.items) == ((2, 0, 2, 0), 2)
    with library.reading() as session:
        first, second = item_list.items_by_barcode(session, ["LAMA001", "0007/LP/16"])
        assert (first.call_number, first.price, second.accession_number) == (
            "616 SET s",
            85_000,
            "0007/LP/16",
        )
        assert search.search(session, "lama001").count == 1
    again = bring(library, path, with_items=True)
    assert (again.items, len(again.items_refused)) == (0, 2)


def test_our_own_numbers_go_on_after_imported_ones(library, make):
    copy = Field("952", None, "  ", [("p", "B000041")])
    bring(library, make(record("Satu", extra=[copy])), with_items=True)
    with library.transaction() as session:
        number = search.search(session, "satu").rows[0].id
        items.add_items(session, number, item_facts.ItemFacts(), 1, NOW)
        assert [one.barcode for one in item_list.items_of(session, number)] == [
            "B000041",
            "B000042",
        ]


def test_a_title_added_after_an_import_gets_a_free_id(library, make):
    bring(library, make(record("Satu"), record("Dua")))
    with library.transaction() as session:
        number = titles.add_biblio(session, record("Tiga"), NOW)
        assert [one.id for one in search.search(session, "tiga").rows] == [number]


def test_an_import_that_is_stopped_leaves_nothing(library, make):
    path = make(*(record(f"Buku {n}") for n in range(3 * reader.CHUNK)))
    stored = []

    def cancelled():
        return bool(stored)

    with pytest.raises(pausing.Cancelled):
        bring(library, path, cancelled=cancelled, report=lambda done, total: stored.append(done))
    assert stored == [stored[0]]
    assert library.contents().titles == 0
    with library.reading() as session:
        assert search.search(session, "buku").count == 0


@pytest.fixture
def second_process(monkeypatch):
    """Let even a small file be read by the second process."""
    monkeypatch.setattr(reader, "WORTH_A_PROCESS", 0)


@pytest.mark.usefixtures("second_process")
def test_a_second_process_reads_the_same(library, make):
    koha = Field("952", None, "  ", [("p", "lama001"), ("o", "616 SET s"), ("g", "85.000")])
    path = make(
        record("Satu", "9786020000015", extra=[koha]), record(""), b"garbage", record("Dua")
    )
    result = bring(library, path, with_items=True)
    assert (counts(result), result.items) == ((4, 2, 0, 2), 1)
    assert [one.reason for one in result.refused] == ["no_title", "cut_off"]
    with library.reading() as session:
        (copy,) = item_list.items_by_barcode(session, ["LAMA001"])
        assert (copy.call_number, copy.price) == ("616 SET s", 85_000)
        assert search.search(session, "setiati").count == 2


@pytest.mark.usefixtures("second_process")
def test_both_ways_of_reading_give_equal_records(shared_data):
    files = sorted(one for one in (shared_data / "marc").rglob("*") if one.is_file())
    here = [one for chunk, _done in reader.inline(files, with_items=True) for one in chunk]
    there = [one for chunk, _done in reader.chunks(files, with_items=True) for one in chunk]
    assert len(here) > 100
    assert here == there


@pytest.mark.usefixtures("second_process")
def test_the_second_process_ends_with_an_import_that_is_stopped(library, make):
    path = make(*(record(f"Buku {n}") for n in range(3 * reader.CHUNK)))
    with pytest.raises(pausing.Cancelled):
        bring(library, path, cancelled=lambda: True)
    assert multiprocessing.active_children() == []
    assert library.contents().titles == 0


@pytest.mark.usefixtures("second_process")
@pytest.mark.skipif(not hasattr(os, "mkfifo") or os.geteuid() == 0, reason="root reads anything")
def test_a_file_that_may_not_be_read_is_a_fault_there_too(library, make):
    path = make(record("Satu"))
    path.chmod(0)
    with pytest.raises(Fault) as told:
        bring(library, path)
    assert told.value.trouble is Trouble.FILE_UNREADABLE


def test_preview_tells_what_the_import_does_and_writes_nothing(library, make):
    one = make(record("Satu", "9786020000015"), record(""), record("Dua"), name="a.mrc")
    two = make(*(record(f"Buku {n}") for n in range(300)), record("Buku 3"), name="b.mrc")
    bring(library, make(record("Satu", "9786020000015"), name="c.mrc"))
    with library.reading() as session:
        seen = preview.preview(session, [one, two])
    assert library.contents().titles == 1
    result = bring(library, one, two)
    assert (seen.read, seen.new, seen.matched, seen.refused) == counts(result) == (304, 301, 2, 1)


def test_a_file_that_is_no_marc_is_one_refused_piece(library, make, tmp_path):
    picture = tmp_path / "foto.mrc"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300))
    empty = tmp_path / "kosong.mrc"
    empty.write_bytes(b"")
    result = bring(library, picture, empty, make(record("Satu")))
    assert counts(result) == (3, 1, 0, 2)
    assert [one.reason for one in result.refused] == ["file_of_other_kind", "file_empty"]


def test_progress_ends_at_the_whole(library, make):
    told = []
    path = make(*(record(f"Buku {n}") for n in range(600)))
    bring(library, path, report=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == path.stat().st_size


def test_of_nothing_at_all_the_whole_is_reached_too(library, tmp_path):
    told = []
    path = tmp_path / "kosong.mrc"
    path.write_bytes(b"")
    bring(library, path, report=lambda done, total: told.append((done, total)))
    assert all(done <= total for done, total in told)
    assert {total for _done, total in told} <= {1}


def test_real_files_come_in_and_are_found(library, shared_data):
    paths = sorted((shared_data / "marc" / "medical").glob("*.mrc"))
    paths += sorted((shared_data / "inlislite" / "ContohFile").glob("*.mrc"))
    result = bring(library, *paths, with_items=True)
    assert result.read == result.added + result.matched + len(result.refused)
    assert result.added > 30
    with library.reading() as session:
        for one in search.search(session, "", 500).rows:
            assert one.id in {row.id for row in search.search(session, key(one.title), 500).rows}


def test_what_came_in_goes_out_again(library, shared_data):
    path = shared_data / "marc" / "koha" / "misc4dev_marc21_biblios.marcxml"
    from database.exchange import found as files

    originals = [one.record for one in files.records_of(path) if one.record]
    bring(library, path)
    with library.reading() as session:
        kept = list(titles.records(session))
    assert len(kept) > 400
    assert all(one in originals for one in kept)


def in_pieces(library, paths, **more):
    return undo.in_pieces(library, lambda s: importing.run(s, paths, NOW, **more), NOW)


@pytest.fixture
def breathless(monkeypatch):
    """A long act pauses after each piece, however quick it was."""
    monkeypatch.setattr("database.engine.pausing.HELD", -1.0)


@pytest.fixture
def desk(stocked, where):
    """Another program on the same library."""
    from database.library import Library

    other = Library.open(where)
    yield other
    other.close()


def many(number, word="Buku"):
    return [record(f"{word} {n}") for n in range(number)]


def test_the_library_is_free_while_the_files_are_read(stocked, desk, make, monkeypatch):
    """However long a slow disc or a big record takes: nothing is held meanwhile."""
    asked, chunks = [], reader.chunks

    def slowly(*files, **more):
        for chunk in chunks(*files, **more):
            with desk.transaction() as session:
                asked.append(lending.check_out(session, "M0001", "B000001", NOW))
                asked.append(lending.check_in(session, "B000001", NOW))
            yield chunk

    monkeypatch.setattr(reader, "CHUNK", 100)
    monkeypatch.setattr(reader, "chunks", slowly)
    assert in_pieces(stocked, [make(*many(250))]).added == 250
    assert len(asked) == 6


@pytest.mark.usefixtures("breathless")
def test_the_desks_go_on_while_an_import_runs(stocked, desk, make):
    """And a title another desk adds meanwhile gets an id of its own."""
    before, added = stocked.contents(), []

    def meanwhile(_done, _total):
        code = ("B000001", "B000010", "B000011")[len(added)]
        with desk.transaction() as session:
            lending.check_out(session, "M0001", code, NOW)
            added.append(titles.add_biblio(session, record(f"Dari meja lain {code}"), NOW))

    files = [make(*many(300, word)) for word in ("Satu", "Dua", "Tiga")]
    result = in_pieces(stocked, files, report=meanwhile)
    assert counts(result) == (900, 900, 0, 0)
    with stocked.reading() as session:
        found = search.search(session, "meja lain").rows
        assert {one.id for one in found} == set(added)
    after = stocked.contents()
    assert after.open_loans == before.open_loans + 3
    assert after.titles == before.titles + 900 + 3


class DiedError(Exception):
    pass


def die(_done, _total):
    raise DiedError


@pytest.mark.usefixtures("breathless")
def test_what_a_killed_import_left_is_one_act_to_take_back(stocked, make):
    before = stocked.contents()
    with pytest.raises(DiedError):
        in_pieces(stocked, [make(*many(300)), make(*many(9, "Lain"))], report=die)
    assert stocked.contents().titles == before.titles + 300
    with stocked.transaction(long=True) as session:
        done = take_back_last(session, NOW)
    assert done.action == "import.done"
    assert stocked.contents() == before
    with stocked.reading() as session:
        assert search.search(session, "buku 299").count == 0


@pytest.mark.usefixtures("breathless")
def test_a_killed_import_goes_on_with_the_same_files(stocked, make):
    before, path = stocked.contents(), make(*many(300))
    with pytest.raises(DiedError):
        in_pieces(stocked, [path, make(*many(9, "Lain"))], report=die)
    again = in_pieces(stocked, [path, make(*many(9, "Lain"))])
    assert counts(again) == (309, 9, 300, 0)
    assert stocked.contents().titles == before.titles + 309


@pytest.mark.usefixtures("breathless")
def test_a_stopped_import_takes_back_what_had_come_in(stocked, desk, make):
    before, looks = stocked.contents(), []

    def cancelled():
        looks.append(desk.contents().titles)
        return len(looks) > 3

    path = make(*many(900))
    with pytest.raises(pausing.Cancelled):
        in_pieces(stocked, [path], cancelled=cancelled)
    assert looks[-1] > before.titles, "what stands between two pauses is seen by others"
    assert stocked.contents() == before
    with stocked.reading() as session:
        journalled = session.execute(select(Journal.action).order_by(Journal.id.desc()).limit(2))
        assert journalled.scalars().all() == ["import.done.undone", "import.done"]


@pytest.mark.usefixtures("breathless")
def test_a_heading_merged_during_an_import_is_used_by_none_of_it(stocked, desk, make):
    """What was remembered of headings is forgotten at each pause."""

    def named(title, who):
        return record(title, author=who)

    merged = []

    def meanwhile(_done, _total):
        if merged:
            return
        with desk.transaction() as session:
            rows = session.execute(select(Heading.name, Heading.id))
            ids = dict(iter(rows))
            pair = [n for name, n in ids.items() if name.startswith("Anwar")]
            merged.append(pair)
            heading_changes.merge(session, pair[0], pair[1], NOW)

    first = make(named("Satu", "Anwar, Ali"), named("Dua", "Anwar, A."))
    second = make(named("Tiga", "Anwar, Ali"), named("Empat", "Anwar, A."))
    in_pieces(stocked, [first, second], report=meanwhile)
    assert len(merged[0]) == 2
    with stocked.reading() as session:
        loose = select(BiblioHeading.heading_id).where(
            BiblioHeading.heading_id.not_in(select(Heading.id))
        )
        assert session.execute(loose).all() == []
        assert search.search(session, "anwar").count == 4


@pytest.mark.usefixtures("breathless")
def test_taking_back_leaves_what_a_desk_used_or_changed_in_a_pause(
    stocked, desk, make, monkeypatch
):
    copies = [record(f"Buku {n}", extra=[copy_of(f"X{n:04}")]) for n in range(250)]
    before = stocked.contents()
    result = in_pieces(stocked, [make(*copies)], with_items=True)
    lent = []
    take = pausing.Pauses.take

    def and_lend(pauses):
        take(pauses)
        if not lent:
            lent.append("X0249")
            with desk.transaction() as session:
                lending.check_out(session, "M0001", "X0249", NOW)
                _change(session, search.search(session, "Buku 248").rows[0].id)

    monkeypatch.setattr(pausing.Pauses, "take", and_lend)
    with stocked.transaction(long=True) as session:
        undo.undo(session, result.line, NOW)
    after = stocked.contents()
    assert (after.titles - before.titles, after.items - before.items) == (2, 2)
    with stocked.reading() as session:
        assert search.search(session, "x0249").count == 1
        assert search.search(session, "x0248").count == 1
        assert search.search(session, "x0001").count == 0


# --- titles that stand already, and taking an import back ----------------------------


def copy_of(barcode, accession=""):
    return Field("952", None, "  ", [("p", barcode), ("i", accession)])


@pytest.fixture
def twice(library, make):
    """A title with one copy, and a file that describes it anew with another copy."""
    first = record("Satu", "9786020000015", extra=[copy_of("B000001")])
    bring(library, make(first, name="a.mrc"), with_items=True)
    again = record("Satu", "9786020000015", author="Lain, Orang", extra=[copy_of("B000002")])
    return make(again, record("Dua", extra=[copy_of("B000003")]), name="b.mrc")


def state(library):
    with library.reading() as session:
        rows = search.search(session, "", 50).rows
        return sorted((one.title, one.contributors, one.items) for one in rows)


BEFORE = [("Satu", "Setiati, Siti", 1)]


@pytest.mark.parametrize(
    ("choice", "then"),
    [
        ("add", [("Dua", "Setiati, Siti", 1), ("Satu", "Setiati, Siti", 2)]),
        ("overlay", [("Dua", "Setiati, Siti", 1), ("Satu", "Lain, Orang", 2)]),
        ("skip", [("Dua", "Setiati, Siti", 1), ("Satu", "Setiati, Siti", 1)]),
    ],
)
def test_what_becomes_of_titles_that_stand_already_and_undo(library, twice, choice, then):
    chosen = plan.Matched(choice)
    result = bring(library, twice, with_items=True, matched=chosen)
    assert (counts(result), result.overlaid) == ((2, 1, 1, 0), int(choice == "overlay"))
    assert state(library) == then
    with library.transaction() as session:
        undo.undo(session, result.line, NOW)
    assert state(library) == BEFORE
    with library.reading() as session:
        assert search.search(session, "B000003").count == 0
        assert search.search(session, "B000002").count == 0
        assert search.search(session, "lain orang").count == 0
    with pytest.raises(Refusal), library.transaction() as session:
        undo.undo(session, result.line, NOW)


def test_an_import_taken_back_can_be_brought_in_again(library, twice):
    result = bring(library, twice, with_items=True)
    with library.transaction() as session:
        undo.undo(session, result.line, NOW)
    again = bring(library, twice, with_items=True)
    assert (counts(again), again.items, again.items_refused) == ((2, 1, 1, 0), 2, [])
    assert state(library) == [("Dua", "Setiati, Siti", 1), ("Satu", "Setiati, Siti", 2)]
    with library.reading() as session:
        assert search.search(session, "B000003").count == 1


def _lend(session, number):
    item = session.execute(select(Item.id).where(Item.barcode == "B000003")).scalar_one()
    day = NOW.date()
    session.execute(
        insert(Loan).values(item_id=item, lent_at=NOW, lent_on=day, due_on=day, category="nurse")
    )


def _change(session, number):
    kept, shelf = titles.record_of(session, number)
    titles.save_biblio(session, number, kept, NOW, shelf)


def _copy(session, number):
    items.add_items(session, number, item_facts.ItemFacts(), 1, NOW)


def _use(session, _number):
    in_house.use_in_house(session, "B000003", NOW, "nurse")


@pytest.mark.parametrize("later", [_lend, _change, _copy, _use])
def test_an_import_on_which_a_later_act_stands_is_not_taken_back(library, twice, later):
    result = bring(library, twice, with_items=True)
    with library.transaction() as session:
        later(session, search.search(session, "Dua").rows[0].id)
    before = state(library)
    with pytest.raises(Refusal) as told, library.transaction() as session:
        undo.undo(session, result.line, NOW)
    assert told.value.reason is Reason.CANNOT_UNDO
    assert state(library) == before


def test_it_is_said_which_copy_of_the_import_was_lent(library, twice):
    day = NOW.date()
    with library.transaction() as session:
        item = session.scalar(select(Item.id).where(Item.barcode == "B000001"))
        own = {"item_id": item, "lent_on": day, "due_on": day, "category": "nurse"}
        session.execute(insert(Loan).values(lent_at=NOW, **own))
    result = bring(library, twice, with_items=True)
    with library.transaction() as session:
        _lend(session, 0)
    with pytest.raises(Refusal) as told, library.transaction() as session:
        undo.undo(session, result.line, NOW)
    assert told.value.facts["who"] == "B000003 “Dua”"


def _struck_copy(session, number):
    (copy,) = items.add_items(session, number, item_facts.ItemFacts(), 1, NOW)
    undo.undo(session, journal.line_about(session, "item.added", copy), NOW)


def _use_taken_back(session, number):
    _use(session, number)
    take_back_last(session, NOW, {"InHouseUse"})


def _old_copy_lent_and_read(session, _number):
    """That which the title had before."""
    patron = membership.enrol(session, PatronFacts(name="Ani", category="nurse"), NOW)
    number = session.scalar(select(Patron.number).where(Patron.id == patron))
    in_house.use_in_house(session, "B000001", NOW, "nurse")
    lending.check_out(session, number, "B000001", NOW)


@pytest.mark.parametrize("later", [_struck_copy, _use_taken_back, _old_copy_lent_and_read])
def test_what_does_not_stand_on_an_import_holds_it_not(library, twice, later):
    result = bring(library, twice, with_items=True)
    with library.transaction() as session:
        later(session, search.search(session, "Dua").rows[0].id)
    with library.transaction() as session:
        undo.undo(session, result.line, NOW)
    assert state(library) == BEFORE


def _rename(session, _number):
    wanted = select(Heading.id).where(Heading.name == "Lain, Orang")
    heading_changes.rename(session, session.execute(wanted).scalar_one(), "Lain, Seorang", NOW)


@pytest.mark.parametrize("later", [_change, _rename])
def test_an_overlaid_title_that_was_changed_since_is_not_put_back(library, twice, later):
    """By a form, which leaves a line about the title, or by its heading, which leaves none."""
    result = bring(library, twice, with_items=True, matched=plan.Matched("overlay"))
    with library.transaction() as session:
        later(session, search.search(session, "Satu").rows[0].id)
    before = state(library)
    with pytest.raises(Refusal) as told, library.transaction() as session:
        undo.undo(session, result.line, NOW)
    assert told.value.reason is Reason.CANNOT_UNDO
    assert state(library) == before


@pytest.mark.usefixtures("second_process")
def test_a_day_of_review_comes_through_the_second_process(library, make):
    review = Field("583", None, "  ", [("a", "review"), ("c", "20270301")])
    bring(library, make(record("Panduan", extra=[review])))
    from database.schema import Biblio

    with library.reading() as session:
        (day,) = session.execute(select(Biblio.review_on)).scalars()
    assert f"{day}" == "2027-03-01"


@pytest.mark.usefixtures("second_process")
def test_a_second_process_that_dies_is_told_and_nothing_stays(library, make, monkeypatch):
    """It is killed by a file of another kind of error than those it knows."""
    path = make(record("Satu"))
    monkeypatch.setattr(reader, "_send", _die)
    with pytest.raises(RuntimeError):
        bring(library, path)
    assert library.contents().titles == 0


def _die(pipe, files, with_items):
    os._exit(3)
