"""A library of random acts: every figure counted a second time by plain SQL, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from database.circulation import in_house, lending, visits
from database.policy.calendar import period_bounds
from database.refusal import Refusal
from database.registers import registers
from database.reports import statistics
from tests import closing
from tests.libraries import NOW

PATRONS = ("M0001", "M0002", "M0003", "M0004")
COPIES = ("B000001", "B000002", "B000010", "B000020")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("lend", "return", "visit", "activity", "read")),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 60),
    ),
    max_size=14,
)


def carry_out(session, verb, one, other, day):
    now = NOW + timedelta(days=day)
    if verb == "lend":
        lending.check_out(session, PATRONS[one], COPIES[other], now)
    elif verb == "return":
        lending.check_in(session, COPIES[other], now)
    elif verb == "visit":
        visits.count_visit(session, ("nurse", "doctor", "public", "")[one], now, other + 1)
    elif verb == "read":
        in_house.use_in_house(session, COPIES[other], now)
    else:
        values = {"title": "x", "kind": "literacy", "day": now.date(), "men": one}
        registers.add(session, "activity", values, now)


def ask(session, statement, first, last):
    return int(session.execute(text(statement), {"first": first, "last": last}).scalar_one())


COUNTS = {
    "loans": "SELECT count(*) FROM loan WHERE cancelled_at IS NULL AND lent_on >= {0}"
    " AND lent_on <= {1}",
    "visits": "SELECT coalesce(sum(people), 0) FROM visit WHERE cancelled_at IS NULL"
    " AND visited_on >= {0} AND visited_on <= {1}",
    "held_activities": "SELECT count(*) FROM register_entry WHERE cancelled_at IS NULL"
    " AND register = 'activity' AND day >= {0} AND day <= {1}",
    "new_members": "SELECT count(*) FROM patron WHERE kind = 'person' AND joined_on >= {0}"
    " AND joined_on <= {1}",
}


@settings(max_examples=6, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(acts=ACTS)
def test_months_quarters_and_years_agree_with_plain_sql(stocked, acts):
    for verb, one, other, day in acts:
        try:
            with stocked.transaction() as session:
                carry_out(session, verb, one, other, day)
        except Refusal:
            continue
    days = (
        (":first", ":last") if stocked.is_file else ("CAST(:first AS date)", "CAST(:last AS date)")
    )
    with stocked.reading() as session:
        for period in ("2027-01", "2027-Q1", "2027"):
            found = statistics.period(session, period)
            first, last = (day.isoformat() for day in period_bounds(period))
            for name, statement in COUNTS.items():
                counted = ask(session, statement.format(*days), first, last)
                assert getattr(found, name).now == counted, (period, name)
            assert sum(row.lent for row in found.tables["circulation"]) == found.loans.now
            assert sum(row.total for row in found.tables["visit_rows"]) == found.visits.now
            assert found.unbalanced == ()
            if found.tables["monthly"]:
                assert sum(line.loans for line in found.tables["monthly"]) == found.loans.now
                assert sum(line.visits for line in found.tables["monthly"]) == found.visits.now


@pytest.mark.parametrize("period", ["2035-01", "2035-Q1", "2035"])
def test_a_period_to_come_has_nothing_and_is_not_closed(stocked, period):
    with stocked.reading() as session:
        assert statistics.period(session, period).loans.now == 0
    with pytest.raises(Refusal), stocked.transaction() as session:
        closing.close(session, period, "1.0", NOW)


@pytest.mark.parametrize("period", ["", "2027-Q5", "2027-Q", "27", "2027-13", "x-Q1", "0000"])
def test_what_is_no_period_is_refused(stocked, period):
    with pytest.raises(Refusal), stocked.reading() as session:
        statistics.period(session, period)


def test_ten_thousand_activities_are_counted(library):
    from database.schema import RegisterEntry

    row = {
        "register": "activity",
        "day": NOW.date(),
        "title": "x",
        "kind": "literacy",
        "created_at": NOW,
    }
    with library.transaction() as session:
        session.execute(RegisterEntry.__table__.insert(), [row] * 10_000)
    with library.reading() as session:
        found = statistics.period(session, "2027-01")
    assert (found.held_activities.now, len(found.tables["activities"])) == (10_000, 10_000)
