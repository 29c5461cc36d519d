"""Nothing is done later than the clock says, and the clock may be doubted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from database.circulation import lending, visits
from database.holdings import deposits, items
from database.holdings.deposits import DepositFacts
from database.holdings.item_facts import ItemFacts
from database.policy import clock
from database.refusal import Reason, Refusal
from database.reports import period_marks, periods
from database.schema import Item, PeriodReport
from database.wards import handouts
from tests.libraries import NOW

TWO_DAYS = timedelta(days=2)


def refused(library, rule, *moments):
    with library.reading() as session:
        try:
            rule(session, *moments)
        except Refusal as told:
            return told.reason
    return None


def come(library, at, now):
    return refused(library, clock.must_have_come, at, now)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=5), timedelta(days=-900)])
def test_what_is_past_or_just_now_has_come(stocked, ahead):
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW - TWO_DAYS)
    assert come(stocked, NOW + ahead, NOW) is None


@pytest.mark.parametrize(
    "ahead", [timedelta(minutes=6), timedelta(days=1), timedelta(days=30), timedelta(days=355_000)]
)
@pytest.mark.parametrize("began", ["lent", "came"])
def test_where_people_come_already_nothing_is_ahead(stocked, ahead, began):
    with stocked.transaction() as session:
        if began == "lent":
            lending.check_out(session, "M0001", "B000001", NOW - TWO_DAYS)
        else:
            visits.count_visit(session, "nurse", NOW - TWO_DAYS)
    assert come(stocked, NOW + ahead, NOW) is Reason.TIME_TO_COME


def test_a_library_nobody_used_before_today_may_be_tried_out_day_after_day(stocked):
    days = [NOW + timedelta(days=days) for days in (42, 300, 650)]
    for day, copy in zip(days, ("B000001", "B000010", "B000011"), strict=True):
        assert come(stocked, day, NOW) is None
        with stocked.transaction() as session:
            lending.check_out(session, "W-MAWAR", copy, day)
    assert come(stocked, days[-1] + timedelta(days=401), NOW) is Reason.TIME_TO_COME
    assert come(stocked, NOW.replace(year=3001), NOW) is Reason.TIME_TO_COME


def test_a_slip_in_a_new_library_is_still_a_slip(stocked):
    assert come(stocked, NOW.replace(year=3001), NOW) is Reason.TIME_TO_COME


def test_a_clock_far_ahead_of_all_acts_is_doubted(stocked):
    later = NOW + timedelta(days=400)
    assert refused(stocked, clock.must_be_likely, later) is None
    assert refused(stocked, clock.must_be_likely, later + timedelta(days=1)) is Reason.CLOCK_DOUBTED
    assert refused(stocked, clock.must_be_likely, NOW - timedelta(days=4000)) is None


TOMORROW = NOW.date() + timedelta(days=1)
DONE = {
    "a copy entered": lambda s, day: items.add_items(s, 1, ItemFacts(accessioned_on=day), 1, NOW),
    "a batch received": lambda s, day: deposits.receive(
        s, DepositFacts("Paket I", "Dinas", "T9", day), NOW
    ),
    "leaflets handed out": lambda s, day: handouts.hand_out(
        s, handouts.HandoutFacts("leaflet", 1, day, "Diet"), NOW
    ),
    "visitors counted": lambda s, day: visits.correct(s, day, "nurse", 1, NOW),
    "a report sent": lambda s, day: period_marks.send(s, _closed(s), day, "e-mail", NOW),
    "a report signed": lambda s, day: period_marks.sign(s, _closed(s), "1/P/2027", day, NOW),
}


def _closed(session):
    counted = periods.counted(session, "2026-12", NOW)
    return periods.close(session, counted, "1.0", NOW) and session.scalar(select(PeriodReport.id))


@pytest.mark.parametrize("act", DONE.values(), ids=DONE)
def test_what_is_written_down_as_done_has_been_done(stocked, act):
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        act(session, TOMORROW)
    assert (told.value.reason, told.value.facts["at"]) == (Reason.TIME_TO_COME, TOMORROW)
    with stocked.transaction() as session:
        act(session, NOW.date())


def test_what_came_with_a_day_to_come_can_still_be_changed(stocked):
    with stocked.transaction() as session:
        session.execute(update(Item).where(Item.id == 1).values(accessioned_on=TOMORROW))
        row = session.get(Item, 1)
        facts = ItemFacts(barcode=row.barcode, accessioned_on=TOMORROW, note="sampul sobek")
        items.save_item(session, 1, facts, NOW)
        assert session.scalar(select(Item.note).where(Item.id == 1)) == "sampul sobek"
