"""A portable scanner's codes taken in where they belong, and of each is told what became of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from database.holdings import item_list, print_queue
from desktop import background
from desktop.forms.scanned.dialog import ScannedListDialog
from tests.desktop.keying import combo
from tests.libraries import NOW


def settle():
    assert background.wait()
    for _round in range(4):
        QApplication.processEvents()


@pytest.fixture
def labelled(program):
    """The numbers of the copies, all of which have their labels by now."""
    rows = program.read(lambda session: item_list.items_to_label(session, only_new=False))
    ids = [row.id for row in rows]
    program.write(lambda session: print_queue.printed(session, print_queue.LABELS, ids, NOW))
    return [row.barcode for row in rows]


@pytest.fixture
def dialog(labelled, window, press):
    """The list asked for at the print queue, by its key."""
    window.go("printing")
    settle()
    press(*combo("choose_file"))
    box = QApplication.activeModalWidget()
    assert isinstance(box, ScannedListDialog)
    yield box
    box.close()


def waiting(program):
    rows = program.read(lambda session: print_queue.copies(session, print_queue.LABELS))
    return {row.barcode for row in rows}


def words(box):
    return [row["pill"].text for row in box.table.rows()]


def test_pasted_codes_wait_for_their_labels_and_go_back_as_one(program, labelled, window, dialog):
    first, second = labelled[:2]
    dialog.area.set_raw(f"{first}\n{second.lower()}\nZ999999\n{first}\n")
    dialog._count()
    assert dialog.counted.text() == "4 kode"
    dialog.try_accept()
    settle()
    assert words(dialog) == ["menunggu", "menunggu", "tidak diambil", "sudah menunggu"]
    assert "Z999999" in dialog.table.rows()[2]["said"]
    assert "menunggu 2" in dialog.sums.text()
    dialog.try_accept()
    assert not dialog.isVisible()
    assert waiting(program) == {first, second}
    program.acts.undo_last(window.current())
    settle()
    assert waiting(program) == set()


def test_a_file_of_the_scanner_is_shown_before_it_is_taken(labelled, dialog, tmp_path):
    code = labelled[0]
    path = tmp_path / "pindai.csv"
    path.write_text(f"2026-11-30;08:10;{code};1\n2026-11-30;08:11;Z999999;1\n", encoding="utf-8")
    dialog.read(path)
    settle()
    assert dialog.area.raw() == f"{code}\nZ999999"
    assert dialog.counted.text() == "2 kode"


def test_nothing_pasted_and_a_file_that_is_none_are_told_in_the_dialog(dialog, tmp_path):
    dialog.try_accept()
    assert dialog.said().startswith("Belum ada kode")
    path = tmp_path / "kosong.txt"
    path.write_bytes(b"")
    dialog.read(path)
    settle()
    assert "kosong.txt" in dialog.said()
    assert dialog.isVisible()


def test_a_shelf_is_taken_in_at_the_stocktake_by_its_key(labelled, window, press):
    screen = window.go("catalogue")
    screen.arrive("stock")
    page = screen.stock
    page.new_stocktake()
    page.box.form.put("ownership", "")
    page.box.try_accept()
    settle()
    press(*combo("choose_file"))
    box = QApplication.activeModalWidget()
    box.area.set_raw(f"{labelled[0]},1\n{labelled[0]},1\nZ999999,1")
    box.try_accept()
    settle()
    assert words(box) == ["ditemukan", "sudah dipindai", "kode tak dikenal"]
    box.try_accept()
    settle()
    assert page.shelf.tiles[1].number.text() == "1"
