"""The copies of a title as a librarian works with them: keys, scanner, Undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.circulation import lending
from database.holdings import item_facts, item_list, items
from desktop.screens.catalogue import history
from desktop.screens.catalogue.copies import copy_acts
from desktop.screens.catalogue.history import History
from tests.desktop.keying import combo
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(window, program):
    number = copy(program, "B000001").biblio_id
    facts = item_facts.ItemFacts(location="Rak 1")
    program.write(lambda session: items.add_items(session, number, facts, 2, NOW))
    screen = window.go("catalogue")
    screen.list.wanted.emit("copies", number)
    QApplication.processEvents()
    return screen


def copy(program, barcode):
    return program.read(lambda session: item_list.items_by_barcode(session, [barcode]))[0]


def states(screen):
    return [row.status for row in screen.copies.table.rows()]


def dialog():
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


def test_only_acts_that_fit_are_offered(screen, program):
    shown = [name for name, button in screen.copies.acts.items() if button.isVisible()]
    assert shown == ["repair", "missing", "lost", "withdraw"]
    screen.copies.acts["missing"].click()
    shown = [name for name, button in screen.copies.acts.items() if button.isVisible()]
    assert shown == ["found", "lost", "withdraw"]
    assert states(screen)[0] == "missing"
    screen.notice.undo()
    assert states(screen)[0] == "in_service"
    assert screen.copies.table.view.hasFocus()


def test_weeding_asks_for_reason_and_minutes(screen):
    screen.copies.table.view.selectAll()
    screen.copies.acts["withdraw"].click()
    box = dialog()
    box.try_accept()
    assert set(box.form.shown_errors()) == {"reason", "minutes"}
    box.form.put("reason", "Edisi lama")
    box.form.put("minutes", "3/BA")
    box.try_accept()
    assert set(states(screen)) == {"withdrawn"}
    assert screen.copies.table.cell(0, 6) == "Edisi lama · 3/BA"
    screen.notice.undo()
    assert set(states(screen)) == {"in_service"}


def test_repair_until_a_day(screen):
    screen.copies.acts["repair"].click()
    box = dialog()
    box.form.put("until", NOW.date().replace(day=20))
    box.try_accept()
    assert states(screen)[0] == "repair"
    assert "20 Jan 2027" in screen.copies.table.cell(0, 6)
    screen.copies.acts["back"].click()
    assert states(screen)[0] == "in_service"


def test_a_shelf_is_scanned_and_moved(screen, press, program):
    press(*combo("scan"))
    for barcode in ("b000010", "B000011"):
        press(barcode)
        press(Qt.Key.Key_Return)
    press("X1")
    press(Qt.Key.Key_Return)
    assert screen.notice.tone() == "refused"
    assert screen.copies.scan.line.hasFocus()
    assert [row.barcode for row in screen.copies.chosen()] == ["B000010", "B000011"]
    screen.copies.table.view.setFocus()
    press(*combo("move"))
    box = dialog()
    box.form.put("location", "Rak 9")
    box.try_accept()
    assert copy(program, "B000010").location == copy(program, "B000011").location == "Rak 9"
    assert copy(program, "B000001").location == ""
    screen.notice.undo()
    assert copy(program, "B000010").location == ""


def test_what_is_on_loan_is_left_alone(screen, program):
    program.write(lambda session: lending.check_out(session, "M0001", "B000001", NOW))
    screen.copies.table.select_first()
    assert not any(button.isVisible() for button in screen.copies.acts.values())
    row = screen.copies.chosen()[0]
    copy_acts.do(program, screen, "missing", [row])
    assert screen.notice.tone() == "refused"


def test_struck_copies_stay_in_sight_with_their_history(screen, program, press):
    row = copy(program, "B000001")
    program.write(lambda session: items.remove_item(session, row.id, NOW))
    assert screen.copies.table.rows()[-1].cancelled
    screen.copies.table.select_ids([row.id])
    screen.copies.table.view.setFocus()
    press(Qt.Key.Key_Return)
    box = dialog()
    assert isinstance(box, History)
    assert [event.action for event in box.table.rows()] == ["item.cancelled", "item.added"]
    box.reject()
    screen._program.acts.undo_last(screen)
    assert not copy(program, "B000001").cancelled


def test_the_history_says_what_changed(screen, program, press):
    row = copy(program, "B000001")
    facts = item_facts.ItemFacts(location="Rak 2", price=5000, condition="worn")
    program.write(lambda session: items.save_item(session, row.id, facts, NOW))
    screen.copies.table.view.setFocus()
    press(*combo("history"))
    box = dialog()
    told = history.changes(box.table.rows()[0])
    assert "– → Rak 2" in told
    assert "– → Rp 5.000" in told
    box.reject()


def test_esc_goes_back_to_the_title(screen, press):
    press(Qt.Key.Key_Escape)
    assert screen.page() is screen.list
    press(*combo("copies"))
    assert screen.page() is screen.copies
    press(Qt.Key.Key_P, CTRL)
    assert screen.page() is screen.labels
