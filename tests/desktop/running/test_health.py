"""A broken page is told while the desk works on, and a backup says what is broken."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from database.library import Library
from database.refusal import Fault, Trouble
from desktop import background
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.keeping.health import Health
from tests.libraries import NOW


@pytest.fixture
def broken(program, tmp_path):
    """The library with a page of its patrons' index zeroed, as a failing disk leaves it."""
    where = program.library.where
    program.library.close()
    raw = sqlite3.connect(where)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = raw.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'ix_patron_search'"
    ).fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    with Path(where).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    library = Library.open(where)
    yield Program(library, lambda: NOW, Pc(tmp_path / "pc.ini"))
    library.close()


def looked(program, show):
    window = show(build_window(program), 1366, 768)
    health = Health(program, lambda: window)
    health.look()
    background.wait()
    QApplication.processEvents()
    health.stop()
    return window.current().notice.text()


def test_a_broken_page_is_told(broken, show):
    assert looked(broken, show).startswith("Berkas perpustakaan rusak.")


def test_a_whole_library_is_not_spoken_of(program, show):
    assert looked(program, show) == ""


def test_a_backup_of_it_blames_the_library_and_not_the_copy(broken, tmp_path):
    with pytest.raises(Fault) as told:
        broken.library.backup(tmp_path / "backup.db")
    assert told.value.trouble is Trouble.DAMAGED
    assert told.value.facts["where"] == broken.library.where
    assert not (tmp_path / "backup.db").exists()
