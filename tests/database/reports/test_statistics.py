"""A month's figures, counted a second time by plain SQL over the demo's two years."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from database.circulation import identify, lending, visits
from database.demo import demo
from database.library import Library
from database.patrons import consents
from database.policy import house
from database.policy.calendar import month_bounds
from database.policy.house import Signer
from database.refusal import Reason, Refusal
from database.reports import behind, overview, periods, statistics
from database.reports.figures import Comparison
from database.schema import Item, Patron, PatronCategory
from tests.libraries import NOW, WIB, enrol

MOMENT = datetime(2026, 11, 23, 14, 30, tzinfo=WIB)


@pytest.fixture
def busy(lived):
    """Two years of the demo."""
    return lived


def ask(session, statement, **binds):
    return session.execute(text(statement), binds).scalar_one()


@pytest.mark.parametrize("month", ["2026-10", "2026-01", "2024-12", "2026-11"])
def test_figures_agree_with_plain_sql(busy, month):
    first, last = month_bounds(month)
    span = {"first": first.isoformat(), "last": last.isoformat()}
    days = "BETWEEN CAST(:first AS date) AND CAST(:last AS date)"
    if busy.is_file:
        days = "BETWEEN :first AND :last"
    with busy.reading() as session:
        found = statistics.month(session, month)

        def count(table, column, more="", what="count(*)"):
            return ask(
                session,
                f"SELECT {what} FROM {table} WHERE {column} {days} {more}",
                **span,
            )

        loans = count("loan", "lent_on", "AND cancelled_at IS NULL")
        assert found.loans.now == sum(row.lent for row in found.tables["circulation"]) == loans
        assert sum(row.total for row in found.tables["class_loans"]) == loans
        visits = count("visit", "visited_on", "", "coalesce(sum(people), 0)")
        assert found.visits.now == sum(row.total for row in found.tables["visit_rows"]) == visits
        assert all(sum(row.weeks) == row.total for row in found.tables["visit_rows"])
        returned = count("loan", "returned_on", "AND outcome = ''")
        assert sum(row.returned for row in found.tables["circulation"]) == returned
        late = count("loan", "returned_on", "AND returned_on > due_on AND outcome = ''")
        assert sum(row.returned_late for row in found.tables["circulation"]) == late
        assert sum(row.renewed for row in found.tables["circulation"]) == count(
            "renewal", "renewed_on"
        )
        assert sum(row.used_in_house for row in found.tables["circulation"]) == count(
            "in_house_use", "used_on"
        )
        assert sum(row.joined for row in found.tables["membership"]) == count(
            "patron", "joined_on", "AND kind = 'person'"
        )
        at_end = (
            "SELECT count(*) FROM item WHERE cancelled_at IS NULL AND accessioned_on <= {0}"
            " AND (left_on IS NULL OR left_on > {0})"
        ).format(":last" if busy.is_file else "CAST(:last AS date)")
        copies = ask(session, at_end, last=span["last"])
        assert found.copies.now == copies == sum(row.copies for row in found.tables["classes"])
        assert sum(row.end for row in found.tables["collection"]) == copies
        nurses = ask(
            session,
            f"SELECT count(*) FROM loan WHERE category = 'nurse' AND lent_on {days}",
            **span,
        )
        assert next(r.lent for r in found.tables["circulation"] if r.category == "nurse") == nurses


def test_every_table_balances(busy):
    with busy.reading() as session:
        months = [statistics.month(session, f"2026-{n:02d}") for n in range(1, 12)]
    for found in months:
        for row in found.tables["collection"]:
            came = row.purchased + row.donated + row.deposited + row.otherwise_added
            left = row.withdrawn + row.lost + row.returned_to_owner
            assert row.start + came - left == row.end
        for row in found.tables["membership"]:
            assert row.start + row.joined - row.ended == row.end
            assert row.male + row.female <= row.end
    for before, after in itertools.pairwise(months):
        ends = {(row.item_type, row.ownership): row.end for row in before.tables["collection"]}
        starts = {(row.item_type, row.ownership): row.start for row in after.tables["collection"]}
        assert {k: v for k, v in starts.items() if v} == {k: v for k, v in ends.items() if v}
        assert after.loans.last_month == before.loans.now


def test_the_demo_is_the_same_for_the_same_day(busy, tmp_path):
    demo.build(str(tmp_path / "again.db"), MOMENT)
    again = Library.open(tmp_path / "again.db")
    for month in ("2025-03", "2026-10"):
        with busy.reading() as session, again.reading() as other:
            assert statistics.month(session, month) == statistics.month(other, month)
    again.close()


def test_the_demo_is_believable(busy):
    with busy.reading() as session:
        found = statistics.month(session, "2026-10")
    assert found.loans.now > 150
    assert found.visits.now > 500
    assert all(
        row.lent
        for row in found.tables["circulation"]
        if row.category in {"nurse", "family", "ward"}
    )
    from database.storage import checks

    with busy.reading() as session:
        assert checks.check(session) == []


def test_a_library_without_data_says_so(library):
    with library.reading() as session:
        found = statistics.month(session, "2027-01")
    assert (found.visits.now, found.visits.last_month, found.visits.last_year) == (0, None, None)
    assert (found.tables["top_titles"], found.visits_per_open_day, found.busiest_hour) == (
        (),
        None,
        None,
    )


def test_months_before_the_first_data_are_no_data_not_zero(library):
    enrol(library, "Rina", "nurse")
    with library.reading() as session:
        assert statistics.month(session, "2027-01").loans.last_month is None
        # It began in the middle of January: a part is nothing to be compared with.
        assert statistics.month(session, "2027-02").loans.last_month is None
        assert statistics.month(session, "2027-02").members.last_month == 1
        assert statistics.month(session, "2027-03").loans.last_month == 0


def test_a_register_of_older_years_makes_no_period_to_be_compared_with(stocked):
    """Books moved in with the days they came are no proof that visits were counted then."""
    with stocked.transaction() as session:
        session.execute(update(Item).values(accessioned_on=date(2024, 3, 1)))
        visits.count_visit(session, "nurse", NOW, people=4)
    with stocked.reading() as session:
        found = statistics.month(session, "2027-01")
        year = statistics.period(session, "2027", date(2028, 1, 5))
        later = statistics.month(session, "2027-03")
    assert (found.visits.last_month, found.visits.last_year) == (None, None)
    assert (found.copies.last_month, found.new_titles.last_month) == (found.copies.now, 0)
    assert (year.visits.last_year, year.new_titles.last_year) == (None, 0)
    assert later.visits.last_month == 0


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-1", "x-y", "2026-10-01", "0000-01"])
def test_what_is_no_month(library, month):
    with pytest.raises(Refusal) as told, library.reading() as session:
        statistics.month(session, month)
    assert told.value.reason is Reason.MONTH_INVALID


def test_what_was_undone_is_not_counted(stocked):
    from database import undo
    from database.circulation import lending

    with stocked.transaction() as session:
        line = lending.check_out(session, "M0001", "B000001", NOW).line
        lending.check_out(session, "M0001", "B000010", NOW)
        visit = visits.count_visit(session, "nurse", NOW, people=4)
        undo.undo(session, line, NOW)
        undo.undo(session, visit, NOW)
    with stocked.reading() as session:
        found = statistics.month(session, "2027-01")
        today = overview.today(session, NOW.date())
    assert (found.loans.now, found.visits.now) == (1, 0)
    assert (today.lent, today.visitors) == (1, 0)


def test_what_is_late_is_told_with_who_can_be_written_to(stocked):
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
        lending.check_out(session, "W-MAWAR", "B000020", NOW)
        lending.check_out(session, "M0001", "B000010", NOW)
        rina = identify.find_patron(session, "M0001")
        later = (NOW + timedelta(days=30)).date()
        told = overview.late(session, later)
        assert (told.copies, told.patrons, told.reachable) == (3, 2, 0)
        session.get(Patron, rina.id).phone = "+6281272004412"
        consents.give(session, rina.id, "reminders", "desk", NOW)
        session.flush()
        assert overview.late(session, later) == overview.Late(3, 2, 1)
        assert overview.late(session, NOW.date()) == overview.Late(0, 0, 0)


def test_a_practice_that_ends_within_the_week_is_counted(stocked):
    with stocked.transaction() as session:
        one = (
            session.execute(
                select(Patron).join(PatronCategory).where(PatronCategory.audience == "student")
            )
            .scalars()
            .first()
        )
        one.valid_until = NOW.date() + timedelta(days=6)
        session.flush()
        assert overview.practices_ending(session, NOW.date()) == 1
        assert overview.practices_ending(session, NOW.date() - timedelta(days=1)) == 0
        assert overview.practices_ending(session, NOW.date() + timedelta(days=7)) == 0


def test_last_month_waits_to_be_closed_once_somebody_came(library):
    day = NOW.date()
    month = NOW.replace(day=1) - timedelta(days=1)
    with library.transaction() as session:
        assert overview.open_month(session, day) is None
        visits.count_visit(session, "nurse", month, 3)
        assert overview.open_month(session, day) == f"{month:%Y-%m}"
        periods.close(session, periods.counted(session, f"{month:%Y-%m}", NOW), "test", NOW)
        assert overview.open_month(session, day) is None


def test_days_to_come_are_no_open_days_yet(library):
    with library.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 6)
    with library.reading() as session:
        whole = statistics.period(session, "2027-01")
        so_far = statistics.period(session, "2027-01", NOW.date())
        before = statistics.period(session, "2027-01", date(2026, 12, 1))
    assert so_far.open_days < whole.open_days
    assert (so_far.until, whole.until, before.until) == (NOW.date().isoformat(), "", "")
    assert so_far.visits_per_open_day == 6 / so_far.open_days
    assert (before.open_days, before.visits_per_open_day) == (0, None)


def test_a_period_under_way_is_counted_to_today(stocked):
    """What is due later this month is not late, and what was had last month is compared."""
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    today = (NOW + timedelta(days=1)).date()
    with stocked.reading() as session:
        so_far = statistics.period(session, "2027-01", today)
        whole = statistics.period(session, "2027-01")
        rows = behind.rows(session, "2027-01", "members", today)
    assert (so_far.tables["late"].week, whole.tables["late"].week) == (0, 1)
    assert so_far.loans == Comparison(1, None, None)
    assert len(rows) == so_far.members.now


def test_of_two_named_for_one_day_the_last_signs(library):
    with library.transaction() as session:
        for name in ("Dewi", "Rina"):
            signer = Signer("librarian", "Pustakawan", name, "1", NOW.date())
            house.save_signer(session, signer, NOW)
    with library.reading() as session:
        assert house.signer(session, "librarian", NOW.date()).name == "Rina"


def test_one_day_of_data_in_a_library_opened_in_the_middle_of_a_month(library):
    with library.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 4)
    with library.reading() as session:
        found = statistics.period(session, "2027-01", NOW.date())
        year = statistics.period(session, "2027", NOW.date())
    assert (found.visits.now, found.visits.last_month, found.visits.last_year) == (4, None, None)
    assert (found.open_days, found.visits_per_open_day) == (1, 4.0)
    assert (year.open_days, [line.visits for line in year.tables["monthly"]][:2]) == (1, [4])
