"""Figures of a library that has just begun, and of titles that have no copy any more."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from database.refusal import Refusal
from database.reports import behind, statistics
from database.schema import Item
from tests.libraries import NOW


def test_a_library_begun_on_the_last_day_of_a_month_has_that_month_s_stock(stocked):
    with stocked.transaction() as session:
        session.execute(update(Item).values(accessioned_on=date(2026, 12, 31)))
    with stocked.reading() as session:
        copies = statistics.month(session, "2027-01").copies
    assert copies.last_month == copies.now
    with stocked.transaction() as session:
        session.execute(update(Item).values(accessioned_on=date(2027, 1, 1)))
    with stocked.reading() as session:
        assert statistics.month(session, "2027-01").copies.last_month is None


@pytest.mark.parametrize("ask", [statistics.month, statistics.period])
def test_of_what_is_no_period_twenty_signs_are_told(library, ask):
    with library.reading() as session, pytest.raises(Refusal) as told:
        ask(session, "x" * 40)
    assert told.value.facts["month"] == "x" * 20


def test_the_titles_listed_are_those_counted(stocked):
    with stocked.transaction() as session:
        one = session.scalars(select(Item.biblio_id).order_by(Item.biblio_id)).first()
        session.execute(update(Item).where(Item.biblio_id == one).values(cancelled_at=NOW))
    with stocked.reading() as session:
        counted = statistics.month(session, "2027-01").titles.now
        assert len(behind.rows(session, "2027-01", "titles")) == counted > 0
