"""What a refusal says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from database.circulation import lending
from database.patrons import membership
from database.refusal import Reason, Refusal
from desktop.words.sentences import refusal
from tests.libraries import NOW


@pytest.mark.parametrize("until", [None, date(2027, 2, 1)])
def test_a_block_tells_why_and_until_when(stocked, until):
    with stocked.transaction() as session:
        number = membership.enrol(
            session,
            membership.PatronFacts(
                "Rina", "nurse", blocked_reason="kartu hilang", blocked_until=until
            ),
            NOW,
        )
        card = session.get(membership.Patron, number).number
    with stocked.transaction() as session, pytest.raises(Refusal) as told:
        lending.check_out(session, card, "B000001", NOW)
    assert told.value.reason is Reason.PATRON_BLOCKED
    when = " sampai Sen 1 Feb 2027" if until else ""
    assert refusal(told.value) == f"Rina tidak boleh meminjam{when}: kartu hilang."


def test_a_block_ends_with_its_last_day(stocked):
    with stocked.transaction() as session:
        membership.enrol(
            session,
            membership.PatronFacts(
                "Rina", "nurse", number="R-1", blocked_reason="x", blocked_until=NOW.date()
            ),
            NOW,
        )
    with stocked.transaction() as session:
        lent = lending.check_out(session, "R-1", "B000001", NOW + timedelta(days=1))
    assert lent.patron == "Rina"
