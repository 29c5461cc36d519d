"""Backups do not push each other out, and a library that is gone is asked for."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from database.library import Library
from database.refusal import Fault, Reason, Refusal
from database.schema import Biblio
from database.storage import copies, keeping
from desktop import application, pc
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.keeping import backups
from desktop.widgets.dialog import Dialog
from tests.libraries import NOW


@pytest.fixture
def stick(program, tmp_path):
    """Where this PC's backups go."""
    program.pc.put(pc.BACKUPS, str(tmp_path / "stick"))
    return tmp_path / "stick"


def test_the_newest_is_the_last_made_whatever_the_clock_said(program, stick):
    """The clock was once ten years ahead: what is made afterwards is still the newest."""
    program.now = lambda: NOW + timedelta(days=3652)
    ahead = [backups.make(program) for _time in range(3)]
    program.now = lambda: NOW
    made = [backups.make(program) for _time in range(2)]
    found = keeping.existing(stick, backups.identity(program))
    assert [one.path for one in found] == [made[1], ahead[2]]


def test_backups_stay_where_they_began_though_the_documents_come_later(
    program, tmp_path, monkeypatch
):
    documents = tmp_path / "Documents"
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda _place: str(documents))
    )
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "nobody")
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path / "Local")
    program.pc.put(pc.BACKUPS, "")
    first = backups.make(program)
    documents.mkdir()
    assert pc.backup_folder(program.pc) == first.parent
    assert backups.last(program) is not None
    shutil.rmtree(first.parent)
    assert pc.backup_folder(program.pc) == documents / "Selasar" / "Backups"


def test_backups_of_another_library_are_left_alone(program, stick, prepared_file, tmp_path):
    other_file = tmp_path / "other.db"
    shutil.copy(prepared_file, other_file)
    other = Library.open(other_file)
    theirs = backups.make(Program(other, program.now, program.pc))
    other.close()
    older = stick / "selasar-20200101-120000.db"
    shutil.copy(theirs, older)
    mine = [backups.make(program) for _time in range(3)]
    assert set(stick.glob("*.db")) == {theirs, older, mine[-1]}


def test_a_poorer_backup_pushes_out_no_good_one(program, stick):
    good = backups.make(program)
    program.write(lambda session: session.execute(update(Biblio).values(cancelled_at=NOW)))
    poor = [backups.make(program) for _time in range(4)]
    assert set(stick.glob("*.db")) == {good, poor[-1]}
    assert copies.verify(good).titles == 6
    assert copies.verify(poor[-1]).titles == 0


def test_a_backup_that_fails_is_seen_until_one_goes(program, stick):
    stick.write_bytes(b"a file where the folder should be")
    with pytest.raises((Refusal, Fault)):
        backups.make(program)
    assert backups.on_exit(program) is None
    told = backups.status(program)
    assert (told.dot, told.text) == (
        "bad", "Cadangan terakhir gagal; lihat Pengaturan, Cadangan"
    )  # fmt: skip
    stick.unlink()
    backups.make(program)
    assert "gagal" not in backups.status(program).text


# --- a library that is gone


@pytest.fixture
def known(program, stick, tmp_path):
    """This PC worked with a library, made a backup, and the file is gone."""
    where = program.library.where
    backups.make(program)
    program.library.close()
    own = Pc(tmp_path / "known.ini")
    own.put(pc.BACKUPS, str(stick))
    application.open_or_create(where, own, lambda: NOW).close()
    Path(where).unlink()
    return where, own


@pytest.fixture
def answer(qapp):
    """Presses the buttons of the boxes that come, by their place; None for Cancel."""
    seen, left, watch = [], [], QTimer(interval=10)

    def press():
        box = QApplication.activeModalWidget()
        if isinstance(box, Dialog):
            seen.append(box.windowTitle())
            place = left.pop(0) if left else None
            box.reject() if place is None else box.done(place + 1)

    def begin(*places):
        left.extend(places)
        watch.start()
        return seen

    watch.timeout.connect(press)
    yield begin
    watch.stop()


def test_a_library_that_is_gone_is_not_made_anew_without_a_word(known, answer):
    where, own = known
    seen = answer(None)
    with pytest.raises(Refusal) as told:
        application.open_or_create(where, own, lambda: NOW)
    assert seen == ["Perpustakaan tidak ditemukan"]
    assert told.value.reason is Reason.LIBRARY_MISSING
    assert not Path(where).exists()


def test_it_is_restored_to_its_place(known, answer):
    where, own = known
    seen = answer(1, 0)
    library = application.open_or_create(where, own, lambda: NOW)
    assert (library.where, library.contents().titles) == (where, 6)
    library.close()
    assert len(seen) == 2


def test_a_new_one_is_begun_where_that_is_meant(known, answer):
    where, own = known
    answer(2)
    library = application.open_or_create(where, own, lambda: NOW)
    assert library.contents().titles == 0
    library.close()
    assert own.get(pc.KNOWN) == where


def test_an_empty_backup_restores_nothing(known, answer, stick, prepared_file):
    where, own = known
    for one in stick.glob("*.db"):
        one.unlink()
    empty = stick / "selasar-20260101-120000.db"
    library = Library.open(shutil.copy(prepared_file, stick / "a.db"))
    library.backup(empty)
    library.close()
    answer(1, 0, None)
    with pytest.raises(Refusal):
        application.open_or_create(where, own, lambda: NOW)
    assert not Path(where).exists()
