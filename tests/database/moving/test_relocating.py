"""A library moves from its file to a server and back: it is the same there, or does not move."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import OperationalError

from database.description import marc, marc_form
from database.engine import engines
from database.engine.pausing import Cancelled
from database.library import Library
from database.moving import relocating
from database.neighbours import finding, keeping, neighbours
from database.refusal import Fault, Reason, Refusal, Trouble
from database.reports import kept_figures, periods
from database.schema import Journal
from database.storage import checks, journal_chain
from tests.database.storage.test_leaving import Texts, filed, rows_of  # noqa: F401
from tests.libraries import LIVED, NOW


@pytest.fixture
def target(engine, tmp_path, request):
    """A place on the other engine with nothing in it."""
    if engine == "postgresql":
        return str(tmp_path / "berkas.db")
    return request.getfixturevalue("new_database")()


def moved(library, target, **more):
    return relocating.relocate(library, target, Texts(), "1.0", LIVED, **more)


def test_the_other_place_holds_the_same_rows_figures_and_files(filed, target):  # noqa: F811
    before, figures = rows_of(filed), january(filed)
    told = moved(filed, target)
    assert rows_of(filed) == before
    assert (told.rows, told.tables) == (sum(map(len, before.values())), len(before))
    there = Library.open(target)
    try:
        with there.reading() as session:
            line = session.scalars(select(Journal).order_by(Journal.id.desc())).first()
            assert line.action == relocating.MOVED
            assert told.mark in line.facts
            assert checks.check(session) == []
            assert journal_chain.broken(session.connection()) == []
        after = rows_of(there)
        own = {"journal", "counter", "change"}
        assert {n: r for n, r in after.items() if n not in own} == {
            n: r for n, r in before.items() if n not in own
        }
        more = set(after["journal"]) - set(before["journal"])
        assert len(more) == 1 == len(after["journal"]) - len(before["journal"])
        assert january(there) == figures
    finally:
        there.close()


def january(library):
    with library.reading() as session:
        return kept_figures.plain(periods.month_of(session, "2027-01", NOW.date())[0])


def test_the_catalogues_of_partners_move_along(filed, target):  # noqa: F811
    record = marc_form.apply(marc.Record(), {"title": "Radiografi toraks"})
    with filed.transaction() as session:
        number = neighbours.add(session, "RSUD Sehati", neighbours.FILE, "", "", LIVED)
        ready = keeping.ready("1", record)
        assert ready is not None
        keeping.store(session, number, 1, [ready])
    moved(filed, target)
    there = Library.open(target)
    try:
        with there.transaction() as session:
            [one] = finding.find(session, "toraks")
            assert (one.library, one.record) == ("RSUD Sehati", record)
            neighbours.add(session, "RS Dua", neighbours.FILE, "", "", LIVED)
    finally:
        there.close()


def test_a_place_that_has_a_library_is_left_alone(filed, target):  # noqa: F811
    moved(filed, target)
    with pytest.raises(Refusal) as told:
        moved(filed, target)
    assert told.value.reason is Reason.LIBRARY_EXISTS


@pytest.mark.parametrize("part", range(3))
def test_stopped_on_the_way_nothing_of_it_is_left(filed, target, part):  # noqa: F811
    reached = []

    def report(done, total):
        reached.append(3 * done >= part * total)

    with pytest.raises(Cancelled):
        moved(filed, target, report=report, cancelled=lambda: any(reached))
    assert nothing_at(target)
    assert moved(filed, target).rows


def nothing_at(target):
    if not engines.is_url(target):
        return [one.name for one in Path(target).parent.glob("berkas*")] == []
    engine = engines.connect(target)
    try:
        return inspect(engine).get_table_names() == []
    except OperationalError as error:
        return "does not exist" in str(error)
    finally:
        engine.dispose()


def test_a_copy_that_differs_is_taken_back(filed, target, monkeypatch):  # noqa: F811
    arrive = Library.arrive

    def wrongly(library, *told):
        found = arrive(library, *told)
        with library.transaction() as session:
            session.execute(text("UPDATE biblio SET title = 'lain' WHERE id = 1"))
        return found

    monkeypatch.setattr(Library, "arrive", wrongly)
    with pytest.raises(Fault) as told:
        moved(filed, target)
    assert told.value.trouble is Trouble.NOT_EQUAL
    assert "biblio" in told.value.facts["where"]
    assert nothing_at(target)


def test_nobody_lends_while_it_moves(filed, target, monkeypatch):  # noqa: F811
    heard = []
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    desk = Library.open(filed.where)

    def report(_done, _total):
        if not heard:
            try:
                with desk.transaction() as session:
                    session.execute(text("UPDATE profile SET id = 1 WHERE id = 1"))
                heard.append("wrote")
            except Fault as told:
                heard.append(told.trouble)

    moved(filed, target, report=report)
    desk.close()
    assert heard == [Trouble.LOCKED]


def test_the_old_file_can_be_read_and_not_written(tmp_path):
    path = tmp_path / "lama.db"
    sqlite3.connect(path).close()
    relocating.keep_read_only(path)
    assert not path.stat().st_mode & stat.S_IWUSR
    relocating.keep_read_only(tmp_path / "tidak-ada.db")
