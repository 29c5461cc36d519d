"""Library files nobody should open: those that would run something, and those that lie."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from database.library import Library, restore
from database.refusal import Reason, Refusal
from database.storage import copies, places
from desktop.words.sentences import refusal
from tests.database.storage import first_version
from tests.libraries import NOW, PROFILE

ENDLESS = (
    "CREATE TRIGGER heading_words_delete AFTER UPDATE ON profile BEGIN "
    "INSERT INTO setting SELECT 'x', count(*) FROM "
    "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n); END"
)


def changed(prepared, path, *statements):
    shutil.copy(prepared, path)
    raw = sqlite3.connect(path)
    for one in statements:
        raw.execute(one)
    raw.commit()
    raw.close()
    return path


@pytest.mark.parametrize(
    ("statements", "name"),
    [
        (["DROP TRIGGER heading_words_delete", ENDLESS], "heading_words_delete"),
        ([ENDLESS.replace("heading_words_delete", "quiet")], "quiet"),
        (["DROP TABLE draft", "CREATE VIEW draft AS SELECT 1 AS desk"], "draft"),
        (["CREATE VIRTUAL TABLE other USING fts5(x)"], "other"),
    ],
)
def test_a_file_that_would_run_something_stays_closed(prepared_file, tmp_path, statements, name):
    path = changed(prepared_file, tmp_path / "x.db", *statements)
    before = path.read_bytes()
    for act in (Library.open, copies.verify, lambda one: restore(one, tmp_path / "new.db")):
        with pytest.raises(Refusal) as told:
            act(path)
        assert (told.value.reason, told.value.facts["name"]) == (Reason.FOREIGN_PARTS, name)
    assert path.read_bytes() == before
    assert not (tmp_path / "new.db").exists()
    assert name in refusal(told.value)


def test_what_is_ours_is_known_in_the_first_version_too(tmp_path):
    first_version.make(str(tmp_path / "first.db"))
    Library.open(tmp_path / "first.db").close()
    Library.open(tmp_path / "first.db").close()


@pytest.mark.parametrize("version", ["0031x", "0001x", "0", "", "-1", "0030"])
def test_a_version_that_is_not_true_is_told_and_nothing_changed(prepared_file, tmp_path, version):
    path = changed(
        prepared_file, tmp_path / "x.db", f"UPDATE alembic_version SET version_num = '{version}'"
    )
    with pytest.raises(Refusal) as told:
        Library.open(path)
    assert told.value.reason in {Reason.VERSION_UNTRUE, Reason.LIBRARY_NEWER}
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
    raw.close()


def test_a_library_without_a_table_of_its_version_is_not_opened(prepared_file, tmp_path):
    path = changed(prepared_file, tmp_path / "x.db", "ALTER TABLE loan DROP COLUMN renewals")
    with pytest.raises(Refusal) as told:
        Library.open(path)
    assert told.value.facts["missing"] == "loan.renewals"
    assert "loan.renewals" in refusal(told.value)


def test_two_lines_of_versions_are_one(prepared_file, tmp_path):
    path = changed(prepared_file, tmp_path / "x.db", "INSERT INTO alembic_version VALUES ('0001')")
    assert places.version(Library.open(path).engine) == places.NEWEST


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a:geheim@h:abc/db", "postgresql://a:geheim@[::1/db",
        "postgresql://a:geheim@127.0.0.1:99999/db", "postgresql://a:geheim@127.0.0.1:-5/db",
    ],
)  # fmt: skip
def test_a_server_whose_address_is_none_is_told_without_its_password(url):
    for act in (Library.open, lambda one: Library.create(one, PROFILE, NOW)):
        with pytest.raises(Refusal) as told:
            act(url)
        assert told.value.reason is Reason.ADDRESS_INVALID
        assert "geheim" not in refusal(told.value) + repr(told.value.facts)
