"""The only door: creating, opening, refusing, upgrading, copying and restoring."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from database.circulation import lending
from database.description import shelf_order
from database.engine import engines
from database.library import Library, restore
from database.patrons import finding
from database.policy import house
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Biblio, Item, Patron, Profile, Reminder
from database.search import search
from database.storage import copies, places
from database.text import phones
from tests.database.storage import first_version
from tests.libraries import NOW, PROFILE

_OF_WORDS = re.compile("_words|(biblio|neighbour)_terms")
"""Tables of the indexes of words, which are no records."""


def test_a_new_library_knows_its_profile_and_is_there_after_reopening(new_place):
    Library.create(new_place, PROFILE, NOW).close()
    library = Library.open(new_place)
    with library.reading() as session:
        assert house.profile(session).short_name == "RSUD-BS"
        assert sorted(house.hours(session)) == [0, 1, 2, 3, 4]
    library.close()


def test_a_library_is_never_made_over_another(where):
    with pytest.raises(Refusal) as told:
        Library.create(where, PROFILE, NOW)
    assert told.value.reason is Reason.LIBRARY_EXISTS
    library = Library.open(where)
    library.close()


def test_a_missing_place_is_refused_and_not_made(tmp_path):
    with pytest.raises(Refusal) as told:
        Library.open(tmp_path / "nothing.db")
    assert told.value.reason is Reason.LIBRARY_MISSING
    assert not (tmp_path / "nothing.db").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff\xe0JFIF" * 20, b"SQLite format 3\x00" + b"x" * 500]
)
def test_a_file_that_is_no_library_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "picture.db"
    path.write_bytes(content)
    with pytest.raises((Refusal, Fault)):
        Library.open(path)
    assert path.read_bytes() == content


def test_another_programs_sqlite_file_is_no_library(tmp_path):
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE biblio (id INTEGER)")
    raw.commit()
    raw.close()
    with pytest.raises(Refusal) as told:
        Library.open(path)
    assert told.value.reason is Reason.NOT_A_LIBRARY


def test_a_folder_is_no_library(tmp_path):
    with pytest.raises(Refusal) as told:
        Library.open(tmp_path)
    assert told.value.reason is Reason.NOT_A_LIBRARY


def test_a_newer_library_is_refused(library, where):
    with library.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    library.close()
    with pytest.raises(Refusal) as told:
        Library.open(where)
    assert told.value.reason is Reason.LIBRARY_NEWER


def test_a_locked_library_is_told_as_locked(prepared_file, tmp_path, monkeypatch):
    path = tmp_path / "locked.db"
    path.write_bytes(prepared_file.read_bytes())
    monkeypatch.setattr("database.engine.engines.BUSY_SECONDS", 0.1)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(Fault) as told:
            Library.open(path)
    finally:
        holder.close()
    assert told.value.trouble is Trouble.LOCKED


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere"
)
def test_a_read_only_place_is_told_as_such(prepared_file, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "library.db"
    path.write_bytes(prepared_file.read_bytes())
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        with pytest.raises(Fault) as told:
            Library.open(path)
    finally:
        folder.chmod(0o755)
    assert told.value.trouble is Trouble.READ_ONLY


def test_a_full_disk_is_told_and_nothing_is_half_done(library, engine):
    if engine != "sqlite":
        pytest.skip("a server's disk is not ours to fill")
    with library.reading() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
    library.engine.dispose()

    from sqlalchemy import event

    @event.listens_for(library.engine, "connect")
    def cap(raw, _record):
        raw.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(Fault) as told, library.transaction() as session:
        house.save_picture(session, "hospital", b"\x89PNG\r\n\x1a\n" + bytes(500_000), NOW)
    assert told.value.trouble is Trouble.DISK_FULL
    with library.reading() as session:
        assert house.picture(session, "hospital") is None


def test_listeners_hear_each_commit_once_and_no_rollback(library):
    heard = []
    library.changed.append(heard.append)
    with library.transaction() as session:
        house.save_closed_day(session, NOW.date(), "Libur", NOW)
        house.save_closed_day(session, NOW.date(), "Libur lagi", NOW)
    with pytest.raises(ZeroDivisionError), library.transaction() as session:
        house.save_closed_day(session, NOW.date(), "Batal", NOW)
        raise ZeroDivisionError
    assert heard == [frozenset({"Calendar"})]


def test_backup_holds_everything_and_restores_to_both_engines(stocked, tmp_path, new_place):
    before = stocked.contents()
    copy = tmp_path / "stick" / "backup.db"
    assert stocked.backup(copy) == before
    assert restore(copy, new_place) == before
    again = Library.open(new_place)
    from database.circulation import lending
    from database.search import search

    with again.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    with again.reading() as session:
        assert search.search(session, "kebidanan sarwono").count == 1
    again.close()


def test_a_patron_merged_into_a_later_one_is_restored(stocked, tmp_path, new_place):
    with stocked.transaction() as session:
        ids = list(session.execute(select(Patron.id).order_by(Patron.id)).scalars())
        session.execute(update(Patron).where(Patron.id == ids[0]).values(merged_into=ids[-1]))
    stocked.backup(tmp_path / "copy.db")
    restore(tmp_path / "copy.db", new_place)
    again = Library.open(new_place)
    with again.reading() as session:
        merged = session.execute(select(Patron.merged_into).where(Patron.id == ids[0])).scalar()
        assert merged == ids[-1]
    again.close()


def test_a_sign_that_a_server_has_not_keeps_no_library_from_moving(
    prepared_file, tmp_path, new_place
):
    path = tmp_path / "lama.db"
    shutil.copy(prepared_file, path)
    old = Library.open(path)
    with old.transaction() as session:
        session.execute(update(Profile).values(name="Perpus\0takaan", city="Kota"))
    old.backup(tmp_path / "copy.db")
    old.close()
    restore(tmp_path / "copy.db", new_place)
    again = Library.open(new_place)
    with again.reading() as session:
        name, city = session.execute(select(Profile.name, Profile.city)).one()
    again.close()
    assert (name.replace("\0", ""), city) == ("Perpustakaan", "Kota")


def test_restore_never_overwrites(stocked, where, tmp_path):
    copy = tmp_path / "backup.db"
    stocked.backup(copy)
    with pytest.raises(Refusal) as told:
        restore(copy, where)
    assert told.value.reason is Reason.LIBRARY_EXISTS


@pytest.mark.parametrize("content", [b"", b"not a backup", b"SQLite format 3\x00" + bytes(5000)])
def test_a_damaged_backup_is_refused_and_makes_nothing(tmp_path, content):
    copy, target = tmp_path / "bad.db", tmp_path / "new.db"
    copy.write_bytes(content)
    with pytest.raises(Refusal) as told:
        restore(copy, target)
    assert told.value.reason is Reason.BACKUP_UNREADABLE
    assert not target.exists()


def test_a_good_backup_survives_a_failing_one(stocked, tmp_path, monkeypatch):
    copy = tmp_path / "backup.db"
    stocked.backup(copy)
    good = copy.read_bytes()

    def fail(path):
        raise Refusal(Reason.BACKUP_UNREADABLE, where=str(path))

    monkeypatch.setattr(copies, "verify", fail)
    with pytest.raises(Fault):
        stocked.backup(copy)
    assert copy.read_bytes() == good
    assert list(tmp_path.glob("*.partial*")) == []


def test_newest_is_the_head_of_the_migrations():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(places.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == places.NEWEST


def test_migrations_make_exactly_the_records(library):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from database.schema import Base

    with library.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not _OF_WORDS.search(name or "")},
        )
        found = compare_metadata(context, Base.metadata)
    # SQLAlchemy cannot compare an index over expressions; its uniqueness is tested below.
    found = [one for one in found if "uq_loan_rule_pair" not in repr(one)]
    assert found == []


def test_one_rule_for_a_pair_even_with_empty_sides(library):
    from sqlalchemy import insert
    from sqlalchemy.exc import IntegrityError

    from database.schema import LoanRule

    with pytest.raises(IntegrityError), library.transaction() as session:
        for _ in range(2):
            session.execute(insert(LoanRule).values(loan_limit=1, days=1))


def test_an_older_library_is_upgraded_after_a_copy(new_place, tmp_path):
    """A library of the first version, with rows in it, in the tables it had then."""
    first_version.make(str(new_place))
    library = Library.open(new_place, backups=tmp_path / "copies")
    try:
        assert library.contents() == copies.Contents(1, 1, 1, 1, 1)
        with library.reading() as session:
            assert finding.search(session, finding.PatronFilter("rina"))[0] == 1
            assert [one.title for one in search.search(session, "B000001").rows] == ["Gizi"]
            biblio, item = session.get(Biblio, 1), session.get(Item, 1)
            assert (biblio.author_key, biblio.class_group) == ("suryani tri", "613")
            assert biblio.shelf_key == shelf_order.key("613.2 SUR g")
            assert item.shelf_key == shelf_order.key("613.2 SUR g", "", 1)
            assert session.get(Patron, 1).phone == phones.normal("0812 3456-7890")
        with library.transaction() as session:
            assert lending.check_in(session, "B000001", NOW).title == "Gizi"
    finally:
        library.close()
    (copy,) = (tmp_path / "copies").iterdir()
    raw = sqlite3.connect(copy)
    assert raw.execute("SELECT short_name FROM profile").fetchone() == ("LAMA",)
    raw.close()


@pytest.fixture
def old_backup(tmp_path):
    """A backup of the very first version."""
    path = tmp_path / "selasar-lama 100%.db"
    first_version.make(str(path))
    return path


def test_a_backup_of_the_first_version_is_restored_on_either_engine(old_backup, new_place):
    assert copies.verify(old_backup) == copies.Contents(1, 1, 1, 1, 1)
    assert restore(old_backup, new_place).titles == 1
    library = Library.open(new_place)
    try:
        assert library.contents() == copies.Contents(1, 1, 1, 1, 1)
        with library.reading() as session:
            assert [one.title for one in search.search(session, "B000001").rows] == ["Gizi"]
    finally:
        library.close()


def test_what_cannot_be_restored_to_a_server_leaves_it_empty(old_backup, new_place, engine):
    if engine == "sqlite":
        pytest.skip("a file is built aside")
    raw = sqlite3.connect(old_backup)
    raw.execute("UPDATE loan SET patron_id = 99")
    raw.commit()
    raw.close()
    with pytest.raises(Exception, match="patron"):
        restore(old_backup, new_place)
    raw = sqlite3.connect(old_backup)
    raw.execute("UPDATE loan SET patron_id = 1")
    raw.commit()
    raw.close()
    assert restore(old_backup, new_place).loans == 1


def test_a_backup_is_one_file_that_is_read_where_nothing_can_be_written(stocked, tmp_path):
    """On a locked stick: nothing is made beside it, and the file itself is not in WAL mode."""
    folder = tmp_path / "stick"
    # Signs that mean something in an address; Windows has no file with a question mark.
    to = folder / ("selasar #1%3f.db" if sys.platform == "win32" else "selasar #1?%3f.db")
    stocked.backup(to)
    assert to.read_bytes()[18:20] == b"\x01\x01", "written by the old way, not in WAL mode"
    before = to.read_bytes()
    folder.chmod(0o555)
    try:
        assert copies.verify(to) == stocked.contents()
        assert restore(to, tmp_path / "again.db") == stocked.contents()
    finally:
        folder.chmod(0o755)
    assert [one.name for one in folder.iterdir()] == [to.name]
    assert to.read_bytes() == before
    Library.open(tmp_path / "again.db").close()


def test_a_log_left_behind_is_not_played_into_a_new_library(stocked, tmp_path):
    """The library file was taken away, its log was not; then a backup is restored there."""
    stocked.backup(tmp_path / "backup.db")
    place = tmp_path / "perpustakaan.db"
    for suffix in ("-wal", "-shm", "-journal"):
        place.with_name(place.name + suffix).write_bytes(b"of another library" * 300)
    restore(tmp_path / "backup.db", place)
    again = Library.open(place)
    assert again.contents() == stocked.contents()
    with again.reading() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    again.close()
    assert len(list(tmp_path.glob("perpustakaan.db-*.left-*"))) == 3


def test_a_listener_that_fails_neither_undoes_the_change_nor_silences_the_others(
    stocked, monkeypatch
):
    reported, heard = [], []

    def fail(kinds):
        raise ZeroDivisionError

    monkeypatch.setattr(sys, "excepthook", lambda kind, *_rest: reported.append(kind))
    stocked.changed[:] = [fail, heard.append]
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    assert reported == [ZeroDivisionError]
    assert len(heard) == 1
    assert stocked.contents().open_loans == 1


CRASH = """
import sys
from database.library import Library
from database.circulation import lending
from tests.libraries import NOW
library = Library.open(sys.argv[1])
for barcode in ("B000001", "B000010"):
    with library.transaction() as session:
        lending.check_out(session, "M0001", barcode, NOW)
    print("confirmed", barcode, flush=True)
