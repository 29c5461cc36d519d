"""Questions of the library's own: chosen, never written, and they never write."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update

from database import undo
from database.circulation import lending
from database.engine import read_only
from database.refusal import Fault, Reason, Refusal
from database.reports import questions, subjects
from database.reports.questions import Asked, Filter
from database.schema import Patron, PatronCategory
from tests.libraries import NOW


def ask(library, *asked, **more):
    with library.reading() as session:
        return questions.ask(session, Asked(*asked, **more))


def refused(library, *asked, **more):
    with pytest.raises(Refusal) as told:
        ask(library, *asked, **more)
    return told.value.facts["field"]


@pytest.mark.parametrize("subject", subjects.SUBJECTS)
def test_every_column_can_be_shown_and_every_group_counted(lived, subject):
    columns = subjects.SUBJECTS[subject]
    found = ask(lived, subject, tuple(columns))
    assert found.columns == tuple(columns)
    assert found.rows
    for one in columns.values():
        if one.grouped:
            counted = ask(lived, subject, group=one.key)
            assert counted.columns == (one.key, "count")
            assert sum(row[1] for row in counted.rows) >= len(found.rows)


def test_conditions_narrow_and_their_values_are_bound(stocked):
    whole = ask(stocked, "titles", ("title",)).rows
    word = whole[0][0].split()[0]
    found = ask(stocked, "titles", ("title",), (Filter("title", "contains", word),)).rows
    assert 1 <= len(found) < len(whole)
    for typed in ("' OR 1=1 --", "%", "_"):
        assert ask(stocked, "titles", ("title",), (Filter("title", "contains", typed),)).rows == ()
    late = (Filter("created_on", "from", "2030-01-01"),)
    assert ask(stocked, "titles", ("title", "created_on"), late).rows == ()


def test_what_makes_no_sense_is_refused(stocked):
    assert refused(stocked, "secrets", ("title",)) == "subject"
    assert refused(stocked, "titles", ("marc",)) == "columns"
    assert refused(stocked, "titles") == "columns"
    assert refused(stocked, "titles", group="title") == "group"
    wrong = (Filter("year", "from", "banyak"),)
    assert refused(stocked, "titles", ("title",), wrong) == "filters"
    assert refused(stocked, "titles", ("title",), (Filter("title; DROP", "is", ""),)) == "filters"


def test_what_a_patient_borrowed_is_not_told_and_loans_have_no_names(stocked):
    with stocked.transaction() as session:
        kind = session.query(PatronCategory.id).filter_by(audience="patient").first()[0]
        name = session.query(Patron.name).filter_by(number="M0001").first()[0]
        session.execute(update(Patron).where(Patron.number == "M0001").values(category_id=kind))
        lending.check_out(session, "M0001", "B000001", NOW)
    found = ask(stocked, "loans", ("title", "category", "unit"))
    assert [row[0] for row in found.rows] == [""]
    assert not {"name", "number", "patron"} & subjects.SUBJECTS["loans"].keys()
    assert name not in {row[0] for row in ask(stocked, "patrons", ("name",)).rows}


def test_inside_nothing_can_be_written(stocked):
    with pytest.raises(Fault), stocked.reading() as session, read_only.read_only(session):
        session.execute(text("DELETE FROM visit"))
    with stocked.transaction() as session:
        session.execute(text("DELETE FROM visit"))


def test_a_question_is_saved_by_name_and_taken_back(stocked):
    first = Asked("loans", (), (Filter("lent_on", "from", "2027-01-01"),), "category")
    second = Asked("titles", ("title",))
    with stocked.transaction() as session:
        questions.save(session, "Per jenis", first, NOW)
        line = questions.save(session, "Per jenis", second, NOW)
        assert [one[1:] for one in questions.saved(session)] == [("Per jenis", second)]
    with stocked.transaction() as session:
        undo.undo(session, line, NOW)
        ((number, _name, asked),) = questions.saved(session)
        assert asked == first
        line = questions.drop(session, number, NOW)
    with stocked.transaction() as session:
        assert questions.saved(session) == []
        undo.undo(session, line, NOW)
        assert len(questions.saved(session)) == 1
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        questions.save(session, " ", first, NOW)
    assert told.value.reason is Reason.NAME_MISSING


@pytest.mark.parametrize("value", ["9" * 30, "-" + "9" * 19, "9" * 5000, "\ud800", "a\x00b", "²"])
def test_values_that_no_engine_holds_are_refused(stocked, value):
    for subject, columns in subjects.SUBJECTS.items():
        for key, column in columns.items():
            if column.kind == "text" and value.isascii() and "\x00" not in value:
                continue
            if column.kind == "text" and value == "²":
                continue
            one = Filter(key, "is", value)
            assert refused(stocked, subject, (key,), filters=(one,)) == "filters"


def test_what_no_engine_holds_is_refused_wherever_it_is_written(stocked):
    for value in (1 << 70, "half \ud800 a letter"):
        with pytest.raises(Refusal) as told, stocked.transaction() as session:
            session.execute(update(Patron).values(note=value) if isinstance(value, str)
                            else update(PatronCategory).values(id=value))  # fmt: skip
        assert told.value.reason is Reason.VALUE_INVALID
