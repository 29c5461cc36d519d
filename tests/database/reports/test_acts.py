"""The list of acts: what each is about, how often a refusal was passed, what stands on what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from database import journal, undo
from database.circulation import holds, lending, losses, money
from database.refusal import Reason
from database.reports import acts
from database.schema import Biblio, Patron
from tests.libraries import NOW

LATER = NOW + timedelta(hours=1)


def do(library, act, *arguments, **more):
    with library.transaction() as session:
        return act(session, *arguments, **more)


def test_a_refusal_that_was_passed_is_counted_until_it_is_taken_back(stocked):
    reason = {Reason.REFERENCE_ONLY: "rapat"}
    first = do(stocked, lending.check_out, "M0001", "B000099", NOW, reason)
    do(stocked, lending.check_out, "M0001", "B000001", NOW)
    with stocked.reading() as session:
        assert acts.passed_since(session, NOW, "reference_only") == 1
        assert acts.passed_since(session, NOW, "limit_reached") == 0
        assert acts.passed_since(session, LATER, "reference_only") == 0
    do(stocked, undo.undo, first.line, LATER)
    do(stocked, lending.check_out, "M0001", "B000099", LATER, reason)
    with stocked.reading() as session:
        assert acts.passed_since(session, NOW, "reference_only") == 1


def test_what_was_taken_back_is_named(stocked):
    """Each kind of act by its own record, though others stand beside it."""
    with stocked.reading() as session:
        rina = session.scalars(select(Patron.id).where(Patron.number == "M0001")).one()
        book = session.scalars(select(Biblio.id).where(Biblio.title == "Ilmu Kebidanan")).one()
    do(stocked, lending.check_out, "M0001", "B000010", NOW)
    held = do(stocked, holds.place, "M0002", book, NOW)
    lent = do(stocked, lending.check_out, "M0003", "B000011", NOW)
    with stocked.reading() as session:
        told = [
            undo.title_of(session, journal.read(session, one)) for one in (held.line, lent.line)
        ]
        about = journal.Line(1, NOW, "", "x", "Patron", rina, {}, None)
        other = journal.Line(1, NOW, "", "x", "Biblio", book, {}, None)
        serial = journal.Line(1, NOW, "", "x", "Serial", book, {}, None)
        named = [undo.title_of(session, one) for one in (about, other, serial)]
    assert told == ["Ilmu Kebidanan", "Farmakologi dan Terapi"]
    assert named == ["Ns. Rina Wati, S.Kep.", "Ilmu Kebidanan", "Ilmu Kebidanan"]


def test_what_stands_on_an_act_is_of_its_own_records(stocked):
    """An act of another copy, patron or loan stands on nothing here."""
    lent = do(stocked, lending.check_out, "M0001", "B000001", NOW)
    do(stocked, lending.check_out, "M0002", "B000010", LATER)
    actions = frozenset({"loan.checked_out", "loan.returned", "loan.renewed"})
    with stocked.reading() as session:
        line = journal.read(session, lent.line)
        assert acts.later(session, line, actions) is None
    do(stocked, lending.check_in, "B000001", LATER)
    again = do(stocked, lending.check_out, "M0003", "B000001", LATER)
    with stocked.reading() as session:
        found = acts.later(session, line, actions)
        assert (found.action, found.title.split(".")[0]) == (
            "loan.checked_out", "Buku Ajar Ilmu Penyakit Dalam",
        )  # fmt: skip
        rina = session.scalars(select(Patron.id).where(Patron.number == "M0001")).one()
        about = journal.Line(lent.line - 1, NOW, "", "x", "Patron", rina, {}, None)
        assert acts.later(session, about, frozenset({"loan.checked_out"})).id == lent.line
        nobody = journal.Line(again.line, NOW, "", "x", "Patron", rina, {}, None)
        assert acts.later(session, nobody, frozenset({"loan.checked_out"})) is None


def test_what_was_paid_stands_on_the_loan_it_was_owed_for(stocked):
    """Money of another's loan stands on nothing here."""
    mine = do(stocked, lending.check_out, "M0001", "B000001", NOW)
    theirs = do(stocked, lending.check_out, "M0002", "B000010", NOW)
    for barcode, number in (("B000001", "M0001"), ("B000010", "M0002")):
        do(stocked, losses.write_off, barcode, 50_000, LATER)
        with stocked.reading() as session:
            patron = session.scalars(select(Patron.id).where(Patron.number == number)).one()
            ids = [one.id for one in money.charges(session, patron)]
        do(stocked, money.pay, ids, 50_000, LATER)
        with stocked.reading() as session:
            found = [
                acts.later(session, journal.read(session, one.line), frozenset({"charge.paid"}))
                for one in (mine, theirs)
            ]
        assert [one is not None for one in found] == [True, number == "M0002"]
    assert found[0].id != found[1].id


def test_of_the_acts_asked_for_those_that_stand_are_listed(stocked):
    """Whoever is cared for stands there by the number alone."""
    lent = {"loan.checked_out"}
    first = do(stocked, lending.check_out, "M0001", "B000001", NOW)
    do(stocked, lending.check_out, "M0004", "B000010", NOW)
    do(stocked, lending.check_in, "B000010", LATER)
    with stocked.reading() as session:
        told = [(one.action, one.borrower) for one in acts.since(session, NOW, lent)]
        assert told == [
            ("loan.checked_out", "M0004"),
            ("loan.checked_out", "Ns. Rina Wati, S.Kep."),
        ]
        assert acts.since(session, LATER, lent) == []
    do(stocked, undo.undo, first.line, LATER)
    with stocked.reading() as session:
        found = acts.since(session, NOW, lent | {"loan.checked_out.undone"})
        told = [(one.borrower, one.undone) for one in found]
        assert told == [("M0004", False), ("Ns. Rina Wati, S.Kep.", True)]


@pytest.mark.parametrize(
    ("facts", "records"),
    [
        ({}, 1),
        ({"titles": []}, 1),
        ({"titles": [4, 9, 12]}, 3),
        ({"copies": {"4": "in_service", "9": "lost"}}, 2),
        ({"titles": [], "copies": [3, 4]}, 2),
        ({"titles": "semua"}, 1),
        ({"added": 490}, 490),
        ({"added": [1, 2], "renewed": [3], "changed": [4]}, 4),
    ],
)
def test_a_line_tells_on_how_many_records_it_is(facts, records):
    assert acts._many(facts) == records