with library.transaction() as session:
    lending.check_out(session, "M0001", "B000011", NOW)
    print("half way", flush=True)
    sys.stdin.read()
"""


def test_a_program_killed_in_the_middle_of_a_loan_keeps_what_it_confirmed(stocked, where):
    stocked.close()
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, where],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    heard = [process.stdout.readline().strip() for _ in range(3)]
    process.kill()
    process.communicate()
    assert heard == ["confirmed B000001", "confirmed B000010", "half way"]
    library = Library.open(where)
    try:
        assert library.contents().open_loans == 2
        from database.circulation import lending
        from database.storage import checks

        with library.reading() as session:
            assert checks.check(session) == []
        with library.transaction() as session:
            lending.check_out(session, "M0001", "B000011", NOW)
    finally:
        library.close()


def test_reminders_sent_before_e_mail_was_known_are_kept(new_place):
    with places.new_place(new_place) as building:
        engine = engines.connect(building)
        places.migrate(engine, "0018")
        with engine.execution_options(selasar_write=True).begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO reminder (id, category, subject, channel, level, number, copies,"
                " sent_at, sent_on) VALUES (7, 'nurse', 'loans', 'letter', 1, '001/STG', 2,"
                " '2027-01-11 02:10:00', '2027-01-11')"
            )
        places.migrate(engine)
        with engine.connect() as connection:
            row = connection.execute(select(Reminder.__table__)).one()
        engine.dispose()
    assert (row.id, row.channel, row.number, row.copies) == (7, "letter", "001/STG", 2)
