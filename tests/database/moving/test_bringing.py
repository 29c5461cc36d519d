"""A whole library out of the dump of another program: one act, whole, once, and back."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from database import undo
from database.catalogue import covers
from database.circulation import lending, losses, visits
from database.exchange import found
from database.imports.plan import Decision
from database.library import Library
from database.moving import ahead, bringing, column_maps, rejected
from database.moving.ahead import Wanted
from database.patrons.rotation import Common, Outcome
from database.policy import house, loan_rule_list
from database.refusal import Reason, Refusal
from database.reports import acts
from database.schema import (
    Biblio,
    Charge,
    Cover,
    Item,
    Journal,
    Loan,
    Patron,
    PatronCategory,
    Visit,
)
from database.search import search
from database.sources import looking
from database.sources.fields import Kind
from database.sources.looking import Chosen
from tests.libraries import NOW
from tests.slims import dump, earlier

TODAY = NOW.date()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "cadangan slims.sql"
    path.write_text(dump(TODAY), encoding="utf-8")
    [part] = looking.look(path).parts
    return part


def bring(library, *parts, wanted=None, now=NOW):
    given = wanted or Wanted()
    return undo.in_pieces(library, lambda s: bringing.bring(s, parts, given, now), now)


def counted(library, record, *where):
    with library.reading() as session:
        return session.execute(select(func.count()).select_from(record).where(*where)).scalar_one()


def test_a_dump_says_what_it_holds(source):
    assert (source.what, source.shape) == (looking.DATABASE, "slims")
    assert source.counts == {
        "titles": 3, "copies": 3, "patrons": 2, "loans": 3, "history": 2, "charges": 2, "holds": 1,
        "visits": 2, "rules": 2, "closed": 2,
    }  # fmt: skip


def test_all_of_it_comes_in_as_it_was(library, source):
    with library.reading() as session:
        before = ahead.look_ahead(session, [source], Wanted())
    assert (before.titles.new, before.titles.refused, before.titles.copies) == (2, 1, 3)
    assert before.people[0].kinds == ["Tenaga Medis", "Mahasiswa Praktik"]
    done = bring(library, source)
    titles = done.titles
    assert (titles.read, titles.added, titles.matched) == (3, 2, 0)
    assert [one.reason for one in titles.refused] == ["no_title"]
    assert [line.outcome for line in done.people[0].lines] == [Outcome.NEW, Outcome.NEW]
    assert (done.desk.loans, done.desk.history, done.desk.visits, done.desk.charges) == (1, 1, 2, 1)
    assert {(one.what, one.reason) for one in done.desk.refused} == {
        ("loan", "copy_unknown"), ("loan", "member_unknown"), ("charge", "charge_without_copy"),
    }  # fmt: skip
    assert (done.desk.holds, done.rules, done.closed) == (1, 2, 1)
    # Our own numbers go on after what came.
    assert (done.following["barcode"], done.following["patron"]) == ("B000003", "M0001")
    with library.reading() as session:
        items = {one.barcode: one for one in session.scalars(select(Item))}
        loan = session.scalars(select(Loan).where(Loan.returned_at.is_(None))).one()
        past = session.scalars(select(Loan).where(Loan.returned_at.is_not(None))).one()
        dewi = session.scalars(select(Patron).where(Patron.number == "0012")).one()
        owed = session.scalars(select(Charge)).one()
        kinds = {one.name: one for one in session.scalars(select(PatronCategory))}
        rules = {
            row.category_name: row.facts for row in loan_rule_list.matrix(session) if row.general
        }
        christmas = house.exception(session, date(2026, 12, 25))
    assert set(items) == {"B00001", "B00002", "G 1"}
    assert (items["B00001"].accession_number, items["B00001"].price) == ("INV/1", 75000)
    assert items["B00001"].call_number == "610.73 ALI k"
    assert (items["B00002"].status, items["B00002"].source) == ("missing", "gift")
    assert (items["G 1"].status, items["G 1"].call_number) == ("reference", "613.2 KEM p c.2")
    assert (loan.item_id, loan.patron_id, loan.renewals) == (items["B00001"].id, dewi.id, 1)
    assert (loan.lent_on.isoformat(), loan.due_on.isoformat()) == (
        earlier(TODAY, 5),
        earlier(TODAY, -9),
    )
    # Of whom a loan that ended was is kept no more.
    assert (past.patron_id, past.returned_on.isoformat()) == (None, earlier(TODAY, 52))
    assert past.category == kinds["Mahasiswa Praktik"].code
    assert (kinds["Mahasiswa Praktik"].audience, kinds["Tenaga Medis"].audience) == (
        "student",
        "staff",
    )
    assert (owed.amount, owed.item_id) == (2000, items["B00002"].id)
    assert (rules["Tenaga Medis"].loan_limit, rules["Tenaga Medis"].days) == (5, 14)
    assert (rules["Tenaga Medis"].fine_per_day, rules["Tenaga Medis"].grace_days) == (500, 1)
    assert christmas == ["Natal", False]


def test_nothing_private_is_in_the_store(library, source):
    bring(library, source)
    with library.reading() as session:
        rows = session.execute(select(Patron.__table__)).all()
        facts = session.execute(select(Journal.facts)).scalars().all()
    stored = str(rows) + str(facts)
    for secret in ("3201010101010001", "Rahasia", "1980-01-01"):
        assert secret not in stored
    assert "Dewi" not in str(facts)


def test_the_same_dump_twice_adds_nothing(library, source):
    bring(library, source)
    before = [counted(library, one) for one in (Item, Patron, Loan, Charge, Visit, PatronCategory)]
    again = bring(library, source)
    assert (again.titles.added, again.titles.items, again.desk.loans) == (0, 0, 0)
    assert again.desk.standing == 5
    after = [counted(library, one) for one in (Item, Patron, Loan, Charge, Visit, PatronCategory)]
    assert before == after


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1)])
def test_it_is_one_act_taken_back_also_the_next_day(library, source, later):
    before = library.contents()
    done = bring(library, source)
    with library.reading() as session:
        assert acts.last_import(session) == done.act
        listed = acts.since(session, NOW - timedelta(days=1), undo.INVERTIBLE)
    assert [(one.id, one.action) for one in listed if one.id == done.act] == [
        (done.act, "import.done")
    ]
    with library.transaction() as session:
        undo.undo_act(session, done.act, NOW + later)
    assert library.contents() == before
    assert counted(library, Loan, Loan.cancelled_at.is_(None)) == 0
    assert counted(library, Visit, Visit.cancelled_at.is_(None)) == 0
    assert counted(library, PatronCategory, PatronCategory.name == "Tenaga Medis") == 0
    again = bring(library, source)
    assert (again.titles.added, again.titles.items, again.desk.loans) == (2, 3, 1)
    assert (again.desk.visits, again.desk.charges) == (2, 1)


def test_a_loan_taken_back_since_stands_on_it(library, source):
    done = bring(library, source)
    with library.transaction() as session:
        losses.take_in(session, "B00001", NOW + timedelta(hours=1))
    with pytest.raises(Refusal) as told, library.transaction() as session:
        undo.undo_act(session, done.act, NOW + timedelta(hours=2))
    assert told.value.reason is Reason.CANNOT_UNDO
    assert told.value.facts["act"] == "loan.returned"
    assert counted(library, Loan, Loan.cancelled_at.is_(None)) == 2


def test_a_copy_lent_since_stands_on_it(library, source):
    done = bring(library, source, wanted=Wanted(desk=False))
    with library.transaction() as session:
        lending.check_out(session, "0012", "B00001", NOW + timedelta(hours=1))
    with pytest.raises(Refusal) as told, library.transaction() as session:
        undo.undo_act(session, done.act, NOW + timedelta(hours=2))
    assert told.value.reason is Reason.CANNOT_UNDO
    assert told.value.facts["who"] == "B00001 “Keperawatan Dasar : buku ajar”"


def test_a_list_of_loans_is_no_list_of_books(library, source, tmp_path):
    bring(library, source, wanted=Wanted(desk=False))
    part = listed(
        tmp_path, "pinjaman.csv",
        ["No", "Kode Buku", "Judul Buku", "No Anggota", "Nama Peminjam", "Tgl Pinjam",
         "Tgl Jatuh Tempo", "Tgl Kembali"],
        ["1", "B00001", "Keperawatan", "0012", "Dewi", earlier(TODAY, 5), earlier(TODAY, -2), ""],
        ["2", "G 1", "Gizi", "0013", "Budi", earlier(TODAY, 9), "", earlier(TODAY, 1)],
        ["3", "", "Tanpa kode", "", "Siapa", earlier(TODAY, 9), "", ""],
    )  # fmt: skip
    assert part.what == Kind.LOANS
    done = bring(library, part)
    assert (done.desk.loans, done.desk.history) == (1, 1)
    assert [(one.position, one.reason) for one in done.desk.refused] == [(4, "copy_unknown")]


def test_a_closed_month_keeps_its_figures(library, source):
    from tests.closing import close

    month = f"{TODAY - timedelta(days=60):%Y-%m}"
    with library.transaction() as session:
        close(session, month, "0", NOW)
    done = bring(library, source)
    assert ("history", "period_closed") in {(one.what, one.reason) for one in done.desk.refused}
    assert done.desk.history == 0


# --- lists


def listed(tmp_path, name, *rows):
    path = tmp_path / name
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    [part] = looking.look(path).parts
    return part


def test_copies_join_their_titles_and_tell_more_of_those_that_stand(library, tmp_path):
    titles = listed(
        tmp_path, "biblio.csv",
        ["title", "gmd_name", "isbn_issn", "sor", "topics", "call_number", "item_code"],
        ["Gizi", "Text", "", "", "", "613.2 ALM g", "<B1>"],
        ["Fisika", "Text", "", "", "", "530 HAL f", ""],
        ["Fisika", "Text", "", "", "", "530 GIA f", ""],
    )  # fmt: skip
    items = listed(
        tmp_path, "item.csv",
        ["item_code", "call_number", "coll_type_name", "inventory_code", "item_status_name",
         "price", "title"],
        ["B1", "613.2 ALM g", "Textbook", "I/1", "Repair", "50000", "Gizi"],
        ["F1", "530 GIA f c.1", "Textbook", "I/2", "", "", "Fisika"],
        ["F2", "999 XYZ", "Textbook", "I/3", "", "", "Fisika"],
        ["X1", "100 ABC x", "Textbook", "I/4", "", "", "Tak ada judulnya"],
    )  # fmt: skip
    assert (titles.shape, items.shape) == ("slims_titles", "slims_items")
    done = bring(library, titles, items)
    with library.reading() as session:
        stored = {one.barcode: one for one in session.scalars(select(Item))}
    assert set(stored) == {"B1", "F1", "F2", "X1"}
    assert (stored["B1"].accession_number, stored["B1"].price) == ("I/1", 50000)
    assert stored["B1"].status == "repair"
    assert done.titles.items_completed == 1
    told = [(one.position, one.reason) for one in done.titles.doubtful if one.file == "item.csv"]
    # Of two titles of one name the call number decides; where it does not, neither is taken.
    assert told == [(4, "title_made"), (4, "title_ambiguous"), (5, "title_made")]
    assert len({one.biblio_id for one in stored.values()}) == 4


def test_copies_told_of_later_fill_what_is_empty_and_come_back(library, tmp_path):
    head = ["Judul", "Pengarang", "Barcode"]
    bring(library, listed(tmp_path, "a.csv", head, ["Gizi", "Almatsier", "B1"]))
    items = listed(
        tmp_path, "item.csv",
        ["item_code", "coll_type_name", "inventory_code", "price", "title"],
        ["B1", "Textbook", "I/1", "50000", "Gizi"],
    )  # fmt: skip
    done = bring(library, items)
    with library.reading() as session:
        assert session.scalars(select(Item)).one().accession_number == "I/1"
    with library.transaction() as session:
        undo.undo_act(session, done.act, NOW)
    with library.reading() as session:
        only = session.scalars(select(Item)).one()
    assert (only.accession_number, only.price, only.cancelled_at) == (None, None, None)


def test_a_number_that_is_anothers_is_not_filled_in(library, tmp_path):
    head = ["Judul", "Pengarang", "Barcode", "No Induk"]
    rows = (["Gizi", "Almatsier", "B1", ""], ["Bedah", "Sudoyo", "B2", "I/1"])
    bring(library, listed(tmp_path, "a.csv", head, *rows))
    items = listed(
        tmp_path, "item.csv",
        ["item_code", "coll_type_name", "inventory_code", "price", "title"],
        ["B1", "Textbook", "I/1", "50000", "Gizi"],
    )  # fmt: skip
    done = bring(library, items)
    assert [(one.reason, one.detail) for one in done.titles.mended] == [("accession_taken", "I/1")]
    with library.reading() as session:
        found_ = {one.barcode: one for one in session.scalars(select(Item))}
        assert search.search(session, "I/1").count == 1
    assert (found_["B1"].accession_number, found_["B1"].price) == (None, 50000)


def test_rows_not_taken_are_saved_with_their_columns_and_come_in_once_mended(library, tmp_path):
    from database.exchange import sheet

    part = listed(
        tmp_path, "daftar.csv",
        ["Judul", "NIK", "Pengarang", "Barcode"],
        ["Gizi", "x", "Almatsier", "B1"], ["", "x", "Anonim", "B2"],
    )  # fmt: skip
    done = bring(library, part)
    sheets = rejected.sheets(done, [part], "Alasan", lambda one: one.reason)
    sheet.write_xlsx(tmp_path / "sisa.xlsx", sheets)
    rows = found.rows_of(tmp_path / "sisa.xlsx")
    assert rows == [
        ["Judul", "NIK", "Pengarang", "Barcode", "Alasan"],
        ["", "x", "Anonim", "B2", "no_title"],
    ]
    rows[1][0] = "Anatomi"
    mended = listed(tmp_path, "sisa.csv", *rows)
    again = bring(library, mended)
    assert (again.titles.added, again.titles.items, again.titles.refused) == (1, 1, [])


def test_covers_beside_the_list_are_hung_and_go_with_it(library, tmp_path):
    picture = b"\xff\xd8\xff" + bytes(2000)
    (tmp_path / "images" / "docs").mkdir(parents=True)
    (tmp_path / "images" / "docs" / "gizi.jpg").write_bytes(picture)
    (tmp_path / "besar.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400_000))
    (tmp_path.parent / "rahasia.jpg").write_bytes(picture)
    part = listed(
        tmp_path, "a.csv", ["Judul", "image"],
        ["Gizi", "gizi.jpg"], ["Anatomi", "besar.png"], ["Bedah", "../rahasia.jpg"],
        ["Kebidanan", "tidak-ada.jpg"],
    )  # fmt: skip
    done = bring(library, part)
    told = [(one.position, one.reason, one.detail) for one in done.titles.doubtful]
    assert told == [(3, "cover_unusable", "besar.png")]
    with library.reading() as session:
        found_ = {one.title: covers.of(session, one.id) for one in session.scalars(select(Biblio))}
    assert found_ == {"Gizi": picture, "Anatomi": None, "Bedah": None, "Kebidanan": None}
    with library.transaction() as session:
        undo.undo_act(session, done.act, NOW)
    assert counted(library, Cover, Cover.removed_at.is_(None)) == 0


def test_people_of_a_list_and_what_is_never_kept_of_them_in_the_rest(library, tmp_path):
    part = listed(
        tmp_path, "pegawai.csv",
        ["Nama Pegawai", "NIK", "NIP", "Berlaku s.d."],
        ["Dewi", "3201010101010001", "19850302", "31-12-2027"],
        ["Budi", "3201010101010002", "19871104", "31-02-2027"],
    )  # fmt: skip
    done = bring(library, part, wanted=Wanted(common=Common("nurse")))
    assert [line.outcome for line in done.people[0].lines] == [Outcome.NEW, Outcome.WRONG_DATE]
    [(_name, head, rows)] = rejected.sheets(done, [part], "Alasan", lambda _one: "tanggal")
    assert (head, rows) == (
        ["Nama Pegawai", "NIP", "Berlaku s.d.", "Alasan"],
        [["Budi", "19871104", "31-02-2027", "tanggal"]],
    )  # fmt: skip


def test_who_has_no_kind_is_told_so_and_a_kind_nobody_knew_is_made(library, tmp_path):
    part = listed(
        tmp_path, "mahasiswa.csv", ["Nama", "NIM", "Jenis Anggota"],
        ["Budi", "H1A020046", ""], ["Dewi", "H1A020047", "Tamu Agung"],
    )  # fmt: skip
    [people] = bring(library, part).people
    assert [(line.outcome, line.detail) for line in people.lines] == [
        (Outcome.KIND_MISSING, ""),
        (Outcome.NEW, ""),
    ]


def test_a_dump_of_slims_without_titles_is_told_as_what_it_is(tmp_path):
    path = tmp_path / "senayan.sql"
    path.write_text(
        "CREATE TABLE `mst_gmd` (`gmd_id` int(11), `gmd_name` varchar(30));\n"
        "INSERT INTO `mst_gmd` (`gmd_id`, `gmd_name`) VALUES (1, 'Text');\n"
        "INSERT INTO `mst_member_type` (`member_type_id`, `member_type_name`) "
        "VALUES (1, 'Standard');\n",
        "utf-8",
    )
    [part] = looking.look(path).parts
    assert (part.what, part.shape) == (looking.DATABASE, "slims")


def test_what_was_decided_of_columns_is_remembered_for_that_shape(library, tmp_path):
    rows = (["Kolom A", "Kolom B"], ["Gizi", "Almatsier"])
    part = listed(tmp_path, "aneh.csv", *rows)
    assert part.what == ""
    part = part.decided(Chosen(Kind.TITLES, ((0, "title"), (1, "authors"))))
    with library.transaction() as session:
        column_maps.keep(session, [part], NOW)
    again = looking.look(part.path)
    with library.reading() as session:
        [known] = column_maps.recall(session, again).parts
    assert (known.what, [one.field for one in known.table.columns]) == (
        Kind.TITLES,
        ["title", "authors"],
    )


def test_our_own_numbers_go_on_after_the_highest_that_came(library, tmp_path):
    part = listed(
        tmp_path, "a.csv", ["Judul", "Barcode"], ["Gizi", "B000041"], ["Bedah", "B000007"]
    )  # fmt: skip
    people = listed(tmp_path, "b.csv", ["Nama", "No Anggota", "NIP"], ["Dewi", "M0099", "1"])
    done = bring(library, part, people, wanted=Wanted(common=Common("nurse")))
    assert (done.following["barcode"], done.following["patron"]) == ("B000042", "M0100")


def test_a_library_of_biblioteq_comes_in_out_of_its_file(library, tmp_path):
    path = tmp_path / "perpustakaan.sqlite"
    with sqlite3.connect(path) as made:
        made.executescript(
            """CREATE TABLE book (myoid INTEGER, id TEXT, isbn13 TEXT, title TEXT, author TEXT,
                 publisher TEXT, pdate TEXT, category TEXT, language TEXT, quantity INTEGER,
                 price REAL, callnumber TEXT, location TEXT);
               INSERT INTO book VALUES (1, '0764541668', '9780764541667', 'Gizi', 'Almatsier, Sunita
Budi', 'EGC', '01/01/2010', 'Gizi', 'Indonesian', 2, 75000.0, '613.2 ALM g', 'Rak 1');
               CREATE TABLE book_copy_info (item_oid INTEGER, copyid TEXT);
               INSERT INTO book_copy_info VALUES (1, 'Q-1'), (1, 'Q-2');
               CREATE TABLE member (memberid TEXT, first_name TEXT, last_name TEXT, dob TEXT,
                 street TEXT, expiration_date TEXT, memberclass TEXT, telephone_num TEXT);
               INSERT INTO member VALUES ('m1', 'Dewi', 'Contoh', '01/01/1980', 'Rahasia 1',
                 '12/31/2027', 'Staf', '');
               CREATE TABLE item_borrower (item_oid INTEGER, copyid TEXT, memberid TEXT,
                 reserved_date TEXT, duedate TEXT);
               INSERT INTO item_borrower VALUES (1, 'Q-1', 'm1', '11/20/2026', '12/20/2026');"""
        )
    made.close()
    [part] = looking.look(path).parts
    assert (part.what, part.shape) == (looking.DATABASE, "biblioteq")
    done = bring(library, part)
    assert (done.titles.added, done.titles.items, done.desk.loans) == (1, 2, 1)
    assert [line.outcome for line in done.people[0].lines] == [Outcome.NEW]
    with library.reading() as session:
        title = session.scalars(select(Biblio)).one()
        loan = session.scalars(select(Loan)).one()
        stored_ = str(session.execute(select(Patron.__table__)).all())
    assert (title.title, title.year, title.contributors) == (
        "Gizi",
        2010,
        "Almatsier, Sunita; Budi",
    )
    assert loan.due_on == date(2026, 12, 20)
    assert "Rahasia" not in stored_


def test_single_rows_are_decided_otherwise(library, tmp_path):
    head = ["Judul", "ISBN", "Barcode"]
    bring(library, listed(tmp_path, "a.csv", head, ["Gizi klinik", "9789790840751", "B1"]))
    part = listed(
        tmp_path, "b.csv", head,
        ["Gizi klinik", "9789790840751", "B2"], ["Gizi klinik", "9789790840751", "B3"],
        ["Anatomi manusia", "9789790840751", "B4"],
    )  # fmt: skip
    decided = {("b.csv", 2): Decision.NEW, ("b.csv", 3): Decision.SKIP, ("b.csv", 4): Decision.ADD}
    done = bring(library, part, wanted=Wanted(decided=decided))
    titles = done.titles
    assert titles.read == 3 == titles.added + titles.matched + len(titles.refused)
    assert {one.barcode for one in stored(library)} == {"B1", "B2", "B4"}


def stored(library):
    with library.reading() as session:
        return list(session.scalars(select(Item)))


def test_the_library_is_free_while_the_other_program_s_database_is_read(
    library, source, where, monkeypatch
):
    desk, kept, asked = Library.open(where), looking.kept, []

    def slowly(part, use, stopped=None):
        with desk.transaction() as session:
            asked.append(visits.count_visit(session, "staff", NOW))
        return kept(part, use, stopped)

    monkeypatch.setattr(looking, "kept", slowly)
    brought = bring(library, source)
    desk.close()
    assert brought.people[0].lines
    assert len(asked) >= 2
