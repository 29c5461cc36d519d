"""The desk, by scanner and keys alone, in the whole window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from database.circulation import holds, identify, lending, visits
from database.holdings import item_facts, items
from database.library import Library
from database.schema import Biblio
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from tests.libraries import NOW


class Clock:
    """A clock the test moves."""

    def __init__(self):
        self.moment = NOW

    def __call__(self):
        return self.moment


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def program(stocked_file, tmp_path, clock):
    path = tmp_path / "library.db"
    path.write_bytes(stocked_file.read_bytes())
    library = Library.open(path)
    yield Program(library, clock, Pc(tmp_path / "pc.ini"))
    library.close()


@pytest.fixture
def window(program, show):
    return show(build_window(program), 1366, 768)


@pytest.fixture
def scan(window, qtbot):
    """Type a code and Enter where F2 leads, as a wedge scanner does."""

    def scan_it(*codes):
        for code in codes:
            qtbot.keyClick(window, Qt.Key.Key_F2)
            box = window.current().scan_box or window.scan_box
            qtbot.keyClicks(box.line, code)
            qtbot.keyClick(box.line, Qt.Key.Key_Return)

    return scan_it


def press(window, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window, key, modifier)


def acts(window):
    table = window.current().acts
    return [(table.cell(row, 1), table.cell(row, 3)) for row in range(table.count())]


def stored(program):
    """What is really there, by another opening of the same file."""
    again = Library.open(program.library.where)
    contents = again.contents()
    again.close()
    return contents


def test_lending_from_home_without_mouse_or_menu(window, scan, program):
    assert window.current_key() == "home"
    scan("M0001", "B000001", "B000010")
    assert window.current_key() == "desk"
    assert acts(window) == [("Dipinjam", "B000010"), ("Dipinjam", "B000001")]
    assert "Ilmu Kebidanan" in window.notice.text()
    assert "Sen 25 Jan 2027" in window.notice.text()
    assert window.current().scan_box.line.hasFocus()
    assert stored(program).open_loans == 2


def test_with_nobody_open_a_copy_is_taken_back(window, scan, qtbot, program, clock):
    scan("M0001", "B000001")
    press(window, qtbot, Qt.Key.Key_Escape)
    clock.moment = NOW + timedelta(days=16)
    scan("b000001")
    assert acts(window) == [("Kembali", "B000001")]
    assert "terlambat 2 hari buka" in window.notice.text()
    assert stored(program).open_loans == 0


def test_a_ward_opens_a_transaction_like_a_person(window, scan):
    scan("W-MAWAR", "B000020")
    assert window.current().patron.name == "Ruang Mawar"
    assert acts(window) == [("Dipinjam", "B000020")]


def test_the_next_patrons_card_begins_anew(window, scan):
    scan("M0001", "B000001", "M0002")
    assert (window.current().patron.number, acts(window)) == ("M0002", [])


def test_undo_and_undo_again(window, scan, qtbot, program):
    scan("M0001", "B000001", "B000010")
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert acts(window)[0][0] == "Diurungkan"
    assert stored(program).open_loans == 1
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(program).open_loans == 0
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Tidak ada yang dapat diurungkan" in window.notice.text()


def test_a_copy_lent_to_another_can_be_taken_back_and_lent_in_one_key(window, scan, qtbot, program):
    scan("M0002", "B000001", "M0001", "B000001")
    assert window.notice.tone() == "refused"
    assert "sudah dipinjam dr. Bagus Santoso sampai" in window.notice.text()
    press(window, qtbot, Qt.Key.Key_F4)
    assert [act for act, _ in acts(window)] == ["Dipinjam", "Kembali"]
    assert stored(program).open_loans == 1


def test_one_too_many_needs_a_reason(window, scan, qtbot, program):
    scan("M0003", "B000001", "B000010", "B000011")
    assert "Batas 2 pinjaman" in window.notice.text()
    assert stored(program).open_loans == 2
    press(window, qtbot, Qt.Key.Key_F4)
    reason = window.current().borrower._reason
    assert reason.hasFocus()
    qtbot.keyClicks(reason, "ujian besok")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert stored(program).open_loans == 3
    assert window.current().scan_box.line.hasFocus()


def test_an_empty_reason_allows_nothing(window, scan, qtbot, program):
    scan("M0003", "B000001", "B000010", "B000011")
    press(window, qtbot, Qt.Key.Key_F4)
    qtbot.keyClick(window.current().borrower._reason, Qt.Key.Key_Return)
    assert stored(program).open_loans == 2


def test_read_here(window, scan, qtbot, program):
    window.go("desk")
    press(window, qtbot, Qt.Key.Key_F6)
    scan("B000099")
    assert acts(window) == [("Baca di tempat", "B000099")]
    assert stored(program).loans == 0


@pytest.mark.parametrize("code", ["XZ-99", "<b>x</b>", "1" * 500, "'; DROP TABLE loan; --"])
def test_an_unknown_code_is_one_sentence(window, scan, code, program):
    scan(code)
    assert window.notice.tone() == "refused"
    assert window.notice.text().startswith("Tidak ada kartu, eksemplar, atau ISBN")
    assert stored(program).loans == 0


def test_an_isbn_stays_at_the_desk_and_offers_the_free_copy(window, qtbot, scan, program):
    scan("M0001", "9786020000022")
    assert window.current_key() == "desk"
    assert "ISBN dari “Ilmu Kebidanan”" in window.notice.text()
    assert stored(program).loans == 0, "nothing is lent by itself"
    press(window, qtbot, Qt.Key.Key_F4)
    assert stored(program).loans == 1
    assert "B000010" in [row["barcode"] for row in window.current().hand.rows()]
    scan("9786020000022")
    assert "tidak satu pun" in window.notice.text()
    assert "F10" in window.notice.text()
    assert stored(program).loans == 1


def test_of_several_free_copies_one_is_chosen(window, qtbot, scan, program):
    with program.library.transaction() as session:
        item = identify.item_scanned(session, "B000010")
        facts = item_facts.ItemFacts(barcode="B000310")
        items.add_items(session, item.biblio_id, facts, 1, NOW)
    scan("M0001", "9786020000022")
    assert "2 eksemplar" in window.notice.text()

    def choose():
        box = QApplication.activeModalWidget()
        assert [row.barcode for row in box.table.rows()] == ["B000010", "B000310"]
        box.table.step(1)
        qtbot.keyClick(box.table.view, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    press(window, qtbot, Qt.Key.Key_F4)
    assert [row["barcode"] for row in window.current().hand.rows()] == ["B000310"]


def test_an_isbn_without_a_patron_says_its_title(window, qtbot, scan):
    scan("9786020000022")
    assert window.current_key() == "desk"
    assert "Ilmu Kebidanan" in window.notice.text()
    press(window, qtbot, Qt.Key.Key_F4)
    assert window.current_key() == "catalogue"
    window.go("desk")
    scan("9786022322122")
    assert window.current_key() == "desk"
    press(window, qtbot, Qt.Key.Key_F4)
    form = window.current().form.form
    assert form.value("isbn").replace("-", "") == "9786022322122"


def test_the_loan_just_made_is_the_one_that_moves(window, qtbot, scan, program):
    scan("M0001", "B000010", "B000011")
    desk = window.current()
    desk.acts.view.setFocus()
    desk.acts.select_first()
    press(window, qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert "Farmakologi" in window.notice.text()
    scan("M0002")
    assert window.notice.text().startswith("Dipindahkan")


def test_esc_leaves_the_question_and_not_the_transaction(window, qtbot, scan):
    scan("M0001", "B000099")
    press(window, qtbot, Qt.Key.Key_F4)
    borrower = window.current().borrower
    assert borrower._reason.isVisible()
    qtbot.keyClick(borrower._reason, Qt.Key.Key_Escape)
    assert borrower._reason.isHidden()
    assert window.current().patron is not None
    press(window, qtbot, Qt.Key.Key_Escape)
    assert window.current().patron is None


def test_visitors(window, qtbot, program):
    window.go("desk")
    visitors = window.current().visitors
    for count, kind in enumerate((Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_1), start=1):
        press(window, qtbot, Qt.Key.Key_F7)
        qtbot.keyClick(visitors.popup.list, kind)
        # A figure is held back for a moment: a scanner might have begun to type.
        qtbot.waitUntil(lambda count=count: visitors._total.text() == str(count))
    with program.library.reading() as session:
        assert visits.visits_on(session, NOW.date()) == {"nurse": 2, "doctor": 1}
    press(window, qtbot, Qt.Key.Key_F7)
    qtbot.keyClick(visitors.popup.list, Qt.Key.Key_Escape)
    assert visitors._total.text() == "3"
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert visitors._total.text() == "2"


def test_f7_with_a_ward_open_asks_and_with_a_person_open_counts_that_kind(
    window, scan, qtbot, program
):
    scan("W-MAWAR")
    press(window, qtbot, Qt.Key.Key_F7)
    desk = window.current()
    qtbot.keyClick(desk.visitors.popup.list, Qt.Key.Key_9)
    qtbot.keyClick(desk.visitors.popup.list, Qt.Key.Key_Escape)
    scan("M0003")
    press(window, qtbot, Qt.Key.Key_F7)
    with program.library.reading() as session:
        assert visits.visits_on(session, NOW.date()) == {"student": 2}


def test_who_opens_a_ready_hold_is_told(window, scan, program):
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000010", NOW)
        wanted = session.scalars(select(Biblio.id).where(Biblio.title == "Ilmu Kebidanan")).one()
        holds.place(session, "M0002", wanted, NOW)
        lending.check_in(session, "B000010", NOW)
    scan("M0001")
    assert "B000010" not in window.notice.text()
    scan("M0002")
    assert "B000010" in window.notice.text()
    assert "Ilmu Kebidanan" in window.notice.text()


def test_renewing_the_chosen_loan(window, scan, qtbot, clock):
    scan("M0001", "B000001")
    clock.moment = NOW + timedelta(days=7)
    window.current().reload()
    window.current().hand.select_first()
    press(window, qtbot, Qt.Key.Key_F8)
    assert window.notice.text().startswith("Diperpanjang: Buku Ajar")
    assert acts(window)[0] == ("Diperpanjang", "B000001")


def test_home_shows_what_was_done_and_what_is_late(window, scan, qtbot, clock):
    scan("M0001", "B000001")
    clock.moment = NOW + timedelta(days=20)
    home = window.go("home")
    home.reload()
    assert home.figures["overdue"].number.text() == "1"
    assert home.waiting.cell(0, 1) == "1 eksemplar · pada 1 pembaca"
    home.waiting.select_first()

    def entered():
        # So soon after a scan an Enter is the scanner's; a person's comes later.
        qtbot.keyClick(home.waiting.view, Qt.Key.Key_Return)
        return window.current_key() == "tasks"

    qtbot.waitUntil(entered)


def test_a_patients_name_is_not_told_to_others(window, scan, program):
    scan("M0004", "B000001", "M0001", "B000001")
    assert "pembaca lain" in window.notice.text()
    assert "Ibu Sri" not in window.notice.text()


def test_no_slip_of_nothing_and_a_slip_kept_where_no_printer_is(
    window, scan, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr("desktop.pc.data_folder", lambda: tmp_path)
    window.go("desk")
    press(window, qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.notice.text() == "Tidak ada yang dipinjam dalam transaksi ini."
    scan("M0001", "B000001")
    press(window, qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    from pypdf import PdfReader

    kept = list((tmp_path / "papers").glob("slip-*.pdf"))
    assert len(kept) == 1
    assert "25" in PdfReader(kept[0]).pages[0].extract_text()


def test_a_locked_library_loses_nothing(window, scan, program, monkeypatch):
    import sqlite3

    scan("M0001")
    monkeypatch.setattr("database.engine.engines.BUSY_SECONDS", 0.1)
    program.library.engine.dispose()
    program.library.engine.raw_connection().execute("PRAGMA busy_timeout=100")
    holder = sqlite3.connect(program.library.where, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    scan("B000001")
    assert window.notice.tone() == "refused"
    assert "Program lain sedang memakai" in window.notice.text()
    holder.close()
    scan("B000001")
    assert stored(program).open_loans == 1


def test_the_return_box_takes_back_and_never_lends(window, scan, qtbot, program):
    scan("M0001", "B000001", "B000010")
    press(window, qtbot, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.current().patron is None
    scan("B000001", "M0002", "B000010")
    assert window.current().patron is None
    assert stored(program).open_loans == 0
    assert [act for act, _barcode in acts(window)] == ["Kembali", "Kembali"]
    press(window, qtbot, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    scan("M0002")
    assert window.current().patron.number == "M0002"


def test_a_loan_on_the_wrong_card_moves_to_the_right_one(window, scan, qtbot, program):
    scan("M0001", "B000001")
    press(window, qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert window.notice.tone() == "look"
    window.current().hand.select_first()
    press(window, qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    scan("M0002")
    assert window.notice.text().startswith("Dipindahkan")
    assert window.current().hand.count() == 0
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.current().hand.count() == 1
    assert stored(program).open_loans == 1
