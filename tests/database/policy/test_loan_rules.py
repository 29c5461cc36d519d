"""Which rule applies, when a loan is due, and what follows a late return."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select, update

from database import undo
from database.circulation import identify, lending
from database.policy import holidays, house, loan_rules
from database.policy.loan_rules import Rule
from database.refusal import Reason
from database.schema import Item, Loan, LoanRule, PatronCategory
from database.wards import plans
from tests.database.circulation.test_lending import give_back, lend, refused
from tests.libraries import NOW

PLAIN = Rule("", "", 5, 7, 1, True, "days", None, 0, True, "none", 0, None, 1, None)


def rule(**changes):
    from dataclasses import replace

    return replace(PLAIN, **changes)


def add_rule(library, category, item_type, **values):
    with library.transaction() as session:
        number = (
            category
            and session.execute(
                select(PatronCategory.id).where(PatronCategory.code == category)
            ).scalar_one()
        )
        session.execute(
            insert(LoanRule).values(
                {
                    "category_id": number,
                    "item_type": item_type,
                    "loan_limit": 5,
                    "days": 7,
                    "renewals": 0,
                    **values,
                }
            )
        )


def set_type(library, barcode, item_type):
    with library.transaction() as session:
        session.execute(update(Item).where(Item.barcode == barcode).values(item_type=item_type))


def renew(library, barcode, now):
    with library.transaction() as session:
        return lending.renew(session, barcode, now)


def test_the_most_specific_rule_wins_and_is_named(stocked):
    add_rule(stocked, None, "audiovisual", days=3)
    set_type(stocked, "B000010", "audiovisual")
    assert lend(stocked, "M0001", "B000010").rule == "*/audiovisual"
    give_back(stocked, "B000010")
    add_rule(stocked, "nurse", "audiovisual", days=2)
    done = lend(stocked, "M0001", "B000010")
    assert (done.rule, done.due_on) == ("nurse/audiovisual", date(2027, 1, 13))
    assert lend(stocked, "M0001", "B000001").rule == "nurse/*"


def test_a_rule_for_a_type_limits_that_type_and_the_general_one_all(stocked):
    add_rule(stocked, "doctor", "audiovisual", loan_limit=1)
    for code in ("B000001", "B000010"):
        set_type(stocked, code, "audiovisual")
    lend(stocked, "M0002", "B000001")
    told = refused(stocked, lending.check_out, "M0002", "B000010", NOW)
    assert (told.reason, told.overridable) == (Reason.LIMIT_OF_TYPE, True)
    give_back(stocked, "B000001", NOW + timedelta(hours=1))
    lend(stocked, "M0002", "B000010", NOW + timedelta(hours=2))
    lend(stocked, "M0002", "B000011")
    add_rule(stocked, "student", "audiovisual", loan_limit=9)
    set_type(stocked, "B000001", "book")
    for code in ("B000001", "B000012"):
        lend(stocked, "M0003", code, NOW + timedelta(hours=3))
    set_type(stocked, "B000020", "audiovisual")
    told = refused(stocked, lending.check_out, "M0003", "B000020", NOW)
    assert told.reason is Reason.LIMIT_REACHED


@pytest.mark.parametrize(
    ("hours", "at", "due", "notes"),
    [
        (3, (9, 0), (12, 0), ()),
        (3, (14, 0), (16, 0), ("closing",)),
        (3, (16, 30), None, ("closed",)),
    ],
)
def test_a_loan_by_hours_ends_at_closing_time(stocked, hours, at, due, notes):
    moment = NOW.replace(hour=at[0], minute=at[1])
    with stocked.reading() as session:
        found = loan_rules.due(session, rule(period="hours", days=hours), moment)
    wanted = (
        moment.replace(hour=due[0], minute=due[1])
        if due
        else (moment + timedelta(days=1)).replace(hour=7, minute=30)
    )
    assert (found.at, found.on, found.notes) == (wanted, wanted.date(), notes)


def test_a_loan_by_hours_is_late_past_its_hour(stocked):
    add_rule(stocked, "nurse", "book", period="hours", days=2, renewals=1)
    done = lend(stocked, "M0001", "B000001")
    assert done.due_at == NOW + timedelta(hours=2)
    in_time = NOW + timedelta(hours=1)
    renewed = renew(stocked, "B000001", in_time)
    assert renewed.due_at == in_time + timedelta(hours=2)
    with stocked.transaction() as session:
        undo.undo(session, renewed.line, in_time)
    with stocked.reading() as session:
        assert identify.find_item(session, "B000001").due_at == done.due_at
    back = give_back(stocked, "B000001", NOW + timedelta(hours=3))
    assert back.late_days == 1


def test_a_ward_keeps_books_until_the_trolley_comes_again(stocked):
    with stocked.transaction() as session:
        mawar = identify.find_patron(session, "W-MAWAR")
        plans.plan(session, mawar.id, frozenset({1, 3}), NOW)
    assert lend(stocked, "W-MAWAR", "B000020").due_on == date(2027, 1, 12)
    tuesday = NOW + timedelta(days=1)
    assert lend(stocked, "W-MAWAR", "B000010", tuesday).due_on == date(2027, 1, 14)
    assert lend(stocked, "W-ANGGREK", "B000011").due_on == date(2027, 1, 18)


def test_a_card_that_ends_on_a_closed_day_cuts_back_to_the_last_open_one(stocked):
    with stocked.reading() as session:
        found = loan_rules.due(session, rule(days=14), NOW, date(2027, 1, 17))
    assert (found.on, found.notes) == (date(2027, 1, 15), ("card_ends",))


def test_a_renewal_has_its_own_length_and_zero_is_a_length(stocked):
    add_rule(stocked, "nurse", "book", days=14, renewals=1, renewal_days=20)
    lend(stocked, "M0001", "B000001")
    done = renew(stocked, "B000001", NOW + timedelta(days=7))
    assert done.due_on == date(2027, 2, 8)
    add_rule(stocked, "doctor", "book", days=14, renewals=1, renewal_days=0)
    lend(stocked, "M0002", "B000010")
    told = refused(stocked, lending.renew, "B000010", NOW + timedelta(days=1))
    assert told.reason is Reason.NOT_LONGER


@pytest.mark.parametrize(
    ("changes", "counted", "price", "amount"),
    [
        ({}, 9, None, 0),
        ({"sanction": "money", "fine_per_day": 500}, 4, None, 2000),
        ({"sanction": "money", "fine_per_day": 500, "fine_cap": 1500}, 4, None, 1500),
        ({"sanction": "money", "fine_per_day": 500, "fine_cap": 1500}, 4, 1200, 1200),
        ({"sanction": "money", "fine_per_day": 500}, 0, None, 0),
    ],
)
def test_fines_keep_under_their_caps(changes, counted, price, amount):
    assert loan_rules.fine(rule(**changes), counted, price) == amount


def test_grace_forgives_only_short_lateness(stocked):
    mild = rule(grace_days=3)
    assert loan_rules.Lateness(3, mild).counted == 0
    assert loan_rules.Lateness(4, mild).counted == 4
    assert [loan_rules.Lateness(days, None).counted for days in (0, 1, 2)] == [0, 1, 2]


def test_a_suspension_waits_for_the_last_of_many_closed_days(stocked):
    monday = date(2027, 1, 11)
    closed = [(monday + timedelta(days=at), "Renovasi") for at in range(1, 10)]
    strict = rule(sanction="suspension", suspension_per_day=1, suspension_cap=None)
    with stocked.transaction() as session:
        holidays.close(session, closed, NOW)
        assert loan_rules.suspended_until(session, strict, 2, monday) == date(2027, 1, 22)


def test_a_suspension_counts_open_days_and_ends_on_one(stocked):
    strict = rule(sanction="suspension", suspension_per_day=2, suspension_cap=7)
    monday = date(2027, 1, 11)
    with stocked.reading() as session:
        assert loan_rules.suspended_until(session, strict, 2, monday) == date(2027, 1, 15)
        assert loan_rules.suspended_until(session, strict, 3, monday) == date(2027, 1, 19)
        assert loan_rules.suspended_until(session, strict, 9, monday) == date(2027, 1, 20)
        assert loan_rules.suspended_until(session, strict, 0, monday) is None
        assert loan_rules.suspended_until(session, PLAIN, 3, monday) is None


def test_late_days_are_open_days_and_the_due_day_is_none(stocked):
    with stocked.transaction() as session:
        house.save_closed_day(session, date(2027, 1, 13), "Libur", NOW)
    with stocked.reading() as session:
        assert loan_rules.late_days(session, date(2027, 1, 8), date(2027, 1, 8)) == 0
        assert loan_rules.late_days(session, date(2027, 1, 8), date(2027, 1, 14)) == 3


def test_a_house_without_hours_lends_by_the_clock_alone(library):
    with library.transaction() as session:
        house.save_hours(session, {}, NOW)
    evening = datetime.combine(date(2027, 1, 11), time(20), NOW.tzinfo)
    with library.reading() as session:
        found = loan_rules.due(session, rule(period="hours", days=2), evening)
    assert found.at == evening + timedelta(hours=2)


def test_the_hour_is_kept_with_the_loan(stocked):
    add_rule(stocked, "nurse", "book", period="hours", days=2)
    lend(stocked, "M0001", "B000001")
    with stocked.reading() as session:
        assert session.execute(select(Loan.due_at)).scalar_one() == NOW + timedelta(hours=2)


@pytest.mark.parametrize("clock", [time(16), time(16, 1)])
def test_a_loan_by_hours_at_closing_time_sharp_is_due_at_the_next_opening(stocked, clock):
    friday = datetime.combine(date(2027, 1, 15), clock, NOW.tzinfo)
    with stocked.reading() as session:
        found = loan_rules.due(session, rule(period="hours", days=2), friday)
        just = loan_rules.due(
            session, rule(period="hours", days=2), friday - timedelta(hours=1, minutes=1)
        )
    monday = datetime.combine(date(2027, 1, 18), time(7, 30), NOW.tzinfo)
    assert (found.on, found.at, found.notes) == (monday.date(), monday, ("closed",))
    assert (just.at, just.notes) == (friday.replace(hour=16, minute=0), ("closing",))


def test_weeks_begin_with_their_first_day():
    weekly = rule(sanction="money", fine_per_day=5000, fine_unit="week")
    assert [loan_rules.fine(weekly, days) for days in (0, 1, 7, 8, 14, 15)] == [
        0, 5000, 5000, 10_000, 10_000, 15_000,
    ]  # fmt: skip
    assert loan_rules.fine(weekly, 6, None, 5) == 10_000
