"""A desk of a server does a desk's work by a role that can do nothing else."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from database.circulation import lending
from database.library import Library, joined, parted
from database.patrons import membership
from database.patrons.membership import PatronFacts
from database.privacy import forgetting
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Item, Patron
from database.storage import checks, journal_chain, places, server_roles
from database.storage.other_desks import Desk
from tests.libraries import ANYTHING, NOW, ask_server
from tests.undoing import take_back_last

PASSWORD = "jembatan-hujan-tenang"


@pytest.fixture
def engine():
    return "postgresql"


@pytest.fixture
def role(request):
    return f"meja_{abs(hash(request.node.nodeid)) % 10**8}"


@pytest.fixture
def as_desk(library, stocked, role, server):
    """The address of the library for a desk of its own role, which the server asks a password."""
    server_roles.make(library.engine, library.where, role, PASSWORD)
    rules = Path(server.split("host=")[1]) / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all {role} scram-sha-256\n{before}")
    ask_server(server, "SELECT pg_reload_conf()")
    where = joined(parted(library.where)[0].replace("postgres@", f"{role}@"), PASSWORD)
    wait_until_asked(joined(parted(where)[0], ""))
    yield where
    rules.write_text(before)
    ask_server(server, "SELECT pg_reload_conf()", f'DROP OWNED BY "{role}"', f'DROP ROLE "{role}"')


def wait_until_asked(where):
    """The server reads its rules a moment after it is told to."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            Library.open(where).close()
        except Fault as told:
            assert told.trouble is Trouble.SERVER_REFUSES
            return
        time.sleep(0.02)
    raise AssertionError("the server lets anybody in")


@pytest.fixture
def desk(as_desk):
    opened = Library.open(as_desk, desk=Desk("MEJA-2", "0.2.0"))
    yield opened
    opened.close()


def test_a_desk_does_its_day(desk, stocked):
    with desk.reading() as session:
        copy = session.scalars(select(Item.barcode).order_by(Item.id)).first()
        card = session.scalars(select(Patron.number).order_by(Patron.id)).first()
        kind = membership.categories(session)[0].code
    with desk.transaction() as session:
        number = membership.enrol(session, PatronFacts("Sri Rahayu", kind, phone="0812"), NOW)
        membership.save(session, number, PatronFacts("Sri Rahayu, A.Md.", kind), NOW)
    with desk.transaction() as session:
        lending.check_out(session, card, copy, NOW, ANYTHING)
    with desk.transaction() as session:
        lending.check_in(session, copy, NOW)
    with desk.transaction() as session:
        take_back_last(session, NOW)
    later = NOW + timedelta(days=4000)
    assert forgetting.run(desk, later.date(), later)
    with desk.reading() as session:
        assert checks.check(session) == []
        assert journal_chain.broken(session.connection()) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        "DELETE FROM journal",
        "UPDATE journal SET actor = 'lain'",
        "UPDATE journal SET at = now(), action = 'x'",
        "DELETE FROM journal_completed",
        "UPDATE alembic_version SET version_num = '9999'",
        "DROP TABLE biblio",
        "ALTER TABLE biblio ADD COLUMN x int",
        "CREATE TABLE lain (id int)",
        "TRUNCATE journal",
        "CREATE ROLE lain",
        "COPY profile TO PROGRAM 'true'",
    ],
)
def test_and_nothing_else(desk, forbidden):
    with pytest.raises(DBAPIError) as told, desk.transaction() as session:
        session.execute(text(forbidden))
    assert told.value.orig.sqlstate == "42501"


def test_a_password_that_is_missing_or_wrong_is_said(as_desk):
    for password in ("", "salah"):
        with pytest.raises(Fault) as told:
            Library.open(joined(parted(as_desk)[0], password))
        assert told.value.trouble is Trouble.SERVER_REFUSES
        assert "salah" not in str(told.value.facts)


def test_desks_of_different_roles_see_each_other(desk, library):
    assert library.other_programs() == [Desk("MEJA-2", "0.2.0")]


def test_only_the_owner_brings_a_new_version(as_desk, library, monkeypatch):
    monkeypatch.setattr(places, "NEWEST", "9999")
    with pytest.raises(Refusal) as told:
        Library.open(as_desk)
    assert told.value.reason is Reason.NOT_THE_OWNER


def test_only_the_owner_makes_roles(desk, library, role):
    assert server_roles.listed(library.engine) == [role]
    for act in (
        lambda: server_roles.make(desk.engine, desk.where, "meja_lain", PASSWORD),
        lambda: server_roles.drop(desk.engine, desk.where, role),
    ):
        with pytest.raises(Refusal) as told:
            act()
        assert told.value.reason is Reason.NOT_THE_OWNER


@pytest.mark.parametrize(
    ("name", "password", "field"),
    [
        ("Meja 1", PASSWORD, "user"),
        ('m"; DROP TABLE biblio', PASSWORD, "user"),
        ("meja_1", "pendek", "password"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_refused(library, name, password, field):
    with pytest.raises(Refusal) as told:
        server_roles.make(library.engine, library.where, name, password)
    assert told.value.facts["field"] == field


def test_a_quote_in_a_password_is_part_of_it(library, role, server, as_desk):
    odd = "jangan'; DROP ROLE x; --%s"
    server_roles.make(library.engine, library.where, role, odd)
    Library.open(joined(parted(as_desk)[0], odd)).close()
