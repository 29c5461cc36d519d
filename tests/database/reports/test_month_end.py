"""The month's end: what is looked at, what is written, and what stays once it is closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from database import undo
from database.circulation import lending, visits
from database.patrons import standing as memberships
from database.refusal import Reason, Refusal
from database.reports import day_close, month_checks, period_words, periods, statistics
from database.schema import Item, ItemStatus, Loan, Patron
from tests import closing
from tests.libraries import NOW

FEBRUARY = NOW + timedelta(days=25)
JANUARY = "2027-01"


def act(library, deed, *arguments, **more):
    with library.transaction() as session:
        return deed(session, *arguments, **more)


def refused(library, deed, *arguments):
    with pytest.raises(Refusal) as told:
        act(library, deed, *arguments)
    return told.value.reason


def looked(library, period=JANUARY, now=FEBRUARY):
    with library.reading() as session:
        return {one.code: one for one in month_checks.checks(session, period, now)}


def standing(library, period=JANUARY):
    with library.reading() as session:
        return periods.standing(session, period)


def test_open_days_without_visits_are_named(stocked):
    before = looked(stocked)["silent_days"]
    assert before.examples[0] == "2027-01-01"
    act(stocked, visits.count_visit, "nurse", NOW, 4)
    assert looked(stocked)["silent_days"].count == before.count - 1


def test_a_student_whose_practice_is_over_still_has_a_copy(stocked):
    act(stocked, lending.check_out, "M0002", "B000001", NOW)
    assert looked(stocked)["practice_loans"].count == 0
    from database.schema import PatronCategory

    with stocked.transaction() as session:
        student = session.query(PatronCategory.id).filter_by(audience="student").first()[0]
        session.execute(
            update(Patron)
            .where(Patron.number == "M0002")
            .values(category_id=student, valid_until=date(2027, 1, 20))
        )
    assert looked(stocked)["practice_loans"].examples == ("B000001",)
    act(stocked, lending.check_in, "B000001", FEBRUARY)
    assert looked(stocked)["practice_loans"].count == 0


def test_a_loan_of_nobody_is_found(stocked):
    act(stocked, lending.check_out, "M0001", "B000001", NOW)
    act(stocked, lambda s: s.execute(update(Loan).values(patron_id=None)))
    assert looked(stocked)["ownerless_loans"].examples == ("B000001",)


def test_copies_without_class_and_quarantine_over(stocked):
    before = looked(stocked)
    act(
        stocked,
        lambda s: s.execute(update(Item).where(Item.barcode == "B000001").values(class_group="")),
    )
    act(
        stocked,
        lambda s: s.execute(
            update(Item)
            .where(Item.barcode == "B000010")
            .values(status=ItemStatus.QUARANTINE, status_until=FEBRUARY - timedelta(hours=1))
        ),
    )
    found = looked(stocked)
    assert found["unclassed"].count == before["unclassed"].count + 1
    assert found["quarantine"].examples == ("B000010",)


def test_a_drawer_that_does_not_agree_is_found(stocked):
    act(stocked, day_close.close, 2_000, 0, "uang kembalian", NOW)
    assert looked(stocked)["cash"].examples == (NOW.date().isoformat(),)


def test_copies_that_break_table_1_are_named(stocked):
    assert looked(stocked)["unbalanced"].count == 0
    act(
        stocked,
        lambda s: s.execute(
            update(Item)
            .where(Item.barcode == "B000001")
            .values(left_on=date(2027, 1, 20), status=ItemStatus.IN_SERVICE)
        ),
    )
    assert looked(stocked)["unbalanced"].examples == ("B000001",)
    with stocked.reading() as session:
        assert statistics.month(session, JANUARY).unbalanced == ("B000001",)


def test_a_check_is_skipped_with_a_reason_and_looked_at_again(stocked):
    assert refused(stocked, month_checks.skip, JANUARY, "cash", " ", NOW) is Reason.REASON_NEEDED
    assert refused(stocked, month_checks.skip, JANUARY, "weather", "x", NOW) is Reason.RECORD_GONE
    assert refused(stocked, month_checks.skip, "Januari", "cash", "x", NOW) is (
        Reason.MONTH_INVALID
    )
    line = act(stocked, month_checks.skip, JANUARY, "silent_days", "cuti bersama", NOW)
    assert looked(stocked)["silent_days"].reason == "cuti bersama"
    act(stocked, undo.undo, line, NOW)
    assert looked(stocked)["silent_days"].reason == ""
    act(stocked, month_checks.skip, JANUARY, "silent_days", "cuti bersama", NOW)
    line = act(stocked, month_checks.unskip, JANUARY, "silent_days", NOW)
    assert looked(stocked)["silent_days"].reason == ""
    act(stocked, undo.undo, line, NOW)
    assert looked(stocked)["silent_days"].reason == "cuti bersama"


def test_words_are_kept_taken_back_and_frozen(stocked):
    line = act(stocked, period_words.write, JANUARY, {"problems": "AC rusak."}, NOW)
    act(stocked, undo.undo, line, NOW)
    with stocked.reading() as session:
        assert period_words.written(session, JANUARY) == {}
    act(stocked, period_words.write, JANUARY, {"problems": "AC rusak."}, NOW)
    assert refused(stocked, period_words.write, JANUARY, {"secret": "x"}, NOW) is (
        Reason.VALUE_INVALID
    )

    def drafted(_session, _month):
        return {"narrative": "Kunjungan naik.", "problems": "Tidak ada."}

    act(stocked, closing.close, JANUARY, "1.0", FEBRUARY, drafted)
    report = standing(stocked)
    assert (report.narrative, report.problems, report.plans) == ("Kunjungan naik.", "AC rusak.", "")
    act(stocked, period_words.write, JANUARY, {"problems": "AC diganti."}, FEBRUARY)
    assert standing(stocked).problems == "AC rusak."
    act(stocked, closing.revise, JANUARY, "kata-kata", "1.0", FEBRUARY, drafted)
    assert (standing(stocked).revision, standing(stocked).problems) == (1, "AC diganti.")


def test_standards_and_open_checks_stay_with_the_report(stocked):
    act(stocked, month_checks.skip, JANUARY, "silent_days", "cuti bersama", NOW)
    act(stocked, lending.check_out, "M0001", "B000001", NOW)
    act(
        stocked,
        lambda s: s.execute(update(Item).where(Item.barcode == "B000001").values(class_group="")),
    )
    act(stocked, closing.close, JANUARY, "1.0", FEBRUARY)
    kept = standing(stocked).annex
    assert kept.skipped == (("silent_days", "cuti bersama"),)
    assert "unclassed" in kept.open_checks
    assert "silent_days" not in kept.open_checks
    titles = next(one for one in kept.standards if one.unit == "titles")
    assert (titles.value, titles.met) == (6, None)


@pytest.mark.parametrize("period", ["2026-Q4", "2026"])
def test_a_quarter_and_a_year_are_closed_like_a_month(stocked, period):
    act(stocked, closing.close, period, "1.0", FEBRUARY)
    report = standing(stocked, period)
    assert report.figures.month == period
    assert len(report.figures.tables["monthly"]) == (3 if "Q" in period else 12)
    assert refused(stocked, closing.close, "2027-Q1", "1.0", FEBRUARY) is Reason.MONTH_NOT_OVER


def test_who_left_is_no_active_member(stocked):
    """Else the share of a year, in which students come and go, would be more than all."""
    act(stocked, lending.check_out, "M0001", "B000001", NOW)
    act(stocked, lending.check_out, "M0002", "B000010", NOW)

    def counted():
        with stocked.reading() as session:
            found = statistics.month(session, JANUARY)
        return found.indicators.active_share * found.members.now

    before = counted()
    left = NOW + timedelta(days=9)
    gone = update(Patron).where(Patron.number == "M0002").values(ended_on=left.date())
    number = act(stocked, lambda s: s.execute(gone.returning(Patron.id)).scalar_one())
    act(stocked, memberships.keep, [number], left)
    assert (round(before), round(counted())) == (200, 100)
