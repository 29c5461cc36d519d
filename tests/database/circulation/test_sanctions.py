"""What follows a late return: once, by the rule, and taken back with it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from database import undo
from database.circulation import (
    identify,
    lending,
    losses,
    money,
    overdue_loans,
    reminder_list,
    sanctions,
)
from database.patrons import finding, merging
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


def test_a_return_of_an_older_version_takes_its_days_back_too(stocked):
    """Its line does not say what it imposed."""
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    line = give_back(stocked, "B000001", LATE).line
    with stocked.transaction() as session:
        facts = json.loads(session.scalar(select(Journal.facts).where(Journal.id == line)))
        assert facts.pop("imposed")["suspended"] is True
        session.execute(update(Journal).where(Journal.id == line).values(facts=json.dumps(facts)))
    take_back(stocked, line)
    assert patron(stocked, "M0001").suspended_until is None


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


# --- one suspension and others, J6


def test_lifting_one_suspension_leaves_the_others(stocked):
    suspend(stocked)
    suspend(stocked, "doctor")
    for number, code in (("M0001", "B000001"), ("M0002", "B000010")):
        lend(stocked, number, code)
        give_back(stocked, code, LATE)
    with stocked.transaction() as session:
        line = sanctions.lift(session, patron(stocked, "M0001").id, "dinas", LATE)
    assert patron(stocked, "M0001").suspended_until is None
    assert patron(stocked, "M0002").suspended_until == date(2027, 2, 2)
    with stocked.reading() as session:
        kept = select(Loan.patron_id).where(Loan.suspended_until.is_not(None))
        assert session.scalars(kept).all() == [patron(stocked, "M0002").id]
    take_back(stocked, line)
    assert patron(stocked, "M0001").suspended_until == date(2027, 2, 2)


def test_undo_of_a_second_return_revives_no_suspension_that_was_lifted(stocked):
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    lend(stocked, "M0001", "B000010")
    give_back(stocked, "B000001", LATE)
    with stocked.transaction() as session:
        lifted = sanctions.lift(session, patron(stocked, "M0001").id, "dinas", LATE)
    second = give_back(stocked, "B000010", LATE + timedelta(days=4))
    assert second.suspended_until is not None
    take_back(stocked, second.line)
    assert patron(stocked, "M0001").suspended_until is None
    take_back(stocked, lifted)
    assert patron(stocked, "M0001").suspended_until == date(2027, 2, 2)


def test_undo_of_a_lift_after_its_return_was_undone_brings_nothing_back(stocked):
    suspend(stocked)
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    with stocked.transaction() as session:
        lifted = sanctions.lift(session, patron(stocked, "M0001").id, "dinas", LATE)
    take_back(stocked, done.line)
    take_back(stocked, lifted)
    assert patron(stocked, "M0001").suspended_until is None
    assert give_back(stocked, "B000001", LATE).suspended_until == date(2027, 2, 2)


@pytest.mark.parametrize("values", [{"suspension_per_day": 0}, {"suspension_cap": 0}])
def test_a_suspension_of_no_days_is_none(stocked, values):
    suspend(stocked, **values)
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    assert (done.late_days, done.suspended_until) == (3, None)
    assert patron(stocked, "M0001").suspended_until is None


# --- each begun week, and days of the calendar


def charge_row(library):
    with library.reading() as session:
        row = session.execute(select(Charge.__table__)).one()
    return row.amount, row.days, row.weeks, row.per_day


@pytest.mark.parametrize(
    ("days", "late", "weeks", "amount"),
    [(15, 1, 1, 5000), (18, 4, 1, 5000), (21, 5, 1, 5000), (22, 6, 2, 10_000), (29, 11, 3, 15_000)],
)
def test_a_fine_for_each_begun_week_of_open_days(stocked, days, late, weeks, amount):
    """The house is open on five days a week."""
    rule_of(stocked, "nurse", fine_unit="week", fine_per_day=5000)
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", NOW + timedelta(days=days))
    assert (done.late_days, done.charge) == (late, amount)
    assert charge_row(stocked) == (amount, late, weeks, 5000)


@pytest.mark.parametrize(
    ("days", "late", "weeks"), [(15, 1, 1), (21, 7, 1), (22, 8, 2), (28, 14, 2), (29, 15, 3)]
)
def test_a_fine_for_each_begun_week_of_the_calendar(stocked, days, late, weeks):
    rule_of(stocked, "nurse", fine_unit="week", fine_per_day=5000, late_counting="calendar")
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", NOW + timedelta(days=days))
    assert (done.late_days, done.charge) == (late, 5000 * weeks)


def test_a_weekly_fine_keeps_its_grace_and_its_cap(stocked):
    rule_of(stocked, "nurse", fine_unit="week", fine_per_day=5000, grace_days=3, fine_cap=8000)
    lend(stocked, "M0001", "B000001")
    assert give_back(stocked, "B000001", LATE).charge == 0
    lend(stocked, "M0001", "B000010")
    assert give_back(stocked, "B000010", NOW + timedelta(days=60)).charge == 8000


def test_days_of_the_calendar_are_fined_and_suspend_by_the_day(stocked):
    rule_of(stocked, "nurse", late_counting="calendar")
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", NOW + timedelta(days=21))
    assert (done.late_days, done.charge, done.by_calendar) == (7, 3500, True)
    suspend(stocked, "doctor", late_counting="calendar")
    lend(stocked, "M0002", "B000010")
    done = give_back(stocked, "B000010", NOW + timedelta(days=21))
    assert (done.late_days, done.suspended_until) == (7, date(2027, 2, 10))


@pytest.mark.parametrize("counting", ["open", "calendar"])
def test_every_list_tells_the_number_the_fine_is_made_of(stocked, counting):
    rule_of(stocked, "nurse", late_counting=counting)
    lend(stocked, "M0001", "B000001")
    lend(stocked, "M0002", "B000010")
    now = NOW + timedelta(days=30)
    with stocked.reading() as session:
        rina = identify.find_patron(session, "M0001").id
        desk = [one.days for one in finding.late_in_hand(session, rina, now).values()]
        late = {one.barcode: one.late_days for one in overdue_loans.overdue(session, now)}
        letters = {
            copy.barcode: copy.late_days
            for person in reminder_list.people(session, now)
            for copy in person.copies
        }
    done = give_back(stocked, "B000001", now)
    wanted = {"open": 12, "calendar": 16}[counting]
    assert (desk, late["B000001"], letters["B000001"], done.late_days) == ([wanted], *[wanted] * 3)
    assert done.charge == 500 * wanted
    assert late["B000010"] == letters["B000010"] == 12


def test_a_loan_due_before_a_closed_weekend_is_past_its_day_but_not_late(stocked):
    lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        session.execute(update(Loan).values(due_on=date(2027, 1, 22)))
    saturday = NOW + timedelta(days=12)
    with stocked.reading() as session:
        rina = identify.find_patron(session, "M0001").id
        (one,) = finding.late_in_hand(session, rina, saturday).values()
    assert (one.days, one.calendar, one.by_calendar) == (0, 1, False)


def test_a_kind_without_any_rule_renews_nothing_and_not_by_a_reason_either(stocked):
    lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        kind = select(PatronCategory.id).where(PatronCategory.code == "nurse").scalar_subquery()
        session.execute(delete(LoanRule).where(LoanRule.category_id == kind))
    told = refused(stocked, lending.renew, "B000001", NOW + timedelta(days=7))
    assert (told.reason, told.overridable, told.facts["renewals"]) == (
        Reason.NOT_RENEWABLE, False, 0,
    )  # fmt: skip


def test_only_this_copy_s_state_bars_the_way_back_of_its_return(stocked):
    for barcode in ("B000001", "B000010"):
        lend(stocked, "M0001", barcode)
    returned = {code: give_back(stocked, code) for code in ("B000001", "B000010")}
    with stocked.transaction() as session:
        gone = update(Item).where(Item.barcode == "B000010")
        session.execute(gone.values(status="withdrawn", left_on=NOW.date()))
    take_back(stocked, returned["B000001"].line)
    assert refused(stocked, undo.undo, returned["B000010"].line, NOW).reason is (Reason.CANNOT_UNDO)


def test_a_suspension_of_a_loan_struck_since_holds_nobody(stocked):
    """Two late returns; one loan is struck, the return of the other taken back: nothing is left."""
    suspend(stocked)
    for barcode in ("B000001", "B000010"):
        lend(stocked, "M0001", barcode)
    first = give_back(stocked, "B000001", LATE)
    second = give_back(stocked, "B000010", LATE + timedelta(days=1))
    assert second.suspended_until > first.suspended_until
    with stocked.transaction() as session:
        other = select(Item.id).where(Item.barcode == "B000001").scalar_subquery()
        session.execute(update(Loan).where(Loan.item_id == other).values(cancelled_at=NOW))
    take_back(stocked, second.line, LATE + timedelta(days=2))
    assert patron(stocked, "M0001").suspended_until is None


def test_a_ward_is_not_told_of_what_is_late(stocked):
    lend(stocked, "W-MAWAR", "B000001")
    late = NOW + timedelta(days=60)
    assert "overdue" not in " ".join(lend(stocked, "W-MAWAR", "B000010", late).notes)
    lend(stocked, "M0001", "B000011")
    told = lend(stocked, "M0001", "B000012", late)
    assert told.notes, "a person is"
