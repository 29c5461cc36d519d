"""Real faults in minutes; `python -m tests.faults --hours N` tries for as long as wanted."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from database.circulation import lending, visits
from database.engine import engines, patience
from database.library import Library, restore
from database.refusal import Fault, Refusal, Trouble
from database.storage import checks, copies
from desktop import pc
from desktop.pages.registers import new_titles
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.keeping import backups
from tests.faults import acts, kills
from tests.libraries import NOW, PROFILE, named, own_server

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux' own faults")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return kills.prepare(tmp_path_factory.mktemp("faults") / "base")


@pytest.mark.parametrize("act", sorted(acts.ACTS))
def test_a_program_killed_in_the_middle_loses_nothing_it_confirmed(base, tmp_path, act):
    told, chance = kills.Told(0), random.Random(act)
    for _time in range(3):
        kills.kill_one(base, tmp_path / "trial", act, chance, told)
    assert told.failed == []


# --- disks


@contextmanager
def small_disk(folder: Path, kilobytes: int):
    """A disk of so many kilobytes, as root can make one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("only root can make a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def filled(base, tmp_path):
    """A library on a disk that has hardly any room left."""
    size = (base / acts.LIBRARY).stat().st_size // 1024
    with small_disk(tmp_path / "disk", 2 * size + 1_500) as disk:
        shutil.copy(base / acts.LIBRARY, disk / acts.LIBRARY)
        yield disk


@linux
def test_a_full_disk_leaves_no_broken_file_at_a_final_name(filled, tmp_path):
    library = Library.open(filled / acts.LIBRARY)
    program = Program(library, lambda: NOW, Pc(tmp_path / "pc.ini"))
    program.pc.put(pc.BACKUPS, str(filled / "backups"))
    (filled / "rest").write_bytes(bytes(shutil.disk_usage(filled).free - (100 << 10)))
    before = sorted(one.name for one in filled.rglob("*"))
    with pytest.raises(Fault) as told:
        backups.make(program)
    assert told.value.trouble is Trouble.DISK_FULL
    assert backups.status(program).dot == "bad"
    with pytest.raises(Fault):
        restore(filled / acts.LIBRARY, filled / "new.db")
    with suppress(OSError, Fault), library.reading() as session:
        for number in range(60):
            new_titles.write(filled / f"paper-{number}.pdf", session, [], "2027-01", NOW.date())
    for paper in filled.glob("paper-*.pdf"):
        assert paper.read_bytes().rstrip().endswith(b"%%EOF"), paper.name
        paper.unlink()
    gone = {"backups", "library.db-wal", "library.db-shm"}
    assert sorted({one.name for one in filled.rglob("*")} - gone) == sorted(set(before) - gone)
    with library.reading() as session:
        assert checks.check(session) == []
    library.close()


@linux
def test_a_full_disk_refuses_an_act_whole_and_goes_on_when_there_is_room(filled):
    library = Library.open(filled / acts.LIBRARY)
    rest = filled / "rest"
    rest.write_bytes(bytes(shutil.disk_usage(filled).free))
    counted = 0
    with pytest.raises(Fault) as told:
        for number in range(5_000):
            with library.transaction() as session:
                visits.count_visit(session, "nurse", NOW + timedelta(seconds=number))
            counted += 1
    assert told.value.trouble is Trouble.DISK_FULL
    rest.unlink()
    with library.transaction() as session:
        visits.count_visit(session, "nurse", NOW + timedelta(hours=3))
    with library.reading() as session:
        assert sum(visits.visits_on(session, NOW.date()).values()) == counted + 1
        assert checks.check(session) == []
    library.close()


# --- files that go, stay or break


def test_a_folder_that_goes_under_the_desk_is_told(base, tmp_path):
    (tmp_path / "stick").mkdir()
    shutil.copy(base / acts.LIBRARY, tmp_path / "stick" / acts.LIBRARY)
    library = Library.open(tmp_path / "stick" / acts.LIBRARY)
    library.close()
    shutil.rmtree(tmp_path / "stick")
    with pytest.raises(Fault) as told, library.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
    assert told.value.trouble in {Trouble.READ_ONLY, Trouble.FILE_UNWRITABLE}
    assert not (tmp_path / "stick").exists()


def test_a_log_left_by_another_library_is_never_played_into_a_restored_one(base, tmp_path):
    other = tmp_path / "other.db"
    shutil.copy(base / acts.LIBRARY, other)
    raw = sqlite3.connect(other)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("UPDATE patron SET name = 'Orang lain'")
    raw.commit()
    shutil.copy(f"{other}-wal", tmp_path / "new.db-wal")
    raw.close()
    restore(base / "backup.db", tmp_path / "new.db")
    library = Library.open(tmp_path / "new.db")
    with library.reading() as session:
        assert checks.check(session) == []
    assert library.contents() == copies.verify(base / "backup.db")
    library.close()


def test_pages_zeroed_at_random_are_never_backed_up_over_a_good_copy(base, tmp_path):
    chance = random.Random(7)
    good = tmp_path / "good.db"
    shutil.copy(base / "backup.db", good)
    whole = good.read_bytes()
    for number in range(12):
        broken = tmp_path / f"broken-{number}.db"
        content = bytearray(whole)
        page = chance.randrange(1, len(content) // 4096) * 4096
        content[page : page + 4096] = bytes(4096)
        broken.write_bytes(content)
        try:
            library = Library.open(broken)
        except (Refusal, Fault):
            continue
        with suppress(Refusal, Fault):
            library.backup(good)
        library.close()
        # What took its place is whole, or nothing did.
        assert copies.verify(good).titles >= 0
    assert list(tmp_path.glob("*.partial*")) == []


# --- clocks


@pytest.mark.parametrize("jump", [timedelta(days=3652), -timedelta(days=370)])
def test_a_clock_that_jumps_forgets_nobody(base, tmp_path, jump):
    shutil.copy(base / acts.LIBRARY, tmp_path / acts.LIBRARY)
    library = Library.open(tmp_path / acts.LIBRARY)
    with library.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW, acts.ANYTHING)
    before = library.contents()
    library.close()
    told = subprocess.run(
        [sys.executable, "-m", "desktop", "forget", "--library", str(tmp_path / acts.LIBRARY)],
        env={**os.environ, "SELASAR_NOW": (NOW + jump).isoformat()},
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 2, told.stderr
    library = Library.open(tmp_path / acts.LIBRARY)
    assert library.contents() == before
    library.close()


# --- servers and desks


@linux
def test_a_server_that_stops_without_a_word_is_gone_after_a_while(monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 1.0)
    with own_server("postgresql") as server:
        where = named(server, "stopped")

        Library.create(where, PROFILE, NOW).close()
        library = Library.open(where)
        with library.reading() as session:
            processes = session.connection().exec_driver_sql(
                "SELECT pid FROM pg_stat_activity UNION SELECT pg_backend_pid()"
            ).scalars().all()  # fmt: skip
        stopped = _stop([pid for pid in processes if pid])
        try:
            with pytest.raises(Fault) as told, library.transaction() as session:
                visits.count_visit(session, "nurse", NOW)
            assert told.value.trouble is Trouble.SERVER_GONE
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        with library.transaction() as session:
            visits.count_visit(session, "nurse", NOW)
        with library.reading() as session:
            assert sum(visits.visits_on(session, NOW.date()).values()) == 1
        library.close()


def _stop(processes: list[int]) -> list[int]:
    """Stop the processes of a server, and the one that made them, as a PC that hangs would; those
    that were."""
    stopped = []
    parent = int(Path(f"/proc/{processes[-1]}/stat").read_text().rpartition(")")[2].split()[1])
    for pid in [parent, *processes]:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGSTOP)
            stopped.append(pid)
    return stopped


def test_two_desks_at_once_lose_nothing(where):
    """Both engines: each counts, and every confirmed visitor is there."""
    counted, lock = [0], threading.Lock()

    def desk(number: int) -> None:
        library = Library.open(where)
        for at in range(40):
            moment = NOW + timedelta(minutes=number, seconds=at)
            with library.transaction() as session:
                visits.count_visit(session, "nurse", moment)
            with lock:
                counted[0] += 1
        library.close()

    desks = [threading.Thread(target=desk, args=(number,)) for number in range(2)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    library = Library.open(where)
    with library.reading() as session:
        assert sum(visits.visits_on(session, NOW.date()).values()) == counted[0] == 80
        assert checks.check(session) == []
    library.close()


def test_who_waits_for_a_stopped_desk_is_told_to_wait(base, tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.3)
    shutil.copy(base / acts.LIBRARY, tmp_path / acts.LIBRARY)
    holder = sqlite3.connect(tmp_path / acts.LIBRARY, isolation_level=None)
    library = Library.open(tmp_path / acts.LIBRARY)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Fault) as told, library.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
    assert told.value.trouble is Trouble.LOCKED
    holder.execute("ROLLBACK")
    with library.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
    holder.close()
    library.close()
