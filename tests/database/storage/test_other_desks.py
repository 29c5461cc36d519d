"""Two programs on one library: each hears what the other changed."""

from __future__ import annotations

import queue
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from database.circulation import lending, visits
from database.library import Library
from database.refusal import Reason, Refusal
from database.storage import other_desks
from tests.libraries import NOW

LONG = 20


@pytest.fixture
def other(stocked):
    """Another program on the same library."""
    opened = Library.open(stocked.where)
    yield opened
    opened.close()


@pytest.fixture
def heard(stocked):
    """What the first desk hears of others."""
    told: queue.Queue[frozenset[str]] = queue.Queue()
    desks = stocked.hear_others(told.put)
    assert desks.wait_until_listening(LONG)
    yield told
    desks.stop()


def test_a_change_elsewhere_is_heard(other, heard):
    with other.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    assert "Loan" in heard.get(timeout=LONG)


def test_what_was_rolled_back_is_not_heard(other, heard):
    with pytest.raises(Refusal), other.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
        lending.check_out(session, "M0001", "B000099", NOW)
    with other.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    assert "Loan" in heard.get(timeout=LONG)
    assert heard.empty()


def test_a_desk_does_not_hear_itself(stocked, other, heard):
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    with other.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
    kinds = heard.get(timeout=LONG)
    # A file shows that another wrote, not what.
    assert kinds == (other_desks.EVERY if stocked.is_file else {"Visit"})
    assert heard.empty()


def test_the_same_copy_lent_at_the_same_instant_is_one_loan_and_one_refusal(stocked, other):
    start = Barrier(2)

    def lend(library, patron):
        start.wait(LONG)
        try:
            with library.transaction() as session:
                return lending.check_out(session, patron, "B000001", NOW).act
        except Refusal as told:
            return told.reason

    with ThreadPoolExecutor(2) as desks:
        results = list(desks.map(lend, (stocked, other), ("M0001", "M0002")))
    assert sorted(results, key=str) == [Reason.ALREADY_ON_LOAN, "lent"]
    assert stocked.contents().open_loans == 1
