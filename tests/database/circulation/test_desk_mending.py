"""A loan that was another's."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from database import undo
from database.circulation import desk_mending, identify, lending
from database.patrons import finding
from database.refusal import Reason
from database.reports import statistics
from database.schema import Loan
from tests.database.circulation.test_lending import lend, refused
from tests.libraries import NOW


def move(library, barcode, patron, now):
    with library.transaction() as session:
        return desk_mending.move(session, barcode, patron, now)


def test_a_loan_moves_with_its_moment_and_counts_once(stocked):
    lend(stocked, "M0001", "B000001")
    later = NOW + timedelta(hours=2)
    done = move(stocked, "B000001", "m0003", later)
    assert (done.act, done.due_on) == ("moved", date(2027, 1, 18))
    with stocked.reading() as session:
        loan = session.execute(select(Loan).where(Loan.cancelled_at.is_(None))).scalar_one()
        assert (loan.lent_at, loan.category) == (NOW, "student")
        assert statistics.month(session, "2027-01").loans.now == 1
    with stocked.transaction() as session:
        undo.undo(session, done.line, later)
    with stocked.reading() as session:
        assert identify.find_item(session, "B000001").patron_name == "Ns. Rina Wati, S.Kep."
        assert statistics.month(session, "2027-01").loans.now == 1


def test_what_the_other_may_not_take_stays_where_it_is(stocked):
    lend(stocked, "M0001", "B000001")
    for code in ("B000010", "B000011"):
        lend(stocked, "M0003", code)
    told = refused(stocked, desk_mending.move, "B000001", "M0003", NOW)
    assert told.reason is Reason.LIMIT_REACHED
    with stocked.reading() as session:
        rina = identify.find_patron(session, "M0001")
        assert len(finding.loans_in_hand(session, rina.id)) == 1


def test_nothing_to_move_is_told(stocked):
    assert refused(stocked, desk_mending.move, "B000001", "M0003", NOW).reason is (
        Reason.NOT_ON_LOAN
    )
    assert refused(stocked, desk_mending.move, "X", "M0003", NOW).reason is Reason.UNKNOWN_ITEM
    lend(stocked, "M0001", "B000001")
    assert refused(stocked, desk_mending.move, "B000001", "M0001", NOW).reason is (
        Reason.ALREADY_YOURS
    )
    assert refused(stocked, desk_mending.move, "B000001", "M9999", NOW).reason is (
        Reason.UNKNOWN_PATRON
    )


def pick(library, day, now=NOW, allowed=None):
    with library.transaction() as session:
        return desk_mending.pick_due(session, "B000001", day, now, allowed or {})


def due_of(library, barcode="B000001"):
    with library.reading() as session:
        return identify.find_item(session, barcode).due_on


def test_a_loan_is_due_on_a_picked_day_within_the_rule(stocked):
    lend(stocked, "M0001", "B000001")
    lend(stocked, "M0001", "B000010")
    done = pick(stocked, date(2027, 1, 20))
    assert (done.due_on, done.notes) == (date(2027, 1, 20), ())
    assert due_of(stocked, "B000010") == date(2027, 1, 25)
    with stocked.transaction() as session:
        undo.undo(session, done.line, NOW)
    assert due_of(stocked) == date(2027, 1, 25)


def test_later_than_the_rule_needs_a_reason_and_a_closed_day_moves_on(stocked):
    lend(stocked, "M0001", "B000001")
    told = refused(stocked, desk_mending.pick_due, "B000001", date(2027, 2, 6), NOW)
    assert (told.reason, told.overridable, told.facts["due_on"]) == (
        Reason.BEYOND_RULE,
        True,
        date(2027, 1, 25),
    )
    done = pick(stocked, date(2027, 2, 6), allowed={Reason.BEYOND_RULE: "tugas belajar"})
    assert (done.due_on, done.notes) == (date(2027, 2, 8), ("closed",)), "a Saturday"


def test_no_day_gone_by_and_no_late_loan_is_picked(stocked):
    lend(stocked, "M0001", "B000001")
    wrong = refused(stocked, desk_mending.pick_due, "B000001", date(2027, 1, 10), NOW)
    assert wrong.reason is Reason.VALUE_INVALID
    late = refused(
        stocked, desk_mending.pick_due, "B000001", date(2027, 3, 1), NOW + timedelta(days=20)
    )
    assert late.reason is Reason.OVERDUE
    out = refused(stocked, desk_mending.pick_due, "B000012", date(2027, 1, 20), NOW)
    assert out.reason is Reason.NOT_ON_LOAN


def test_a_picked_day_is_not_taken_back_after_a_renewal(stocked):
    lend(stocked, "M0001", "B000001")
    done = pick(stocked, date(2027, 1, 20))
    with stocked.transaction() as session:
        lending.renew(session, "B000001", NOW + timedelta(days=1))
    told = refused(stocked, undo.undo, done.line, NOW + timedelta(days=1))
    assert told.reason is Reason.CANNOT_UNDO
    assert told.facts["act"] == "loan.renewed"
