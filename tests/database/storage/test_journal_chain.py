"""The journal is as it was written: changed, missing and inserted lines are named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

from database import journal, undo
from database.catalogue import many_titles
from database.catalogue.many_titles import Change
from database.circulation import lending, visits
from database.library import Library
from database.privacy import forgetting
from database.schema import Journal, JournalCompleted
from database.storage import checks, journal_chain
from database.text import chained
from tests.database.storage import first_version
from tests.libraries import ANYTHING, NOW

TABLE = Journal.__table__


def found(library):
    with library.reading() as session:
        return [(one.what, one.line) for one in journal_chain.broken(session.connection())]


def act(library, question, *arguments, **more):
    with library.transaction() as session:
        return question(session, *arguments, **more)


def direct(library, statement):
    """What somebody does to the store without the program."""
    with library.transaction() as session:
        session.execute(statement)


@pytest.fixture
def lived_in(stocked):
    """A library with some lines, one of them passed over with words."""
    act(stocked, lending.check_out, "M0001", "B000001", NOW, ANYTHING)
    act(stocked, lending.check_in, "B000001", NOW + timedelta(minutes=1))
    for minute in range(2, 8):
        line = act(stocked, visits.count_visit, "nurse", NOW + timedelta(minutes=minute))
    act(stocked, undo.undo, line, NOW + timedelta(minutes=10))
    assert found(stocked) == []
    return stocked


def ids(library):
    with library.reading() as session:
        return list(session.execute(select(TABLE.c.id).order_by(TABLE.c.id)).scalars())


def test_every_line_is_chained_from_the_first_on(lived_in):
    with lived_in.reading() as session:
        assert checks.check(session) == []
        line, chain = journal.head(session)
        assert line == ids(lived_in)[-1]
        written = chained.shown(line, chain)
        assert chained.parted(written) == (line, chain[:16])
        assert journal_chain.is_at(session.connection(), line, chain[:16])
        assert not journal_chain.is_at(session.connection(), line - 1, chain[:16])


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Orang lain"}, {"at": NOW - timedelta(days=1)}, {"action": "visit.other"},
        {"facts": '{"category":"doctor"}'}, {"record_id": 99}, {"desk": "PC-2"},
        {"facts": "no JSON"}, {"salt": '{"salts":{},"gone":{"category":"x"}}', "facts": "{}"},
    ],
)  # fmt: skip
def test_a_changed_line_is_named(lived_in, change):
    line = ids(lived_in)[-4]
    direct(lived_in, update(Journal).where(Journal.id == line).values(**change))
    assert found(lived_in) == [("changed", line)]
    with lived_in.reading() as session:
        (problem,) = checks.check(session)
        assert (problem.what, problem.lines) == ("journal_changed", (line,))


def test_a_missing_line_is_named_by_the_one_behind_it(lived_in, engine):
    lines = ids(lived_in)
    direct(lived_in, delete(Journal).where(Journal.id == lines[-4]))
    what = "changed" if engine == "postgresql" else "missing"
    assert found(lived_in) == [(what, lines[-3])]


def test_an_inserted_line_is_named(lived_in):
    lines = ids(lived_in)
    # Make room, as who puts a line between two others has to.
    with lived_in.transaction() as session:
        row = dict(session.execute(select(TABLE).where(TABLE.c.id == lines[-1])).one()._mapping)
        session.execute(delete(Journal).where(Journal.id == lines[-1]))
        session.execute(insert(Journal).values(**{**row, "id": lines[-1], "undoes_id": None}))
        session.execute(insert(Journal).values(**{**row, "id": lines[-1] + 1}))
    assert found(lived_in) == [("inserted", lines[-1])]


def test_what_is_taken_off_the_end_shows_on_the_paper(lived_in):
    with lived_in.reading() as session:
        line, chain = journal.head(session)
    direct(lived_in, delete(Journal).where(Journal.id == line))
    assert found(lived_in) == []
    with lived_in.reading() as session:
        assert not journal_chain.is_at(session.connection(), line, chain[:16])


def test_forgetting_takes_words_out_and_breaks_nothing(lived_in):
    with lived_in.reading() as session:
        before = journal.head(session)
    later = NOW + timedelta(days=900)
    forgetting.run(lived_in, later.date(), later)
    with lived_in.reading() as session:
        told = [
            json.loads(text)
            for text in session.execute(
                select(TABLE.c.facts).where(TABLE.c.action == "loan.checked_out")
            ).scalars()
        ]
        assert all("override" not in one for one in told)
        assert journal_chain.is_at(session.connection(), *before)
        salts = session.execute(select(TABLE.c.salt)).scalars().all()
    assert found(lived_in) == []
    assert any(chained.gone(one) == {"override"} for one in salts)
    # The salt of what went is gone with it: nobody can try out what it was.
    kept = next(json.loads(one) for one in salts if one.startswith("{"))
    assert "override" not in kept["salts"]


def test_a_line_completed_later_is_proved_as_it_ended(stocked):
    with stocked.transaction() as session:
        _many, line = many_titles.apply(session, [1, 2], Change("subject.add", "Gizi klinis"), NOW)
    with stocked.reading() as session:
        late = session.execute(select(func.count()).select_from(JournalCompleted)).scalar_one()
        assert late >= 1
    assert found(stocked) == []
    act(stocked, undo.undo, line, NOW + timedelta(minutes=1))
    assert found(stocked) == []
    direct(stocked, update(Journal).where(Journal.id == line).values(facts='{"titles":[]}'))
    assert found(stocked) == [("changed", line)]


def test_an_older_library_is_chained_when_it_is_upgraded(tmp_path):
    first_version.make(str(tmp_path / "first.db"))
    library = Library.open(tmp_path / "first.db")
    assert found(library) == []
    act(library, visits.count_visit, "nurse", NOW)
    assert found(library) == []
    library.close()


def test_nothing_but_what_may_be_forgotten_can_be_taken_out(lived_in):
    line = ids(lived_in)[-4]
    with lived_in.transaction() as session:
        row = session.execute(select(TABLE).where(TABLE.c.id == line)).one()
        facts, salt = chained.without(row.facts, row.salt, "category")
        session.execute(update(Journal).where(Journal.id == line).values(facts=facts, salt=salt))
    assert found(lived_in) == [("changed", line)]


def test_what_is_typed_off_a_paper():
    assert chained.parted("1234 3F2A 91bc 77de 0c41") == (1234, "3f2a91bc77de0c41")
    assert chained.parted("1234:3f2a91bc") == (1234, "3f2a91bc")
    for nothing in ("", "x", "1234", "1234 zz zz", "²34 3f2a 91bc"):
        assert chained.parted(nothing) is None
