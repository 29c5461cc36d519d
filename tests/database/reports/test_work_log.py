"""Each officer's work of a month, counted from the journal by another way."""

from __future__ import annotations

from datetime import timedelta

from database import undo
from database.circulation import lending
from database.registers import registers
from database.reports import work_log
from tests.libraries import NOW


def test_acts_count_by_officer_and_day_and_what_was_taken_back_does_not(stocked):
    stocked.actor = "Dewi"
    later = NOW + timedelta(days=1)
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
        taken = lending.check_out(session, "M0001", "B000010", NOW)
    with stocked.transaction() as session:
        undo.undo(session, taken.line, NOW)
        lending.check_in(session, "B000001", later)
    stocked.actor = "Budi"
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", later)
        story = {"title": "Dongeng", "kind": "story_hour", "day": NOW.date(), "hours": 1.5}
        registers.add(session, "activity", story, NOW)
    first, last = NOW.date().replace(day=1), NOW.date().replace(day=31)
    with stocked.reading() as session:
        found = work_log.of_officers(session, first, last)
        kept = work_log.recorded(session, first, last)
        before = work_log.of_officers(session, first - timedelta(days=31), first - timedelta(1))
    named = {who: {one.kind: (one.count, one.days) for one in done} for who, done in found.items()}
    assert named["Dewi"] == {"circulated": (2, 2)}
    assert named["Budi"] == {"circulated": (1, 1)}
    assert [one.values["hours"] for one in kept["activity"]] == [1.5]
    assert "Dewi" not in before
