"""Open days on which nobody was counted."""

from __future__ import annotations

from datetime import date

from database.circulation import visits
from database.policy import house
from tests.libraries import NOW


def test_only_open_days_before_today_are_told(stocked):
    with stocked.transaction() as session:
        visits.count_visit(session, "nurse", NOW.replace(day=5))
        house.save_closed_day(session, date(2027, 1, 6), "Libur", NOW)
    with stocked.reading() as session:
        found = visits.silent_days(session, "2027-01", date(2027, 1, 9))
        assert found == [date(2027, 1, day) for day in (1, 4, 7, 8)]
        assert len(visits.silent_days(session, "2026-12", NOW.date())) == 23
