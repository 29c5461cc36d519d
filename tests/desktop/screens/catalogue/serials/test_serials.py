"""Serials at the desk of the librarian: one key for an issue that came."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.holdings import serial_issues
from desktop import background
from tests.desktop.keying import combo
from tests.libraries import NOW


def settle():
    assert background.wait()
    for _round in range(4):
        QApplication.processEvents()


@pytest.fixture
def page(window, program):
    screen = window.go("catalogue")
    screen.arrive("serials")
    screen.serials.add()
    box = QApplication.activeModalWidget()
    box.try_accept()
    assert "title" in box.form.shown_errors()
    box.form.put("title", "Majalah Kedokteran")
    box.form.put("issn", "0377-1121")
    box.try_accept()
    settle()
    assert screen.serials.table.current().title == "Majalah Kedokteran"
    return screen.serials


def expect(page, qtbot, window):
    """Set the title up and expect four issues from a year ago."""
    page.expect()
    QApplication.activeModalWidget().try_accept()
    page.expect()
    box = QApplication.activeModalWidget()
    box.form.put("volume", "12")
    box.form.put("number", 3)
    box.form.put("first_on", NOW.date().replace(year=2026))
    box.form.put("count", 6)
    box.try_accept()
    with qtbot.waitActive(window):
        window.activateWindow()
    page.focus_first()
    settle()


def names(page):
    return [row.name for row in page.issues.rows()]


def test_issues_are_expected_and_checked_in_by_one_key(page, qtbot, window, press):
    expect(page, qtbot, window)
    assert names(page)[-1] == "12(3), 2026"
    press(*combo("arrived"))
    press(*combo("arrived"))
    here = [row.name for row in page._issues if row.received_on]
    assert here == ["12(4), 2026", "12(3), 2026"]
    assert "2026" in page.held.text()
    window.notice.undo()
    assert [row.name for row in page._issues if row.received_on] == ["12(3), 2026"]


def test_the_next_issues_follow_the_newest(page, qtbot, window):
    expect(page, qtbot, window)
    page.expect()
    box = QApplication.activeModalWidget()
    assert (box.form.value("volume"), box.form.value("number")) == ("14", 1)
    box.form.put("volume", "12")
    box.form.put("number", 3)
    box.form.put("first_on", NOW.date().replace(year=2026))
    box.try_accept()
    assert "number" in box.form.shown_errors()
    box.reject()


def test_an_issue_becomes_a_copy(page, qtbot, window, press):
    expect(page, qtbot, window)
    page.make_copy()
    assert window.notice.tone() == "look"
    press(*combo("arrived"))
    page.issues.select_ids([page._issues[-1].id])
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page._issues[-1].barcode
    page.receive(page._issues[-1])
    assert window.notice.tone() == "look"


def test_claims_are_printed_and_noted(page, qtbot, window, press, program):
    expect(page, qtbot, window)
    press(*combo("paper"))
    settle()
    assert page.paper.view.pages() == 1
    window.notice.act()
    late = program.read(lambda session: serial_issues.late(session, NOW.date()))
    assert late
    assert all(row.claimed_on for row in late)
    press(Qt.Key.Key_Escape)
    assert page.table.view.hasFocus()
