"""What lies beside the library has an end, is its owner's alone, and a log names nobody."""

from __future__ import annotations

import logging
import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from database.library import Library, joined, parted
from database.schema import Patron
from desktop import application, commands, passwords, pc
from desktop.pc import Pc
from desktop.running import mishaps
from desktop.running.keeping import backups, leftovers
from desktop.widgets import dialog
from tests.keyrings import InMemory, ring  # noqa: F401
from tests.libraries import NOW, PROFILE, named

WHO = "Ibu Sri Rahayu"


def aged(path: Path, days: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WHO)
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def house(program, tmp_path, monkeypatch):
    """A PC whose folders are all below `tmp_path`."""
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    program.pc.put(pc.BACKUPS, str(tmp_path / "backups"))
    return tmp_path


def test_everything_that_bears_names_goes_when_it_has_had_its_time(house, program):
    beside = Path(program.library.where)
    old = [
        aged(house / "data/papers/struk.slip.pdf", 31),
        aged(house / "backups/perpus.before-0028-was-0020.db", 61),
        aged(beside.with_name(f"{beside.stem}.before-0028-was-0020.db"), 61),
        aged(house / "backups/selasar-0badcafe-000001-20270101-000000.db.partial", 2),
        aged(beside.with_name(f"{beside.name}.partial-wal"), 2),
        aged(beside.with_name(f"{beside.name}-wal.left-17"), 91),
        aged(house / "data/selasar.log.1", 91),
        aged(house / "temporary/selasar-restore-x/copy.db", 2),
        aged(house / "temporary/selasar/photo.pdf", 2),
    ]
    os.utime(old[-2].parent, (1, 1))
    young = [
        aged(house / "data/papers/kartu.card.pdf", 29),
        aged(house / "backups/perpus.before-0028-was-0025.db", 59),
        aged(house / "backups/selasar-0badcafe-000001-20270101-000000.db", 4000),
        aged(beside.with_name("tugas-kuliah.partial"), 4000),
        aged(house / "temporary/other/x", 4000),
    ]
    assert leftovers.clear(program, NOW)
    assert [one for one in old if one.exists()] == []
    assert [one for one in young if not one.exists()] == []
    assert beside.exists()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the person's profile is shut")
def test_what_holds_names_is_its_owners_alone(house, program, tmp_path):
    before = os.umask(0o022)
    try:
        Library.create(tmp_path / "new.db", PROFILE, NOW).close()
        made = [tmp_path / "new.db", backups.make(program)]
        Pc(tmp_path / "pc.ini").put(pc.ACTOR, WHO)
        mishaps.keep_log(tmp_path / "log")
        made += [tmp_path / "pc.ini", tmp_path / "log/selasar.log"]
        assert [oct(one.stat().st_mode & 0o777) for one in made] == ["0o600"] * 4
        old = tmp_path / "new.db"
        for mode, then in ((0o644, 0o600), (0o664, 0o660), (0o600, 0o600)):
            old.chmod(mode)
            Library.open(old).close()
            assert old.stat().st_mode & 0o777 == then
    finally:
        os.umask(before)


def log_of(folder: Path, monkeypatch, error: BaseException) -> str:
    """What is written and offered to copy about an error."""
    shown: list[str] = []
    monkeypatch.setattr(dialog, "choose", lambda _a, _b, text, _c: shown.append(text))
    for handler in list(mishaps.log.handlers):
        mishaps.log.removeHandler(handler)
    mishaps.keep_log(folder)
    mishaps.unexpected(type(error), error, error.__traceback__)
    logging.shutdown()
    return (folder / mishaps.LOG).read_text(encoding="utf-8") + "".join(shown)


def test_an_error_about_a_person_names_nobody(program, tmp_path, monkeypatch, qapp):
    with pytest.raises(Exception) as told, program.library.transaction() as session:  # noqa: PT011
        session.execute(insert(Patron).values(name=WHO, name_key=WHO))
    written = log_of(tmp_path, monkeypatch, told.value)
    assert "Rahayu" not in written
    assert "NOT NULL" in written
    with pytest.raises(ValueError) as told:  # noqa: PT011
        int(WHO)
    written = log_of(tmp_path, monkeypatch, told.value)
    assert "Rahayu" not in written
    assert "ValueError" in written
    assert "test_leftovers.py" in written


def test_a_servers_password_is_kept_by_the_keyring_alone(ring, tmp_path, monkeypatch):  # noqa: F811
    ring(InMemory())
    settings = Pc(tmp_path / "pc.ini")
    settings.put(pc.LIBRARY, "postgresql://dewi:rah%40sia@server:5433/perpus")
    where = application._usual_place(settings)
    assert where == "postgresql://dewi:rah%40sia@server:5433/perpus"
    assert "rah" not in (tmp_path / "pc.ini").read_text()
    passwords.forget_session()
    assert application._usual_place(settings) == where
    assert passwords.whole("postgresql://dewi@server:5433/perpus") == where
    bare, password = parted(where)
    assert (joined(bare, password), parted("a.db")) == (where, (None, ""))


def test_no_result_and_no_sentence_tells_a_password(server, new_database, program, capsys):
    there = new_database()
    where = there.replace("://postgres:@", "://postgres:geheim@").replace(
        "://postgres@", "://postgres:geheim@"
    )
    made = backups.make(program)
    for arguments in (
        ["restore", str(made), where],
        ["restore", str(made), where],
        ["check", "--library", named(where, "is_not_there")],
        ["demo", "--library", where],
    ):
        commands.run([*arguments, "--json"], lambda: NOW)
    told = capsys.readouterr()
    assert "geheim" not in told.out + told.err
