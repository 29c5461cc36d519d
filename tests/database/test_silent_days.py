"""Open days on which nobody was counted."""

from __future__ import annotations

from datetime import date

from database import circulation, house, statistics
from tests.database.conftest import NOW


def test_only_open_days_before_today_are_told(stocked):
    with stocked.transaction() as session:
        circulation.count_visit(session, "nurse", NOW.replace(day=5))
        house.save_closed_day(session, date(2027, 1, 6), "Libur", NOW)
    with stocked.reading() as session:
        found = statistics.days_without_visits(session, "2027-01", date(2027, 1, 9))
        assert found == [date(2027, 1, day) for day in (1, 4, 7, 8)]
        assert len(statistics.days_without_visits(session, "2026-12", NOW.date())) == 23
