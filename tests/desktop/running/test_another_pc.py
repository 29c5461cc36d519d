"""From one PC to another: library, files and choices in one folder, opened there at once."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from database.library import Library
from database.refusal import Reason, Refusal
from desktop import application, background, pc
from desktop.pc import Pc
from desktop.running import another_pc
from desktop.window import MainWindow
from tests.libraries import NOW


@pytest.fixture
def packed(program, tmp_path):
    """The folder that the old PC wrote."""
    program.pc.put(pc.SLIP_WIDTH, 80)
    program.pc.put(pc.SCAN_PREFIX, "]C1")
    program.pc.put(pc.BACKUPS, str(tmp_path / "stick of the old PC"))
    another_pc.pack(program, tmp_path / "moves")
    return tmp_path / "moves"


def test_all_of_it_is_there_again(program, packed, tmp_path):
    new = Pc(tmp_path / "new.ini")
    target, contents = another_pc.unpack(packed, new, tmp_path / "Local")
    assert target == tmp_path / "Local" / "library.db"
    assert contents == program.library.contents()
    assert (new.get(pc.SLIP_WIDTH), new.get(pc.SCAN_PREFIX)) == (80, "]C1")
    assert (new.get(pc.LIBRARY), new.get(pc.BACKUPS)) == (str(target), "")
    guide = (packed / "BACA-SAYA.txt").read_text(encoding="utf-8-sig")
    assert guide.startswith("Pindah Selasar ke PC lain\n\n1. Tutup Selasar di PC lama")


def test_nothing_that_stands_is_touched(program, packed, tmp_path):
    with pytest.raises(Refusal) as told:
        another_pc.pack(program, packed)
    assert told.value.reason is Reason.LIBRARY_EXISTS
    local, new = tmp_path / "Local", Pc(tmp_path / "new.ini")
    local.mkdir()
    (local / "library.db").write_bytes(b"another library")
    target, _contents = another_pc.unpack(packed, new, local)
    assert target == local / "library-2.db"
    assert (local / "library.db").read_bytes() == b"another library"


def test_another_folder_is_told_and_nothing_is_changed(tmp_path):
    new = Pc(tmp_path / "new.ini")
    with pytest.raises(Refusal) as told:
        another_pc.unpack(tmp_path, new, tmp_path / "Local")
    assert told.value.reason is Reason.FILE_MISSING
    assert new.get(pc.LIBRARY) == ""
    assert not list((tmp_path / "Local").glob("*.db"))


def test_the_library_brought_over_is_opened_in_place_of_the_empty_one(
    packed, prepared_file, tmp_path, monkeypatch, qapp
):
    local = tmp_path / "Local"
    local.mkdir()
    shutil.copy(prepared_file, local / "library.db")
    monkeypatch.setattr(pc, "data_folder", lambda: local)
    monkeypatch.setattr(application, "Pc", lambda: Pc(tmp_path / "new.ini"))
    monkeypatch.setattr(application, "local_now", lambda: NOW)
    opened = []

    def windows():
        found = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        return [one for one in found if one.isVisible()]

    def look():
        """Bring the library over in the first window; in the second, say which it shows."""
        if not windows():
            return
        (window,) = windows()
        settings = window.go("settings", "about")
        opened.append(settings.sections["about"].form.value("library"))
        if len(opened) == 2:
            watch.stop()
            window.close()
            return
        part = window.go("settings", "backups").sections["backups"].another_pc
        part.unpack_from(packed)
        background.wait()
        QApplication.processEvents()
        part.open_button.click()

    watch = QTimer(interval=20)
    watch.timeout.connect(look)
    watch.start()
    assert application.start([]) == 0
    assert opened == [str(local / name) for name in ("library.db", "library-2.db")]
    library = Library.open(local / "library-2.db")
    assert library.contents().titles == 6
    library.close()
