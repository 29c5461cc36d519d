"""What an act leaves alone: another's charge, a copy that stands, a number of signs told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from database import undo
from database.circulation import identify, lending, returns
from database.holdings import hold_queue
from database.refusal import Reason, Refusal
from database.schema import Biblio, Charge, Hold, HoldState, Item, Loan
from tests.database.circulation.test_lending import give_back, lend, refused
from tests.database.circulation.test_sanctions import LATE, owed, take_back
from tests.libraries import NOW


def test_of_a_code_that_nobody_knows_sixty_signs_are_told(stocked):
    with stocked.reading() as session, pytest.raises(Refusal) as told:
        identify.identify(session, "?" * 75)
    assert told.value.facts["code"] == "?" * 60


def test_a_reference_book_may_be_lent_for_a_reason(stocked):
    with stocked.transaction() as session:
        session.execute(update(Item).where(Item.barcode == "B000001").values(status="reference"))
    told = refused(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert (told.reason, told.overridable) == (Reason.REFERENCE_ONLY, True)


def test_the_charge_of_another_return_stays_when_one_is_taken_back(stocked):
    for patron, copy in (("M0001", "B000001"), ("M0002", "B000010")):
        lend(stocked, patron, copy)
    first = give_back(stocked, "B000001", LATE)
    other = give_back(stocked, "B000010", LATE)
    assert first.charge
    assert other.charge
    take_back(stocked, first.line)
    assert owed(stocked, "M0001") == 0
    assert owed(stocked, "M0002") == other.charge
    with stocked.reading() as session:
        standing = select(func.count()).where(Charge.cancelled_at.is_(None))
        assert session.execute(standing).scalar() == 1


def test_a_return_for_whom_nobody_waits_names_no_hold(stocked):
    lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        loan = session.scalars(select(Loan).where(Loan.returned_at.is_(None))).one()
        session.execute(update(Loan).values(returned_at=NOW, returned_on=NOW.date()))
        after = returns.settle(session, loan.item_id, "book", loan.id, "staff", NOW)
    assert (after.hold, after.hold_id) == ("", 0)


def test_a_return_is_not_taken_back_into_a_copy_that_was_struck_since(stocked):
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", NOW + timedelta(days=1))
    with stocked.transaction() as session:
        session.execute(update(Item).where(Item.barcode == "B000001").values(cancelled_at=NOW))
    with pytest.raises(Refusal) as told:
        take_back(stocked, done.line, NOW + timedelta(days=2))
    assert told.value.reason is Reason.CANNOT_UNDO


def test_a_loan_that_was_struck_is_not_cancelled_once_more(stocked):
    done = lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        session.execute(update(Loan).values(cancelled_at=NOW))
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        undo.undo(session, done.line, NOW)
    assert told.value.reason is Reason.CANNOT_UNDO


def free(library, biblio):
    with library.reading() as session:
        return hold_queue.free_copies(session, biblio)


def test_free_is_what_stands_lent_to_nobody_and_laid_aside_for_nobody(stocked):
    with stocked.reading() as session:
        item = session.scalars(select(Item).where(Item.barcode == "B000001")).one()
    biblio, own = item.biblio_id, item.id
    before = free(stocked, biblio)
    assert own in before

    done = lend(stocked, "M0001", "B000001")
    assert free(stocked, biblio) == before - {own}
    with stocked.transaction() as session:
        undo.undo(session, done.line, NOW)
    assert free(stocked, biblio) == before

    for values in ({"status": "repair"}, {"cancelled_at": NOW}):
        with stocked.transaction() as session:
            session.execute(update(Item).where(Item.id == own).values(**values))
        assert free(stocked, biblio) == before - {own}
        with stocked.transaction() as session:
            session.execute(
                update(Item).where(Item.id == own).values(status="in_service", cancelled_at=None)
            )

    with stocked.transaction() as session:
        session.add(
            Hold(
                biblio_id=biblio, patron_id=1, category="nurse", place=1, placed_at=NOW,
                placed_on=NOW.date(), state=HoldState.READY, copy_id=own,
            )
        )  # fmt: skip
    assert free(stocked, biblio) == before - {own}
    with stocked.transaction() as session:
        session.execute(update(Hold).values(state=HoldState.WAITING))
    assert free(stocked, biblio) == before


def test_a_title_whose_other_copies_left_is_not_among_the_free_of_another(stocked):
    with stocked.reading() as session:
        ids = list(session.scalars(select(Biblio.id).order_by(Biblio.id)))
        own = {
            one: set(session.scalars(select(Item.id).where(Item.biblio_id == one))) for one in ids
        }
    for one in ids:
        assert free(stocked, one) <= own[one]


def test_lending_is_what_renewing_needs(stocked):
    with stocked.transaction() as session, pytest.raises(Refusal) as told:
        lending.renew(session, "B000001", NOW)
    assert told.value.reason is Reason.NOT_ON_LOAN
