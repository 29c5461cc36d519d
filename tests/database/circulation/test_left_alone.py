"""What an act leaves alone: another's charge, a copy that stands, a number of signs told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from database import undo
from database.circulation import holds, identify, lending, money, returns, sanctions
from database.holdings import hold_queue, items
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    Charge,
    Hold,
    HoldState,
    Item,
    Loan,
    LoanRule,
    Patron,
    PatronCategory,
    RoundPlan,
)
from tests.database.circulation.test_lending import give_back, lend, refused
from tests.database.circulation.test_sanctions import LATE, owed, patron, suspend, take_back
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
    for number, copy in (("M0001", "B000001"), ("M0002", "B000010")):
        lend(stocked, number, copy)
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


# --- of several, the one alone


def due_of(library):
    with library.reading() as session:
        rows = session.execute(select(Item.barcode, Loan.due_on, Loan.renewals).join(Item)).all()
    return {barcode: (due, renewals) for barcode, due, renewals in rows}


def renew(library, barcode, now):
    with library.transaction() as session:
        return lending.renew(session, barcode, now)


def test_a_renewal_taken_back_leaves_the_other_loans_and_the_renewal_before_it(stocked):
    for copy in ("B000001", "B000010"):
        lend(stocked, "M0001", copy)
    week = timedelta(days=7)
    renew(stocked, "B000010", NOW + week)
    first = renew(stocked, "B000001", NOW + week)
    once = due_of(stocked)
    second = renew(stocked, "B000001", NOW + 2 * week)
    renew(stocked, "B000010", NOW + 2 * week)
    once["B000010"] = due_of(stocked)["B000010"]
    take_back(stocked, second.line)
    assert due_of(stocked) == once
    take_back(stocked, first.line)
    assert due_of(stocked) == once | {"B000001": (once["B000001"][0] - week, 0)}


def test_a_renewal_of_a_loan_that_was_struck_is_not_taken_back(stocked):
    lend(stocked, "M0001", "B000001")
    done = renew(stocked, "B000001", NOW + timedelta(days=7))
    with stocked.transaction() as session:
        session.execute(update(Loan).values(cancelled_at=NOW))
    with pytest.raises(Refusal) as told:
        take_back(stocked, done.line)
    assert told.value.reason is Reason.CANNOT_UNDO


def test_a_suspension_that_comes_back_comes_to_its_own_loan(stocked):
    suspend(stocked)
    for copy in ("B000001", "B000010"):
        lend(stocked, "M0001", copy)
    give_back(stocked, "B000010", NOW)
    give_back(stocked, "B000001", LATE)
    with stocked.transaction() as session:
        line = sanctions.lift(session, patron(stocked, "M0001").id, "dinas", LATE)
    take_back(stocked, line)
    with stocked.reading() as session:
        kept = select(Item.barcode).join(Loan).where(Loan.suspended_until.is_not(None))
        assert session.scalars(kept).all() == ["B000001"]


def test_a_loan_taken_back_counts_for_no_limit(stocked):
    with stocked.transaction() as session:
        session.execute(update(LoanRule).values(loan_limit=1))
    done = lend(stocked, "M0001", "B000001")
    take_back(stocked, done.line, NOW)
    assert lend(stocked, "M0001", "B000010").act == "lent"
    told = refused(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert told.reason is Reason.LIMIT_REACHED


def test_a_limit_of_a_type_counts_that_type_alone(stocked):
    with stocked.transaction() as session:
        nurse = session.scalars(
            select(PatronCategory.id).where(PatronCategory.code == "nurse")
        ).one()
        session.add(LoanRule(category_id=nurse, item_type="av", loan_limit=1, days=3))
        session.execute(
            update(Item).where(Item.barcode.in_(("B000011", "B000012"))).values(item_type="av")
        )
    lend(stocked, "M0001", "B000001")
    assert lend(stocked, "M0001", "B000011").act == "lent"
    told = refused(stocked, lending.check_out, "M0001", "B000012", NOW)
    assert told.reason is Reason.LIMIT_OF_TYPE
    assert lend(stocked, "M0001", "B000010").act == "lent"


def test_who_brings_it_back_on_the_due_day_is_not_late(stocked):
    with stocked.transaction() as session:
        settings.put(session, settings.LATE_BLOCKS, True)
    due = lend(stocked, "M0001", "B000001").due_on
    on_the_day = NOW + (due - NOW.date())
    assert lend(stocked, "M0001", "B000010", on_the_day).notes == ()
    told = refused(stocked, lending.check_out, "M0001", "B000011", on_the_day + timedelta(days=1))
    assert told.reason is Reason.HAS_OVERDUE


def test_of_a_copy_that_nobody_knows_sixty_signs_are_told(stocked):
    told = refused(stocked, lending.check_in, "?" * 75, NOW)
    assert (told.reason, told.facts["code"]) == (Reason.UNKNOWN_ITEM, "?" * 60)


def test_a_charge_whose_payment_was_taken_back_goes_with_its_return(stocked):
    lend(stocked, "M0001", "B000001")
    done = give_back(stocked, "B000001", LATE)
    with stocked.transaction() as session:
        (row,) = money.charges(session, patron(stocked, "M0001").id)
        paid = money.pay(session, [row.id], 500, LATE)
    with pytest.raises(Refusal) as told:
        take_back(stocked, done.line)
    assert told.value.reason is Reason.CANNOT_UNDO
    take_back(stocked, paid.line)
    take_back(stocked, done.line)
    assert owed(stocked, "M0001") == 0


def test_a_single_rupiah_is_owed(stocked):
    lend(stocked, "M0001", "B000001")
    charge = give_back(stocked, "B000001", LATE).charge
    with stocked.transaction() as session:
        (row,) = money.charges(session, patron(stocked, "M0001").id)
        money.pay(session, [row.id], charge - 1, LATE)
    assert owed(stocked, "M0001") == 1
    with stocked.transaction() as session:
        assert [one.left for one in money.charges(session, patron(stocked, "M0001").id)] == [1]
        money.pay(session, [row.id], 1, LATE)
    assert owed(stocked, "M0001") == 0


def test_a_card_numbered_as_its_own_kind_is_ours(stocked):
    with stocked.reading() as session:
        assert identify.recognise(session, "KOAS-0042") is None
    with stocked.transaction() as session:
        session.execute(
            update(PatronCategory)
            .where(PatronCategory.code == "nurse")
            .values(number_pattern="KOAS-{seq:4}")
        )
    with stocked.reading() as session:
        found = identify.recognise(session, "KOAS-0042")
    assert found is not None
    assert (found.kind, found.code) == ("ours", "KOAS-0042")


def test_a_ward_renews_until_the_trolley_comes_and_a_person_by_days(stocked):
    with stocked.transaction() as session:
        session.execute(update(LoanRule).values(period="round", days=4, renewals=2))
        session.add(RoundPlan(place_id=patron(stocked, "W-MAWAR").id, weekday=1))
        session.add(RoundPlan(place_id=patron(stocked, "M0001").id, weekday=2))
    lend(stocked, "W-MAWAR", "B000020")
    lend(stocked, "M0001", "B000001")
    tuesday = NOW + timedelta(days=1)
    assert renew(stocked, "B000020", tuesday).due_on == (tuesday + timedelta(days=7)).date()
    thursday = NOW + timedelta(days=3)
    assert renew(stocked, "B000001", thursday).due_on == (NOW + timedelta(days=7)).date()


def test_a_card_that_ends_on_the_due_day_shortens_nothing(stocked):
    with stocked.transaction() as session:
        session.execute(
            update(Patron)
            .where(Patron.number == "M0001")
            .values(valid_until=(NOW + timedelta(days=14)).date())
        )
    done = lend(stocked, "M0001", "B000001")
    assert (done.due_on, done.notes) == ((NOW + timedelta(days=14)).date(), ())
    with stocked.transaction() as session:
        session.execute(
            update(Patron)
            .where(Patron.number == "M0001")
            .values(valid_until=(NOW + timedelta(days=11)).date())
        )
    shorter = lend(stocked, "M0001", "B000010")
    assert (shorter.due_on, shorter.notes) == ((NOW + timedelta(days=11)).date(), ("card_ends",))


def laid(library):
    """B000010 lies ready for M0002, and M0003 waits behind; the ids of the copy and the holds."""
    with library.transaction() as session:
        item = identify.find_item(session, "B000010")
        lending.check_out(session, "M0001", "B000010", NOW)
        for number in ("M0002", "M0003"):
            holds.place(session, number, item.biblio_id, NOW, item.id)
        lending.check_in(session, "B000010", NOW)
        first, second = session.scalars(select(Hold).order_by(Hold.id)).all()
        assert (first.state, second.state) == (HoldState.READY, HoldState.WAITING)
        return item.id, first.id


def strike(library, item_id):
    with library.transaction() as session:
        return items.remove_item(session, item_id, NOW)


def states(library):
    with library.reading() as session:
        rows = session.execute(select(Hold.state, Hold.copy_id).order_by(Hold.id))
        return [tuple(row) for row in rows]


def test_a_copy_that_stands_again_lies_ready_for_the_same(stocked):
    item, _first = laid(stocked)
    before = states(stocked)
    line = strike(stocked, item)
    assert states(stocked)[0] == (HoldState.WAITING, None)
    take_back(stocked, line, NOW)
    assert states(stocked) == before


def test_a_copy_that_stands_again_calls_nobody_back_who_waits_no_more(stocked):
    item, first = laid(stocked)
    line = strike(stocked, item)
    with stocked.transaction() as session:
        holds.cancel(session, first, NOW)
    gone = states(stocked)[0]
    take_back(stocked, line, NOW)
    assert states(stocked)[0] == gone
