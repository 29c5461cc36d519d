"""Scan box, search box, notices, progress, steps, buttons: the small parts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop import background
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Band, Card
from desktop.widgets.dialog import Dialog, confirm
from desktop.widgets.keys import Key
from desktop.widgets.notice import KEPT, NoticeStrip
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.progress import Progress
from desktop.widgets.scan_box import ScanBox
from desktop.widgets.search_box import SearchBox
from desktop.widgets.sound import Sounds
from desktop.widgets.steps import Steps


def test_a_scan_is_told_at_enter_and_the_box_is_empty(show, qtbot):
    codes = []
    box = show(ScanBox("Pindai…"), 500, 54)
    box.scanned.connect(codes.append)
    qtbot.keyClicks(box.line, " RS-0004127 ")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert codes == ["RS-0004127"]
    assert box.text() == ""


def test_a_tab_ends_a_code_as_enter_does(show, qtbot):
    codes = []
    box = show(ScanBox("Pindai…"), 500, 54)
    box.scanned.connect(codes.append)
    qtbot.keyClicks(box.line, "RS-0004127")
    qtbot.keyClick(box.line, Qt.Key.Key_Tab)
    assert codes == ["RS-0004127"]
    assert box.text() == ""


def test_scans_that_come_while_one_is_worked_on_wait_their_turn(show, qtbot):
    begun, ended = [], []
    box = show(ScanBox("Pindai…"), 500, 54)

    def slow(code):
        begun.append(code)
        if code == "A":
            QTest.keyClicks(box.line, "B\r")
            QCoreApplication.processEvents()
        ended.append(code)

    box.scanned.connect(slow)
    qtbot.keyClicks(box.line, "A")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert begun == ended == ["A", "B"]


def test_a_failing_scan_does_not_block_the_next(show, qtbot, qapp):
    box = show(ScanBox("Pindai…"), 500, 54)
    box._busy = False
    codes = []
    box.scanned.connect(codes.append)
    for code in ("A", "B"):
        qtbot.keyClicks(box.line, code)
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert codes == ["A", "B"]


def test_searching_waits_until_the_fingers_rest(show, qtbot):
    told = []
    box = show(SearchBox("Cari"), 500, 40)
    box.searched.connect(told.append)
    qtbot.keyClicks(box.line, "anak")
    assert told == []
    qtbot.waitUntil(lambda: told == ["anak"], timeout=1000)
    qtbot.keyClicks(box.line, "s")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert told == ["anak", "anaks"]
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_a_notice_offers_undo_once(show):
    undone, tones = [], []
    strip = show(NoticeStrip(), 900, 44)
    strip.told.connect(tones.append)
    strip.done("Dipinjam: Anatomi", lambda: undone.append(1))
    assert strip.text() == "Dipinjam: Anatomi"
    assert "Urungkan (Ctrl+Z)" in strip._button.text()
    assert strip.undo()
    assert not strip.undo()
    assert undone == [1]
    strip.refused("Sudah dipinjam", Key("step", "Kembalikan", lambda: undone.append(2)))
    assert not strip.undo()
    assert strip.act()
    assert (undone, tones) == ([1, 2], ["done", "refused"])


def test_the_last_twenty_notices_are_kept(show):
    strip = show(NoticeStrip(), 900, 44)
    for place in range(25):
        strip.look(f"nomor {place}")
    assert len(strip.kept()) == KEPT
    assert strip.kept()[0].text == "nomor 24"


def test_progress_says_what_how_many_and_how_long(show):
    moment = [0.0]
    stopped = []
    progress = show(Progress(lambda: moment[0]))
    progress.start("Memeriksa", lambda: stopped.append(True))
    progress.advance(1_000, 4_000)
    assert progress.detail() == "1.000 dari 4.000"
    moment[0] = 10.0
    progress.advance(1_000, 4_000)
    assert progress.detail() == "1.000 dari 4.000 · 30 detik lagi"
    moment[0] = 100.0
    progress.advance(1_000, 4_000)
    assert progress.detail().endswith("5 menit lagi")
    progress._button.click()
    assert stopped == [True]
    progress.finish()
    assert progress.isHidden()


def test_steps_tick_what_is_done(show):
    steps = show(Steps(["Pilih berkas", "Periksa", "Selesai"], 1), 600, 30)
    assert [(pill.pill().text, pill.pill().tone) for pill in steps._pills] == [
        ("1 Pilih berkas ✓", "good"),
        ("2 Periksa", "info"),
        ("3 Selesai", "plain"),
    ]


def test_a_button_is_as_wide_as_all_it_shows(show):
    plain, keyed = Button("Simpan"), Button("Simpan", key="save")
    assert keyed.sizeHint().width() > plain.sizeHint().width()


def test_a_filter_says_what_is_chosen(show):
    chosen = []
    button = show(FilterButton("Jenis", [(None, "semua"), ("b", "buku")]), 200, 40)
    button.chosen.connect(chosen.append)
    assert button.words() == "Jenis: semua"
    button.choose("b")
    assert (button.words(), button.value(), chosen) == ("Jenis: buku", "b", ["b"])


def test_sounds_play_only_when_wanted():
    played = []
    sounds = Sounds(True, played.append)
    sounds.play("refused")
    sounds.enabled = False
    sounds.play("done")
    assert [path.rsplit(".", 1)[0][-7:] for path in played] == ["refused"]


def test_a_pdf_is_shown(show):
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    paper = BytesIO()
    canvas = Canvas(paper)
    for page in range(3):
        canvas.drawString(100, 700, f"{page}")
        canvas.showPage()
    canvas.save()
    view = show(PdfView(), 600, 500)
    view.show_pdf(paper.getvalue())
    assert view.pages() == 3
    assert view._count.text() == "3 halaman"
    view.zoom(1.25)
    view.fit()


@pytest.mark.parametrize("fails", [False, True])
def test_background_work_calls_back_here(qtbot, qapp, fails):
    results, errors, reports = [], [], []

    def work(report, cancelled):
        report(1, 2)
        if fails:
            raise ValueError("kabel lepas")
        return "selesai"

    background.run(work, results.append, errors.append, lambda *now: reports.append(now))
    qtbot.waitUntil(lambda: bool(results or errors), timeout=3000)
    assert reports == [(1, 2)]
    assert results == ([] if fails else ["selesai"])
    assert [str(error) for error in errors] == (["kabel lepas"] if fails else [])
    qtbot.waitUntil(lambda: not background.busy(), timeout=3000)


def test_cancelled_work_tells_nobody(qtbot, qapp):
    told = []

    def work(report, cancelled):
        while not cancelled():
            QTest.qSleep(5)
        raise background.Cancelled

    task = background.run(work, told.append, told.append)
    task.cancel()
    qtbot.waitUntil(lambda: not background.busy(), timeout=3000)
    assert told == []


def test_parts_that_are_on_no_page_yet_open_no_window(qapp):
    parts = [PillLabel(Pill("aktif")), Band("Perhatikan", "warn"), NoticeStrip()]
    parts[2].done("Tersimpan")
    assert parts[2].text() == "Tersimpan"
    assert not any(part.isVisible() for part in parts)


def test_a_pill_given_before_the_page_is_seen_on_it(show):
    pill = PillLabel()
    pill.set_pill(Pill("aktif", "good"))
    card = Card("Anggota")
    card.body.addWidget(pill)
    show(card)
    assert pill.isVisible()


@pytest.mark.parametrize(("press_danger", "answer"), [(False, False), (True, True)])
def test_enter_at_a_dangerous_question_is_no(qtbot, qapp, press_danger, answer):
    def reply():
        box = qapp.activeModalWidget()
        assert box.cancel_button.words() == "Batal"
        if press_danger:
            box.accept_button.setFocus()
        qtbot.keyClick(box.focusWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(50, reply)
    assert confirm(None, "Arsipkan?", "Tetap ada.", "Arsipkan", danger=True) is answer


@pytest.mark.parametrize("cancel", [False, True])
def test_work_always_says_that_it_ended(qtbot, qapp, cancel):
    ended = []

    def work(report, cancelled):
        if cancel:
            raise background.Cancelled

    background.run(work, lambda _r: None, ended.append, ended=lambda: ended.append("ended"))
    qtbot.waitUntil(lambda: ended == ["ended"], timeout=5000)


def test_what_lay_behind_a_closed_box_is_in_front_again(show, qtbot):
    behind = show(QWidget())
    field = QLineEdit(behind)
    field.show()
    with qtbot.waitActive(behind):
        behind.activateWindow()
    field.setFocus()
    box = Dialog(behind, "Judul", "Simpan")
    box.open()
    box.reject()
    QApplication.processEvents()
    assert QApplication.activeWindow() is behind
    assert QApplication.focusWidget() is field


def test_ctrl_z_is_the_act_that_is_offered_though_something_was_typed_before_it(show, qtbot):
    """The focus goes back to the search after an act, with the words searched for in it."""
    undone = []
    holder = QWidget()
    search, strip = SearchBox("Cari"), NoticeStrip()
    column = QVBoxLayout(holder)
    column.addWidget(search)
    column.addWidget(strip)
    QShortcut("Ctrl+Z", holder, lambda: undone.append(strip.undo()))
    show(holder, 900, 120)
    with qtbot.waitActive(holder):
        holder.activateWindow()
    search.line.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClicks(search.line, "gizi")
    strip.done("3 judul diubah", lambda: None)
    qtbot.keyClick(search.line, Qt.Key.Key_Z, control)
    assert (search.line.text(), undone) == ("gizi", [True])
    strip.done("3 judul diubah", lambda: None)
    qtbot.keyClicks(search.line, "s")
    qtbot.keyClick(search.line, Qt.Key.Key_Z, control)
    assert (search.line.text() != "gizis", undone) == (True, [True]), "typed since the act"
    strip.clear()
    search.line.setText("")
    qtbot.keyClicks(search.line, "a")
    qtbot.keyClick(search.line, Qt.Key.Key_Z, control)
    assert (search.line.text(), undone) == ("", [True])


def test_a_key_shown_on_a_button_of_a_dialog_presses_it(show, qtbot):
    pressed = []
    box = Dialog(None, "Kode", "Terima")
    first = Button("Berkas…", lambda: pressed.append("file"), key="choose_file")
    second = Button("Hapus", lambda: pressed.append("remove"), key="remove")
    box.body.addWidget(first)
    box.body.addWidget(second)
    show(box, 400, 200)
    with qtbot.waitActive(box):
        box.activateWindow()
    qtbot.keyClick(box, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    second.setEnabled(False)
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert pressed == ["file"]
    second.setEnabled(True)
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert pressed == ["file", "remove"]
