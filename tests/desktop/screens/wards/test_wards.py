"""Wards by scanner and keys: a round entered afterwards, wishes, hand-outs, going home."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from database.circulation import discharge, identify, lending
from database.patrons import membership
from database.schema import Loan, Patron
from database.wards import handouts, rounds
from desktop.application import build_window
from desktop.pages.slips import round_sheet
from desktop.screens.wards.dialogs import read_clock
from tests.desktop.keying import combo
from tests.libraries import NOW


@pytest.fixture
def screen(program, show):
    """The wards, with Bu Sri in bed M-02 of Mawar."""
    with program.library.transaction() as session:
        mawar = identify.find_patron(session, "W-MAWAR")
        facts = membership.PatronFacts("Bu Sri", "patient", number="P1", unit="Mawar")
        sri = membership.enrol(session, facts, NOW)
        session.execute(
            update(Patron).where(Patron.id == sri).values(place_id=mawar.id, bed="M-02")
        )
    window = show(build_window(program), 1366, 768)
    return window.go("wards")


def choose(screen, number, bed=""):
    overview = screen.overview
    overview.pick(next(row.id for row in overview.wards.rows() if row.number == number))
    if bed:
        rows = overview.readers.rows()
        overview.readers.select_ids([next(row.id for row in rows if row.bed == bed)])
    return overview


def press(screen, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    # Offscreen nobody makes the window active again after a dialog.
    window = screen.window()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(window, key, modifier)
    QApplication.processEvents()
    return QApplication.activeModalWidget()


def accept(dialog):
    """What its verb does; the window hears of the change afterwards."""
    dialog.try_accept()
    QApplication.processEvents()


def scan(screen, qtbot, *codes):
    for code in codes:
        qtbot.keyClicks(screen.entry.scan_box.line, code)
        qtbot.keyClick(screen.entry.scan_box.line, Qt.Key.Key_Return)


def begin(screen, qtbot, at="08.40"):
    dialog = press(screen, qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog.form.put("clock", at)
    accept(dialog)


def test_a_round_is_entered_afterwards_by_scanner_alone(screen, qtbot, program):
    begin(screen, qtbot)
    scan(screen, qtbot, "w-mawar", "B000020", "B000010", "W-ANGGREK", "B000011")
    assert [act.entered.act for act in screen.entry.acts.rows()] == ["lent"] * 3
    assert screen.entry.there.count() == 1
    press(screen, qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with program.library.reading() as session:
        moments = set(session.execute(select(Loan.lent_at)).scalars())
        done = rounds.figures(session, NOW.date(), NOW.date())
    assert moments == {NOW.replace(hour=8, minute=40)}
    assert (done.rounds, done.stops, done.lent) == (1, 2, 3)
    listed = {row.number: row.copies for row in screen.overview.wards.rows()}
    assert (listed["W-MAWAR"], listed["W-ANGGREK"]) == (2, 1)


def test_a_round_put_aside_goes_on_where_it_was(screen, qtbot):
    begin(screen, qtbot)
    scan(screen, qtbot, "W-MAWAR", "B000020")
    press(screen, qtbot, Qt.Key.Key_Escape)
    assert screen.overview._round.text() == "Lanjutkan keliling"
    assert press(screen, qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier) is None
    assert screen.entry.place.number == "W-MAWAR"
    assert len(screen.entry.acts.rows()) == 1


def test_the_last_scan_of_a_round_is_undone_from_the_strip(screen, qtbot, program):
    begin(screen, qtbot)
    scan(screen, qtbot, "W-MAWAR", "B000020")
    press(screen, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with program.library.reading() as session:
        assert identify.find_item(session, "B000020").loan_id is None
    assert screen.entry.acts.rows()[0].undone


def test_a_book_before_any_ward_is_told_what_to_do(screen, qtbot):
    begin(screen, qtbot)
    scan(screen, qtbot, "B000020")
    assert screen.notice.tone() == "refused"
    assert "kartu bangsal" in screen.notice.text()


@pytest.mark.parametrize("at", ["25.00", "pagi", "23.59"])
def test_a_time_that_cannot_be_keeps_the_question_open(screen, qtbot, at):
    dialog = press(screen, qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog.form.put("clock", at)
    accept(dialog)
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("text", "hours"), [("10.30", (10, 30)), ("8:05", (8, 5)), ("0815", (8, 15)), ("x", None)]
)
def test_clocks_are_read_as_people_write_them(text, hours):
    found = read_clock(text)
    assert (found and (found.hour, found.minute)) == hours


def test_a_patient_goes_home(screen, qtbot, program):
    with program.library.transaction() as session:
        for code in ("B000020", "B000010"):
            lending.check_out(session, "P1", code, NOW)
    choose(screen, "W-MAWAR", "M-02")
    screen.overview.discharge()
    dialog = QApplication.activeModalWidget()
    loans = program.read(lambda s: discharge.open_loans(s, screen.overview.readers.current().id))
    dialog.form.put(str(loans[1].id), "lost")
    accept(dialog)
    assert "1 kembali, 1 hilang" in screen.notice.text()
    assert screen.overview.readers.rows() == []
    press(screen, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.overview.readers.rows()[0].copies == 2


def test_f8_renews_the_loans_that_are_listed(screen, qtbot, program):
    with program.library.transaction() as session:
        for code in ("B000020", "B000010"):
            lending.check_out(session, "P1", code, NOW - timedelta(days=4))
    overview = choose(screen, "W-MAWAR")
    press(screen, qtbot, *combo("renew"))
    assert screen.notice.text().startswith("2 pinjaman diperpanjang")
    press(screen, qtbot, *combo("undo"))
    assert screen.notice.text().startswith("Diurungkan")
    overview.readers.view.setFocus()
    overview.readers.select_first()
    press(screen, qtbot, *combo("renew"))
    assert screen.notice.text().startswith("2 pinjaman diperpanjang")


def test_who_goes_home_is_chosen_first(screen, program):
    with program.library.transaction() as session:
        lending.check_out(session, "P1", "B000020", NOW)
    overview = choose(screen, "W-MAWAR")
    overview.readers.select_ids([])
    overview.discharge()
    assert QApplication.activeModalWidget() is None
    assert "siapa yang pulang" in screen.notice.text()


def test_a_wish_is_noted_and_met(screen, qtbot):
    overview = choose(screen, "W-MAWAR", "M-02")
    dialog = press(screen, qtbot, *combo("wish"))
    assert dialog.form.value("bed") == "M-02"
    dialog.form.put("wish", "novel, huruf besar")
    accept(dialog)
    choose(screen, "W-MAWAR", "M-02")
    assert overview.readers.current().wishes == ("novel, huruf besar",)
    press(screen, qtbot, *combo("met"))
    assert overview.readers.current() is None or overview.readers.current().wishes == ()


def test_what_is_handed_out_is_counted_by_month(screen, qtbot, program):
    choose(screen, "W-MAWAR")
    screen.overview.hand_out()
    dialog = QApplication.activeModalWidget()
    dialog.form.put("what", "Majalah lama")
    dialog.form.put("copies", 12)
    accept(dialog)
    screen.overview.show_handouts()
    listed = QApplication.activeModalWidget()
    assert [(row.unit, row.copies) for row in listed.table.rows()] == [("Mawar", 12)]
    listed.step(-1)
    assert listed.table.rows() == []
    listed.reject()
    assert len(program.read(lambda s: handouts.handed_out(s, f"{NOW:%Y-%m}"))) == 1


def test_the_days_of_the_rounds_choose_the_wards_of_the_sheet(screen, program):
    overview = choose(screen, "W-ANGGREK")
    overview.plan()
    dialog = QApplication.activeModalWidget()
    dialog.form.put(str(NOW.weekday()), True)
    accept(dialog)
    assert len(overview.chosen_for_sheet()) == 1
    target = BytesIO()
    program.read(lambda s: round_sheet.write(target, s, overview.chosen_for_sheet(), NOW))
    text = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(target))
    assert "Ruang Anggrek" in text
    assert "Ruang Mawar" not in text


def test_a_patient_is_only_initials_on_the_sheet(screen, program):
    with program.library.transaction() as session:
        lending.check_out(session, "P1", "B000020", NOW - timedelta(hours=1))
    target = BytesIO()
    ids = [row.id for row in screen.overview.wards.rows()]
    program.read(lambda s: round_sheet.write(target, s, ids, NOW))
    text = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(target))
    assert "B000020" in text
    assert "B. S." in text
    assert "Sri" not in text


def test_enter_sends_a_reader_to_the_desk(screen, qtbot):
    with screen.program.library.transaction() as session:
        lending.check_out(session, "P1", "B000020", NOW)
    choose(screen, "W-MAWAR", "M-02")
    screen.overview.readers.view.setFocus()
    press(screen, qtbot, *combo("lend"))
    assert screen.window().current().patron.number == "P1"
