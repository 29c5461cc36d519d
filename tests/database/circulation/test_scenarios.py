"""The scenarios of other programs, by our rules."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from database import undo
from database.circulation import identify, lending
from database.patrons import membership, rotation
from database.policy import calendar, house, loan_rules
from database.refusal import Reason
from tests.database.circulation import scenarios
from tests.database.circulation.test_lending import give_back, lend, refused
from tests.database.policy.test_loan_rules import rule
from tests.libraries import NOW


def by_id(table):
    return pytest.mark.parametrize("told", table, ids=[one.id for one in table])


def arrange(library, told):
    """The house of a scenario: its weekdays, hours and closed days."""
    weekdays = told.given.get("weekdays", scenarios.EVERY_DAY)
    opens, closes = told.given.get("hours", ("00:00", "23:59"))
    week = dict.fromkeys(weekdays, (time.fromisoformat(opens), time.fromisoformat(closes)))
    with library.transaction() as session:
        house.save_hours(session, week, NOW)
        for day in told.closed:
            house.save_closed_day(session, day, "tutup", NOW)
        if told.given.get("open"):
            house.save_closed_day(session, told.given["open"], "buka", NOW, is_open=True)


def test_every_difference_says_why():
    tables = (scenarios.DUE, scenarios.FINES, scenarios.SUSPENSIONS, scenarios.OPEN_DAYS)
    for told in (one for table in tables for one in table):
        assert told.ours in {"same", "differs"}
        assert told.ours == "same" or told.why, told.id


@by_id(scenarios.DUE)
def test_due_days(library, told):
    arrange(library, told)
    given = told.given
    wanted = rule(
        days=given["days"],
        period=given.get("period", "days"),
        renewal_days=given.get("renewal_days"),
    )
    with library.reading() as session:
        found = loan_rules.due(
            session, wanted, given["at"], given["card"], renewal=given.get("renewal", False)
        )
    assert (found.at or found.on) == told.then


def late(library, given):
    with library.reading() as session:
        return loan_rules.late_days(session, given["due"], given["back"])


@by_id(scenarios.FINES)
def test_fines(library, told):
    arrange(library, told)
    given = told.given
    wanted = rule(
        sanction="money",
        fine_per_day=given["per_day"],
        fine_cap=given.get("cap"),
        grace_days=given.get("grace", 0),
    )
    days = given["late"] if "late" in given else late(library, given)
    counted = loan_rules.Lateness(days, wanted).counted
    assert loan_rules.fine(wanted, counted, given.get("price")) == told.then


@by_id(scenarios.SUSPENSIONS)
def test_suspensions(library, told):
    arrange(library, told)
    given = told.given
    wanted = rule(
        sanction="suspension",
        suspension_per_day=given["each"],
        suspension_cap=given.get("cap"),
        grace_days=given.get("grace", 0),
    )
    counted = loan_rules.Lateness(late(library, given), wanted).counted
    with library.reading() as session:
        found = loan_rules.suspended_until(session, wanted, counted, given["back"])
    assert found == told.then


@by_id(scenarios.OPEN_DAYS)
def test_open_days(library, told):
    arrange(library, scenarios.Scenario("", {**told.given, "weekdays": scenarios.WORKDAYS}, None))
    with library.reading() as session:
        found = calendar.load(session, told.given["day"], told.given["day"])
    assert found.is_open(told.given["day"]) is told.then


def test_s034_open_days_between_two_moments(library):
    told = scenarios.Scenario("S034", {"weekdays": scenarios.WORKDAYS}, None)
    arrange(library, told)
    with library.reading() as session:
        found = calendar.load(session, date(2012, 7, 24), date(2012, 9, 17))
    assert found.open_days(date(2012, 7, 24), date(2012, 9, 17)) == 40


# --- at the desk


def test_s060_a_copy_scanned_again_for_its_borrower_is_told_and_never_lent_twice(stocked):
    lend(stocked, "M0001", "B000001")
    told = refused(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert told.reason is Reason.ALREADY_YOURS  # the peer renews; we ask, for a slip is as likely


def test_s072_no_renewals_where_the_rule_has_none(stocked):
    lend(stocked, "W-MAWAR", "B000001")
    assert refused(stocked, lending.renew, "B000001", NOW).reason is Reason.NOT_RENEWABLE


def test_s078_one_late_loan_does_not_bar_the_renewal_of_another(stocked):
    lend(stocked, "M0001", "B000001")
    later = NOW + timedelta(days=20)
    lend(stocked, "M0001", "B000010", later)
    with stocked.transaction() as session:
        lending.renew(session, "B000010", later + timedelta(days=4))
    assert refused(stocked, lending.renew, "B000001", later).reason is Reason.OVERDUE


def test_s086_an_ended_card_neither_lends_nor_lengthens(stocked):
    lend(stocked, "M0004", "B000001")
    after = NOW + timedelta(days=7)
    assert refused(stocked, lending.check_out, "M0004", "B000010", after).reason is (
        Reason.MEMBERSHIP_EXPIRED
    )
    assert refused(stocked, lending.renew, "B000001", after).reason is Reason.OVERDUE


@pytest.mark.parametrize("code", ["KohaIsAwesome", "", "   "])
def test_s094_unknown_codes_are_told(stocked, code):
    told = refused(stocked, lending.check_out, "M0001", code, NOW)
    assert told.reason is Reason.UNKNOWN_ITEM


def test_s096_a_copy_of_another_is_never_taken_over_silently(stocked):
    lend(stocked, "M0001", "B000001")
    told = refused(stocked, lending.check_out, "M0002", "B000001", NOW)
    assert told.reason is Reason.ALREADY_ON_LOAN  # the desk offers to take it back and lend


def test_s134_a_return_has_the_moment_it_is_given(stocked):
    lend(stocked, "M0001", "B000001")
    moment = (NOW + timedelta(days=2)).replace(hour=15, minute=42)
    give_back(stocked, "B000001", moment)
    with stocked.reading() as session:
        assert identify.find_item(session, "B000001").loan_id is None


def test_s136_a_copy_that_is_not_out_changes_nothing(stocked):
    told = refused(stocked, lending.check_in, "B000001", NOW)
    assert told.reason is Reason.NOT_ON_LOAN


def test_s170_a_person_whose_number_is_known_is_lengthened_and_never_enrolled_twice(stocked):
    common = rotation.Common("student", valid_until=date(2027, 6, 30))
    with stocked.transaction() as session:
        fikri = identify.find_patron(session, "M0003")
        facts = membership.PatronFacts(
            fikri.name,
            "student",
            number="M0003",
            staff_number="2001",
            valid_until=date(2027, 1, 31),
        )
        membership.save(session, fikri.id, facts, NOW)
    table = [["Nama", "NIM", "Sampai"], ["Fikri Ramadhan", "2001", "30/06/2027"]]
    with stocked.transaction() as session:
        done = rotation.apply(session, table, common, NOW)
    assert (list(done.added), done.renewed) == ([], [fikri.id])


@pytest.mark.parametrize("table", [[["Nama", "NIM"]], []])
def test_s172_a_list_without_people_enrols_nobody(stocked, table):
    with stocked.transaction() as session:
        done = rotation.apply(session, table, rotation.Common("student"), NOW)
    assert (list(done.added), list(done.renewed)) == ([], [])


def test_what_was_undone_can_be_done_again(stocked):
    done = lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        undo.undo(session, done.line, NOW)
    assert lend(stocked, "M0002", "B000001").due_on == done.due_on
