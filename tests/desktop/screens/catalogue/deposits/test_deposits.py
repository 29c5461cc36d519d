"""A batch received and given back at the scanner, with real keys."""

from __future__ import annotations

import json
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from database.circulation import lending
from database.exchange import parcels
from database.holdings import deposits
from database.imports import deposit_parcels
from database.schema import Biblio
from desktop import background
from desktop.screens.catalogue.deposits import acts as batch_acts
from tests.desktop.keying import combo
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier


def settle():
    assert background.wait()
    for _round in range(4):
        QApplication.processEvents()


@pytest.fixture
def screen(window):
    screen = window.go("catalogue")
    screen.arrive("deposits")
    return screen


@pytest.fixture
def front(window, qtbot):
    """The window is in front again; without a window manager nobody sees to that."""

    def bring():
        with qtbot.waitActive(window):
            window.activateWindow()
        settle()

    return bring


@pytest.fixture
def batch(screen, front):
    screen.deposits.receive()
    box = QApplication.activeModalWidget()
    box.form.put("name", "Paket I/2027")
    box.try_accept()
    front()
    assert screen.page() is screen.batch
    return screen.batch


def scan(press, *codes):
    for code in codes:
        press(code)
        press(Qt.Key.Key_Return)


def counts(page):
    return [figure.number.text() for figure in page.figures.figures.values()]


def fill(page, press, tmp_path, monkeypatch, text):
    path = tmp_path / "paket.csv"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(page, "ask_path", lambda: path)
    press(Qt.Key.Key_I, CTRL)
    settle()


def test_receiving_asks_for_a_name_and_is_taken_back(screen):
    screen.deposits.receive()
    box = QApplication.activeModalWidget()
    assert box.form.value("prefix") == "T1"
    box.try_accept()
    assert "name" in box.form.shown_errors()
    box.form.put("name", "Paket I")
    box.form.put("prefix", "1")
    box.try_accept()
    assert "prefix" in box.form.shown_errors()
    box.form.put("prefix", "T1")
    box.try_accept()
    assert screen.batch.row.name == "Paket I"
    screen.notice.undo()
    assert screen.page() is screen.deposits
    assert screen.deposits.table.count() == 0


def test_books_are_scanned_in_and_the_box_stays_ready(batch, screen, press):
    assert batch.scan.line.hasFocus()
    scan(press, "9786020000015", "9786020000015", "9786020000022")
    assert counts(batch) == ["3", "3", "0", "0", "0"]
    assert [row.barcode for row in batch.table.rows()] == ["T1-001", "T1-002", "T1-003"]
    scan(press, "9789790000017")
    assert screen.notice.tone() == "refused"
    assert screen.notice.action() is None or screen.notice.action().sequence == ""
    assert batch.scan.line.hasFocus()
    scan(press, "9786020000015")
    screen.notice.undo()
    assert counts(batch)[0] == "3"


def test_copies_go_back_one_after_the_other(batch, screen, press, program, monkeypatch):
    scan(press, "9786020000015", "9786020000015", "9786020000022")
    program.write(lambda session: lending.check_out(session, "M0001", "T1-003", NOW))
    press(*combo("switch"))
    assert [row.barcode for row in batch.table.rows()] == ["T1-001", "T1-002"]
    scan(press, "t1-001")
    assert screen.notice.tone() == "done"
    assert [row.barcode for row in batch.table.rows()] == ["T1-002"]
    for wrong in ("T1-001", "T1-003", "B000001", "X"):
        scan(press, wrong)
        assert screen.notice.tone() == "refused"
        assert batch.scan.line.hasFocus()
    monkeypatch.setattr(batch_acts, "confirm", lambda *_asked, **_more: True)
    batch.finish()
    assert counts(batch) == ["3", "0", "1", "1", "1"]
    screen.notice.undo()
    assert counts(batch) == ["3", "1", "1", "0", "1"]


