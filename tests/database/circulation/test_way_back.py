"""The way back from a return: what the copy became since decides, and so does an older line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select, update

from database import undo
from database.circulation import lending, losses, money, quarantine
from database.refusal import Reason, Refusal
from database.reports import day_close
from database.schema import Item, Journal
from tests.database.circulation.test_holds import at, do
from tests.database.circulation.test_lending import give_back, lend
from tests.database.circulation.test_quarantine import BOOK, copy, ruled  # noqa: F401
from tests.database.circulation.test_sanctions import LATE, owed, patron
from tests.libraries import NOW


def on_loan(library, barcode):
    return copy(library, barcode).loan_id is not None


def test_a_copy_that_rested_and_was_released_goes_back_to_its_loan(ruled):  # noqa: F811
    done = do(ruled, lending.check_in, BOOK, at(18))
    assert do(ruled, quarantine.release_due, at(21, 9)) == 1
    do(ruled, undo.undo, done.line, at(21, 10))
    assert copy(ruled).status == "in_service"
    assert do(ruled, lending.check_in, BOOK, at(22)).act == "returned"


def test_a_copy_that_went_to_the_binder_since_does_not(ruled):  # noqa: F811
    done = do(ruled, lending.check_in, BOOK, at(18))
    with ruled.transaction() as session:
        session.execute(update(Item).where(Item.barcode == BOOK).values(status="repair"))
    with pytest.raises(Refusal) as told:
        do(ruled, undo.undo, done.line, at(18, 10))
    assert told.value.reason is Reason.CANNOT_UNDO


def test_a_return_ends_a_day_that_stood_on_a_copy_in_service(stocked):
    lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        session.execute(update(Item).where(Item.barcode == "B000001").values(status_until=LATE))
    done = give_back(stocked, "B000001", NOW)
    assert copy(stocked, "B000001").status_until is None
    do(stocked, undo.undo, done.line, NOW)
    assert copy(stocked, "B000001").status_until == LATE


@pytest.mark.parametrize("before", ["lost", "missing", "in_service"])
def test_a_return_of_an_older_version_knows_only_what_was_found_again(stocked, before):
    """Its line says `status_before` and no more."""
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", NOW)
    with stocked.transaction() as session:
        facts = json.loads(session.scalar(select(Journal.facts).where(Journal.id == done.line)))
        facts = {name: value for name, value in facts.items() if not name.startswith("item_")} | {
            "status_before": before
        }
        session.execute(
            update(Journal).where(Journal.id == done.line).values(facts=json.dumps(facts))
        )
    do(stocked, undo.undo, done.line, NOW)
    with stocked.reading() as session:
        found = session.execute(
            select(Item.status, Item.left_on).where(Item.barcode == "B000001")
        ).one()
    assert tuple(found) == (before, date(2027, 1, 11) if before == "lost" else None)


def test_a_payment_of_a_day_that_was_opened_again_is_taken_back(stocked):
    lend(stocked, "M0001", "B000001")
    do(stocked, losses.write_off, "B000001", 50_000, LATE)
    wanted = owed(stocked, "M0001")
    with stocked.reading() as session:
        ids = [one.id for one in money.charges(session, patron(stocked, "M0001").id)]
    paid = do(stocked, money.pay, ids, wanted, LATE)
    do(stocked, day_close.close, wanted, 0, "", LATE)
    with pytest.raises(Refusal) as told:
        do(stocked, undo.undo, paid.line, LATE)
    assert told.value.reason is Reason.CANNOT_UNDO
    do(stocked, day_close.reopen, LATE)
    do(stocked, undo.undo, paid.line, LATE)
    assert owed(stocked, "M0001") == wanted > 0
