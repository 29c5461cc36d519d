"""Two desks are one library: one writes at a time on both engines, so that whatever a rule read
still holds when it commits; and what one desk did is not taken back by the other's key."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from database.circulation import lending, visits
from database.engine import pausing
from database.library import Library
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Charge, Loan
from tests.database import stories
from tests.libraries import NOW

LATE = NOW + timedelta(days=30)
PATIENCE = 30


@pytest.fixture
def desks(library, where):
    """Two programs on the library of the stories; a copy is lent and long overdue."""
    stories.furnish(library, NOW)
    with library.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    other = Library.open(where)
    yield library, other
    other.close()


def waits(library):
    """Whether anybody waits for a lock of this library's server; a file does not tell."""
    asked = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with library.reading() as session:
        return session.execute(asked).scalar_one() > 0


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nobody came to wait"


def returned(library):
    try:
        with library.transaction() as session:
            return lending.check_in(session, "B000001", LATE).act
    except Refusal as no:
        return no.reason


def test_who_comes_second_sees_what_the_first_has_done(desks, engine):
    """Both desks scan the same returned copy: one takes it back, the other hears that it is in."""
    first, second = desks
    with ThreadPoolExecutor() as pool:
        with first.transaction() as session:
            lending.check_in(session, "B000001", LATE)
            told = pool.submit(returned, second)
            if engine == "postgresql":
                until(lambda: waits(first))
        assert told.result(PATIENCE) is Reason.NOT_ON_LOAN
    with first.reading() as session:
        assert session.scalar(select(func.count()).select_from(Charge)) <= 1
        assert session.scalar(select(func.count()).where(Loan.returned_at.is_not(None))) == 1


def test_waiting_for_the_other_desk_is_bounded_and_told(desks, monkeypatch):
    first, second = desks
    monkeypatch.setattr("database.engine.engines.BUSY_SECONDS", 0.1)
    slow = Library.open(first.where)
    try:
        with second.transaction() as session:
            visits.count_visit(session, "nurse", NOW)
            with pytest.raises(Fault) as told, slow.transaction() as other:
                visits.count_visit(other, "nurse", NOW)
    finally:
        slow.close()
    assert told.value.trouble is Trouble.LOCKED


def test_a_mistake_of_ours_is_not_told_as_a_lost_server(library, engine):
    wrong = "SELECT %s, %s" if engine == "postgresql" else "SELECT ?, ?"
    with pytest.raises(DBAPIError), library.reading() as session:
        session.connection().exec_driver_sql(wrong, ("only one",))


def test_only_the_pieces_of_a_long_act_do_not_wait_for_the_disk(library, engine, monkeypatch):
    """Its end does, with all of them: a piece before it lies in the same log."""
    asked, waits_for_disk = {
        "sqlite": ("PRAGMA synchronous", {2: True, 1: False}),
        "postgresql": ("SHOW synchronous_commit", {"on": True, "off": False}),
    }[engine]
    seen = []
    if engine == "postgresql":
        # The server of the tests waits for no disk at all.
        with library.engine.begin() as connection:
            name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
        library.engine.dispose()

    def committing(connection):
        if connection.get_execution_options().get("selasar_write"):
            seen.append(waits_for_disk[connection.exec_driver_sql(asked).scalar_one()])

    monkeypatch.setattr(pausing, "HELD", 0.0)
    event.listen(library.engine, "commit", committing)
    with library.transaction() as session:
        visits.count_visit(session, "staff", NOW)
    with library.transaction(long=True) as session:
        for _ in range(3):
            visits.count_visit(session, "staff", NOW)
            pausing.pause(session)
    with library.transaction() as session:
        visits.count_visit(session, "staff", NOW)
    first, one, two, three, *_, end, last = seen
    assert (first, one, two, three, end, last) == (True, False, False, False, True, True)
