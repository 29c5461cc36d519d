"""A closed month stays as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from database import undo
from database.catalogue import titles
from database.circulation import lending, visits
from database.holdings import stocktake
from database.holdings.stock_balance import Scope
from database.privacy import forgetting
from database.refusal import Reason, Refusal
from database.reports import kept_figures, period_annex, period_marks, periods, statistics
from database.schema import Item, PeriodReport
from tests import closing
from tests.libraries import NOW, WIB

FEBRUARY = NOW + timedelta(days=25)


def act(library, deed, *arguments, **more):
    with library.transaction() as session:
        return deed(session, *arguments, **more)


def test_a_stocktake_closed_on_new_years_morning_is_not_in_the_annex_of_the_old_year(stocked):
    """At six in Jakarta it is still the thirty-first in UTC."""
    early = datetime(2028, 1, 1, 6, 0, tzinfo=WIB)
    number = act(stocked, stocktake.start, "Pagi", Scope("hospital"), NOW)
    act(stocked, stocktake.close, number, "BA 1", early)
    with stocked.reading() as session:
        annexes = [
            period_annex.made(session, statistics.period(session, year), early)
            for year in ("2027", "2028")
        ]
    assert [one.stocktake.name if one.stocktake else None for one in annexes] == [None, "Pagi"]


def refused(library, deed, *arguments):
    with pytest.raises(Refusal) as told:
        act(library, deed, *arguments)
    return told.value.reason


@pytest.fixture
def january(stocked):
    """A month with loans and visits, over and closed."""
    act(stocked, lending.check_out, "M0001", "B000001", NOW)
    act(stocked, lending.check_out, "M0004", "B000020", NOW)
    act(stocked, lending.check_in, "B000020", NOW)
    act(stocked, visits.count_visit, "nurse", NOW, 4)
    act(stocked, closing.close, "2027-01", "1.0", FEBRUARY)
    return stocked


def closed(library, month="2027-01"):
    with library.reading() as session:
        return periods.standing(session, month)


def counted(library, month="2027-01"):
    with library.reading() as session:
        return statistics.month(session, month)


def test_figures_come_back_as_they_were_closed(january):
    report = closed(january)
    assert report.figures == counted(january)
    assert (report.revision, report.program, report.closed_on) == (0, "1.0", FEBRUARY.date())
    assert report.digest == kept_figures.digest(kept_figures.canonical(report.figures))


def test_nothing_later_changes_a_closed_month(january):
    before = closed(january).figures
    act(
        january,
        lambda s: s.execute(
            update(Item)
            .where(Item.barcode == "B000001")
            .values(left_on=date(2027, 1, 20), class_group="700")
        ),
    )
    forgetting.run(january, date(2033, 1, 1), FEBRUARY)
    act(january, visits.count_visit, "nurse", NOW, 9)
    assert counted(january) != before
    with january.reading() as session:
        told, report = periods.month_of(session, "2027-01", NOW.date())
    assert told == before
    assert report is not None


def test_a_correction_is_a_revision_with_its_differences(january):
    assert refused(january, closing.revise, "2027-01", "salah", "1.0", FEBRUARY) is (
        Reason.NOTHING_DIFFERS
    )
    act(january, visits.count_visit, "nurse", NOW, 9)
    assert refused(january, closing.revise, "2027-01", " ", "1.0", FEBRUARY) is (
        Reason.REASON_NEEDED
    )
    act(january, closing.revise, "2027-01", "kunjungan terlewat", "1.0", FEBRUARY)
    with january.reading() as session:
        first, second = periods.revisions(session, "2027-01")
    assert (second.revision, second.reason) == (1, "kunjungan terlewat")
    found = {
        one.where: (one.before, one.after)
        for one in kept_figures.differences(first.figures, second.figures)
    }
    assert found["visits.now"] == (4, 13)
    assert found["visit_rows.nurse.total"] == (4, 13)
    assert "loans.now" not in found


@pytest.mark.parametrize(
    ("month", "reason"),
    [
        ("2027-02", Reason.MONTH_NOT_OVER),
        ("2031-05", Reason.MONTH_NOT_OVER),
        ("2027-01", Reason.MONTH_CLOSED),
        ("Januari", Reason.MONTH_INVALID),
    ],
)
def test_only_a_month_that_is_over_is_closed_and_once(january, month, reason):
    assert refused(january, closing.close, month, "1.0", FEBRUARY) is reason


def test_only_a_closed_month_is_revised(january):
    assert refused(january, closing.revise, "2026-12", "x", "1.0", FEBRUARY) is (
        Reason.MONTH_NOT_CLOSED
    )


def test_an_empty_month_can_be_closed(january):
    act(january, closing.close, "2026-06", "1.0", FEBRUARY)
    assert closed(january, "2026-06").figures.visits.now == 0


def test_closing_is_undone_until_the_paper_is_signed(january):
    line = act(january, closing.close, "2026-12", "1.0", FEBRUARY)
    act(january, undo.undo, line, FEBRUARY)
    assert closed(january, "2026-12") is None
    line = act(january, closing.close, "2026-12", "1.0", FEBRUARY)
    report = closed(january, "2026-12")
    signed = act(
        january, period_marks.sign, report.id, "012/PERPUS/II/2027", FEBRUARY.date(), FEBRUARY
    )
    act(january, period_marks.send, report.id, FEBRUARY.date(), "WhatsApp", FEBRUARY)
    told = closed(january, "2026-12")
    assert (told.number, told.sent_by) == ("012/PERPUS/II/2027", "WhatsApp")
    assert refused(january, undo.undo, line, FEBRUARY) is Reason.CANNOT_UNDO
    act(january, undo.undo, signed, FEBRUARY)
    assert closed(january, "2026-12").number == ""
    assert refused(january, period_marks.send, report.id, FEBRUARY.date(), " ", FEBRUARY) is (
        Reason.VALUE_INVALID
    )


def test_figures_changed_in_the_store_are_found_out(january):
    act(
        january,
        lambda s: s.execute(update(PeriodReport).values(figures=PeriodReport.figures + " ")),
    )
    with pytest.raises(Refusal, match="figures_changed"):
        closed(january)


def test_a_title_that_is_renamed_keeps_its_old_name_in_the_report(january):
    with january.transaction() as session:
        record, _number = titles.record_of(session, 1)
        for field in record.fields:
            if field.tag == "245":
                field.subfields[0] = ("a", "Nama baru")
        titles.save_biblio(session, 1, record, FEBRUARY)
    assert "Nama baru" not in {one.title for one in closed(january).figures.tables["top_titles"]}
