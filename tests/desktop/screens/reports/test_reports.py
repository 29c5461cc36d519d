"""The month's page: figures, what to mend before signing, and the PDF read back."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from database.circulation import lending, visits
from database.policy import house, signing
from database.policy.house import ProfileFacts, Signer
from database.schema import Loan
from desktop import background, pc
from desktop.forms.iplm_check import IplmDialog, place_of
from desktop.forms.verify import VerifyDialog
from desktop.recap import writing
from desktop.running.keeping import backups
from desktop.screens.reports import checks
from desktop.screens.reports import closing as closing_module
from desktop.screens.reports.paper import make
from desktop.widgets.pdf_view import PdfView
from tests.desktop.keying import combo
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def text_of(pdf):
    reader = PdfReader(BytesIO(pdf))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def make_pdf(program, period):
    """The report of a period, as the screen makes it."""
    return make(program, period, lambda _done, _total: None, lambda: False).pdf


@pytest.fixture
def lent(program):
    """Two loans, one of them back, and three visitors in January 2027."""
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
        lending.check_out(session, "M0002", "B000010", NOW)
        lending.check_in(session, "B000001", NOW)
        for _one in range(3):
            visits.count_visit(session, "nurse", NOW)


@pytest.fixture
def screen(window, lent, qtbot):
    made = window.go("reports")
    qtbot.waitUntil(lambda: not background.busy() and made.signing.thumbnail.has_page())
    return made


def ready(qtbot, screen):
    qtbot.waitUntil(lambda: not background.busy() and screen.signing.thumbnail.has_page())


def test_it_opens_on_last_month_without_data(screen):
    assert screen.month == "2026-12"
    assert "Des" in screen._title.full_text()
    assert [tile.number.text() for tile in screen.tiles[:3]] == ["0", "0", "0"]
    assert {tile._pill.pill() for tile in screen.tiles} == {None}
    assert {tile.note.text() for tile in screen.tiles} == {"belum ada pembanding"}


def test_the_figures_of_a_month(screen, press, qtbot):
    press(Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    ready(qtbot, screen)
    assert screen.month == "2027-01"
    assert [tile.number.text() for tile in screen.tiles] == ["3", "2", "4", "6", "0"]
    lent = [(row["category"], row["lent"]) for row in screen.numbers.tables[2].rows()[:-1]]
    assert lent == [("Dokter/Residen", 1), ("Perawat/Bidan", 1)]
    assert screen.numbers.tables[1].cell(1, 6) == "3"
    assert screen.numbers.tables[0].rows()[-1]["end"] == 4


def test_a_month_to_come_says_so_and_makes_nothing(screen, press, qtbot):
    screen.step(1)
    ready(qtbot, screen)
    screen.step(1)
    assert screen.month == "2027-02"
    assert "2027" in screen.band.text()
    assert not screen.make_button.isEnabled()
    screen.step(1)
    assert screen.month == "2027-02"
    screen.preview()
    assert screen._pages.currentIndex() == 0
    assert {tile.number.text() for tile in screen.tiles} == {"–"}


def test_what_is_missing_before_signing_leads_to_its_settings(window, screen):
    places = []
    screen.leave_for.disconnect()
    screen.leave_for.connect(lambda place, what: places.append((place, what)))
    assert len(screen.signing.checks.texts()) == 6
    screen.signing.checks.mend.emit(("settings", "signers"))
    assert places == [("settings", "signers")]


def test_a_complete_house_has_nothing_to_mend(screen, program, qtbot):
    with program.library.transaction() as session:
        facts = ProfileFacts(name="P", city="Mandala", dinas="Dinas Mandala")
        house.save_profile(session, facts, NOW)
        for role in ("head", "librarian"):
            who = Signer(role, "Jabatan", f"Nama {role}", "1", NOW.date().replace(day=1))
            house.save_signer(session, who, NOW)
    screen.arrive("2027-01")
    ready(qtbot, screen)
    texts = screen.signing.checks.texts()
    assert len(texts) == 4  # not over yet, days without visitors, backup, the rest is well
    assert "5 Jan 2027" in texts[1]


def test_the_pdf_is_written_and_read_back(window, screen, press, qtbot, tmp_path, monkeypatch):
    asked = []
    target = tmp_path / "dir" / "laporan.pdf"
    monkeypatch.setattr(screen, "ask_path", lambda usual: asked.append(usual) or target)
    screen.arrive("2027-01")
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(target.exists)
    assert asked[0].name.endswith("RSUDBS-2027-01.pdf")
    assert "Januari 2027" in text_of(target.read_bytes())
    assert str(target) in window.notice.text()
    assert window.notice.action() is not None


def test_a_place_that_cannot_be_written_is_told(window, screen, qtbot, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    monkeypatch.setattr(screen, "ask_path", lambda usual: blocked / "laporan.pdf")
    screen.save_pdf()
    assert window.notice.tone() == "refused"


def test_the_preview_and_back(window, screen, press, qtbot):
    press(*combo("paper"))
    assert screen._pages.currentIndex() == 1
    assert isinstance(screen.preview_page.pdf_view, PdfView)
    assert screen.preview_page.pdf_view.pages() >= 2
    press(Key.Key_Escape)
    assert screen._pages.currentIndex() == 0


def test_without_a_printer_it_says_what_to_do(window, screen, press, monkeypatch):
    from desktop.printing import output

    def refuse(*_given, **_more):
        raise output.PrintFailed("")

    monkeypatch.setattr(output, "print_pdf", refuse)
    press(Key.Key_P, CTRL)
    assert window.notice.tone() == "look"
    assert window.notice.action().name == "step"


def test_a_month_that_is_none_is_refused(window, screen):
    screen.arrive("kemarin")
    assert window.notice.tone() == "refused"
    assert screen.month == "2026-12"


def closing(screen):
    """The steps of the month in sight."""
    return screen.closing


def accept(**values):
    box = QApplication.activeModalWidget()
    for key, value in values.items():
        box.form.put(key, value)
    box.try_accept()
    settle()


def settle():
    """Let what works behind end, and what it tells arrive."""
    for _turn in range(4):
        background.wait()
        QApplication.processEvents()


def close(screen):
    closing(screen).act()
    settle()


def test_a_month_goes_from_open_to_sent_and_back(screen, program, monkeypatch):
    monkeypatch.setattr(closing_module, "confirm", lambda *_args, **_more: True)
    # Something is still open, so the first step is not done; it may be closed all the same.
    assert closing(screen).steps.step() == 0
    close(screen)
    assert closing(screen).steps.step() == 2
    closing(screen).show_checks([checks.Check("open", "Belum ada cadangan")])
    assert [pill.pill().text for pill in closing(screen).steps._pills[:2]] == [
        "1 Periksa",
        "2 Tutup ✓",
    ]
    assert "ditutup" in closing(screen).told.full_text()
    closing(screen).act()
    accept(number="012/PERPUS/II/2027")
    assert closing(screen).steps.step() == 3
    closing(screen).act()
    accept(how="USB")
    assert closing(screen).steps.step() == 4
    assert "012/PERPUS/II/2027" in closing(screen).told.full_text()
    screen.notice.act()
    assert closing(screen).steps.step() == 3


def test_closing_asks_first(screen, monkeypatch):
    monkeypatch.setattr(closing_module, "confirm", lambda *_args, **_more: False)
    close(screen)
    assert closing(screen).report is None


def test_a_month_is_not_closed_before_its_checks_are_told(screen, program, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(
        closing_module,
        "confirm",
        lambda *args, **more: asked.append("\n".join([args[2], *more["points"]])),
    )
    program.pc.put(pc.BACKUPS, str(Path(program.library.where).parent / "Backups"))
    screen.arrive("2026-11")
    closing(screen).act()
    assert not closing(screen).next_button.isEnabled()
    assert asked == []
    ready(qtbot, screen)
    # What was mended meanwhile is no more among what is open.
    assert any("cadangan" in text for text in screen.signing.checks.texts())
    backups.make(program)
    close(screen)
    (text,) = asked
    assert "Masih terbuka" in text
    assert "cadangan" not in text


def test_mending_a_day_opens_that_very_day(window, screen, qtbot):
    screen.arrive("2027-01")
    ready(qtbot, screen)
    (place,) = [one.place for one in closing(screen)._checks if one.code == "silent_days"]
    assert place == ("tasks", ("visits", "2027-01-01"))
    screen.signing.checks.mend.emit(("tasks", ("visits", "2026-12-14")))
    visits_part = window.current().part()
    assert visits_part.month == "2026-12"
    assert visits_part.grid.current()["day"] == date(2026, 12, 14)


def test_mending_a_loan_opens_its_borrower_and_takes_nothing_back(window, screen, program):
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000001", program.now())
    screen.signing.checks.mend.emit(checks._PLACES["practice_loans"]("B000001"))
    desk = window.current()
    assert desk.patron.number == "M0001"
    with program.library.transaction() as session:
        session.execute(update(Loan).values(patron_id=None))
    screen.signing.checks.mend.emit(checks._PLACES["ownerless_loans"]("B000001"))
    assert window.current_key() == "catalogue"
    screen.signing.checks.mend.emit(checks._PLACES["practice_loans"]("B000001"))
    assert "B000001" in window.notice.text()
    out = select(Loan.returned_at).order_by(Loan.id.desc()).limit(1)
    assert program.read(lambda s: s.scalar(out)) is None


def test_a_closed_month_that_was_changed_offers_its_revision(screen, program, qtbot, monkeypatch):
    monkeypatch.setattr(closing_module, "confirm", lambda *_args, **_more: True)
    close(screen)
    assert "revisi" not in closing(screen).told.full_text()
    with program.library.transaction() as session:
        visits.count_visit(session, "nurse", program.now() - timedelta(days=20), 9)
    settle()
    ready(qtbot, screen)
    assert "akan berbeda: revisi laporannya?" in closing(screen).told.full_text()


def test_a_revision_says_what_differs(screen, program, monkeypatch):
    monkeypatch.setattr(closing_module, "confirm", lambda *_args, **_more: True)
    close(screen)
    closing(screen).revise()
    accept(reason="kunjungan terlewat")
    assert QApplication.activeModalWidget().refused.text() != ""
    QApplication.activeModalWidget().reject()
    moment = program.now() - timedelta(days=20)
    with program.library.transaction() as session:
        visits.count_visit(session, "nurse", moment, 9)
    QApplication.processEvents()
    closing(screen).revise()
    accept(reason="kunjungan terlewat")
    assert "revisi 1" in closing(screen).told.full_text()
    pdf = make_pdf(program, screen.month)
    text = text_of(pdf)
    assert "Yang diubah revisi ini" in text
    assert "Revisi 1: kunjungan terlewat" in text


def test_standards_are_measured_and_a_number_is_confirmed(screen):
    background.wait()
    QApplication.processEvents()
    rows = {row.indicator: row for row in screen.numbers.standards.table.rows()}
    assert rows["L01"].met is None
    screen.numbers.standards.table.select_ids(["L01"])
    screen.numbers.standards.confirm()
    accept(value=37.5, article="Pasal 14", verified_by="Dewi")
    background.wait()
    QApplication.processEvents()
    rows = {row.indicator: row for row in screen.numbers.standards.table.rows()}
    assert (rows["L01"].met, rows["L01"].verified_by) == (True, "Dewi")
    screen.numbers.standards.which.choose("snp-006-2011")
    background.wait()
    QApplication.processEvents()
    assert {row.standard for row in screen.numbers.standards.table.rows()} == {"snp-006-2011"}


def test_a_check_is_skipped_with_a_reason_and_looked_at_again(screen, qtbot):
    screen.arrive("2027-01")
    ready(qtbot, screen)
    assert "4 Jan 2027" in screen.signing.checks.texts()[1]
    screen.signing.checks.skip.emit("silent_days")
    accept(reason="cuti bersama")
    ready(qtbot, screen)
    skipped = [text for text in screen.signing.checks.texts() if "cuti bersama" in text]
    assert len(skipped) == 1
    screen.signing.checks.again.emit("silent_days")
    ready(qtbot, screen)
    assert not any("cuti bersama" in text for text in screen.signing.checks.texts())
    screen.notice.act()
    ready(qtbot, screen)
    assert any("cuti bersama" in text for text in screen.signing.checks.texts())


def test_closing_says_what_is_still_open(screen, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(
        closing_module, "confirm", lambda *_args, **more: asked.append(more["points"])
    )
    close(screen)
    assert screen.signing.checks.texts()[0] in asked[0]


def test_words_are_drafted_changed_and_stay_with_the_closed_month(
    screen, program, qtbot, monkeypatch, press
):
    monkeypatch.setattr(closing_module, "confirm", lambda *_args, **_more: True)
    press(*combo("words"))
    box = QApplication.activeModalWidget()
    assert "Des" in box.form.value("narrative")
    accept(problems="AC ruang baca rusak.")
    ready(qtbot, screen)
    assert "AC ruang baca rusak." in text_of(make_pdf(program, screen.month))
    close(screen)
    ready(qtbot, screen)
    screen.write_words()
    accept(problems="AC sudah diganti.")
    ready(qtbot, screen)
    whole = text_of(make_pdf(program, screen.month))
    assert "AC ruang baca rusak." in whole
    assert "AC sudah diganti." not in whole


def test_a_quarter_and_a_year_are_shown_too(screen, qtbot):
    screen.length.choose("quarter")
    ready(qtbot, screen)
    assert screen.month == "2026-Q4"
    assert len(screen.numbers.tables[1].columns()) == 5
    screen.length.choose("year")
    ready(qtbot, screen)
    assert screen.month == "2026"
    screen.step(1)
    ready(qtbot, screen)
    assert (screen.month, screen.numbers.tables[1].cell(0, 1)) == ("2027", "3")
    screen.length.choose("month")
    ready(qtbot, screen)
    assert screen.month == "2027-01"
    assert screen.length.value() == "month"


def test_a_figure_shows_its_rows(screen, qtbot):
    screen.arrive("2027-01")
    ready(qtbot, screen)
    screen.tiles[1].setFocus()
    qtbot.keyClick(screen.tiles[1], Key.Key_Return)
    box = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: not background.busy() and box.table.count() == 2)
    box.reject()
    screen.numbers.tabs.setCurrentIndex(5)
    table = screen.numbers.tables[2]
    table.view.setFocus()
    table.view.setCurrentIndex(table.view.model().index(0, 1))
    qtbot.keyClick(table.view, Key.Key_Return)
    box = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: not background.busy() and box.table.count() == 1)
    assert box.table.rows()[0].count == 1
    box.reject()


def test_a_workbook_is_saved(screen, qtbot, tmp_path, monkeypatch):
    import openpyxl

    target = tmp_path / "laporan.xlsx"
    monkeypatch.setattr(screen, "ask_sheet", lambda usual: target)
    screen.arrive("2027-01")
    ready(qtbot, screen)
    screen.save_sheet()
    settle()
    names = openpyxl.load_workbook(target).sheetnames
    assert len(names) >= 8


def test_the_folder_of_the_literacy_index_is_made(screen, tmp_path, monkeypatch):
    monkeypatch.setattr(screen, "ask_folder", lambda: tmp_path)
    screen.save_iplm()
    settle()
    made = list((tmp_path / "IPLM-2026").glob("*.xlsx"))
    assert any(path.name.startswith("IPLM-2026") for path in made)
    assert screen.notice.tone() == "done"


def test_a_workbook_that_cannot_be_written_is_told(screen, tmp_path, monkeypatch):
    monkeypatch.setattr(screen, "ask_sheet", lambda usual: tmp_path / "none" / "laporan.xlsx")
    screen.save_sheet()
    settle()
    assert screen.notice.tone() == "refused"


def test_words_asked_for_before_the_figures_come_with_them(screen, qtbot, press):
    screen.arrive("2027-01")
    screen.write_words()
    assert screen.notice.tone() == "look"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    accept(problems="AC rusak.")
    ready(qtbot, screen)
    press(*combo("words"))
    box = QApplication.activeModalWidget()
    assert box.form.value("problems") == "AC rusak."
    box.reject()


def test_the_chapters_of_a_year_are_written(screen, program, qtbot):
    screen.arrive("2026")
    ready(qtbot, screen)
    screen.write_words()
    box = QApplication.activeModalWidget()
    assert "2026" in box.form.value("introduction")
    accept(conduct="Tahun pertama.")
    ready(qtbot, screen)
    assert "Tahun pertama." in text_of(make_pdf(program, "2026"))


def test_a_list_of_ones_own_is_built_saved_and_taken_along(
    screen, qtbot, tmp_path, press, monkeypatch
):
    screen.open_lists()
    lists = screen.lists
    assert screen._pages.currentIndex() == 2
    lists.form.put("column_0", "title")
    lists.form.put("value_0", "zzzz")
    lists.ask()
    qtbot.waitUntil(lambda: lists.table is not None)
    assert lists.table.count() == 0
    lists.subject.choose("loans")
    lists.form.put("group", "category")
    lists.form.put("name", "Pinjaman per jenis")
    lists.ask()
    qtbot.waitUntil(lambda: lists.answer.columns == ("category", "count"))
    assert sum(row[1] for row in lists.answer.rows) == 2
    lists.save()
    for kind in ("csv", "xlsx", "pdf"):
        target = tmp_path / f"daftar.{kind}"
        monkeypatch.setattr(lists, "ask_path", lambda _kind, target=target: target)
        lists.export(kind)
        assert target.stat().st_size > 20
    lists.subject.choose("titles")
    lists.open_saved(lists.saved._options[1][0])
    assert lists.asked().group == "category"
    screen.back()
    assert screen._pages.currentIndex() == 0


def test_a_question_of_the_assessment_is_scored(screen, qtbot):
    panel = screen.numbers.accreditation
    panel.which.choose("gaps")
    panel.questions.select_first()
    panel.score()
    accept(score=5, words="Kebijakan tertulis")
    ready(qtbot, screen)
    assert "3" in panel.told.text()
    assert panel.questions.count() == 71


def test_reports_of_many_libraries_are_put_together(screen, program, qtbot, tmp_path):
    sent = tmp_path / "RSUD.pdf"
    sent.write_bytes(make(program, screen.month, lambda *_told: None, lambda: False).pdf)
    (tmp_path / "foto.pdf").write_bytes(b"no pdf")
    screen.write_recap([sent, tmp_path / "foto.pdf"], tmp_path / "Rekap.xlsx")
    settle()
    assert screen.notice.text() == (
        "1 laporan dari 1 perpustakaan · 1 berkas tidak dihitung: "
        "foto.pdf bukan PDF yang dapat dibaca"
    )
    assert (tmp_path / "Rekap.xlsx").stat().st_size > 4000
    assert (tmp_path / "Rekap.pdf").read_bytes().startswith(b"%PDF")


def test_a_recap_offers_letters_to_those_that_have_not_sent(screen, tmp_path, monkeypatch):
    """From the blank sheet: A sent two months, B one of them."""
    sheet = tmp_path / "masuk.xlsx"
    writing.write_blank(sheet)
    book = openpyxl.load_workbook(sheet)
    for name, period in (("RSUD A", "2027-01"), ("RSUD A", "2027-02"), ("RSUD B", "2027-01")):
        book.worksheets[0].append([name, "", period, 4, 2, 8, 3, 9, 12, 5])
    book.save(sheet)
    monkeypatch.setattr(screen, "ask_folder", lambda _title="": tmp_path / "surat")
    screen.write_recap([sheet], tmp_path / "Rekap.xlsx")
    settle()
    assert screen.notice.text().endswith("1 perpustakaan belum mengirim semuanya")
    screen.notice.act()
    settle()
    assert [one.name for one in (tmp_path / "surat").iterdir()] == ["Surat-RSUD B.pdf"]


def test_a_report_is_verified_by_its_code(screen, program):
    screen.verify()
    (box,) = screen.findChildren(VerifyDialog)
    box.form.put("code", "ffffffffffff")
    box.try_accept()
    assert box.found.text().startswith("Tidak dikenal")
    box.reject()


def test_the_iplm_check_leads_to_where_a_missing_column_is_entered(window, screen):
    screen.check_iplm()
    (box,) = screen.findChildren(IplmDialog)
    rows = {row["column"]: row for row in box.table.rows()}
    assert rows["P"]["known"]
    assert not rows["X"]["known"]
    assert rows["X"]["where"] == "Anggaran"
    assert not {"C", "D", "G", "W", "AQ"} & set(rows)
    assert [row["known"] for row in box.table.rows()] == sorted(
        row["known"] for row in rows.values()
    )
    box.table.select_ids(["X"])
    box.go()
    assert window.current().name == "budget"


@pytest.mark.parametrize("column", ["A", "AE", "AG", "O", "AL"])
def test_every_place_of_the_iplm_check_can_be_gone_to(window, screen, column):
    place, what, name = place_of(column)
    screen.leave_for.emit(place, what)
    assert window.current() is not screen
    assert name


def test_who_signs_by_the_librarys_choice_is_missed_before_closing(program):
    last = date(2026, 12, 31)
    with program.library.transaction() as session:
        signing.add_role(session, "Kepala Bidang Diklat", NOW)
        signing.put(session, "monthly-report", ["Kepala Bidang Diklat"], [], NOW)
    told = program.read(lambda session: [one.text for one in checks._signing(session, last)])
    assert "Belum ada penanda tangan Kepala Bidang Diklat" in told