def test_a_list_is_brought_in_and_taken_back(batch, screen, press, tmp_path, monkeypatch):
    text = "judul;pengarang;jumlah\nBuku A;Ani;3\nBuku B;Budi;2\n;;\nBuku C;;x\n"
    fill(batch, press, tmp_path, monkeypatch, text)
    assert counts(batch)[0] == "5"
    assert screen.notice.tone() == "done"
    screen.notice.undo()
    settle()
    assert counts(batch)[0] == "0"


def test_a_file_that_is_no_list_is_refused(batch, screen, press, tmp_path, monkeypatch):
    fill(batch, press, tmp_path, monkeypatch, "a;b\n1;2\n")
    assert screen.notice.tone() == "refused"
    assert "paket.csv" in screen.notice.text()


def test_the_deed_is_looked_at_and_saved(batch, screen, press, tmp_path, monkeypatch):
    scan(press, "9786020000015")
    press(*combo("paper"))
    settle()
    assert batch.paper.view.pages() == 1
    target = tmp_path / "bast.pdf"
    monkeypatch.setattr(batch.paper, "ask_path", lambda usual: target)
    press(Qt.Key.Key_S, CTRL)
    assert target.read_bytes().startswith(b"%PDF")
    press(Qt.Key.Key_Escape)
    assert batch.scan.line.hasFocus()
    press(Qt.Key.Key_Escape)
    assert screen.page() is screen.deposits


def test_a_batch_is_opened_and_changed(batch, screen, press, program, front):
    batch.change()
    box = QApplication.activeModalWidget()
    box.form.put("name", "Paket II")
    box.try_accept()
    front()
    assert batch.name.full_text() == "Paket II"
    press(Qt.Key.Key_Escape)
    assert screen.page() is screen.deposits
    press(Qt.Key.Key_Return)
    assert screen.page() is batch
    assert program.read(deposits.rows)[0].name == "Paket II"


def parcel_of(program, path):
    with program.library.reading() as session, path.open("wb") as stream:
        titles = list(session.scalars(select(Biblio.id).limit(2)))
        told = parcels.Parcel("Paket dinas", "Dinas Perpustakaan", document="BAST/7")
        deposit_parcels.write_titles(session, stream, titles, told)
    return path


def test_a_batch_comes_as_one_file_and_is_written_back(
    screen, program, press, tmp_path, monkeypatch
):
    path = parcel_of(program, tmp_path / f"dinas{parcels.ENDING}")
    page = screen.deposits
    monkeypatch.setattr(page, "ask_path", lambda: path)
    page.table.view.setFocus()
    press(Qt.Key.Key_I, CTRL)
    settle()
    assert screen.page() is screen.batch
    assert screen.batch.name.text() == "Paket dinas"
    came = screen.batch.table.count()
    assert came > 1
    told = screen.notice.text()
    assert f"{came} eksemplar" in told
    scan(press, "T1-001")
    target = tmp_path / f"kembali{parcels.ENDING}"
    monkeypatch.setattr(screen.batch.files, "ask_where", lambda name: target)
    press(Qt.Key.Key_S, CTRL)
    settle()
    with zipfile.ZipFile(target) as packed:
        assert packed.read("berita-acara.pdf").startswith(b"%PDF")
        assert json.loads(packed.read("kiriman.json"))["given_back"] is False
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    settle()
    with program.library.reading() as session:
        assert deposits.rows(session) == []


def test_a_file_that_is_no_batch_leaves_none(screen, program, press, tmp_path, monkeypatch):
    path = tmp_path / "daftar.zip"
    path.write_bytes(b"no archive")
    monkeypatch.setattr(screen.deposits, "ask_path", lambda: path)
    screen.deposits.receive_file()
    settle()
    assert "daftar.zip" in screen.notice.text()
    empty = tmp_path / "rusak.zip"
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("kiriman.json", '{"format": "selasar-parcel", "version": 1}')
        packed.writestr("rekod.xml", "<collection><record>")
    monkeypatch.setattr(screen.deposits, "ask_path", lambda: empty)
    screen.deposits.receive_file()
    settle()
    with program.library.reading() as session:
        assert deposits.rows(session) == []
