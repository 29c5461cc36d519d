"""What follows a late return: once, by the rule, and taken back with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from database import undo
from database.circulation import identify, lending, losses, money, sanctions
from database.patrons import merging
from database.policy import settings
from database.privacy import forgetting
from database.refusal import Reason, Refusal
from database.schema import Charge, Item, Journal, Loan, LoanRule, Patron, PatronCategory
from tests.database.circulation.test_lending import give_back, lend, refused
from tests.libraries import NOW

LATE = NOW + timedelta(days=17)  # Thursday 28 January; due Monday 25


def rule_of(library, category, **values):
    with library.transaction() as session:
        kind = select(PatronCategory.id).where(PatronCategory.code == category).scalar_subquery()
        session.execute(update(LoanRule).where(LoanRule.category_id == kind).values(**values))


def patron(library, number):
    with library.reading() as session:
        return identify.find_patron(session, number)


def owed(library, number):
    with library.reading() as session:
        return money.owed(session, identify.find_patron(session, number).id)


def take_back(library, line, now=LATE):
    with library.transaction() as session:
        return undo.undo(session, line, now)


def suspend(library, category="nurse", **values):
    rule_of(library, category, sanction="suspension", **values)


def test_a_late_return_is_charged_once_by_open_days(stocked):
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    assert (done.late_days, done.charge, done.suspended_until) == (3, 1500, None)
    with stocked.reading() as session:
        row = session.execute(select(Charge.__table__)).one()
    assert (row.kind, row.amount, row.days, row.per_day, row.category, row.made_on) == (
        "overdue",
        1500,
        3,
        500,
        "nurse",
        LATE.date(),
    )
    assert owed(stocked, "M0001") == 1500
    rule_of(stocked, "nurse", fine_per_day=9000)
    assert owed(stocked, "M0001") == 1500, "never computed again"


def test_in_time_and_within_grace_nothing_follows(stocked):
    lend(stocked, "M0001", "B000001")
    assert give_back(stocked, "B000001", NOW + timedelta(days=14)).charge == 0
    rule_of(stocked, "nurse", grace_days=3)
    lend(stocked, "M0001", "B000010")
    assert give_back(stocked, "B000010", LATE).charge == 0
    lend(stocked, "M0001", "B000011")
    assert give_back(stocked, "B000011", LATE + timedelta(days=1)).charge == 2000


def test_never_more_than_the_copy_is_worth(stocked):
    with stocked.transaction() as session:
        session.execute(update(Item).where(Item.barcode == "B000001").values(price=1200))
    lend(stocked, "M0001", "B000001")
    assert give_back(stocked, "B000001", LATE).charge == 1200


@pytest.mark.parametrize("number", ["M0004", "W-MAWAR"])
def test_patients_families_and_places_are_never_charged(stocked, number):
    category = patron(stocked, number).category
    rule_of(stocked, category, sanction="money", fine_per_day=500, period="days")
    lend(stocked, number, "B000001")
    assert give_back(stocked, "B000001", NOW + timedelta(days=90)).charge == 0


def test_no_money_where_the_library_takes_none(stocked):
    with stocked.transaction() as session:
        settings.put(session, settings.MONEY, False)
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    assert (done.late_days, done.charge) == (3, 0)


def test_a_suspension_refuses_lending_and_may_be_passed_with_a_reason(stocked):
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    assert (done.charge, done.suspended_until) == (0, date(2027, 2, 2))
    told = refused(stocked, lending.check_out, "M0001", "B000001", LATE)
    assert (told.reason, told.overridable, told.facts["until"]) == (
        Reason.PATRON_SUSPENDED,
        True,
        date(2027, 2, 2),
    )
    lend(stocked, "M0001", "B000001", LATE, allowed={Reason.PATRON_SUSPENDED: "bedah darurat"})
    lend(stocked, "M0001", "B000010", LATE + timedelta(days=6))


def test_a_suspension_is_lifted_early_for_a_reason_and_taken_back(stocked):
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    give_back(stocked, "B000001", LATE)
    who = patron(stocked, "M0001").id
    assert refused(stocked, sanctions.lift, who, " ", LATE).reason is Reason.WHY_MISSING
    with stocked.transaction() as session:
        line = sanctions.lift(session, who, "pengganti dinas", LATE)
    assert lend(stocked, "M0001", "B000001", LATE).act == "lent"
    assert refused(stocked, sanctions.lift, who, "lagi", LATE).reason is Reason.NOT_SUSPENDED
    take_back(stocked, line)
    assert patron(stocked, "M0001").suspended_until == date(2027, 2, 2)
    forgotten = patron(stocked, "M0002").id
    with stocked.transaction() as session:
        session.execute(
            update(Patron).where(Patron.id == forgotten).values(suspended_until=LATE.date())
        )
        sanctions.lift(session, forgotten, "anak dr. Bagus sakit", LATE)
        forgetting.forget_now(session, forgotten, LATE)
    with stocked.reading() as session:
        kept = session.execute(select(Journal.facts).where(Journal.record_id == forgotten))
        assert not any("Bagus" in facts for facts in kept.scalars())


def test_of_two_suspensions_the_later_day_holds(stocked):
    suspend(stocked, suspension_per_day=2)
    lend(stocked, "M0001", "B000001")
    lend(stocked, "M0001", "B000010")
    with stocked.transaction() as session:
        late = select(Item.id).where(Item.barcode == "B000010").scalar_subquery()
        session.execute(update(Loan).where(Loan.item_id == late).values(due_on=date(2027, 1, 27)))
    first, second = (give_back(stocked, code, LATE) for code in ("B000001", "B000010"))
    assert second.suspended_until < first.suspended_until
    assert patron(stocked, "M0001").suspended_until == first.suspended_until
    take_back(stocked, first.line)
    assert patron(stocked, "M0001").suspended_until == second.suspended_until
    take_back(stocked, second.line)
    assert patron(stocked, "M0001").suspended_until is None


def test_undoing_a_return_takes_its_charge_back(stocked):
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    take_back(stocked, done.line)
    assert owed(stocked, "M0001") == 0
    assert give_back(stocked, "B000001", LATE).charge == 1500


def test_a_return_that_was_paid_for_is_not_undone(stocked):
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    with stocked.transaction() as session:
        (open_one,) = money.charges(session, patron(stocked, "M0001").id)
        paid = money.pay(session, [open_one.id], 500, LATE)
    with pytest.raises(Refusal) as told:
        take_back(stocked, done.line)
    assert told.value.reason is Reason.CANNOT_UNDO
    take_back(stocked, paid.line)
    take_back(stocked, done.line)
    with stocked.reading() as session:
        assert (
            session.execute(select(Patron.id).where(Patron.suspended_until.is_not(None))).all()
            == []
        )


def test_a_suspension_goes_over_with_a_merge_and_is_forgotten_with_the_person(stocked):
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    until = give_back(stocked, "B000001", LATE).suspended_until
    into, other = patron(stocked, "M0002").id, patron(stocked, "M0001").id
    with stocked.transaction() as session:
        line = merging.merge(session, into, other, LATE)
    assert patron(stocked, "M0002").suspended_until == until
    take_back(stocked, line)
    assert patron(stocked, "M0002").suspended_until is None
    assert patron(stocked, "M0001").suspended_until == until
    with stocked.transaction() as session:
        forgetting.forget_now(session, other, LATE)
    with stocked.reading() as session:
        kept = select(Patron.suspended_until).where(Patron.id == other)
        assert session.execute(kept).scalar() is None


def test_a_lost_copy_that_was_late_brings_the_sanction_too(stocked):
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        done = losses.write_off(session, "B000001", 0, LATE)
    assert patron(stocked, "M0001").suspended_until == date(2027, 2, 2)
    take_back(stocked, done.line)
    assert patron(stocked, "M0001").suspended_until is None
