"""Moving in by keys: what a file is, what its columns mean, row by row, in, saved, and back."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from database.exchange import found
from database.library import Library
from database.policy.house import ProfileFacts
from desktop import background
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.screens.moving.screen import CHECK, CHOOSE, CONTENTS, DONE
from tests.desktop.scenes.moving_scenes import workbook
from tests.libraries import NOW
from tests.slims import dump


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An empty library, made once."""
    path = tmp_path_factory.mktemp("moving") / "empty.db"
    Library.create(path, ProfileFacts(name="Perpustakaan RSUD", short_name="RSUD"), NOW).close()
    return path


@pytest.fixture
def window(prepared, tmp_path, show):
    """The program's window on an empty library."""
    where = tmp_path / "library.db"
    shutil.copy(prepared, where)
    program = Program(Library.open(where), lambda: NOW, Pc(tmp_path / "pc.ini"))
    made = build_window(program)
    show(made, 1366, 768)
    yield made
    assert background.wait()
    program.library.changed.clear()
    program.library.close()


@pytest.fixture
def guide(window, qtbot):
    """Where it begins: Ctrl+I in the catalogue."""
    window.go("catalogue")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, window, Qt.Key.Key_I)
    screen = window.current()
    assert screen.steps.step() == CHOOSE
    return screen


def press(qtbot, where, key, how=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(where.window(), key, how)


def wait(qtbot, screen, step):
    qtbot.waitUntil(
        lambda: screen._stack.currentIndex() == step and screen.progress.isHidden(), timeout=20_000
    )


def choose(monkeypatch, qtbot, screen, *paths):
    names = [str(path) for path in paths]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: (names, ""))
    press(qtbot, screen, Qt.Key.Key_O)


def figures(view):
    return [tile.number.text() for tile in view.tiles]


def test_a_hospitals_workbook_comes_in_by_keys_is_saved_where_not_and_goes_again(
    guide, window, qtbot, tmp_path, monkeypatch
):
    choose(monkeypatch, qtbot, guide, workbook(tmp_path))
    wait(qtbot, guide, CONTENTS)
    view = guide.contents
    assert [view.files.cell(row, 2) for row in range(2)] == [
        "daftar orang, 3 baris, lembar “Pegawai”", "daftar buku, 3 baris, lembar “Buku”",
    ]  # fmt: skip
    meanings = [view.columns.cell(row, 1) for row in range(view.columns.count())]
    assert meanings[1:4] == ["Nama", "tidak disimpan: identitas", "NIP, NIM, atau nomor pegawai"]
    # Nothing of a column that is never stored is even shown.
    assert view.columns.cell(2, 2) == ""
    press(qtbot, guide, Qt.Key.Key_S)
    assert guide.notice.text() == "Sebutkan dulu jenis anggota bagi orang dalam daftar."
    view.category.set_raw("nurse")
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, CHECK)
    assert figures(guide.checking) == ["2", "2", "0", "2"]
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, DONE)
    assert figures(guide.done) == ["2", "3", "2", "0", "2"]
    target = tmp_path / "sisa.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    guide.save_list()
    people, books = found.sheets_of(target)
    assert "NIK" not in people.rows[0]
    assert people.rows[1][-1] == "bukan tanggal: 31-02-2027"
    assert (books.rows[0][-1], books.rows[1][-1]) == ("Alasan", "tidak ada judul (245)")
    assert window.changes is not None
    assert guide.program.library.contents().titles == 2
    press(qtbot, guide, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: guide.program.library.contents().titles == 0, timeout=20_000)
    assert guide.program.library.contents().patrons == 0
    press(qtbot, guide, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert window.current() is window.screen_of("catalogue")


def test_a_dump_is_dropped_and_its_loans_are_told(guide, qtbot, tmp_path):
    path = tmp_path / "cadangan.sql"
    path.write_text(dump(NOW.date()), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    guide.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier))
    wait(qtbot, guide, CONTENTS)
    told = guide.contents.files.cell(0, 2)
    assert told.startswith("basis data SLiMS, 3 judul, 3 eksemplar, 2 anggota, 3 pinjaman")
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, CHECK)
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, DONE)
    assert figures(guide.done) == ["2", "3", "2", "0", "4"]
    why = [guide.done.table.cell(row, 2) for row in range(guide.done.table.count())]
    assert "eksemplarnya tidak ada: ZZZ" in why


def test_a_list_without_known_headings_is_told_and_remembered(guide, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "aneh.csv"
    path.write_text("Kolom A;Kolom B\nGizi;Almatsier\n", encoding="utf-8")
    choose(monkeypatch, qtbot, guide, path)
    wait(qtbot, guide, CONTENTS)
    view = guide.contents
    assert view.files.cell(0, 0) == "perlu dijelaskan"
    assert not guide.next.isEnabled()
    view.kind.set_raw("titles")
    view.columns.select_ids([0])
    view.meaning.set_raw("title")
    view.columns.select_ids([1])
    view.meaning.set_raw("authors")
    assert guide.next.isEnabled()
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, CHECK)
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, DONE)
    assert figures(guide.done)[0] == "2"
    press(qtbot, guide, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    guide.arrive(("patrons", [path]))
    wait(qtbot, guide, CONTENTS)
    assert view.files.cell(0, 0) == "siap"
    assert [view.columns.cell(row, 1) for row in range(2)] == ["Judul", "Pengarang"]


def test_what_cannot_be_read_is_named_with_what_to_do(guide, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "laporan.xlsx"
    path.write_bytes(b"%PDF-1.7")
    choose(monkeypatch, qtbot, guide, path)
    wait(qtbot, guide, CONTENTS)
    assert guide.contents.files.cell(0, 2) == (
        "laporan.xlsx: ini PDF: minta daftarnya dalam Excel atau CSV: PDF tidak berkolom."
    )
    assert not guide.next.isEnabled()


def test_stopped_half_way_nothing_remains(guide, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "banyak.csv"
    rows = "\n".join(f"Judul {at};Pengarang {at};B{at:05}" for at in range(3000))
    path.write_text(f"Judul;Pengarang;Barcode\n{rows}\n", encoding="utf-8")
    choose(monkeypatch, qtbot, guide, path)
    wait(qtbot, guide, CONTENTS)
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, CHECK)
    press(qtbot, guide, Qt.Key.Key_S)
    guide.cancel()
    wait(qtbot, guide, CHECK)
    assert guide.notice.text() == "Dihentikan; tidak ada yang berubah."
    assert guide.program.library.contents().titles == 0


def test_one_row_is_decided_otherwise_and_back(guide, qtbot, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Judul;ISBN;Barcode\nGizi;9789790840751;B1\nGizi;9789790840751;B2\n")
    guide.arrive(("catalogue", [path]))
    wait(qtbot, guide, CONTENTS)
    press(qtbot, guide, Qt.Key.Key_S)
    wait(qtbot, guide, CHECK)
    checking = guide.checking
    checking.filter("all")
    assert [checking.table.cell(row, 1) for row in range(2)] == ["siap", "digabung"]
    checking.table.select_ids([1])
    checking._decide[1].click()
    assert checking.table.cell(1, 1) == "judul tersendiri"
    assert len(checking.decided()) == 1
    checking._decide[1].click()
    assert checking.decided() == {}
