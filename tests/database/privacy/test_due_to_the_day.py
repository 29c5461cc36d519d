"""What is due for forgetting, to the day; and who is counted as a borrower before it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from database.circulation import lending
from database.privacy import forgetting_steps
from database.privacy.forgetting import Forgotten
from database.schema import Borrowed, Loan, Patron, WardRequest
from database.text.dates import midnight
from tests.libraries import NOW, enrol

DAY = NOW.date() + timedelta(days=100)
SOON = midnight(DAY - forgetting_steps.WISHES_AFTER)
LAST = midnight(DAY - forgetting_steps.WISHES_AT_LAST)
BEFORE, NEVER = timedelta(seconds=1), None


@pytest.mark.parametrize(
    ("done", "given_up", "asked", "due"),
    [
        (SOON - BEFORE, NEVER, NOW + timedelta(days=90), True),
        (SOON, NEVER, NOW + timedelta(days=90), False),
        (NEVER, SOON - BEFORE, NOW + timedelta(days=90), True),
        (NEVER, SOON, NOW + timedelta(days=90), False),
        (NEVER, NEVER, LAST - BEFORE, True),
        (NEVER, NEVER, LAST, False),
    ],
)
def test_a_wish_is_due_after_its_days_and_not_on_the_last(stocked, done, given_up, asked, due):
    ward = enrol(stocked, "Bangsal Melati", "ward")
    with stocked.transaction() as session:
        values = {"place_id": ward, "wish": "Novel", "bed": "3", "met": False}
        session.execute(
            insert(WardRequest).values(
                asked_at=asked, done_at=done, cancelled_at=given_up, **values
            )
        )
        assert len(session.execute(forgetting_steps.wishes_due(DAY)).all()) == due
        assert forgetting_steps.forget_wishes(session, DAY, NOW) == due
        kept = session.execute(select(WardRequest.wish, WardRequest.bed)).one()
        assert tuple(kept) == (("", "") if due else ("Novel", "3"))
        assert forgetting_steps.forget_wishes(session, DAY, NOW) == 0


def test_a_loan_that_was_cancelled_makes_nobody_a_borrower(stocked):
    with stocked.transaction() as session:
        for copy in ("B000001", "B000010"):
            lending.check_out(session, "M0001", copy, NOW)
        first = session.scalars(select(Loan.id).order_by(Loan.id)).first()
        session.execute(update(Loan).where(Loan.id == first).values(cancelled_at=NOW))
        every = list(session.scalars(select(Loan.id)))
        forgetting_steps.write_down_months(session, every)
        person = session.scalars(select(Patron.id).where(Patron.number == "M0001")).one()
        counted = session.execute(select(Borrowed.patron_id, Borrowed.loans)).all()
        assert [tuple(one) for one in counted] == [(person, 1)]


def test_months_written_down_at_different_times_are_added_to_their_own_row(stocked):
    def lent(number, copy, when):
        lending.check_out(session, number, copy, when)
        lending.check_in(session, copy, when)
        return session.scalars(select(Loan.id).order_by(Loan.id.desc())).first()

    february = NOW + timedelta(days=30)
    with stocked.transaction() as session:
        wanted = [
            ("M0001", "B000001", NOW), ("M0002", "B000010", NOW), ("M0001", "B000010", NOW),
            ("M0001", "B000001", february), ("M0002", "B000001", NOW + timedelta(days=1)),
        ]  # fmt: skip
        for number, copy, when in sorted(wanted, key=lambda one: one[2]):
            forgetting_steps.write_down_months(session, [lent(number, copy, when)])
        rows = session.execute(
            select(Patron.number, Borrowed.month, Borrowed.loans).join(
                Patron, Patron.id == Borrowed.patron_id
            )
        )
        assert sorted(tuple(row) for row in rows) == [
            ("M0001", "2027-01", 2), ("M0001", "2027-02", 1), ("M0002", "2027-01", 2),
        ]  # fmt: skip


def test_what_was_forgotten_is_counted_together():
    done = Forgotten(wishes=3)
    assert (done.total(), bool(done)) == (3, True)
    done.loans["nurse"], done.persons["patient"] = 2, 4
    assert done.total() == 9
    assert not Forgotten()
