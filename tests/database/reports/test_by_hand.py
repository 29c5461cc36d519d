"""A month and its neighbours counted by hand: every figure that is made of others has a value."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from database import undo
from database.catalogue import titles
from database.circulation import discharge, identify, in_house, lending, visits
from database.circulation.discharge import Outcome
from database.description import marc, marc_form
from database.holdings import item_facts, items
from database.refusal import Reason
from database.registers import registers
from database.reports import headline, indicators, statistics
from database.reports.counting.spans import Span
from database.reports.tables import collection
from database.schema import Biblio, Item, ItemStatus, Loan, RegisterEntry, Visit
from tests.libraries import NOW, WIB


def at(month, day, hour=9, year=2027):
    return datetime(year, month, day, hour, tzinfo=WIB)


def do(library, act, *arguments, **more):
    with library.transaction() as session:
        return act(session, *arguments, **more)


def search(library, moment, given):
    values = {
        "day": moment.date(),
        "requester": "dr. B",
        "kind": "research",
        "question": "x",
        "due": date(moment.year, moment.month, 20),
        "until": given,
    }
    do(library, registers.add, "literature_search", values, moment)


@pytest.fixture
def counted(stocked):
    """January 2026 and 2027, December and February beside: each with its own numbers.

    In January 2027 three lend five copies; two come back, one of them late, one is given away;
    two visits at ten and five people at eleven come."""
    do(stocked, lambda s: s.execute(update(Item).values(accessioned_on=date(2026, 1, 2))))
    do(stocked, visits.count_visit, "nurse", at(1, 2, 10, 2026), 3)
    do(stocked, visits.count_visit, "nurse", at(12, 14, 10, 2026), 9)
    do(stocked, lending.check_out, "M0002", "B000012", at(12, 14, 9, 2026))
    do(stocked, visits.count_visit, "nurse", at(1, 11, 10), 2)
    do(stocked, visits.count_visit, "doctor", at(1, 12, 11), 5)
    for number, copy in (("M0001", "B000001"), ("M0001", "B000010"), ("M0003", "B000011")):
        do(stocked, lending.check_out, number, copy, at(1, 11))
    do(stocked, lending.check_in, "B000012", at(1, 11))
    do(stocked, lending.check_in, "B000001", at(1, 20))
    do(stocked, lending.check_out, "M0002", "B000001", at(1, 21))
    do(stocked, lending.check_out, "M0002", "B000020", at(1, 21))
    with stocked.transaction() as session:
        bagus = identify.find_patron(session, "M0002").id
        session.execute(update(Item).where(Item.barcode == "B000020").values(ownership="gift"))
        loans = {one.barcode: one.id for one in discharge.open_loans(session, bagus)}
        discharge.discharge(session, bagus, {loans["B000020"]: Outcome.GIVEN}, at(1, 25))
    do(stocked, lending.check_out, "M0003", "B000012", at(2, 1))
    do(stocked, visits.count_visit, "nurse", at(2, 1), 4)
    values = {"title": "Dewi", "kind": "librarian", "day": date(2026, 1, 1)}
    do(stocked, registers.add, "staff", values, at(1, 4))
    search(stocked, at(1, 12), date(2027, 1, 15))
    search(stocked, at(1, 13), date(2027, 1, 25))
    search(stocked, at(2, 3), date(2027, 2, 4))
    return stocked


def month(library, period="2027-01"):
    with library.reading() as session:
        return statistics.period(session, period)


def test_each_headline_beside_the_month_before_and_the_year_before(counted):
    found = month(counted)
    assert (found.visits.now, found.visits.last_month, found.visits.last_year) == (7, 9, 3)
    assert (found.loans.now, found.loans.last_month, found.loans.last_year) == (5, 1, 0)
    assert found.copies.now == 5, "six, less the one that was given away"
    assert (found.copies.last_month, found.copies.last_year) == (6, 6)


def test_the_twelve_months_end_with_the_month_asked_for_each_with_its_own_figures(counted):
    points = month(counted).year
    assert [one.month for one in points] == [f"2026-{at:02d}" for at in range(2, 13)] + ["2027-01"]
    assert [(one.visits, one.loans) for one in points[-3:]] == [(0, 0), (9, 1), (7, 5)]
    whole = month(counted, "2027").year
    assert (whole[0].month, whole[0].visits, whole[0].loans) == ("2027-01", 7, 5)
    assert (whole[1].visits, whole[1].loans, len(whole)) == (4, 1, 12)


def test_the_hour_with_most_people_and_the_visits_of_an_open_day(counted):
    found = month(counted)
    assert found.busiest_hour == 11
    assert found.visits_per_open_day == 7 / found.open_days
    assert month(counted, "2027-02").busiest_hour == 9


def test_every_indicator_has_the_value_counted_by_hand(counted):
    found = month(counted).indicators
    assert found.loans_per_member == round(5 / 3, 2)
    assert found.turnover == 1.0
    assert found.active_share == round(100 * 3 / 3, 1)
    assert found.copies_per_staff == 5
    # B000012 was due on 28 December and came on 11 January; B000001 was in time.
    assert found.late_share == 50.0
    assert found.on_time_share == 50.0
    assert found.not_back_share == 20.0
    later = month(counted, "2027-02").indicators
    assert (later.on_time_share, later.not_back_share, later.late_share) == (100.0, 0.0, None)


def test_a_loan_that_was_struck_ended_without_nothing(counted):
    with counted.transaction() as session:
        given = select(Loan.id).where(Loan.outcome != "").scalar_subquery()
        session.execute(update(Loan).where(Loan.id == given).values(cancelled_at=NOW))
    assert month(counted).indicators.not_back_share == 0.0


def test_the_share_of_recent_titles_counts_the_last_five_years(counted):
    years = dict(zip(("B000001", "B000010", "B000011"), (2023, 2022, 2027), strict=True))
    with counted.transaction() as session:
        session.execute(update(Biblio).values(year=None))
        for barcode, year in years.items():
            title = select(Item.biblio_id).where(Item.barcode == barcode).scalar_subquery()
            session.execute(update(Biblio).where(Biblio.id == title).values(year=year))
    assert month(counted).indicators.recent_share == 40.0
    assert month(counted, "2026-12").indicators.recent_share == 50.0


def test_an_empty_library_has_nothing_and_says_nothing(library):
    found = month(library)
    assert (found.copies.now, found.titles.now, found.loans.now, found.visits.now) == (0, 0, 0, 0)
    assert found.tables["collection"] == ()
    said = found.indicators
    assert (said.turnover, said.loans_per_member, said.copies_per_staff) == (None, None, None)
    assert (said.recent_share, said.late_share, said.not_back_share) == (None, None, None)


def test_a_kind_first_bought_this_month_has_its_row_in_table_1(counted):
    with counted.reading() as session:
        title = session.scalars(select(Biblio.id).order_by(Biblio.id).limit(1)).one()
    facts = item_facts.ItemFacts(item_type="audiovisual", accessioned_on=date(2027, 1, 18))
    do(counted, items.add_items, title, facts, 2, at(1, 18))
    rows = {one.item_type: one for one in month(counted).tables["collection"]}
    new = rows["audiovisual"]
    assert (new.start, new.purchased, new.end, new.titles_start, new.titles_end) == (0, 2, 2, 0, 1)
    assert "audiovisual" not in {
        one.item_type for one in month(counted, "2026-12").tables["collection"]
    }


def test_undo_of_one_use_in_the_house_leaves_the_others(stocked):
    for barcode in ("B000001", "B000010"):
        do(stocked, lambda s, code=barcode: in_house.use_in_house(s, code, at(1, 26)))
    last = do(stocked, in_house.use_in_house, "B000099", at(1, 26))
    do(stocked, undo.undo, last.line, at(1, 26))
    assert sum(one.used_in_house for one in month(stocked).tables["circulation"]) == 2


def mark(library, barcode, **values):
    do(library, lambda s: s.execute(update(Item).where(Item.barcode == barcode).values(**values)))


def test_each_way_a_copy_leaves_has_its_column_in_table_1(counted):
    gone = {
        "B000010": ("lost", date(2027, 1, 4)),
        "B000011": ("withdrawn", date(2027, 1, 5)),
        "B000012": ("returned_to_owner", date(2027, 1, 31)),
        "B000020": ("lost", date(2027, 2, 1)),
    }
    for barcode, (status, day) in gone.items():
        mark(counted, barcode, status=status, left_on=day)
    own = (one for one in month(counted).tables["collection"] if one.ownership == "hospital")
    row = {one.item_type: one for one in own}["book"]
    assert (row.lost, row.withdrawn, row.returned_to_owner) == (1, 1, 1)
    assert (row.start, row.end) == (4, 1)
    assert (row.titles_start, row.titles_end) == (4, 1)
    with counted.reading() as session:
        assert collection.unbalanced(session, Span.of("2027-01")) == ()
    mark(counted, "B000010", accessioned_on=date(2027, 2, 5))
    with counted.reading() as session:
        assert collection.unbalanced(session, Span.of("2027-01")) == ("B000010",)
        assert collection.unbalanced(session, Span.of("2026-12")) == ()


def test_late_at_the_end_of_the_month_by_its_weeks(stocked):
    """Due on the last day is not late; to seven days, to thirty, longer; what came back after the
    end was late at it, what came back on it no more."""
    due = {
        "B000001": (date(2027, 1, 31), None),
        "B000010": (date(2027, 1, 24), None),
        "B000011": (date(2027, 1, 23), date(2027, 2, 1)),
        "B000012": (date(2027, 1, 1), None),
        "B000020": (date(2026, 12, 31), None),
        "B000099": (date(2027, 1, 20), date(2027, 1, 31)),
    }
    for barcode, (day, back) in due.items():
        allowed = {Reason.REFERENCE_ONLY: "uji", Reason.LIMIT_REACHED: "uji"}
        do(stocked, lending.check_out, "M0001", barcode, at(12, 14, 9, 2026), allowed)
        item = select(Item.id).where(Item.barcode == barcode).scalar_subquery()
        values = {"due_on": day}
        if back:
            moment = datetime(back.year, back.month, back.day, 9, tzinfo=WIB)
            values |= {"returned_on": back, "returned_at": moment}
        changed = update(Loan).where(Loan.item_id == item).values(**values)
        do(stocked, lambda s, changed=changed: s.execute(changed))
    late = month(stocked).tables["late"]
    assert (late.week, late.month, late.longer) == (1, 2, 1)
    struck = update(Loan).where(Loan.due_on == date(2027, 1, 24)).values(cancelled_at=NOW)
    with stocked.transaction() as session:
        session.execute(struck)
        assert statistics.month(session, "2027-01").tables["late"].week == 0
        session.execute(struck.values(cancelled_at=None))
    rows = month(stocked).tables["circulation"]
    assert (sum(one.returned for one in rows), sum(one.returned_late for one in rows)) == (1, 1)
    february = month(stocked, "2027-02").tables["circulation"]
    assert sum(one.returned_late for one in february) == 1


def test_what_left_otherwise_was_not_lost(stocked):
    left = {"left_on": date(2027, 1, 20)}
    with stocked.transaction() as session:
        for barcode, state in (("B000001", ItemStatus.WITHDRAWN), ("B000010", ItemStatus.LOST)):
            changed = update(Item).where(Item.barcode == barcode)
            session.execute(changed.values(status=state, **left))
    assert month(stocked).tables["late"].lost == 1


def test_a_return_on_the_due_day_is_not_late(stocked):
    due = do(stocked, lending.check_out, "M0001", "B000001", at(1, 11)).due_on
    do(stocked, lending.check_in, "B000001", at(due.month, due.day))
    rows = month(stocked).tables["circulation"]
    assert (sum(one.returned for one in rows), sum(one.returned_late for one in rows)) == (1, 0)


def test_a_period_is_covered_where_at_most_a_tenth_of_its_open_days_is_missing(stocked):
    """February 2027 has twenty weekdays; the third is the day after two of them."""
    span = Span.of("2027-02")
    with stocked.reading() as session:
        known = [
            statistics._covered(session, span, start)
            for start in (
                None, date(2026, 5, 1), date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 4),
                date(2027, 2, 28), date(2027, 3, 1),
            )
        ]  # fmt: skip
    assert known == [False, True, True, True, False, False, False]


def test_behind_a_search_stands_its_unit(counted):
    values = {
        "day": date(2027, 1, 22), "requester": "dr. C", "kind": "research", "question": "y",
        "due": date(2027, 1, 25), "unit": "ICU",
    }  # fmt: skip
    do(counted, registers.add, "literature_search", values, at(1, 22))
    with counted.reading() as session:
        found = headline.BEHIND["searches"](session, Span.of("2027-01"))
    assert "ICU" in {line.who for line in found}
    assert "" in {line.who for line in found}


def test_what_was_struck_is_in_no_headline(counted):
    span = Span.of("2027-01")
    do(counted, titles.add_biblio, marc_form.apply(marc.Record(), {"title": "Salah"}), at(1, 21))
    with counted.reading() as session:
        before = headline.counted(session, span)
    assert [name for name, count in before.items() if not count] == ["held_activities"]
    for kind in (Biblio, Loan, Visit, RegisterEntry):
        with counted.transaction() as session:
            session.execute(update(kind).values(cancelled_at=at(1, 29)))
    with counted.reading() as session:
        after = headline.counted(session, span)
    assert {name for name, count in after.items() if count} == {"members", "new_members"}


def test_indicators_are_told_with_the_digits_that_mean_something():
    digits = {name: formula.decimals for name, formula in indicators.FORMULAS.items()}
    assert digits == {
        "visits_per_open_day": 1, "loans_per_member": 2, "turnover": 3, "recent_share": 1,
        "active_share": 1, "copies_per_staff": 1, "late_share": 1, "on_time_share": 1,
        "not_back_share": 2,
    }  # fmt: skip
