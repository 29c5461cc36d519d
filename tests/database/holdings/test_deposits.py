"""A batch of the dinas in and out: story A20."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from database import journal, undo
from database.catalogue import titles
from database.circulation import lending
from database.description import marc, marc_form
from database.exchange import found as marc_files
from database.holdings import deposit_copies, deposits, item_facts, item_list, item_states, items
from database.holdings.item_states import Details
from database.imports import deposit_lists
from database.refusal import Reason, Refusal
from database.reports import statistics
from tests.libraries import NOW, WIB
from tests.undoing import take_back_last

FEBRUARY = datetime(2027, 2, 1, 9, 0, tzinfo=WIB)
MAY = datetime(2027, 5, 3, 9, 0, tzinfo=WIB)
BATCH = deposits.DepositFacts(
    "Paket I/2027", "Dinas Perpustakaan", "t1", date(2027, 2, 1), date(2027, 5, 3), "BAST/12"
)


def write(library, act, *asked, **more):
    with library.transaction() as session:
        return act(session, *asked, **more)


def read(library, act, *asked):
    with library.reading() as session:
        return act(session, *asked)


def refused(library, act, *asked):
    with pytest.raises(Refusal) as told:
        write(library, act, *asked)
    return told.value.reason


def titles_file(folder, count, copies):
    path = folder / "paket.csv"
    lines = ["Judul;Pengarang;Tahun Terbit;ISBN;Jumlah"]
    lines += [f"Buku {n};Pengarang {n};2020;;{copies}" for n in range(1, count + 1)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.fixture
def batch(stocked):
    return write(stocked, deposits.receive, BATCH, FEBRUARY)[0]


def counts(library, batch):
    row = read(library, deposits.stored, batch)
    assert row.total == row.here + row.on_loan + row.missing + row.returned
    listed = [deposits.place_of(one) for one in read(library, item_list.items_of_deposit, batch)]
    found = (row.here, row.on_loan, row.missing, row.returned)
    assert found == tuple(map(listed.count, ("here", "on_loan", "missing", "returned")))
    return found


def test_a_batch_of_300_goes_in_and_out(stocked, batch, tmp_path):
    path = titles_file(tmp_path, 100, 3)
    filled = write(stocked, deposit_lists.fill, batch, path, FEBRUARY)
    assert (filled.added, filled.copies, filled.refused) == (100, 300, [])
    with stocked.reading() as session:
        received = journal.line_about(session, "deposit.received", batch)
        lines = journal.read(session, filled.line), journal.read(session, received)
    assert [undo.is_long(line) for line in lines] == [True, False]
    copies = read(stocked, item_list.items_of_deposit, batch)
    assert [copies[0].barcode, copies[-1].barcode] == ["T1-001", "T1-300"]
    assert {row.accession_number for row in copies} == {""}
    assert {row.deposit for row in copies} == {"Paket I/2027"}
    with stocked.reading() as session:
        stock = statistics.month(session, "2027-02").tables["collection"]
    assert sum(row.end for row in stock if row.ownership == "deposit") == 300
    for patron, numbers in (("M0001", (1, 2)), ("M0002", (3, 4, 5)), ("W-MAWAR", (6, 7))):
        for number in numbers:
            write(stocked, lending.check_out, patron, f"T1-{number:03d}", FEBRUARY)
    assert counts(stocked, batch) == (293, 7, 0, 0)
    with stocked.transaction() as session:
        for number in range(8, 299):
            deposit_copies.give_back(session, batch, f"t1-{number:03d}", MAY)
    line = write(stocked, deposit_copies.finish, batch, MAY)
    assert counts(stocked, batch) == (0, 7, 2, 291)
    assert read(stocked, deposits.stored, batch).returned_on == MAY.date()
    assert (
        refused(stocked, deposit_copies.add_copy, batch, "9786020000015", MAY)
        is Reason.BATCH_RETURNED
    )
    write(stocked, undo.undo, line, MAY)
    assert counts(stocked, batch) == (2, 7, 0, 291)
    assert read(stocked, deposits.stored, batch).returned_on is None


def test_what_comes_home_later_is_still_given_back(stocked, batch):
    write(stocked, deposit_copies.add_copy, batch, "9786020000015", FEBRUARY)
    write(stocked, deposit_copies.add_copy, batch, "9786020000022", FEBRUARY)
    write(stocked, lending.check_out, "M0001", "T1-001", FEBRUARY)
    write(stocked, deposit_copies.finish, batch, MAY)
    assert counts(stocked, batch) == (0, 1, 1, 0)
    write(stocked, lending.check_in, "T1-001", MAY)
    write(stocked, deposit_copies.give_back, batch, "T1-001", MAY)
    write(stocked, deposit_copies.give_back, batch, "T1-002", MAY)
    assert counts(stocked, batch) == (0, 0, 0, 2)


def test_scanning_tells_what_is_wrong(stocked, batch):
    write(stocked, deposit_copies.add_copy, batch, "9786020000015", FEBRUARY)
    write(stocked, deposit_copies.add_copy, batch, "978-602-00-0001-5", FEBRUARY)
    give = deposit_copies.give_back
    assert refused(stocked, give, batch, "X1", MAY) is Reason.UNKNOWN_ITEM
    assert refused(stocked, give, batch, "B000001", MAY) is Reason.NOT_OF_BATCH
    write(stocked, lending.check_out, "M0001", "T1-001", FEBRUARY)
    assert refused(stocked, give, batch, "T1-001", MAY) is Reason.ITEM_ON_LOAN
    scanned = write(stocked, give, batch, "T1-002", MAY)
    assert refused(stocked, give, batch, "T1-002", MAY) is Reason.ALREADY_GIVEN_BACK
    assert refused(stocked, deposit_copies.add_copy, batch, "B1", MAY) is Reason.ISBN_UNKNOWN
    write(stocked, undo.undo, scanned.line, MAY)
    assert counts(stocked, batch) == (1, 1, 0, 0)


def test_a_copy_of_a_batch_stays_the_owners(stocked, batch):
    scanned = write(stocked, deposit_copies.add_copy, batch, "9786020000015", FEBRUARY)
    weeding = Details(reason="rusak", minutes="1/2027")
    assert refused(stocked, item_states.withdraw, [scanned.item_id], weeding, MAY) is (
        Reason.DEPOSIT_STAYS
    )
    ours = item_facts.ItemFacts(ownership="hospital")
    assert refused(stocked, items.save_item, scanned.item_id, ours, MAY) is Reason.DEPOSIT_STAYS


def test_a_list_is_taken_back_with_its_titles(stocked, batch, tmp_path):
    before = read(stocked, titles.counts)
    path = titles_file(tmp_path, 3, 2)
    line = write(stocked, deposit_lists.fill, batch, path, FEBRUARY).line
    write(stocked, undo.undo, line, FEBRUARY)
    assert read(stocked, titles.counts) == before
    assert counts(stocked, batch) == (0, 0, 0, 0)
    again = write(stocked, deposit_lists.fill, batch, path, FEBRUARY)
    copies = read(stocked, item_list.items_of_deposit, batch)
    assert (again.added, copies[0].barcode) == (3, "T1-007")
    write(stocked, lending.check_out, "M0001", "T1-007", FEBRUARY)
    assert refused(stocked, undo.undo, again.line, FEBRUARY) is Reason.CANNOT_UNDO


def test_marc_files_and_titles_that_stand(stocked, batch, tmp_path):
    new = marc_form.apply(
        marc.Record(), {"title": "Buku baru", "main_author": "Ani", "year": "2024"}
    )
    new.fields.append(marc.Field("990", None, "  ", [("a", "D100")]))
    new.fields.append(marc.Field("990", None, "  ", [("a", "D101")]))
    known = marc_form.apply(marc.Record(), {"title": "Ilmu Kebidanan", "isbn": "9786020000022"})
    path = tmp_path / "paket.mrc"
    with path.open("wb") as stream:
        marc_files.write(stream, [new, known, new], "mrc")
    filled = write(stocked, deposit_lists.fill, batch, path, FEBRUARY)
    assert (filled.added, filled.met, filled.copies) == (1, 2, 5)


def test_lists_that_are_none(stocked, batch, tmp_path):
    path = tmp_path / "lain.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert refused(stocked, deposit_lists.fill, batch, path, FEBRUARY) is Reason.NOT_A_LIST
    missing = tmp_path / "tidak.csv"
    assert refused(stocked, deposit_lists.fill, batch, missing, NOW) is Reason.FILE_MISSING
    path.write_bytes("judul,jumlah\nSélasar,x\n,2\nBuku é,2\n".encode("cp1252"))
    filled = write(stocked, deposit_lists.fill, batch, path, FEBRUARY)
    assert [one.reason for one in filled.refused] == ["bad_count", "no_title"]
    assert (filled.added, filled.copies) == (1, 2)


def test_a_batch_is_changed_and_taken_back(stocked, batch):
    changed = deposits.DepositFacts("Paket II", "Dinas", "T1", date(2027, 2, 1))
    line = write(stocked, deposits.save, batch, changed, FEBRUARY)
    assert read(stocked, deposits.stored, batch).name == "Paket II"
    write(stocked, undo.undo, line, FEBRUARY)
    back = read(stocked, deposits.stored, batch)
    assert (back.name, back.due_on) == ("Paket I/2027", date(2027, 5, 3))
    write(stocked, deposit_copies.add_copy, batch, "9786020000015", FEBRUARY)
    other = deposits.DepositFacts("Paket", "", "X", date(2027, 2, 1))
    assert refused(stocked, deposits.save, batch, other, FEBRUARY) is Reason.VALUE_INVALID


def test_a_wrong_batch_is_refused(stocked, batch):
    def with_(**values):
        return deposits.DepositFacts(
            **{"name": "P", "owner": "", "prefix": "T2", "received_on": date(2027, 2, 1), **values}
        )

    wrong = (
        (with_(name=" "), Reason.NAME_MISSING),
        (with_(prefix="1T"), Reason.PREFIX_INVALID),
        (with_(prefix="T1"), Reason.PREFIX_TAKEN),
        (with_(due_on=date(2027, 1, 1)), Reason.VALUE_INVALID),
    )
    for facts, reason in wrong:
        assert refused(stocked, deposits.receive, facts, FEBRUARY) is reason
    assert read(stocked, deposits.next_prefix) == "T2"


def test_an_empty_batch_is_taken_back(stocked, batch):
    write(stocked, take_back_last, FEBRUARY + timedelta(minutes=1))
    assert read(stocked, deposits.rows) == []
    assert read(stocked, deposits.next_prefix) == "T2"
