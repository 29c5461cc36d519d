"""A library opened to be looked at: nothing can be written, nothing takes for ever, on both."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from database.engine import looking
from database.library import Library
from database.policy import settings
from database.refusal import Fault, Reason, Refusal, Trouble
from database.storage import places
from tests.libraries import NOW

FOR_EVER = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


@pytest.fixture
def look(where, library):
    made = Library.open_to_look(where)
    yield made
    made.close()


def test_it_reads_what_another_writes_and_writes_nothing(library, look):
    with library.transaction() as session:
        settings.change(session, settings.HOLD_DAYS, 9, NOW)
    with look.reading() as session:
        assert settings.get(session, settings.HOLD_DAYS) == 9
    for statement in (
        "DELETE FROM setting",
        "UPDATE profile SET name = 'x'",
        "CREATE TABLE x (y int)",
        "INSERT INTO counter VALUES ('x', 1)",
    ):
        with pytest.raises(Fault) as told, look.transaction() as session:
            session.execute(text(statement))
        assert told.value.trouble is Trouble.READ_ONLY, statement
    with library.reading() as session:
        assert settings.get(session, settings.HOLD_DAYS) == 9


def test_a_question_without_end_is_broken_off(where, library, engine, monkeypatch):
    monkeypatch.setattr(looking, "SECONDS", 1.0)
    look = Library.open_to_look(where)
    with pytest.raises(Fault) as told, look.reading() as session:
        session.execute(text(FOR_EVER[engine])).all()
    assert told.value.trouble is Trouble.LOCKED
    with look.reading() as session:
        assert settings.get(session, settings.HOLD_DAYS) == 3
    look.close()


def test_more_readers_than_connections_are_told_that_it_is_busy(where, library, monkeypatch):
    monkeypatch.setattr(looking, "SECONDS", 0.2)
    look = Library.open_to_look(where)
    held = [look.engine.connect() for _ in range(looking._CONNECTIONS)]
    with pytest.raises(Fault) as told, look.reading() as session:
        settings.get(session, settings.HOLD_DAYS)
    assert told.value.trouble is Trouble.LOCKED
    for one in held:
        one.close()
    look.close()


def test_a_library_of_another_version_is_not_looked_at(where, library, monkeypatch):
    monkeypatch.setattr(places, "NEWEST", "9999")
    with pytest.raises(Refusal) as told:
        Library.open_to_look(where)
    assert told.value.reason is Reason.LIBRARY_OLDER
    monkeypatch.setattr(places, "NEWEST", "0001")
    with pytest.raises(Refusal) as told:
        Library.open_to_look(where)
    assert told.value.reason is Reason.LIBRARY_NEWER


def test_what_is_no_library_is_not_looked_at(tmp_path):
    with pytest.raises(Refusal) as told:
        Library.open_to_look(tmp_path / "none.db")
    assert told.value.reason is Reason.LIBRARY_MISSING
