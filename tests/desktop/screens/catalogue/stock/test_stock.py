"""Stocktake and weeding driven by scanner and keys."""

from __future__ import annotations

import csv
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from database.circulation import identify
from database.holdings import item_list, stock_balance
from desktop import background
from tests.desktop.scenes import catalogue_scenes
from tests.libraries import NOW
from tests.undoing import take_back_last


@pytest.fixture
def page(show):
    """The section of a catalogue with the demo library."""
    program = catalogue_scenes.program(NOW)
    window = catalogue_scenes.window(program)
    show(window, 1366, 768)
    screen = window.current()
    screen.arrive("stock")
    yield screen.stock
    background.wait()
    program.library.close()


def begin(page, **scope):
    page.new_stocktake()
    page.box.form.put("ownership", scope.get("ownership", ""))
    page.box.form.put("location", scope.get("location", ""))
    page.box.try_accept()
    settle()


def settle():
    """Reading beside the work may begin once more when it ends: until nothing is under way."""
    catalogue_scenes.settle()
    while background.busy():
        catalogue_scenes.settle()


def scan(page, qtbot, *codes):
    for code in codes:
        qtbot.keyClicks(page.shelf.scan_box.line, code)
        qtbot.keyClick(page.shelf.scan_box.line, Qt.Key.Key_Return)
    settle()


def some_copies(page, lent):
    with page.program.library.reading() as session:
        rows = item_list.items_to_label(session, only_new=False)
        found = [identify.find_item(session, row.barcode) for row in rows]
    return [
        one for one in found if (one.loan_id is not None) is lent and one.status == "in_service"
    ]


def tiles(page):
    return [tile.number.text() for tile in page.shelf.tiles]


def test_a_round_is_begun_scanned_and_its_scan_taken_back(page, qtbot):
    begin(page)
    assert page.window().focusWidget() is page.shelf.scan_box.line
    before = tiles(page)
    assert before[1] == "0"
    code = some_copies(page, lent=False)[0].barcode
    scan(page, qtbot, code.lower())
    assert tiles(page)[1] == "1"
    assert page.window().focusWidget() is page.shelf.scan_box.line
    scan(page, qtbot, code, "TIDAK-ADA")
    assert tiles(page)[1] == "1"
    assert page.notice.text() == "Tidak ada eksemplar berkode TIDAK-ADA."
    assert [row.outcome for row in page.shelf.odd.rows()] == ["unknown", "double"]
    page.program.acts.undo_last(page.host)
    settle()
    page.program.acts.undo_last(page.host)
    page.program.acts.undo_last(page.host)
    page.reload()
    settle()
    assert tiles(page) == before


def test_a_copy_recorded_as_lent_is_taken_back_at_the_shelf(page, qtbot):
    begin(page)
    lent = some_copies(page, lent=True)[0]
    scan(page, qtbot, lent.barcode)
    assert "tercatat dipinjam" in page.notice.text()
    page.shelf.take_back(lent.barcode)
    settle()
    with page.program.library.reading() as session:
        assert identify.find_item(session, lent.barcode).loan_id is None


def test_what_is_missing_is_saved_and_a_round_closed_and_reopened(
    page, qtbot, tmp_path, monkeypatch
):
    begin(page, location="Rak 610")
    for one in [one for one in some_copies(page, lent=False) if one.location == "Rak 610"][:-2]:
        scan(page, qtbot, one.barcode)
    missing = [row.barcode for row in page.shelf.missing.rows()]
    assert len(missing) >= 2
    target = tmp_path / "hilang.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    page.shelf.save_csv()
    with target.open(encoding="utf-8-sig", newline="") as stream:
        assert [row[0] for row in csv.reader(stream, delimiter=";")][1:] == missing
    page.shelf.close_round()
    minutes = page.shelf.closing.box.form.value("minutes")
    assert re.fullmatch(r"0\d\d/BA-SO/RSUD-BS/I/2027", minutes)
    page.shelf.closing.box.try_accept()
    settle()
    assert not page.shelf.scan_box.isVisible()
    assert tiles(page)[4] == str(len(missing))
    assert page.notice.undo()
    settle()
    assert page.shelf.scan_box.isVisible()
    with page.program.library.reading() as session:
        (one,) = stock_balance.missing(session, page.shelf.round.id)[:1]
    assert one.status != "lost"


def test_weeding_asks_why_decides_for_several_and_closes(page, qtbot):
    page.new_weeding()
    view = page.weed
    view.age.choose(5)
    view.unused.choose(1)
    settle()
    view.withdraw()
    assert page.notice.text() == "Pilih dahulu eksemplar di daftar."
    chosen = [row.id for row in view.table.rows()[:2]]
    view.table.select_ids(chosen)
    view.withdraw()
    view.box.form.put("reason", "")
    view.box.try_accept()
    assert view.box.isVisible()
    view.box.form.put("reason", "usang")
    view.box.try_accept()
    settle()
    assert {row.id for row in view.table.rows() if row.decision == "withdraw"} == set(chosen)
    view.close_round()
    view.box.form.put("minutes", "BA 9/2027")
    view.box.try_accept()
    settle()
    assert [row.status for row in view.table.rows()] == ["withdrawn", "withdrawn"]
    with page.program.library.transaction() as session:
        take_back_last(session, NOW, frozenset({"Weeding"}))
    page.reload()
    settle()
    assert {row.status for row in view.table.rows() if row.id in chosen} == {"in_service"}
