"""Several PCs on one server: who is there, and that none upgrades the library under another."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from database.engine import engines
from database.library import Library
from database.policy import settings
from database.refusal import Reason, Refusal
from database.storage import places
from database.storage.other_desks import Desk
from tests.database.storage import first_version

HERE, THERE = Desk("PERPUS-1", "0.2.0"), Desk("RUANG BACA ", "0.1.0")


@pytest.fixture
def opened(where):
    """Opens the library as a desk."""
    libraries = []

    def open_as(desk):
        libraries.append(Library.open(where, desk=desk))
        return libraries[-1]

    yield open_as
    for library in libraries:
        library.close()


def wait_alone(library):
    """A server takes a moment to see that a connection has ended."""
    deadline = time.monotonic() + 20
    while library.other_programs():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_desks_of_one_server_see_each_other(opened, engine):
    here = opened(HERE)
    assert here.other_programs() == []
    there = opened(THERE)
    alone = engine == "sqlite"
    assert here.other_programs() == ([] if alone else [THERE])
    assert there.other_programs() == ([] if alone else [HERE])
    there.close()
    wait_alone(here)


def test_a_name_is_cut_and_made_plain():
    assert Desk("Bücherei " + "x" * 80, "1.0").known_as == "Selasar 1.0 B?cherei " + "x" * 42
    assert Desk("somebody", "").known_as == ""


@pytest.fixture
def older(new_place):
    """A library of the very first version."""
    first_version.make(str(new_place))
    return new_place


def test_a_library_is_not_upgraded_under_a_desk_that_has_it_open(older, engine):
    there = engines.connect(older, THERE.known_as)
    with there.connect():
        if engine == "postgresql":
            with pytest.raises(Refusal) as told:
                Library.open(older, desk=HERE)
            assert told.value.reason is Reason.DESKS_OPEN
            assert told.value.facts["desks"] == "RUANG BACA  (0.1.0)"
    there.dispose()
    library = _open_when_alone(older)
    with library.reading() as session:
        version = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        assert version == places.NEWEST
        assert settings.get(session, settings.PROGRAM) == "0.2.0"
    library.close()


def _open_when_alone(where):
    """A server takes a moment to see that a connection has ended."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return Library.open(where, desk=HERE)
        except Refusal as told:
            assert told.reason is Reason.DESKS_OPEN
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_library_of_a_newer_program_says_which(opened):
    library = opened(HERE)
    with library.transaction() as session:
        settings.put(session, settings.PROGRAM, "9.1")
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    library.close()
    with pytest.raises(Refusal) as told:
        opened(THERE)
    assert (told.value.reason, told.value.facts["version"]) == (Reason.LIBRARY_NEWER, "9.1")
