"""Backups by the order of making, in two places, every two hours, and seen until the end."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from database.catalogue import digital
from database.circulation import lending
from database.library import Library, restore
from database.refusal import Reason, Refusal
from database.storage import copies, keeping, sealing
from database.storage.copies import Contents, Held
from database.storage.keeping import Backup
from desktop import background, pc
from desktop.running.keeping import backup_places, backups, closing, keeper, restoring
from desktop.widgets.dialog import Dialog
from tests.libraries import NOW

CONTENTS = Contents(6, 10, 4, 2, 1)


def made(*moments: datetime) -> list[Backup]:
    """Backups made at these moments one after the other, the newest first."""
    listed = [Backup(Path(f"{at}"), at, moment) for at, moment in enumerate(moments, 1)]
    return listed[::-1]


def test_the_last_of_each_day_week_and_month_stay():
    days = [NOW + timedelta(days=day, hours=hour) for day in range(400) for hour in (0, 2)]
    found = made(*days)
    dropped = {one.serial for one in keeping.to_drop(found)}
    kept = [one for one in found if one.serial not in dropped]
    assert found[0] in kept
    assert len(kept) <= keeping.MOST
    assert [one.at.date() for one in kept[:7]] == [
        (days[-1] - timedelta(days=day)).date() for day in range(7)
    ]
    assert len({(one.at.year, one.at.month) for one in kept}) == 12
    assert all(one.at.hour == days[-1].hour for one in kept)


def test_a_clock_that_was_ahead_costs_one_place_of_each_kind():
    ahead = [NOW + timedelta(days=3652 + day) for day in range(3)]
    usual = [NOW + timedelta(days=day) for day in range(30)]
    found = made(*ahead, *usual)
    kept = [one for one in found if one not in keeping.to_drop(found)]
    assert [one.at for one in kept[:7]] == usual[::-1][:7]
    assert found[0].at == usual[-1]


@pytest.fixture
def house(program, tmp_path):
    """Backups on this PC and on a stick."""
    program.pc.put(pc.BACKUPS, str(tmp_path / "here"))
    (tmp_path / "stick").mkdir()
    backup_places.choose_second(program.pc, tmp_path / "stick")
    return tmp_path


def sealed_for(program, words="bako tuli mena sora kedi"):
    backup_places.keep_key(program.pc, sealing.new_key(words))
    return words


def lend(program):
    program.write(lambda session: lending.check_out(session, "M0004", "B000010", program.now()))


def test_each_place_has_what_was_made_and_what_it_holds(house, program):
    words = sealed_for(program)
    first = backups.make(program)
    here = keeping.existing(house / "here", backups.identity(program))
    there = keeping.existing(house / "stick", backups.identity(program))
    assert [one.path for one in here] == [first]
    assert [one.is_sealed for one in there] == [True]
    assert here[0].held == there[0].held == program.library.held()
    with sealing.opened(there[0].path, words) as plain:
        assert copies.verify(plain) == program.library.contents()
    with pytest.raises(Refusal) as told, sealing.opened(there[0].path, "lain"):
        pass
    assert told.value.reason is Reason.WRONG_PASSPHRASE
    (house / "stick" / sealing.KEY_FILE).unlink()
    with pytest.raises(Refusal) as told, sealing.opened(there[0].path, words):
        pass
    assert told.value.reason is Reason.KEY_MISSING


def test_files_in_the_second_place_are_sealed_too_and_come_back(house, program, tmp_path):
    content = b"%PDF-1.4 panduan"
    (tmp_path / "panduan.pdf").write_bytes(content)
    program.write(
        lambda session: digital.attach_file(
            session, program.library.where, 1, tmp_path / "panduan.pdf", NOW
        )
    )
    backups.make(program)
    plain = list((house / "stick").rglob("*.pdf"))
    assert [one.read_bytes() for one in plain] == [content]
    words = sealed_for(program)
    backups.make(program)
    backups.make(program)
    assert list((house / "stick").rglob("*.pdf")) == []
    sealed = list((house / "stick").rglob("*.pdf.age"))
    assert len(sealed) == 1
    assert content not in sealed[0].read_bytes()
    newest = keeping.existing(house / "stick", backups.identity(program))[0]
    with sealing.opened(newest.path, words) as opened:
        restore(opened, tmp_path / "anew.db")
    assert [one.read_bytes() for one in (tmp_path / "anew.db.files").rglob("*.pdf")] == [content]


def test_a_stick_is_known_under_another_letter(house, program, monkeypatch):
    moved = house / "lain" / "stick"
    moved.parent.mkdir()
    shutil.move(house / "stick", moved)
    assert backup_places.second(program.pc) is None

    class Drives:
        """One drive, that of the stick."""

        @staticmethod
        def mountedVolumes():
            return [Drives()]

        def isReady(self) -> bool:
            return True

        def rootPath(self) -> str:
            return str(moved.parent)

    monkeypatch.setattr(backup_places, "QStorageInfo", Drives)
    assert backup_places.second(program.pc) == moved


def test_a_stick_that_is_away_is_no_failure_and_is_filled_when_it_comes(house, program, qapp):
    shutil.move(house / "stick", house / "away")
    backups.make(program)
    assert backups.trouble(program) == ""
    assert keeper.wanted_by_second(program) is None
    shutil.move(house / "away", house / "stick")
    assert keeper.wanted_by_second(program) is not None
    watch = keeper.Keeper(program)
    watch.look()
    background.wait()
    assert len(keeping.existing(house / "stick", backups.identity(program))) == 1
    assert keeper.wanted_by_second(program) is None
    watch.stop()


def test_two_hours_after_the_last_and_only_if_something_was_done(house, program):
    backups.make(program)
    assert not keeper.is_due(program)
    later = replace(program, now=lambda: NOW + timedelta(hours=3))
    assert not keeper.is_due(later)
    lend(program)
    assert not keeper.is_due(program)
    assert keeper.is_due(later)
    backups.make(later)
    assert not keeper.is_due(later)


def test_after_a_failure_it_is_not_tried_by_the_minute(house, program, qapp):
    lend(program)
    (house / "here").write_text("a file where the folder should be")
    moment = [NOW + timedelta(hours=3)]
    later = replace(program, now=lambda: moment[0])
    watch = keeper.Keeper(later)
    watch.look()
    background.wait()
    QApplication.processEvents()
    (house / "here").unlink()
    assert backups.trouble(later)
    moment[0] += timedelta(minutes=5)
    watch.look()
    assert watch.task is None
    moment[0] += keeper.AGAIN
    watch.look()
    background.wait()
    QApplication.processEvents()
    assert backups.trouble(later) == ""
    watch.stop()


def test_a_second_place_that_is_full_is_seen_and_the_first_is_made(house, program):
    shutil.rmtree(house / "stick")
    (house / "stick").mkdir()
    backup_places.choose_second(program.pc, house / "stick")
    (house / "stick" / "selasar.files").write_text("no folder")
    files = Path(program.library.where + ".files") / "ab"
    files.mkdir(parents=True)
    (files / "abc.pdf").write_bytes(b"%PDF")
    first = backups.make(program)
    assert first.exists()
    assert backups.status(program).dot == "bad"
    assert "tempat kedua gagal" in backups.trouble(program)


# --- closing


@pytest.fixture
def press(qapp):
    """Presses an answer of the boxes that come, by its place."""
    seen, left, watch = [], [], QTimer(interval=10)

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, Dialog) and not isinstance(box, closing.ClosingBox):
            seen.append(box.windowTitle())
            box.done(left.pop(0) + 1)

    def begin(*answers):
        left.extend(answers)
        watch.start()
        return seen

    watch.timeout.connect(look)
    yield begin
    watch.stop()


def test_the_window_goes_when_the_backup_is_made(house, program, qapp):
    ended = []
    assert closing.keep(program, None, lambda: ended.append(True))
    assert ended == [True]
    assert len(keeping.existing(house / "here", backups.identity(program))) == 1


def test_a_backup_that_fails_is_asked_about_and_tried_again(house, program, press):
    (house / "here").write_text("a file where the folder should be")
    seen = press(0, 1)
    assert closing.keep(program, None, lambda: None)
    assert seen == ["Cadangan tidak dapat dibuat"] * 2
    assert backups.status(program).dot == "bad"


# --- restoring


def test_what_was_done_since_is_counted_also_of_a_damaged_library(house, program, tmp_path):
    first = backups.make(program)
    lend(program)
    line = copies.look_into(first).line
    where = Path(program.library.where)
    with program.library.reading() as session:
        open_count = restoring.restoring.done_since(session.connection(), line)
    assert sum(open_count.values()) == 1
    program.library.fold()
    broken = tmp_path / "broken.db"
    content = bytearray(where.read_bytes())
    broken.write_bytes(content)
    assert restoring.restoring.done_since_in(str(broken), line) == open_count
    broken.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    assert restoring.restoring.done_since_in(str(broken), line) is None
    assert "jurnalnya" in restoring.since(None)


def test_a_library_that_cannot_be_opened_is_restored_beside_it(house, program, qapp, monkeypatch):
    backups.make(program)
    where = program.library.where
    program.pc.put(pc.KNOWN_ID, backups.identity(program))
    program.library.close()
    broken = b"SQLite format 3\x00" + bytes(90_000)
    Path(where).write_bytes(broken)
    with pytest.raises(Exception) as told:  # noqa: PT011 - Refusal or Fault, as it is damaged
        Library.open(where)
    monkeypatch.setattr(restoring, "choose", lambda *_told: 0)

    def accept(box):
        background.wait()
        QApplication.processEvents()
        assert "jurnalnya" in box.since.text()
        box.try_accept()
        while box.restored is None:
            background.wait()
            QApplication.processEvents()
        return 1

    monkeypatch.setattr(restoring.RestoreBox, "exec", accept)
    assert restoring.offer(told.value, where, program.pc, lambda: NOW)
    assert Path(where).read_bytes() == broken
    again = Library.open(program.pc.get(pc.LIBRARY))
    assert again.contents().titles == 6
    again.close()


def test_what_a_backup_does_not_help_against_offers_none(program, tmp_path):
    newer = Refusal(Reason.LIBRARY_NEWER, where="x")
    assert not restoring.offer(newer, program.library.where, program.pc, lambda: NOW)


def test_richness_is_told_by_what_was_noted():
    assert keeping.is_richer(Held(CONTENTS, NOW, 9), Held(replace(CONTENTS, titles=1), NOW, 9))
    assert not keeping.is_richer(Held(CONTENTS, NOW, 9), Held(CONTENTS, NOW, 9))
