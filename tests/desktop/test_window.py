"""The main window: places, keys, notices, blanking, small screens."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.screen import Key
from desktop.widgets.curtain import draw_all
from desktop.widgets.dialog import Dialog
from desktop.widgets.help_frame import HelpFrame
from desktop.widgets.palette import Palette
from desktop.widgets.status_line import Status, StatusLine
from tests.desktop.scenes import kit_pages

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=timezone(timedelta(hours=7)))
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(show):
    made = kit_pages.window(NOW)
    show(made, 1366, 768)
    made.activateWindow()
    return made


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key, wherever the focus is."""
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifier)


def test_alt_and_a_figure_go_to_a_place_built_only_then(window, qtbot):
    assert window.windowTitle() == "Selasar"
    assert list(window._screens) == ["desk"]
    press(qtbot, Qt.Key.Key_2, ALT)
    assert window.current_key() == "list"
    assert window.sidebar.selected() == "list"
    assert list(window._screens) == ["desk", "list"]


def test_f2_finds_the_scan_box_of_every_screen(window, qtbot):
    codes = []
    window.scanned.connect(codes.append)
    press(qtbot, Qt.Key.Key_F2)
    qtbot.keyClicks(QApplication.focusWidget(), "A-000412")
    press(qtbot, Qt.Key.Key_Return)
    window.go("list").search.setFocus()
    press(qtbot, Qt.Key.Key_F2)
    assert window.scan_box.isVisible()
    assert window.scan_box.line.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "RS-0004127")
    press(qtbot, Qt.Key.Key_Return)
    assert codes == ["A-000412", "RS-0004127"]
    window.go("desk")
    assert not window.scan_box.isVisible()


def test_hidden_screens_only_note_that_they_are_stale(window):
    desk, books = window.screen_of("desk"), window.screen_of("list")
    window.changed(frozenset({"Loan", "Biblio"}))
    assert (desk.reloads, books.reloads) == (2, 0)
    window.go("list")
    assert books.reloads == 1
    window.changed(frozenset({"Loan"}))
    assert (desk.is_stale(), books.reloads) == (True, 1)


def test_the_collection_is_counted_anew_when_it_changed_and_not_after_a_loan(qtbot):
    told = iter(["2 judul", "3 judul", "4 judul"])
    line = StatusLine(lambda: Status(counts=next(told)), lambda: NOW)
    qtbot.addWidget(line)
    line.changed(frozenset({"Loan", "Journal"}))
    assert line._counts.text() == "2 judul"
    line.changed(frozenset({"Item"}))
    assert line._counts.text() == "3 judul"


def test_ctrl_z_undoes_even_with_the_focus_in_the_scan_box(window, qtbot):
    undone = []
    press(qtbot, Qt.Key.Key_F2)
    qtbot.keyClicks(QApplication.focusWidget(), "RS-1")
    press(qtbot, Qt.Key.Key_Return)
    window.notice.done("Dipinjam", lambda: undone.append(1))
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert undone == [1]


def test_the_key_of_a_refusal_works_while_it_is_offered(window, qtbot):
    returned = []
    action = Key("step", "Kembalikan", lambda: returned.append(1))
    window.notice.refused("Sudah dipinjam Ns. Rina. Kembalikan dulu?", action)
    press(qtbot, Qt.Key.Key_F4)
    press(qtbot, Qt.Key.Key_F4)
    assert returned == [1]


def test_the_palette_finds_places_and_acts_of_other_places(window, qtbot):
    window.go("list")
    window.go("desk")
    press(qtbot, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.line, "judul baru")
    assert palette.shown() == ["Judul baru", "Katalog: Judul baru"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert window.current_key() == "list"
    assert window.notice.text() == "Judul baru"


def test_esc_closes_a_popup_before_it_means_anything_to_the_screen(window, qtbot):
    press(qtbot, Qt.Key.Key_F1)
    help_page = window.findChild(HelpFrame)
    assert help_page.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.notice.text() == ""
    qtbot.waitUntil(lambda: window.findChild(HelpFrame) is None)
    press(qtbot, Qt.Key.Key_Escape)
    assert window.notice.text() == "Selesai"


def test_f12_blanks_and_nothing_acts_beneath(window, qtbot):
    codes = []
    window.scanned.connect(codes.append)
    press(qtbot, Qt.Key.Key_F2)
    press(qtbot, Qt.Key.Key_F12)
    assert window.curtain.isVisible()
    assert window.curtain.size() == window.size()
    qtbot.keyClicks(window.curtain, "RS-0004127\r")
    qtbot.keyClick(window.curtain, Qt.Key.Key_2, ALT)
    assert (codes, window.current_key()) == ([], "desk")
    qtbot.keyClick(window.curtain, Qt.Key.Key_F12)
    assert not window.curtain.isVisible()
    assert window.current().scan_box.line.hasFocus()


def test_the_status_line_tells_safety_and_time(window):
    assert window.status_line.status_text().startswith("Pencadangan terakhir hari ini 07.31")
    assert window.status_line.clock_text() == "Sen 23 Nov 2026 · 09.42"
    assert window.status_line.demo.pill().text == "Peragaan: data buatan"


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (683, 420)])
def test_everything_fits_the_commonest_screens_at_any_scale(window, size, qapp):
    window.resize(*size)
    for place in kit_pages.places():
        window.go(place.key)
        qapp.processEvents()
        assert (window.width(), window.height()) == size
        assert window.status_line.geometry().bottom() < size[1]
    assert window.sidebar.is_narrow() is (size[0] < 1000)


def test_a_screen_can_keep_the_window_open(window):
    window.screen_of("form").may_leave = lambda: False
    assert not window.close()
    assert window.current_key() == "form"
    window.screen_of("form").may_leave = lambda: True
    assert window.close()


def test_a_screen_can_send_people_elsewhere_with_something(window):
    got = []
    window.screen_of("list").arrive = got.append
    window.current().leave_for.emit("list", 42)
    assert (window.current_key(), got) == ("list", [42])


def test_the_curtain_covers_a_dialog_that_is_open(window, qtbot):
    box = Dialog(window, "Titles", "Yes")
    taken = []
    box.accepted.connect(lambda: taken.append(1))
    box.open()
    draw_all()
    assert window.curtain.isVisible()
    (cover,) = (one for one in box.children() if type(one).__name__ == "_Cover")
    assert cover.geometry() == box.rect()
    qtbot.keyClick(cover, Qt.Key.Key_Return)
    qtbot.mouseClick(cover, Qt.MouseButton.LeftButton)
    assert taken == []
    assert window.curtain.isVisible()
    qtbot.keyClick(cover, Qt.Key.Key_F12)
    assert not window.curtain.isVisible()
    assert box.isVisible()
    assert not cover.isVisible()
    box.close()
